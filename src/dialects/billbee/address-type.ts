/** AddressType: 1 is an invoice address, 2 a shipping address; a customer may have several of each (billbee.md §4). */
import {
  type AddressLink,
  addressById,
  addressWithRole,
  changeAddress,
  type Role,
} from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import { DIALECT } from './wire.ts';

const ROLES: Readonly<Record<number, Role>> = { 1: 'billing', 2: 'shipping' };

const derived = (link: AddressLink): number =>
  link.roles.includes('shipping') && !link.roles.includes('billing') ? 2 : 1;

/** A link carries no phrasings of its own, so the customer carries them under the id of the address. */
const fieldOf = (addressId: string): string => `AddressType/${addressId}`;

const rolesOf = (link: AddressLink): string[] => [...link.roles].sort();

export function readAddressType(customer: Customer, addressId: string): number {
  const link = addressById(customer, addressId)!;
  const said = phrasingOf(customer, DIALECT, fieldOf(addressId), rolesOf(link));
  return typeof said === 'number' ? said : derived(link);
}

/**
 * The address takes the role only when no other address of the customer has it: here a customer may have several
 * invoice addresses, in the record one, and it stays the one that it is. The role that it had before goes.
 */
export function writeAddressType(customer: Customer, addressId: string, type: number): Customer {
  const role = ROLES[type]!;
  const holder = addressWithRole(customer, role);
  const roles: Role[] = holder && holder.address.id !== addressId ? [] : [role];
  const changed = changeAddress(customer, addressId, link => ({ ...link, roles }));
  const link = addressById(changed, addressId)!;
  return withPhrasing(
    changed,
    DIALECT,
    fieldOf(addressId),
    rolesOf(link),
    derived(link) === type ? undefined : type,
  );
}
