import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AddressContent, addAddress, emptyAddress, linkTo, type Role } from '../../record/address.ts';
import { contactPointsOf, newContactPoint, replaceContactPoints } from '../../record/contact-points.ts';
import { ALPHA2, countryName } from '../../record/country.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import { difference } from '../../record/difference.ts';
import type { Json } from '../../record/json.ts';
import { wholeName, withWholeName } from '../../record/names.ts';
import { customer as anyCustomer, line, phone } from '../conformance/generate.ts';
import { laws } from '../conformance/laws.ts';
import { readAddress } from './address.ts';
import { customer as profile, readCustomer, writeCustomer } from './lens.ts';
import { shownIn } from './slots.ts';
import type { Address, CustomerUpdate } from './wire.ts';

type Update = Partial<CustomerUpdate>;

const text = fc.oneof(line(60), fc.constantFrom('', ' '));
const country = fc.oneof(
  fc.constantFrom('', ' ', 'Portugal', 'PT', 'prt', 'Deutschland', 'USA', 'Atlantis'),
  fc.constantFrom(...ALPHA2),
  fc.constantFrom(...ALPHA2).map(countryName),
);

const anyAddress: fc.Arbitrary<Address> = fc.record(
  {
    contactName: text,
    streetAddress: text,
    city: text,
    country,
    company: text,
    buildingInfo: text,
    locality: text,
    adminArea: text,
    postalCode: fc.oneof(text, fc.constant(null)),
  },
  { requiredKeys: ['contactName', 'streetAddress', 'city', 'country'] },
);

/** Addresses that nobody wrote yet, and such as the customer has: as they read, or in one member changed. */
const addressFor = (record: Customer): fc.Arbitrary<Address> => {
  const known = record.addresses.map(link => readAddress(record, link.address));
  return known.length === 0
    ? anyAddress
    : fc.oneof(
        anyAddress,
        fc.constantFrom(...known),
        fc.constantFrom(...known).chain(content => line(10).map(city => ({ ...content, city }))),
      );
};

const updateFor = (record: Customer): fc.Arbitrary<Update> => {
  const name = line(60);
  const separate = fc.record(
    {
      firstName: name,
      lastName: name,
      company: text,
      phone: fc.oneof(phone, line(30), fc.constant('')),
      customerType: fc.constantFrom('individual' as const, 'business' as const),
      status: fc.constantFrom('active' as const, 'inactive' as const),
      billingAddress: addressFor(record),
      shippingAddress: addressFor(record),
    },
    { requiredKeys: [] },
  );
  const toBoth = fc
    .tuple(separate, addressFor(record))
    .map(([update, both]) => ({ ...update, billingAddress: both, shippingAddress: both }));
  return fc.oneof({ weight: 4, arbitrary: separate }, { weight: 1, arbitrary: toBoth });
};

/** Half of the customers were written through FlexPortal before, so that its own words are there. */
const customers = fc.oneof(
  anyCustomer,
  anyCustomer.chain(record => updateFor(record).map(update => writeCustomer(record, update))),
);

laws({
  dialect: 'flexportal',
  resource: profile,
  customers,
  inputs: record => updateFor(record) as fc.Arbitrary<Json>,
});

const holds = (check: (before: Customer, update: Update, after: Customer) => void) => () =>
  fc.assert(
    fc.property(
      customers.chain(before => updateFor(before).map(update => ({ before, update }))),
      ({ before, update }) => check(before, update, writeCustomer(before, update)),
    ),
    { numRuns: 300 },
  );

describe('flexportal, addresses that are there', () => {
  it(
    'keep identity, label, main, rank and what only others see, whatever is written',
    holds((before, _update, after) => {
      for (const link of before.addresses) {
        const now = after.addresses.find(each => each.address.id === link.address.id);
        assert.ok(now);
        assert.deepEqual([now.label, now.main, now.rank], [link.label, link.main, link.rank]);
        for (const key of ['number', 'latitude', 'longitude', 'email', 'phone', 'fax', 'branch'] as const) {
          assert.equal(now.address[key], link.address[key]);
        }
      }
    }),
  );

  it(
    'keep all their content when no slot showed them, and roles never stand twice',
    holds((before, _update, after) => {
      const seen = [shownIn(before, 'billing'), shownIn(before, 'shipping')];
      for (const link of before.addresses.filter(each => !seen.includes(each))) {
        const now = after.addresses.find(each => each.address.id === link.address.id);
        assert.deepEqual(now?.address, link.address);
      }
      for (const role of ['billing', 'shipping'] as const) {
        assert.ok(after.addresses.filter(link => link.roles.includes(role)).length <= 1);
      }
      assert.ok(after.addresses.filter(link => link.main).length === Math.min(1, after.addresses.length));
    }),
  );

  it(
    'read the same in a slot that is not written, unless the names changed or there was nothing',
    holds((before, update, after) => {
      const shown = (record: Customer, role: Role) => {
        const link = shownIn(record, role);
        return link && readAddress(after, link.address);
      };
      for (const role of ['billing', 'shipping'] as const) {
        if (update[`${role}Address`] || shown(before, role) === undefined) continue;
        assert.deepEqual(shown(after, role), shown(before, role));
      }
    }),
  );
});

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'));

const person = (more: Partial<Customer> = {}): Customer => ({
  ...emptyCustomer('individual'),
  givenName: 'Ada',
  familyName: 'Sample',
  ...more,
});

const at = (record: Customer, content: Partial<AddressContent>, roles: readonly Role[] = []): Customer =>
  addAddress(record, linkTo({ ...emptyAddress(), ...content }, { roles, label: 'HQ' }));

const quay: Address = { contactName: 'Bo', streetAddress: '12 Quay Rd', city: 'Cork', country: 'Ireland' };
const withPhones = (...values: string[]): Customer =>
  replaceContactPoints(
    person(),
    'phone',
    values.map((value, index) => newContactPoint('phone', value, index === 0 ? ['primary'] : [])),
  );
const phones = (record: Customer): string[] => contactPointsOf(record, 'phone').map(point => point.value);

describe('flexportal customer', () => {
  it('has the keys of the page in its order, at every level [seed]', () => {
    const { customer: example } = fixture('update-customer.answer');
    const { customerId: _, ...update } = fixture('update-customer.request');
    const view = readCustomer(writeCustomer(person({ customFields: { tier: 'gold' } }), update));
    const { customerId, ...rest } = view;
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([key, each]) => [key, key === 'customFields' ? {} : shape(each)])
        : typeof value;
    assert.deepEqual(
      JSON.stringify(shape({ customerId, tenantId: 'harbor', ...rest })),
      JSON.stringify(shape(example)),
    );
    assert.deepEqual(view.lastBillingAddress, example.lastBillingAddress);
    assert.deepEqual(view.lastShippingAddress, example.lastShippingAddress);
  });

  it('leaves out what has no value, and shows 0 and [] for what is not in the record', () => {
    const view = readCustomer(emptyCustomer('business'));
    for (const key of ['company', 'phone', 'customFields', 'lastBillingAddress', 'lastShippingAddress']) {
      assert.equal(key in view, false, key);
    }
    const { email, firstName, lastName, totalOrders, totalDevicesRented, totalMonthlyRevenue } = view;
    assert.deepEqual([email, firstName, lastName], ['', '', '']);
    assert.deepEqual([totalOrders, totalDevicesRented, totalMonthlyRevenue], [0, 0, 0]);
    assert.deepEqual([view.orderIds, view.rentalIds], [[], []]);
  });

  it('ignores names that cannot be written', () => {
    const before = at(person(), { city: 'Cork' });
    const update = { email: 'x@example.test', tenantId: 'x', totalOrders: 7, lastBillingAddress: quay };
    assert.equal(writeCustomer(before, update as Update), before);
    const again = writeCustomer(before, { billingAddress: { ...quay, floor: 3 } as Address });
    assert.equal(writeCustomer(again, { billingAddress: { ...quay, floor: 4 } as Address }), again);
  });

  it('divides a whole name for showing, and stores parts once one of them is written', () => {
    const before = withWholeName(emptyCustomer('individual'), 'Ada Maria Sample');
    assert.deepEqual(
      [readCustomer(before).firstName, readCustomer(before).lastName],
      ['Ada Maria', 'Sample'],
    );
    assert.equal(writeCustomer(before, { firstName: 'Ada Maria' }), before);
    const after = writeCustomer(before, { lastName: 'Beispiel' });
    assert.deepEqual([after.givenName, after.familyName, after.displayName], ['Ada Maria', 'Beispiel', null]);
  });

  it('keeps every name when an individual becomes a business, and back', () => {
    const before = withWholeName(emptyCustomer('individual'), 'Ada Sample');
    const after = writeCustomer(before, { customerType: 'business' });
    assert.deepEqual([after.kind, after.displayName, after.company], ['business', 'Ada Sample', null]);
    assert.equal(wholeName(after), 'Ada Sample');
    assert.deepEqual(difference(before, writeCustomer(after, { customerType: 'individual' })), []);
  });

  it('clears the company with an empty string, and reads it back until another dialect names one', () => {
    const after = writeCustomer(person({ company: 'Acme' }), { company: '' });
    assert.equal(after.company, null);
    assert.equal(readCustomer(after).company, '');
    assert.equal(readCustomer({ ...after, company: 'Acme Ltd' }).company, 'Acme Ltd');
  });

  it('tells what it does not show', () => {
    let record = at(at(withPhones('+351211234567', '555-0100'), { city: 'Cork' }), { city: 'Lisboa' });
    record = { ...record, archivedAt: '2026-01-01T00:00:00.000Z' };
    const hidden = [record.contactPoints[1]!.id, record.addresses[1]!.address.id];
    assert.deepEqual(
      profile.read(record, '').omitted.map(omission => omission.path),
      [
        'archivedAt',
        // The main address stands for the billing one, which nobody named.
        `addresses/${record.addresses[0]!.address.id}/roles`,
        `contactPoints/${hidden[0]}`,
        `addresses/${hidden[1]}`,
      ],
    );
  });
});

describe('flexportal phone', () => {
  it('changes the entry that it shows and no other', () => {
    const before = withPhones('+351211234567', '555-0100');
    const after = writeCustomer(before, { phone: '+351 21 999 9999' });
    assert.deepEqual(phones(after), ['+351 21 999 9999', '555-0100']);
    assert.equal(after.contactPoints[0]!.id, before.contactPoints[0]!.id);
    assert.equal(after.contactPoints[0]!.e164, '+351219999999');
  });

  it('removes the entry with an empty string and shows no other in its place until one changes', () => {
    const after = writeCustomer(withPhones('+351211234567', '555-0100'), { phone: '' });
    assert.deepEqual(phones(after), ['555-0100']);
    assert.equal(readCustomer(after).phone, '');
    assert.equal(writeCustomer(after, { phone: '' }), after);
    const [point] = after.contactPoints;
    const changed = { ...after, contactPoints: [{ ...point!, value: '555-0199' }] };
    assert.equal(readCustomer(changed).phone, '555-0199');
  });

  it('adds a primary one where it showed none', () => {
    const after = writeCustomer(writeCustomer(withPhones('1', '2'), { phone: '' }), { phone: '3' });
    assert.deepEqual(phones(after), ['2', '3']);
    assert.equal(readCustomer(after).phone, '3');
    assert.deepEqual(after.contactPoints[1]!.purposes, ['primary']);
  });
});
