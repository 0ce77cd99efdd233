/** What the address of the health page says: nothing. */

export type HealthSearch = Readonly<Record<string, never>>;

export const healthSearch = (_search: Record<string, unknown>): HealthSearch => ({});
