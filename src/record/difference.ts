/** The difference between two records, field by field: what history tells, with identifiers masked. */
import type { Customer } from './customer.ts';
import { lastFour } from './identity-documents.ts';
import { type Json, sameJson } from './json.ts';

export interface FieldChange {
  /** Such as `familyName`, `addresses/42/city` or `contactPoints/<id>/value`. Entities are named by id. */
  readonly path: string;
  /** `null` when there was nothing. */
  readonly before: Json;
  readonly after: Json;
}

/** Bookkeeping that changes with every write and tells a reader of the history nothing. */
const BOOKKEEPING = new Set(['version', 'updatedAt']);

/** Fields whose values are masked in history: the last four characters remain. */
const MASKED = /(^|\/)identityDocuments\/[^/]+\/value$/;

/** Every field that differs, in path order. The same records give an empty list. */
export function difference(before: Customer | undefined, after: Customer | undefined): FieldChange[] {
  const changes: FieldChange[] = [];
  compare('', before as unknown, after as unknown, changes);
  return changes;
}

function compare(path: string, before: unknown, after: unknown, changes: FieldChange[]): void {
  if (sameJson(before, after)) return;
  const left = entriesOf(before);
  const right = entriesOf(after);
  if ((left || before === undefined || before === null) && (right || after === undefined || after === null)) {
    if (left || right) {
      const keys = new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])]);
      for (const key of keys) {
        if (BOOKKEEPING.has(key) && !path.startsWith('customFields')) continue;
        compare(path === '' ? key : `${path}/${key}`, left?.get(key), right?.get(key), changes);
      }
      const order = orderOf(path, before, after);
      if (order) changes.push(order);
      return;
    }
  }
  const [from, to] = [mask(path, toJson(before)), mask(path, toJson(after))];
  if (from !== null || to !== null) changes.push({ path, before: from, after: to });
}

/** Objects by key; lists of entities by id, so that a moved item is not a changed one. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    return value.every(item => idOf(item) !== undefined)
      ? new Map(value.map(item => [idOf(item)!, item]))
      : undefined;
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

/** Entities carry an id; a link is named after its address. */
function idOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { id, customerId, address } = item as { id?: string; customerId?: string; address?: { id: string } };
  return id ?? address?.id ?? customerId;
}

function orderOf(path: string, before: unknown, after: unknown): FieldChange | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const left = before.map(idOf);
  const right = after.map(idOf);
  const kept = new Set(left.filter(id => id !== undefined && right.includes(id)));
  const [from, to] = [left.filter(id => kept.has(id)), right.filter(id => kept.has(id))];
  return sameJson(from, to) ? undefined : { path: `${path}/order`, before: toJson(from), after: toJson(to) };
}

const toJson = (value: unknown): Json => (value === undefined ? null : (value as Json));

const mask = (path: string, value: Json): Json =>
  MASKED.test(path) && typeof value === 'string' ? `…${lastFour(value)}` : value;
