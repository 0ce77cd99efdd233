/** The customer and the address that a path names; what cannot be a number names nobody (flecto.md §5). */
import { type AddressLink, addressByNumber } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call } from '../contract.ts';
import { readNumber } from '../path.ts';

/** @throws ConcordError `customer-not-found`. */
export function customerKey(call: Call): { number: number } {
  const number = readNumber(call.request.params.customer_internal_id);
  if (number === undefined) throw new ConcordError('customer-not-found');
  return { number };
}

/** @throws ConcordError `customer-not-found`. */
export async function findCustomer(call: Call): Promise<Customer> {
  const customer = await call.services.customers.find(call.caller.tenant, customerKey(call));
  if (!customer) throw new ConcordError('customer-not-found');
  return customer;
}

/** @throws ConcordError `address-not-found`, also for an address of another customer. */
export function expectAddress(call: Call, customer: Customer): AddressLink {
  const number = readNumber(call.request.params.id);
  const link = number === undefined ? undefined : addressByNumber(customer, number);
  if (!link) throw new ConcordError('address-not-found');
  return link;
}
