/** What somebody types as the value of a custom field, as JSON. */

export type Reading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: 'invalid' | 'null' };

/** `null` is refused at every depth of objects: a merge patch takes it as "remove this". */
export function readJson(text: string): Reading {
  try {
    const value: unknown = JSON.parse(text);
    return hasNull(value) ? { ok: false, reason: 'null' } : { ok: true, value };
  } catch {
    return { ok: false, reason: 'invalid' };
  }
}

/** Lists are whole in a merge patch: a `null` within one is a value. */
const hasNull = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' && !Array.isArray(value) && Object.values(value as object).some(hasNull));

export const writeJson = (value: unknown): string => JSON.stringify(value, null, 2);
