/** FlexPortal's ids of customers: opaque to its clients, for us a prefix and the UUID in base 62 (flexportal.md §2.1). */
import type { Customer } from '../../record/customer.ts';
import { fromBase62, toBase62 } from '../../record/identifier.ts';

/** The documentation's examples have it (§2.1 [docs: overview]). */
const ID_PREFIX = 'cust_';

export const customerId = (customer: Pick<Customer, 'id'>): string => ID_PREFIX + toBase62(customer.id);

/** The record's id behind one of this vendor's, or `undefined` for a text that is none. */
export const customerUuid = (text: string): string | undefined =>
  text.startsWith(ID_PREFIX) ? fromBase62(text.slice(ID_PREFIX.length)) : undefined;

/** The same as a key of the record. */
export function customerKey(text: string): { readonly id: string } | undefined {
  const id = customerUuid(text);
  return id === undefined ? undefined : { id };
}
