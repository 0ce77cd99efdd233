/** The name of a new customer (billbee.md §5.2 (2) [convention]). */
import type { Customer } from '../../record/customer.ts';
import { joinName } from '../../record/names.ts';
import type { AddressInput, CustomerInput } from './wire.ts';

/** Without a Name: the Company of the address, else its FirstName and LastName, else the Email, else none. */
export function nameOf(input: CustomerInput, address: AddressInput | null): string {
  const person = joinName(address?.FirstName ?? null, address?.LastName ?? null);
  return input.Name ?? (address?.Company || person || input.Email || '');
}

/** An individual whose whole name is the one in the address has it in parts, so the parts are known. */
export function withKnownParts(customer: Customer, name: string, address: AddressInput | null): Customer {
  const givenName = address?.FirstName || null;
  const familyName = address?.LastName || null;
  if (customer.kind === 'business' || name === '' || joinName(givenName, familyName) !== name) {
    return customer;
  }
  return { ...customer, givenName, familyName };
}
