/** FlexPortal's two slots for addresses, billing and shipping, over a customer's list of addresses (§3.3 quirk 3). */
import {
  type AddressLink,
  addAddress,
  addressWithRole,
  changeAddress,
  emptyAddress,
  linkTo,
  mainAddress,
  type Role,
} from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { sameJson } from '../../record/json.ts';
import { reads, writeAddress } from './address.ts';
import type { Address } from './wire.ts';

const ROLES: readonly Role[] = ['billing', 'shipping'];

export type Slots = { readonly [role in Role]?: Address | undefined };

/**
 * The address that a slot shows. Bills go to the main address unless another one has the role, so that a main
 * address written through another dialect is seen here; a parcel goes nowhere that nobody named.
 */
export const shownIn = (customer: Customer, role: Role): AddressLink | undefined =>
  addressWithRole(customer, role) ?? (role === 'billing' ? mainAddress(customer) : undefined);

/** The customer after FlexPortal wrote these slots; one that reads so already is left alone. */
export function writeSlots(customer: Customer, wanted: Slots): Customer {
  const { billing, shipping } = wanted;
  const changed = ROLES.filter(role => !readsSo(customer, role, wanted[role]));
  if (changed.length === 0) return customer;
  if (billing && shipping && sameJson(billing, shipping)) return writeBoth(customer, billing);
  return changed.reduce((current, role) => {
    const other = role === 'billing' ? 'shipping' : 'billing';
    const link = shownIn(current, role);
    const shared = link !== undefined && shownIn(current, other) === link;
    // An address that both slots show divides: the slot that is not written keeps it. When both are written
    // differently, the bill keeps it and the parcel moves.
    const stays = !shared || (role === 'billing' && changed.includes('shipping'));
    return link && stays
      ? rewrite(current, link, wanted[role]!, [role])
      : settle(current, wanted[role]!, [role]);
  }, customer);
}

/** A slot that is not written reads as wanted. */
function readsSo(customer: Customer, role: Role, content: Address | undefined): boolean {
  if (content === undefined) return true;
  const link = shownIn(customer, role);
  return link !== undefined && reads(customer, link.address, content);
}

/** The same for both slots is one address with both roles, if possible one that reads so already. */
function writeBoth(customer: Customer, content: Address): Customer {
  const shown = ROLES.flatMap(role => shownIn(customer, role) ?? []);
  const link = shown.find(each => reads(customer, each.address, content)) ?? shown[0];
  return link ? rewrite(customer, link, content, ROLES) : settle(customer, content, ROLES);
}

/** Changes the address where it stands: identity, label, main and all that this dialect cannot see stay. */
const rewrite = (customer: Customer, link: AddressLink, content: Address, roles: readonly Role[]): Customer =>
  changeAddress(customer, link.address.id, before => ({
    ...withRoles(before, roles),
    address: writeAddress(customer, before.address, content),
  }));

/** Gives the roles to an address that reads so already, or to a new one. */
function settle(customer: Customer, content: Address, roles: readonly Role[]): Customer {
  const known = customer.addresses.find(link => reads(customer, link.address, content));
  return known
    ? changeAddress(customer, known.address.id, link => withRoles(link, roles))
    : addAddress(customer, linkTo(writeAddress(customer, emptyAddress(), content), { roles }));
}

const withRoles = (link: AddressLink, roles: readonly Role[]): AddressLink => ({
  ...link,
  roles: [...link.roles, ...roles.filter(role => !link.roles.includes(role))],
});
