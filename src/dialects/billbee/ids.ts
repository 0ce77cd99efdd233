/** Ids in paths, and the records that they name (billbee.md §2.4 [convention]). */
import { type Customer, isArchived } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call } from '../contract.ts';
import { NUMBER_MAXIMUM } from '../path.ts';

export type Key = { readonly number: number } | { readonly addressNumber: number };

const ID = /^-?\d{1,19}$/;

export const isId = (segment: string): boolean => ID.test(segment);

/** @throws ConcordError `route-not-found`: a path whose id is not a number is no path (§2.4 [convention]). */
export function pathId(call: Call): number {
  const { id = '' } = call.request.params;
  if (!isId(id)) throw new ConcordError('route-not-found');
  return Number(id);
}

/** @throws ConcordError `missing` when there is none. */
export async function findCustomer(call: Call, key: Key): Promise<Customer> {
  const found = canExist(key) ? await call.services.customers.find(call.caller.tenant, key) : undefined;
  if (!found) throw missing(key);
  return found;
}

/**
 * Changes the customer, unless it is archived: then whatever is written is refused, also what would change nothing.
 * `absent` says that there is none, where the id did not come from the path.
 */
export async function swapCustomer(
  call: Call,
  key: Key,
  change: (customer: Customer) => Customer,
  absent: ConcordError = missing(key),
): Promise<Customer> {
  if (!canExist(key)) throw absent;
  try {
    return await call.services.customers.swap(call.origin(), key, customer => {
      expectNotArchived('customer', customer);
      return change(customer);
    });
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'customer-not-found') throw absent;
    throw error;
  }
}

/** Further modification of an archived record is disabled, of an address as well (billbee.md §3.5 [seed]). */
export function expectNotArchived(
  what: 'customer' | 'address',
  record: Parameters<typeof isArchived>[0],
): void {
  if (isArchived(record)) {
    throw new ConcordError('customer-archived', {
      message: `The ${what} is archived and cannot be changed.`,
    });
  }
}

const missing = (key: Key): ConcordError =>
  new ConcordError('number' in key ? 'customer-not-found' : 'address-not-found');

/** Numbers that no record can have are not worth a look-up. */
function canExist(key: Key): boolean {
  const id = 'number' in key ? key.number : key.addressNumber;
  return id >= 1 && id <= NUMBER_MAXIMUM;
}
