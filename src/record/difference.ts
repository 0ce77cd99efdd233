/** The difference between two records, field by field: what history tells, with identifiers masked. */
import type { Customer } from './customer.ts';
import { lastFour } from './identity-documents.ts';
import { type Json, sameJson } from './json.ts';
import {
  BOOKKEEPING,
  CUSTOMER,
  type Entities,
  type Fields,
  idOf,
  type Part,
  partOf,
  said,
  segmentOf,
} from './structure.ts';

export interface FieldChange {
  /**
   * Such as `familyName`, `addresses/42/address/city` or `contactPoints/<id>/value`: entities are named by id, and `~`
   * and `/` within a name are `~0` and `~1`. `<list>/order` holds the ids of the whole list, before and after.
   */
  readonly path: string;
  /** `null` when there was nothing. */
  readonly before: Json;
  readonly after: Json;
  /** On this side there was a value, and it was `null`: in custom fields that is not the same as nothing. */
  readonly explicitNull?: 'before' | 'after';
}

/** The last segment of the path of a list's order. No entity has a path that ends with its id. */
export const ORDER = 'order';

/** Fields whose values are masked in history: the last four characters remain. */
const MASKED = /(^|\/)identityDocuments\/[^/]+\/value$/;

export const isMasked = (path: string): boolean => MASKED.test(path);

/** What history shows of a change: of a document's number the last four characters. */
export const masked = (field: FieldChange): FieldChange =>
  isMasked(field.path) ? { ...field, before: mask(field.before), after: mask(field.after) } : field;

const mask = (value: Json): Json => (typeof value === 'string' ? `…${lastFour(value)}` : value);

/** Every field that differs, masked, in path order. The same records give an empty list. */
export const difference = (before: Customer | undefined, after: Customer | undefined): FieldChange[] =>
  fullDifference(before, after).map(masked);

/**
 * The same with the numbers of identity documents in clear: exact, in that `unapply` and `apply` of history.ts lead from
 * either record to the other. Version and time of change are not part of it.
 */
export function fullDifference(before: Customer | undefined, after: Customer | undefined): FieldChange[] {
  const changes: FieldChange[] = [];
  if (before !== after) {
    compareFields(CUSTOMER.item, '', before as Fields | undefined, after as Fields | undefined, changes);
  }
  return changes;
}

function compare(part: Part, path: string, before: unknown, after: unknown, changes: FieldChange[]): void {
  if (before === after) return;
  if (part.kind === 'fields') compareFields(part, path, asFields(before), asFields(after), changes);
  else if (part.kind === 'entries') compareEntries(part.of, path, asFields(before), asFields(after), changes);
  else if (part.kind === 'entities') compareEntities(part, path, asList(before), asList(after), changes);
  else compareValues(path, said(before), said(after), changes);
}

function compareValues(path: string, before: Json, after: Json, changes: FieldChange[]): void {
  if (!sameJson(before, after) && !(saysNothing(before) && saysNothing(after))) {
    changes.push({ path, before, after });
  }
}

/** An empty list in the place of an absent one is no change. */
const saysNothing = (value: Json): boolean => value === null || (Array.isArray(value) && value.length === 0);

function compareFields(
  part: Extract<Part, { readonly kind: 'fields' }>,
  path: string,
  before: Fields | undefined,
  after: Fields | undefined,
  changes: FieldChange[],
): void {
  for (const name of keysOf(before, after)) {
    if (BOOKKEEPING.has(name)) continue;
    compare(partOf(part, name), below(path, name), before?.[name], after?.[name], changes);
  }
}

function compareEntries(
  of: Part,
  path: string,
  before: Fields | undefined,
  after: Fields | undefined,
  changes: FieldChange[],
): void {
  for (const name of keysOf(before, after)) {
    const [left, right] = [own(before, name), own(after, name)];
    if (of.kind !== 'value') compare(of, below(path, name), left, right, changes);
    else if ((left === null && right === undefined) || (left === undefined && right === null)) {
      const explicitNull = left === null ? 'before' : 'after';
      changes.push({ path: below(path, name), before: null, after: null, explicitNull });
    } else if (!sameJson(left, right)) {
      const explicitNull = left === null ? 'before' : right === null ? 'after' : undefined;
      const field = { path: below(path, name), before: said(left), after: said(right) };
      changes.push(explicitNull ? { ...field, explicitNull } : field);
    }
  }
}

function compareEntities(
  part: Entities,
  path: string,
  before: readonly unknown[],
  after: readonly unknown[],
  changes: FieldChange[],
): void {
  const from = before.map(item => idOf(part, item));
  const to = after.map(item => idOf(part, item));
  const left = new Map(before.map((item, at) => [from[at]!, item]));
  const right = new Map(after.map((item, at) => [to[at]!, item]));
  for (const id of new Set([...from, ...to])) {
    compare(part.item, below(path, id), left.get(id), right.get(id), changes);
  }
  // Whoever applies the change keeps the order of what stays and puts what is new behind it, in the order of its fields.
  const added = to.filter(id => !left.has(id));
  const removed = from.filter(id => !right.has(id));
  const told =
    sameJson([...from.filter(id => right.has(id)), ...added], to) &&
    sameJson([...to.filter(id => left.has(id)), ...removed], from);
  if (!told) changes.push({ path: below(path, ORDER), before: from, after: to });
}

const asFields = (value: unknown): Fields | undefined => (value as Fields | null) ?? undefined;
const asList = (value: unknown): readonly unknown[] => (value as readonly unknown[] | null) ?? [];
const own = (fields: Fields | undefined, name: string): Json | undefined =>
  fields !== undefined && Object.hasOwn(fields, name) ? (fields[name] as Json | undefined) : undefined;

const below = (path: string, name: string): string =>
  path === '' ? segmentOf(name) : `${path}/${segmentOf(name)}`;

const keysOf = (before: Fields | undefined, after: Fields | undefined): Iterable<string> =>
  before === undefined || after === undefined
    ? Object.keys(before ?? after ?? {})
    : new Set([...Object.keys(before), ...Object.keys(after)]);
