/** Customers for tests, built up from what a test says about them. */
import {
  type AddressContent,
  addAddress,
  emptyAddress,
  linkTo,
  type Role,
} from '../../src/record/address.ts';
import { newContactPoint, type Purpose } from '../../src/record/contact-points.ts';
import { type Customer, type CustomerKind, emptyCustomer } from '../../src/record/customer.ts';

export interface AddressWish extends Partial<AddressContent> {
  readonly label?: string;
  readonly roles?: readonly Role[];
}

/** An address in the United States that every dialect can tell. */
export const HARRISBURG: AddressWish = {
  line1: '100 Market Street',
  line2: 'Floor 2',
  city: 'Harrisburg',
  region: 'PA',
  postalCode: '17101',
  country: 'US',
  company: 'Ada Sample',
};

/** An address in Portugal, which connectFi cannot tell. */
export const LISBON: AddressWish = {
  line1: 'Rua Augusta 12',
  city: 'Lisboa',
  region: 'Lisboa',
  postalCode: '1100-048',
  country: 'PT',
};

export function aCustomer(
  wish: Partial<Customer> & { kind?: CustomerKind } = {},
  addresses: readonly AddressWish[] = [HARRISBURG],
): Customer {
  const { kind = 'individual', ...rest } = wish;
  const customer: Customer = { ...emptyCustomer(kind), givenName: 'Ada', familyName: 'Sample', ...rest };
  return addresses.reduce<Customer>((party, { label = null, roles = [], ...content }) => {
    return addAddress(party, linkTo({ ...emptyAddress(), ...content }, { label, roles }));
  }, customer);
}

export const email = (value: string, purposes: readonly Purpose[] = ['primary']) =>
  newContactPoint('email', value, purposes);
export const phone = (value: string, purposes: readonly Purpose[] = ['primary']) =>
  newContactPoint('phone', value, purposes);
