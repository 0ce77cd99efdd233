/** Numbers for what is new: how many a write needs, and where they go. */
import type { Customer } from '../record/customer.ts';

/** How many numbers of each kind; or the first of each that was given. */
export interface Numbers {
  readonly customers: number;
  readonly addresses: number;
  readonly points: number;
}

/** An address that several of the customers share needs one number. */
export function numbersNeeded(customers: readonly Customer[]): Numbers {
  const addresses = new Set<string>();
  let points = 0;
  for (const customer of customers) {
    for (const { address } of customer.addresses) if (address.number === null) addresses.add(address.id);
    for (const point of customer.contactPoints) if (point.number === null) points += 1;
  }
  const fresh = customers.filter(customer => customer.number === 0).length;
  return { customers: fresh, addresses: addresses.size, points };
}

/** The customers with the numbers that begin at `first`; an account number that is not given follows. */
export function withNumbers(customers: readonly Customer[], first: Numbers): Customer[] {
  const given = new Map<string, number>();
  let { customers: customerNumber, addresses: addressNumber, points: pointNumber } = first;
  const numberOf = (id: string): number => {
    const number = given.get(id) ?? addressNumber++;
    given.set(id, number);
    return number;
  };
  return customers.map(customer => {
    const number = customer.number === 0 ? customerNumber++ : customer.number;
    return {
      ...customer,
      number,
      accountNumber:
        customer.number === 0 ? (customer.accountNumber ?? String(number)) : customer.accountNumber,
      contactPoints: customer.contactPoints.map(point =>
        point.number === null ? { ...point, number: pointNumber++ } : point,
      ),
      addresses: customer.addresses.map(link =>
        link.address.number === null
          ? { ...link, address: { ...link.address, number: numberOf(link.address.id) } }
          : link,
      ),
    };
  });
}
