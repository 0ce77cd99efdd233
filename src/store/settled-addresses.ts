/** What becomes of the addresses of a write: each is one address, however many of the customers have it. */
import type { Address } from '../record/address.ts';
import type { Customer } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { sameJson } from '../record/json.ts';
import { ADDRESS_FIELDS, NEVER } from './rows.ts';

export interface SettledAddress {
  readonly before: Address | undefined;
  readonly after: Address;
  /** `linked`: it stands in the database, and none of these customers had it before. */
  readonly fate: 'kept' | 'changed' | 'new' | 'linked';
}

/** All addresses that the customers have after the write, by id, with version and times as they will be. */
export function settleAddresses(
  before: readonly (Customer | undefined)[],
  after: readonly Customer[],
  now: string,
): Map<string, SettledAddress> {
  const known = new Map<string, Address>();
  for (const customer of before) {
    for (const { address } of customer?.addresses ?? []) known.set(address.id, address);
  }
  const settled = new Map<string, SettledAddress>();
  for (const customer of after) {
    for (const { address } of customer.addresses) {
      const one = settle(known.get(address.id), address, now);
      const other = settled.get(address.id);
      if (other?.fate === 'changed' && one.fate === 'changed' && !sameContent(other.after, one.after)) {
        // One address cannot become two things at once, and neither of them may vanish silently.
        throw new ConcordError('internal', { detail: 'a shared address was changed in two ways at once' });
      }
      if (other === undefined || one.fate === 'changed') settled.set(address.id, one);
    }
  }
  return settled;
}

function settle(before: Address | undefined, after: Address, now: string): SettledAddress {
  if (before === undefined) {
    if (after.version > 0) return { before, after, fate: 'linked' };
    const createdAt = after.createdAt === NEVER ? now : after.createdAt;
    return { before, after: { ...after, version: 1, createdAt, updatedAt: now }, fate: 'new' };
  }
  if (sameContent(before, after)) return { before, after: before, fate: 'kept' };
  const { number, createdAt } = before;
  const changed = { ...after, number, version: before.version + 1, createdAt, updatedAt: now };
  return { before, after: changed, fate: 'changed' };
}

/** Compares what an address says; who counts and when is bookkeeping. */
const sameContent = (one: Address, other: Address): boolean =>
  one === other || ADDRESS_FIELDS.every(field => sameJson(one[field], other[field]));
