/**
 * Who holds what only one can hold: the main address, billing, shipping, the primary e-mail … In a merge each of these is one
 * value, so that two people who gave it to two addresses meet a conflict, and not an answer that two have it.
 */
import type { Address, ContactPoint, Customer, Party, Purpose, Role } from './types.ts';

/** `address main`, `email primary` … and the ids of those that hold it. */
type Holders = Readonly<Record<string, readonly string[]>>;

export type Held<Of extends Party> = Omit<Of, 'addresses' | 'contactPoints'> & {
  readonly addresses: readonly Omit<Address, 'main' | 'roles'>[];
  readonly contactPoints: readonly Omit<ContactPoint, 'purposes'>[];
  readonly holders: Holders;
};
type HeldCustomer = Omit<Held<Customer>, 'representatives'> & {
  readonly representatives: readonly Held<Customer['representatives'][number]>[];
};

export const withHolders = (customer: Customer): HeldCustomer => ({
  ...heldParty(customer),
  representatives: customer.representatives.map(heldParty),
});

/** The inverse. An entry keeps the order of `present`, where it holds the same as there. */
export function withoutHolders(held: HeldCustomer, present: Customer): Customer {
  const representatives = held.representatives.map(person =>
    plainParty(
      person,
      present.representatives.find(({ id }) => id === person.id),
    ),
  );
  return plainParty({ ...held, representatives }, present);
}

function heldParty<Of extends Party>(party: Of): Held<Of> {
  const holders: Record<string, string[]> = {};
  const hold = (what: string, id: string): void => {
    holders[what] = [...(holders[what] ?? []), id].sort();
  };
  const addresses = party.addresses.map(({ main, roles, ...address }) => {
    if (main) hold('address main', address.id);
    for (const role of roles) hold(`address ${role}`, address.id);
    return address;
  });
  const contactPoints = party.contactPoints.map(({ purposes, ...point }) => {
    for (const purpose of purposes) hold(`${point.kind} ${purpose}`, point.id);
    return point;
  });
  return { ...party, addresses, contactPoints, holders };
}

function plainParty<Of extends Party>({ holders, ...party }: Held<Of>, present: Of | undefined): Of {
  const heldBy = (id: string, of: string): string[] =>
    Object.entries(holders)
      .filter(([what, ids]) => what.startsWith(`${of} `) && ids.includes(id))
      .map(([what]) => what.slice(of.length + 1));
  const addresses = party.addresses.map(address => {
    const known = present?.addresses.find(({ id }) => id === address.id);
    const held = heldBy(address.id, 'address');
    const roles = held.filter(what => what !== 'main') as Role[];
    return { ...address, main: held.includes('main'), roles: inOrderOf(known?.roles ?? [], roles) };
  });
  const contactPoints = party.contactPoints.map(point => {
    const known = present?.contactPoints.find(({ id }) => id === point.id);
    const purposes = heldBy(point.id, point.kind) as Purpose[];
    return { ...point, purposes: inOrderOf(known?.purposes ?? [], purposes) };
  });
  return { ...(party as unknown as Of), addresses, contactPoints };
}

const inOrderOf = <Value>(known: readonly Value[], values: readonly Value[]): Value[] => [
  ...known.filter(value => values.includes(value)),
  ...values.filter(value => !known.includes(value)),
];
