import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AddressContent,
  addAddress,
  addressWithRole,
  emptyAddress,
  linkTo,
  mainAddress,
  type Role,
} from '../../record/address.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import { readCustomer, writeCustomer } from './lens.ts';
import type { Address } from './wire.ts';

const person = (): Customer => ({ ...emptyCustomer('individual'), givenName: 'Ada', familyName: 'Sample' });

const at = (record: Customer, content: Partial<AddressContent>, roles: readonly Role[] = []): Customer =>
  addAddress(record, linkTo({ ...emptyAddress(), ...content }, { roles, label: 'HQ' }));

const quay: Address = { contactName: 'Bo', streetAddress: '12 Quay Rd', city: 'Cork', country: 'Ireland' };
const street: Address = {
  contactName: 'Bo',
  streetAddress: 'Rua A 1',
  city: 'Lisboa',
  country: 'Portugal',
  postalCode: '1100-048',
};
describe('flexportal addresses', () => {
  const both = at(person(), { line1: 'Rua A 1', city: 'Lisboa', country: 'PT', latitude: '38.72' }, [
    'billing',
    'shipping',
  ]);

  it('fork: billing alone written on an address that serves both leaves shipping as it was', () => {
    const after = writeCustomer(both, { billingAddress: quay });
    assert.equal(after.addresses.length, 2);
    assert.deepEqual(readCustomer(after).lastBillingAddress, quay);
    assert.deepEqual(readCustomer(after).lastShippingAddress, readCustomer(both).lastShippingAddress);
    const [old, added] = after.addresses;
    assert.equal(old!.address, both.addresses[0]!.address);
    assert.deepEqual([old!.main, old!.label, old!.roles], [true, 'HQ', ['shipping']]);
    assert.deepEqual([added!.main, added!.label, added!.roles], [false, null, ['billing']]);
    assert.equal(added!.address.latitude, null);
  });

  it('fork: shipping alone leaves billing, also where the main address stands in for it', () => {
    const before = at(person(), { city: 'Lisboa' }, ['shipping']);
    const after = writeCustomer(before, { shippingAddress: quay });
    assert.deepEqual(readCustomer(after).lastBillingAddress, readCustomer(before).lastBillingAddress);
    assert.deepEqual(readCustomer(after).lastShippingAddress, quay);
    assert.equal(mainAddress(after)?.address.id, before.addresses[0]!.address.id);
    const again = writeCustomer(before, { billingAddress: quay });
    assert.deepEqual(readCustomer(again).lastShippingAddress, readCustomer(before).lastShippingAddress);
  });

  it('both written with the same content stay one address with both roles, in place', () => {
    const after = writeCustomer(both, { billingAddress: quay, shippingAddress: quay });
    assert.equal(after.addresses.length, 1);
    assert.equal(after.addresses[0]!.address.id, both.addresses[0]!.address.id);
    assert.equal(after.addresses[0]!.address.latitude, '38.72');
    const fresh = writeCustomer(person(), { billingAddress: quay, shippingAddress: { ...quay } });
    assert.equal(fresh.addresses.length, 1);
    assert.deepEqual(fresh.addresses[0]!.roles, ['billing', 'shipping']);
    assert.equal(fresh.addresses[0]!.main, true);
  });

  it('both written differently on one address: billing stays in place, shipping moves', () => {
    const after = writeCustomer(both, { billingAddress: quay, shippingAddress: street });
    assert.equal(addressWithRole(after, 'billing')?.address.id, both.addresses[0]!.address.id);
    assert.deepEqual(readCustomer(after).lastBillingAddress, quay);
    assert.deepEqual(readCustomer(after).lastShippingAddress, street);
  });

  it('an address of one slot is changed in place and takes the role', () => {
    const before = at(person(), { line1: 'Rua A 1', houseNumber: '1', longitude: '-9.14' });
    const after = writeCustomer(before, { billingAddress: quay });
    const [link] = after.addresses;
    assert.equal(after.addresses.length, 1);
    assert.deepEqual([link!.label, link!.main, link!.roles], ['HQ', true, ['billing']]);
    const { line1, houseNumber, country, longitude } = link!.address;
    assert.deepEqual([line1, houseNumber, country, longitude], ['12 Quay Rd', null, 'IE', '-9.14']);
  });

  it('gives the role to an address that reads so already instead of adding it again', () => {
    const before = at(at(person(), { city: 'Cork' }), {
      ...{ line1: '12 Quay Rd', city: 'Cork', country: 'IE', contactName: 'Bo' },
    });
    const after = writeCustomer(before, { shippingAddress: quay });
    assert.equal(after.addresses.length, 2);
    assert.deepEqual(after.addresses[1]!.roles, ['shipping']);
  });

  it('is replaced as a whole: a member that is left out is gone', () => {
    const full: Address = {
      ...street,
      company: 'Acme',
      buildingInfo: '2F',
      locality: 'Baixa',
      adminArea: 'L',
    };
    const before = writeCustomer(person(), { billingAddress: full });
    assert.deepEqual(readCustomer(before).lastBillingAddress, full);
    const after = writeCustomer(before, { billingAddress: quay });
    assert.deepEqual(readCustomer(after).lastBillingAddress, quay);
    const emptied: Address = { ...quay, company: '', adminArea: '', postalCode: null };
    const third = writeCustomer(after, { billingAddress: emptied });
    assert.deepEqual(readCustomer(third).lastBillingAddress, emptied);
    assert.deepEqual(readCustomer(writeCustomer(third, { billingAddress: quay })).lastBillingAddress, quay);
  });

  it('understands a country in words and keeps the words', () => {
    const after = writeCustomer(person(), { billingAddress: { ...quay, country: 'Deutschland' } });
    const [link] = after.addresses;
    assert.equal(link!.address.country, 'DE');
    assert.equal(readCustomer(after).lastBillingAddress?.country, 'Deutschland');
    const moved = { ...after, addresses: [{ ...link!, address: { ...link!.address, country: 'PT' } }] };
    assert.equal(readCustomer(moved).lastBillingAddress?.country, 'Portugal');
  });

  it('shows whom to ask for: the contact, its parts, or the customer', () => {
    const contact = (content: Partial<AddressContent>) =>
      readCustomer(at(person(), content)).lastBillingAddress?.contactName;
    assert.equal(contact({ contactName: 'Bo', contactGivenName: 'Cy' }), 'Bo');
    assert.equal(contact({ contactGivenName: 'Cy', contactFamilyName: 'Dee' }), 'Cy Dee');
    assert.equal(contact({}), 'Ada Sample');
    const parts = at(person(), { contactGivenName: 'Cy', contactFamilyName: 'Dee' });
    const { address } = writeCustomer(parts, { billingAddress: quay }).addresses[0]!;
    assert.deepEqual(
      [address.contactName, address.contactGivenName, address.contactFamilyName],
      ['Bo', null, null],
    );
  });
});
