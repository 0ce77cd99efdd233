/** Three-way merge of a customer: what the server keeps for itself is always theirs, and is no change to tell. */
import { withHolders, withoutHolders } from './holders.ts';
import { type Merge, type Side, threeWay } from './three-way.ts';
import type { Customer } from './types.ts';

/** Nobody edits these; they follow from the rest. */
const KEPT_BY_SERVER = new Set([
  ...['id', 'number', 'version', 'name', 'archived', 'archivedAt', 'restoredAt', 'ids'],
  ...['createdAt', 'updatedAt', 'createdBy', 'formatted', 'e164'],
]);

export function mergeRecord(
  base: Customer,
  mine: Customer,
  theirs: Customer,
  choices?: Readonly<Record<string, Side>>,
): Merge<Customer> {
  const merge = threeWay(withHolders(base), withHolders(mine), withHolders(theirs), choices);
  return {
    merged: withoutHolders(merge.merged, theirs),
    conflicts: merge.conflicts,
    taken: merge.taken.filter(path => !KEPT_BY_SERVER.has(path.slice(path.lastIndexOf('/') + 1))),
  };
}
