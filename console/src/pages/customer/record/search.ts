/** What the address of this page says beside its path. */

// biome-ignore lint/complexity/noBannedTypes: nothing yet.
export type RecordSearch = {};

export const recordSearch = (_search: Record<string, unknown>): RecordSearch => ({});
