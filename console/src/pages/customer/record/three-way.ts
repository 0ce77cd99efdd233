/**
 * Three-way merge of JSON: what was edited, on what it was edited, and what it became meanwhile. Entries of lists are known by
 * their ids, so that two people may change two entries, or two fields of one, without being in each other's way.
 */

/** Both changed the same thing, to different values. `undefined` is where it was removed, or not there yet. */
export interface Conflict {
  /** Such as `familyName` or `addresses/<id>/city`. */
  readonly path: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export type Side = 'mine' | 'theirs';

export interface Merge<Value> {
  /** Where there are conflicts without a choice, it holds mine; it is to be saved when there are none. */
  readonly merged: Value;
  readonly conflicts: readonly Conflict[];
  /** What only they changed, by path: it is in `merged`. */
  readonly taken: readonly string[];
}

/** Paths whose values have a structure of their own that is nobody's business: their lists are whole. */
const OPAQUE = /^customFields\//;

/** `choices` decides conflicts, by their paths. */
export function threeWay<Value>(
  base: Value,
  mine: Value,
  theirs: Value,
  choices: Readonly<Record<string, Side>> = {},
): Merge<Value> {
  const conflicts: Conflict[] = [];
  const taken: string[] = [];
  const merged = merge('', base, mine, theirs) as Value;
  return { merged, conflicts, taken };

  function merge(path: string, b: unknown, m: unknown, t: unknown): unknown {
    if (same(m, t)) return t;
    if (same(b, m)) {
      taken.push(...changedPaths(path, b, t));
      return t;
    }
    if (same(b, t)) return m;
    if (isFields(b) && isFields(m) && isFields(t)) return mergeFields(path, b, m, t);
    if (!OPAQUE.test(path) && isEntries(b) && isEntries(m) && isEntries(t)) {
      return mergeEntries(path, b, m, t);
    }
    conflicts.push({ path, base: b, mine: m, theirs: t });
    return choices[path] === 'theirs' ? t : m;
  }

  function mergeFields(path: string, b: Fields, m: Fields, t: Fields): Fields {
    const names = new Set([...Object.keys(t), ...Object.keys(m), ...Object.keys(b)]);
    const fields = [...names].map(
      name => [name, merge(below(path, name), b[name], m[name], t[name])] as const,
    );
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }

  function mergeEntries(path: string, b: Entries, m: Entries, t: Entries): Entries {
    const [before, my, their] = [byId(b), byId(m), byId(t)];
    return orderOf([...before.keys()], [...my.keys()], [...their.keys()]).flatMap(id => {
      const entry = merge(below(path, id), before.get(id), my.get(id), their.get(id));
      return entry === undefined ? [] : [entry as Fields];
    });
  }
}

/** The order is mine where I changed it, theirs otherwise; what the other side added stands behind its neighbour. */
function orderOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const moved = !same(common(mine, base), common(base, mine));
  const [first, second] = moved ? [mine, theirs] : [theirs, mine];
  const order = [...first];
  for (const [at, id] of second.entries()) {
    if (order.includes(id)) continue;
    const neighbour = second.slice(0, at).findLast(each => order.includes(each));
    order.splice(neighbour === undefined ? 0 : order.indexOf(neighbour) + 1, 0, id);
  }
  return order;
}

const common = (ids: readonly string[], others: readonly string[]): string[] =>
  ids.filter(id => others.includes(id));

/** The paths below `path` whose values differ; an entry that is new or gone is one path. */
export function changedPaths(path: string, before: unknown, after: unknown): string[] {
  if (same(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap(name => changedPaths(below(path, name), before[name], after[name]));
  }
  if (!OPAQUE.test(path) && isEntries(before) && isEntries(after)) {
    const [left, right] = [byId(before), byId(after)];
    const ids = new Set([...left.keys(), ...right.keys()]);
    const changed = [...ids].flatMap(id => changedPaths(below(path, id), left.get(id), right.get(id)));
    return changed.length > 0 ? changed : [path];
  }
  return [path];
}

type Fields = Readonly<Record<string, unknown>>;
type Entries = readonly Fields[];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Employees are known by the customer that they are, tax ids by their kind. */
export const entryId = (entry: Fields): string | undefined => {
  const id = entry.id ?? entry.customerId ?? entry.kind;
  return typeof id === 'string' ? id : undefined;
};

const isEntries = (value: unknown): value is Entries =>
  Array.isArray(value) && value.every(entry => isFields(entry) && entryId(entry) !== undefined);

const byId = (entries: Entries): ReadonlyMap<string, Fields> =>
  new Map(entries.map(entry => [entryId(entry)!, entry]));

export const below = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

/** Equal as JSON; the order of an object's fields says nothing. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, at) => same(value, b[at]));
  }
  if (!isFields(a) || !isFields(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(name => Object.hasOwn(b, name) && same(a[name], b[name]))
  );
}
