import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ALPHA2 } from '../../record/country.ts';
import { difference } from '../../record/difference.ts';
import type { Json } from '../../record/json.ts';
import { customer as anyCustomer, line, optional, phone } from '../conformance/generate.ts';
import { laws } from '../conformance/laws.ts';
import { addressResource } from './address-lens.ts';
import { readContacts, writeContacts } from './contacts.ts';
import { customerResource } from './lens.ts';
import { disagreeing, flats, listing, pointing } from './test-contacts.ts';
import type { ContactsInput } from './wire.ts';

const text = optional(fc.oneof(line(60), fc.constantFrom('', ' ')));
const int32 = optional(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

const head = fc.record(
  {
    Name: text,
    Number: int32,
    PriceGroupId: optional(fc.maxSafeInteger()),
    LanguageId: int32,
    VatId: text,
    Type: fc.constantFrom(0, 1, null),
  },
  { requiredKeys: [] },
);

laws({
  dialect: 'billbee',
  resource: customerResource,
  inputs: customer =>
    fc
      .tuple(head, fc.oneof(fc.constant({}), flats(customer), pointing(customer), listing(customer)))
      .map(([fields, contacts]) => ({ ...fields, ...contacts }) as unknown as Json),
});

const address = fc.record(
  {
    AddressType: fc.constantFrom(1, 2),
    Company: text,
    FirstName: text,
    LastName: text,
    Name2: text,
    Street: text,
    Housenumber: optional(fc.constantFrom('', '5', '12a', '1-3', 'km 4')),
    Zip: text,
    City: text,
    State: text,
    CountryCode: optional(fc.constantFrom('', ' ', 'de', 'XX', 'Portugal', 'Atlantis', 'PRT', ...ALPHA2)),
    Email: text,
    Tel1: optional(phone),
    Tel2: optional(phone),
    Fax: optional(phone),
    AddressAddition: text,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;

laws({ dialect: 'billbee', resource: addressResource, inputs: () => address });

describe('billbee after an earlier write', () => {
  const changes = anyCustomer
    .filter(customer => customer.addresses.length > 0)
    .chain(customer => {
      const key = fc.constantFrom(...addressResource.keys(customer));
      return fc.record({ customer: fc.constant(customer), key, first: address, second: address });
    });

  it('shows what was written to the address, and takes it back unchanged', () =>
    fc.assert(
      fc.property(changes, ({ customer, key, first, second }) => {
        const before = addressResource.write(customer, key, first);
        const after = addressResource.write(before, key, second);
        const { wire } = addressResource.read(after, key);
        assert.deepEqual({ ...(wire as object), ...(second as object) }, wire);
        assert.deepEqual(difference(after, addressResource.write(after, key, wire)), []);
      }),
      { numRuns: 500 },
    ));

  it('takes the contacts back unchanged', () =>
    fc.assert(
      fc.property(
        anyCustomer.chain(customer => disagreeing(customer).map(input => writeContacts(customer, input))),
        customer => {
          const echoed = writeContacts(customer, readContacts(customer) as ContactsInput);
          assert.deepEqual(difference(customer, echoed), []);
        },
      ),
      { numRuns: 500 },
    ));
});

describe('billbee views that disagree', () => {
  const situations = anyCustomer.chain(customer => disagreeing(customer).map(input => ({ customer, input })));

  it('says the same when it is said again', () =>
    fc.assert(
      fc.property(situations, ({ customer, input }) => {
        const once = writeContacts(customer, input);
        assert.deepEqual(difference(once, writeContacts(once, input)), []);
      }),
      { numRuns: 500 },
    ));

  it('shows one truth afterwards: each default and each flat field is an entry of the list', () =>
    fc.assert(
      fc.property(situations, ({ customer, input }) => {
        const { MetaData, Email, Tel1, Tel2, ...defaults } = readContacts(writeContacts(customer, input));
        for (const entry of Object.values(defaults)) {
          if (entry) assert.ok(MetaData.some(each => JSON.stringify(each) === JSON.stringify(entry)));
        }
        assert.equal(Email || null, defaults.DefaultMailAddress?.Value ?? null);
        assert.equal(Tel1 || null, defaults.DefaultPhone1?.Value ?? null);
        assert.equal(Tel2 || null, defaults.DefaultPhone2?.Value ?? null);
      }),
      { numRuns: 500 },
    ));

  it('keeps each purpose with one entry of its kind', () =>
    fc.assert(
      fc.property(situations, ({ customer, input }) => {
        const held = writeContacts(customer, input).contactPoints.flatMap(point =>
          point.purposes.map(purpose => `${point.kind} ${purpose}`),
        );
        assert.equal(new Set(held).size, held.length);
      }),
      { numRuns: 500 },
    ));
});
