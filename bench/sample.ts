/** The customers of the speed benchmark: two addresses and three contact points each, known by their index alone. */
import type { Customer } from '../src/record/customer.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../test/support/customers.ts';

/** One tenant holds them all. */
export const TENANT = 'bench';

/** A million ids need no list: they are made of the index, in the form and the order of UUIDs of version 7. */
const idAt = (kind: number, index: number): string =>
  `019b0000-000${kind}-7000-8000-${index.toString(16).padStart(12, '0')}`;

export const customerId = (index: number): string => idAt(0, index);
export const customerNumber = (index: number): number => index + 1;
export const addressId = (index: number, position: 0 | 1): string => idAt(1, 2 * index + position);
export const addressNumber = (index: number, position: 0 | 1): number => 2 * index + position + 1;
export const emailOf = (index: number): string => `sample${customerNumber(index)}@example.test`;

/** What every customer's last name begins with; the number follows. */
export const FAMILY_NAME = 'Sample';

export function sample(index: number): Customer {
  const number = customerNumber(index);
  const customer = aCustomer(
    {
      id: customerId(index),
      number,
      familyName: `${FAMILY_NAME} ${number}`,
      accountNumber: String(number),
      contactPoints: [
        { ...email(emailOf(index)), number: 3 * index + 1 },
        { ...phone(`+1717${2_000_000 + number}`), number: 3 * index + 2 },
        { ...phone(`+1717${3_000_000 + number}`, ['mobile']), number: 3 * index + 3 },
      ],
    },
    [
      { ...HARRISBURG, roles: ['billing'] },
      { ...LISBON, roles: ['shipping'] },
    ],
  );
  const addresses = customer.addresses.map((link, at) => {
    const position = at as 0 | 1;
    const facts = { id: addressId(index, position), number: addressNumber(index, position) };
    return { ...link, address: { ...link.address, ...facts } };
  });
  return { ...customer, addresses };
}
