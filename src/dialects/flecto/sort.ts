/** The order of a list that is small enough to be in memory: by several keys, with nothing last. */
import type { ResourceObject } from './document.ts';
import type { SortKey } from './query.ts';

/** The resources by these keys, the first one first; equal ones keep their order. */
export const sorted = (
  resources: readonly ResourceObject[],
  keys: readonly SortKey[],
): readonly ResourceObject[] =>
  keys.length === 0 ? resources : resources.toSorted((a, b) => compareBy(keys, a, b));

function compareBy(keys: readonly SortKey[], a: ResourceObject, b: ResourceObject): number {
  for (const { name, descending } of keys) {
    const order = compare(a.attributes[name], b.attributes[name], descending);
    if (order !== 0) return order;
  }
  return 0;
}

/** Texts without regard to case and by code point, as the record's own lists have them; `false` before `true`. */
function compare(a: unknown, b: unknown, descending: boolean): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right === descending ? 1 : -1;
}

const keyOf = (value: unknown): string | number | null =>
  typeof value === 'string'
    ? value.toLowerCase()
    : typeof value === 'number' || typeof value === 'boolean'
      ? Number(value)
      : null;
