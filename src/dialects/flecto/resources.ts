/** Customers and their addresses as resource objects, and which of them come along (flecto.md §2.1, §3.2). */
import { type AddressLink, mainAddress } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { readCustomer } from './customer-lens.ts';
import { identifier, type ResourceObject } from './document.ts';
import { readAddress } from './lens.ts';
import type { Query } from './query.ts';
import { ADDRESS_TYPE, CUSTOMER_TYPE } from './wire.ts';

/** The main address first, then by id (flecto.md §2.5 [convention]). */
export function addressesInOrder(customer: Customer): readonly AddressLink[] {
  const main = mainAddress(customer);
  const others = customer.addresses
    .filter(link => link !== main)
    .sort((a, b) => (a.address.number ?? 0) - (b.address.number ?? 0));
  return main ? [main, ...others] : others;
}

const addressIdentifier = ({ address }: AddressLink) => identifier(ADDRESS_TYPE, address.number ?? 0);

export const customerIdentifier = (customer: Customer) => identifier(CUSTOMER_TYPE, customer.number);

export function customerResource(customer: Customer): ResourceObject {
  const main = mainAddress(customer);
  return {
    ...customerIdentifier(customer),
    attributes: { ...readCustomer(customer) },
    relationships: {
      addresses: { data: addressesInOrder(customer).map(addressIdentifier) },
      main_address: { data: main ? addressIdentifier(main) : null },
    },
  };
}

export function addressResource(customer: Customer, link: AddressLink): ResourceObject {
  const { createdAt, updatedAt } = link.address;
  return {
    ...addressIdentifier(link),
    attributes: { ...readAddress(link), created_at: createdAt, updated_at: updatedAt },
    relationships: { customer: { data: customerIdentifier(customer) } },
  };
}

/** What a document on these customers includes. */
export function includedWith(query: Query, customers: readonly Customer[]): readonly ResourceObject[] {
  const { include } = query;
  if (include.size === 0) return [];
  return customers.flatMap(customer =>
    addressesInOrder(customer)
      .filter(link => include.has('addresses') || (include.has('main_address') && link.main))
      .map(link => addressResource(customer, link)),
  );
}
