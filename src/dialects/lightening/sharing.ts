/** One address and the customers who share it: what `customer_ids` means (lightening.md §3.4, option A). */
import {
  type Address,
  addAddress,
  addressByNumber,
  changeAddress,
  linkTo,
  removeAddress,
} from '../../record/address.ts';
import { type Customer, isArchived } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import { sameJson } from '../../record/json.ts';

type CustomersOf = readonly Customer[];

/** @throws ConcordError `address-not-found` when none of the customers has it. */
export function expectAddress(customers: CustomersOf, number: number): Address {
  for (const customer of customers) {
    const link = addressByNumber(customer, number);
    if (link) return link.address;
  }
  throw new ConcordError('address-not-found');
}

/** A security boundary: every id must be one of the tenant's (§3.2). @throws ConcordError `value-invalid`. */
export function expectCustomers(customers: CustomersOf, numbers: readonly number[]): void {
  const present = new Set(customers.map(customer => customer.number));
  if (!numbers.every(number => present.has(number))) throw refused('Unknown customer.');
}

/**
 * The customers once those with these numbers, and they alone, have the address, in this order. A link that
 * stays keeps its label, its roles and whether it is the main one; the same content goes into all of them.
 */
export function shareAddress(
  customers: CustomersOf,
  address: Address,
  numbers: readonly number[],
): readonly Customer[] {
  const ranks = new Map(numbers.map((number, rank) => [number, rank]));
  return customers.map(customer => {
    const rank = ranks.get(customer.number);
    if (rank === undefined) return removeAddress(customer, address.id);
    if (!customer.addresses.some(link => link.address.id === address.id)) {
      return addAddress(customer, linkTo(address, { rank }));
    }
    return changeAddress(customer, address.id, link =>
      link.rank === rank && sameJson(link.address, address) ? link : { ...link, rank, address },
    );
  });
}

/** The customers after the change, when none of those it touches is archived. @throws ConcordError `value-invalid`. */
export function expectWritable(before: CustomersOf, after: CustomersOf): CustomersOf {
  const stays = before.every((customer, at) => customer === after[at] || !isArchived(customer));
  if (!stays) throw refused('Customer is archived.');
  return after;
}

const refused = (message: string): ConcordError =>
  new ConcordError('value-invalid', { faults: [{ field: 'customer_ids', message }] });
