/** Edits of a record as functions from one to the next. */
import type { Address, ContactPoint, Customer, Party, Role } from './types.ts';

/** The customer, or the representative of this id. */
export type Owner = string | undefined;

export const pathOf = (owner: Owner, rest: string): string =>
  owner === undefined ? rest : `representatives/${owner}/${rest}`;

export const partyOf = (customer: Customer, owner: Owner): Party | undefined =>
  owner === undefined ? customer : customer.representatives.find(({ id }) => id === owner);

export const editParty = (customer: Customer, owner: Owner, edit: (party: Party) => Party): Customer =>
  owner === undefined
    ? { ...customer, ...edit(customer) }
    : {
        ...customer,
        representatives: customer.representatives.map(person =>
          person.id === owner ? { ...person, ...edit(person) } : person,
        ),
      };

interface Entry {
  readonly id: string;
}

/** In its place, or at the end. */
export const put = <Item extends Entry>(list: readonly Item[], entry: Item): Item[] =>
  list.some(({ id }) => id === entry.id)
    ? list.map(each => (each.id === entry.id ? entry : each))
    : [...list, entry];

export const without = <Item extends Entry>(list: readonly Item[], id: string): Item[] =>
  list.filter(each => each.id !== id);

/** One place up (-1) or down (1). */
export function moved<Item extends Entry>(list: readonly Item[], id: string, by: -1 | 1): Item[] {
  const from = list.findIndex(each => each.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= list.length) return [...list];
  const others = list.filter(each => each.id !== id);
  return [...others.slice(0, to), list[from]!, ...others.slice(to)];
}

/** A purpose is held once for each kind: whoever takes it up has it from the others. */
export const putContactPoint = (points: readonly ContactPoint[], point: ContactPoint): ContactPoint[] =>
  put(points, point).map(each =>
    each.id === point.id || each.kind !== point.kind
      ? each
      : { ...each, purposes: each.purposes.filter(purpose => !point.purposes.includes(purpose)) },
  );

/** One address is the main one, and each role is held once. */
export const putAddress = (addresses: readonly Address[], address: Address): Address[] =>
  put(addresses, address).map(each =>
    each.id === address.id
      ? each
      : {
          ...each,
          main: each.main && !address.main,
          roles: each.roles.filter(role => !address.roles.includes(role)),
        },
  );

export const withRole = (address: Address, role: Role, on: boolean): Address => ({
  ...address,
  roles: [...address.roles.filter(each => each !== role), ...(on ? [role] : [])],
});
