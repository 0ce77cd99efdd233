import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changeAddress, emptyAddress, linkTo, mainAddress, replaceAddresses } from '../../record/address.ts';
import { newContactPoint, type Purpose } from '../../record/contact-points.ts';
import { ALPHA2, toAlpha3 } from '../../record/country.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import type { Employee, Representative } from '../../record/people.ts';
import { US_STATES } from '../../record/region.ts';
import { customer as anyCustomer, email, line } from '../conformance/generate.ts';
import { laws } from '../conformance/laws.ts';
import { addEmployee, disableEmployee } from './employees.ts';
import { documentCustomers } from './fixtures/customers.ts';
import { employeeIdOf, representativeIdOf } from './identifiers.ts';
import { type CustomerUpdate, customer, readCustomer, representative, writeCustomer } from './lens.ts';
import { checkUpdate } from './schemas.ts';
import { EMPLOYEE_STATUSES, type WireAddress, type WireIndividual, type WirePhone } from './wire.ts';

const req50 = line(50).filter(text => !/[<>]/.test(text) && text.trim() !== '');
const addressItem = fc
  .record(
    {
      type: fc.constantFrom('PRIMARY', 'SECONDARY'),
      addressLine1: req50,
      addressLine2: fc.oneof(req50, fc.constantFrom('', '  ', null)),
      city: req50,
      postalCode: fc.stringMatching(/^[0-9a-zA-Z-]{5,10}$/),
      stateCode: fc.constantFrom(...US_STATES),
      countryCodeA3: fc.oneof(
        fc.constantFrom('USA', 'CAN', 'PRT'),
        fc.constantFrom(...ALPHA2.map(code => toAlpha3(code)!)),
      ),
    },
    { requiredKeys: ['type', 'addressLine1', 'city', 'postalCode', 'stateCode', 'countryCodeA3'] },
  )
  .map(item => item as WireAddress);
const phoneItem = fc
  .record(
    {
      type: fc.constantFrom('MOBILE', 'LANDLINE', 'PRIMARY'),
      phoneNumber: fc.oneof(fc.constantFrom('1234567890', '0000000'), fc.stringMatching(/^[0-9]{6,12}$/)),
      countryDialingCode: fc.oneof(
        fc.constantFrom('01', '1', '0', '00', '44', '351', '0039'),
        fc.stringMatching(/^[0-9]{1,4}$/),
      ),
    },
    { requiredKeys: ['type', 'phoneNumber'] },
  )
  .map(item => item as WirePhone);

/** New items, items that are there already, and any order of both. */
const listOf = <Item>(item: fc.Arbitrary<Item>, present: readonly Item[]): fc.Arbitrary<Item[]> =>
  fc.array(present.length === 0 ? item : fc.oneof(item, fc.constantFrom(...present)), {
    minLength: 1,
    maxLength: 4,
  });

const shown = (record: Customer) => readCustomer(record).customer as WireIndividual;

function updates(record: Customer): fc.Arbitrary<Json> {
  const wire = customer.echo(customer.read(record, '').wire) as unknown as CustomerUpdate;
  const { addresses = [], businessAddresses = [], phones = [], businessPhones = [] } = wire.customer;
  if (record.kind === 'individual') {
    const members = { email, addresses: listOf(addressItem, addresses), phones: listOf(phoneItem, phones) };
    return fc.record({ customer: fc.record(members, { requiredKeys: [] }) }) as fc.Arbitrary<Json>;
  }
  const members = {
    businessAddresses: listOf(addressItem, businessAddresses),
    businessPhones: listOf(phoneItem, businessPhones),
  };
  return fc.record(
    {
      customer: fc.record(members, { requiredKeys: [] }),
      businessRepresentatives: fc.tuple(
        ...record.representatives.map(each =>
          fc.record({
            id: fc.constant(representativeIdOf(each)),
            email,
            addresses: listOf(addressItem, []),
            phones: listOf(phoneItem, []),
          }),
        ),
      ),
    },
    { requiredKeys: ['customer'] },
  ) as unknown as fc.Arbitrary<Json>;
}

const employees = fc.uniqueArray(
  fc.record<Employee>({
    customerId: fc.uuid({ version: 7 }),
    position: req50,
    status: fc.constantFrom(...EMPLOYEE_STATUSES),
    createdAt: fc.constant('2026-01-31T09:00:00.120Z'),
  }),
  { maxLength: 3, selector: each => each.customerId },
);

/** Businesses have employees, and so have individuals that another dialect called a business before. */
const staffed = fc.tuple(anyCustomer, employees).map(([record, all]) => ({ ...record, employees: all }));

/** Customers as generated, and the same after an update, so that they carry this vendor's words. */
const customers = staffed.chain(record =>
  fc.oneof(
    fc.constant(record),
    updates(record).map(input => writeCustomer(record, input as unknown as CustomerUpdate)),
  ),
);

laws({
  dialect: 'connectfi',
  resource: customer,
  customers,
  inputs: record => updates(record),
});

laws({
  dialect: 'connectfi',
  resource: representative,
  customers: customers.filter(record => record.representatives.length > 0),
  inputs: (record, key) => {
    const { addresses, phones } = representative.read(record, key).wire as unknown as WireIndividual;
    return fc.record(
      { email, addresses: listOf(addressItem, addresses), phones: listOf(phoneItem, phones) },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Json>;
  },
});

describe('connectfi customer, what it is not told', () => {
  /** The parts that the omissions name: whole addresses and contact points, or one line. */
  const unseen = (party: Customer | Representative, paths: ReadonlySet<string>) => ({
    addresses: party.addresses.filter(link => paths.has(link.address.id)),
    points: party.contactPoints.filter(point => point.kind === 'fax' || paths.has(point.id)),
  });
  const omittedIds = (record: Customer) =>
    new Set(
      customer
        .read(record, '')
        .omitted.filter(({ path }) => !path.endsWith('line2'))
        .map(({ path }) => path.split('/').at(-1)!),
    );

  it('stays word for word, and in its order, whatever is written', () => {
    fc.assert(
      fc.property(
        customers.chain(record => updates(record).map(input => ({ record, input }))),
        ({ record, input }) => {
          const ids = omittedIds(record);
          const after = writeCustomer(record, input as unknown as CustomerUpdate);
          assert.deepEqual(unseen(after, ids).points, unseen(record, ids).points);
          const without = (party: Customer) =>
            unseen(party, ids).addresses.map(({ main: _main, ...link }) => link);
          assert.deepEqual(without(after), without(record));
          const main = mainAddress(record);
          if (main && ids.has(main.address.id)) assert.equal(mainAddress(after)?.address.id, main.address.id);
          record.representatives.forEach((each, index) => {
            assert.deepEqual(unseen(after.representatives[index]!, ids).points, unseen(each, ids).points);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('what reads so may be written so: every echo passes the vendor’s schema', () => {
    fc.assert(
      fc.property(customers, record => {
        const echo = customer.echo(customer.read(record, '').wire) as unknown as CustomerUpdate;
        assert.deepEqual(checkUpdate({ customerId: 'cstap_1', ...echo }), []);
      }),
      { numRuns: 300 },
    );
  });
});

const HARRISBURG: WireAddress = {
  type: 'PRIMARY',
  addressLine1: '123 Main Str.',
  addressLine2: 'apt 8',
  city: 'Harrisburg',
  countryCodeA3: 'USA',
  postalCode: '12345',
  stateCode: 'PA',
};
const content = {
  line1: '123 Main Str.',
  line2: 'apt 8',
  city: 'Harrisburg',
  region: 'Pennsylvania',
  postalCode: '12345',
  country: 'US',
};
const lisbon = { line1: 'Rua Augusta 12', city: 'Lisboa', postalCode: '1100-048', country: 'PT' };
const withAddresses = (...contents: object[]): Customer =>
  replaceAddresses(
    emptyCustomer('individual'),
    contents.map((each, index) => linkTo({ ...emptyAddress(), number: index + 1, ...each })),
  );
const withPhones = (...phones: [value: string, ...purposes: Purpose[]][]): Customer => ({
  ...emptyCustomer('individual'),
  contactPoints: phones.map(([value, ...purposes]) => newContactPoint('phone', value, purposes)),
});
const update = (record: Customer, sent: CustomerUpdate['customer']) =>
  writeCustomer(record, { customer: sent });

describe('connectfi addresses', () => {
  it('a Portuguese address cannot be told in connectFi; a connectFi update of all addresses leaves it untouched', () => {
    const before = withAddresses(lisbon, content);
    const portuguese = before.addresses[0]!;
    assert.deepEqual(shown(before).addresses, [{ ...HARRISBURG, type: 'SECONDARY' }]);
    assert.deepEqual(customer.read(before, '').omitted, [
      { path: `addresses/${portuguese.address.id}`, reason: 'PT has no US state.' },
    ]);
    const after = update(before, { addresses: [{ ...HARRISBURG, addressLine1: '1 New St.' }] });
    assert.deepEqual(after.addresses[0], portuguese);
    assert.equal(after.addresses[1]!.address.id, before.addresses[1]!.address.id);
    assert.equal(shown(after).addresses[0]!.type, 'PRIMARY');
    assert.equal(mainAddress(after)!.address.id, portuguese.address.id);
  });

  it('keeps ids, labels, roles and others’ fields of the addresses that stay, and drops those that go', () => {
    const [first, second, third] = withAddresses(
      { ...content, latitude: '40.2', company: 'Sample' },
      { ...content, line1: '9 Oak Ave.' },
      { ...content, line1: '5 Elm St.' },
    ).addresses;
    const before = replaceAddresses(emptyCustomer('individual'), [
      first!,
      { ...second!, label: 'Warehouse', roles: ['shipping'] },
      third!,
    ]);
    const after = update(before, {
      addresses: [
        { ...HARRISBURG, type: 'SECONDARY', addressLine1: '9 Oak Ave.', city: 'Steelton' },
        HARRISBURG,
      ],
    });
    assert.deepEqual(
      after.addresses.map(link => [link.address.id, link.label, link.roles, link.main, link.address.city]),
      [
        [second!.address.id, 'Warehouse', ['shipping'], false, 'Steelton'],
        [first!.address.id, null, [], true, 'Harrisburg'],
      ],
    );
    assert.deepEqual(after.addresses[1]!.address, first!.address);
  });

  it('reads back all SECONDARY and two PRIMARY, until another dialect moves the main address', () => {
    const before = withAddresses(content, { ...content, line1: '9 Oak Ave.' });
    for (const type of ['SECONDARY', 'PRIMARY'] as const) {
      const wire = [
        { ...HARRISBURG, type },
        { ...HARRISBURG, type, addressLine1: '9 Oak Ave.' },
      ];
      const after = update(before, { addresses: wire });
      assert.deepEqual(shown(after).addresses, wire);
      assert.equal(after.addresses.filter(link => link.main).length, 1);
      const moved = changeAddress(after, after.addresses[1]!.address.id, link => ({ ...link, main: true }));
      assert.deepEqual(
        shown(moved).addresses.map(each => each.type),
        ['SECONDARY', 'PRIMARY'],
      );
    }
  });

  it('reads back each form of no second line', () => {
    const { addressLine2: _none, ...absent } = HARRISBURG;
    for (const item of [{ ...HARRISBURG, addressLine2: null }, { ...HARRISBURG, addressLine2: '' }, absent]) {
      const after = update(withAddresses(content), { addresses: [item] });
      assert.equal(after.addresses[0]!.address.line2, null);
      assert.deepEqual(shown(after).addresses, [item]);
      assert.deepEqual(shown(update(after, { addresses: [absent] })).addresses, [absent]);
    }
  });

  it('leaves a second line that it cannot tell, unless one is sent', () => {
    const before = withAddresses({ ...content, line2: 'x'.repeat(51) });
    const { id } = before.addresses[0]!.address;
    const { addressLine2: _none, ...told } = HARRISBURG;
    assert.deepEqual(shown(before).addresses, [told]);
    assert.equal(customer.read(before, '').omitted[0]!.path, `addresses/${id}/address/line2`);
    const moved = update(before, { addresses: [{ ...told, city: 'Steelton' }] });
    assert.equal(moved.addresses[0]!.address.line2, 'x'.repeat(51));
    assert.equal(update(before, { addresses: [HARRISBURG] }).addresses[0]!.address.line2, 'apt 8');
  });

  it('says why an address cannot be told', () => {
    const reasons = [
      { ...content, line1: 'x'.repeat(51) },
      { ...content, line1: null },
      { ...content, postalCode: '123' },
      { ...content, country: null, countryText: 'Atlantis' },
    ].map(each => customer.read(withAddresses(each), '').omitted[0]!.reason);
    assert.deepEqual(reasons, [
      'addressLine1 must NOT have more than 50 characters',
      "must have required property 'addressLine1'",
      'postalCode must NOT have fewer than 5 characters',
      'The country is not known.',
    ]);
  });

  it('keeps a state code beside a country that has no US states, while both stand', () => {
    const wire = [{ ...HARRISBURG, countryCodeA3: 'CAN' }];
    const after = update(withAddresses(content), { addresses: wire });
    assert.deepEqual(shown(after).addresses, wire);
    const moved = changeAddress(after, after.addresses[0]!.address.id, link => ({
      ...link,
      address: { ...link.address, region: 'Ontario' },
    }));
    assert.deepEqual(shown(moved).addresses, []);
  });

  it('keeps the region as another dialect wrote it', () => {
    const after = update(withAddresses(content), { addresses: [{ ...HARRISBURG, city: 'Steelton' }] });
    assert.equal(after.addresses[0]!.address.region, 'Pennsylvania');
  });
});

describe('connectfi phones', () => {
  it('writes the international form, and reads back 01 as 01 and 1 as 1', () => {
    for (const countryDialingCode of ['01', '1', '0001']) {
      const wire = [{ type: 'MOBILE', phoneNumber: '1234567890', countryDialingCode }] as const;
      const after = update(emptyCustomer('individual'), { phones: [...wire] });
      assert.equal(after.contactPoints[0]!.value, '+11234567890');
      assert.deepEqual(after.contactPoints[0]!.purposes, ['mobile']);
      assert.deepEqual(shown(after).phones, wire);
    }
  });

  it('derives a phone of another dialect, and leaves its writing alone', () => {
    const before = withPhones(['+49 30 123456', 'primary']);
    const wire = [{ type: 'PRIMARY', phoneNumber: '30123456', countryDialingCode: '49' }] as const;
    assert.deepEqual(shown(before).phones, wire);
    assert.equal(update(before, { phones: [...wire] }).contactPoints[0]!.value, '+49 30 123456');
    const retyped = update(before, { phones: [{ ...wire[0], countryDialingCode: '049' }] });
    assert.equal(retyped.contactPoints[0]!.value, '+49 30 123456');
    assert.equal(shown(retyped).phones[0]!.countryDialingCode, '049');
  });

  it('keeps a phone that it cannot tell, its place and its purposes', () => {
    const before = withPhones(['ask at the desk', 'primary'], ['+12125550100', 'mobile', 'secondary']);
    const after = update(before, {
      phones: [
        { type: 'PRIMARY', phoneNumber: '1234567', countryDialingCode: '01' },
        { type: 'MOBILE', phoneNumber: '2125550100', countryDialingCode: '01' },
      ],
    });
    assert.deepEqual(
      after.contactPoints.map(point => [point.value, point.purposes]),
      [
        ['ask at the desk', ['primary']],
        ['+11234567', []],
        ['+12125550100', ['mobile', 'secondary']],
      ],
    );
    assert.deepEqual(
      shown(after).phones.map(phone => phone.type),
      ['PRIMARY', 'MOBILE'],
    );
  });

  it('swaps two types, and a second phone of a type keeps it', () => {
    const before = withPhones(['+12125550100', 'mobile'], ['+12125550101', 'primary']);
    const [mobile, primary] = shown(before).phones as [WirePhone, WirePhone];
    const swapped = update(before, {
      phones: [
        { ...mobile, type: 'PRIMARY' },
        { ...primary, type: 'MOBILE' },
      ],
    });
    assert.deepEqual(
      swapped.contactPoints.map(point => point.purposes),
      [['primary'], ['mobile']],
    );
    const twice = update(before, { phones: [mobile, { ...primary, type: 'MOBILE' }] });
    assert.deepEqual(
      twice.contactPoints.map(point => point.purposes),
      [['mobile'], []],
    );
    assert.deepEqual(
      shown(twice).phones.map(phone => phone.type),
      ['MOBILE', 'MOBILE'],
    );
  });
});

describe('connectfi e-mail', () => {
  it('changes the value of the primary e-mail and nothing else of it, or adds one', () => {
    const before: Customer = {
      ...emptyCustomer('individual'),
      contactPoints: [
        newContactPoint('email', 'b@x.test', ['commercial'], 'shop'),
        newContactPoint('email', 'a@x.test', ['primary'], 'home'),
      ],
    };
    const after = update(before, { email: 'c@x.test' });
    assert.deepEqual(
      after.contactPoints.map(point => [point.id, point.value, point.label]),
      [
        [before.contactPoints[0]!.id, 'b@x.test', 'shop'],
        [before.contactPoints[1]!.id, 'c@x.test', 'home'],
      ],
    );
    const [added] = update(emptyCustomer('individual'), { email: 'c@x.test' }).contactPoints;
    assert.deepEqual([added!.value, added!.purposes, added!.label], ['c@x.test', ['primary'], 'default']);
  });
});

describe('connectfi record', () => {
  it('decodes the ids of the document to the UUIDs behind them', () => {
    const [individual, business] = documentCustomers() as [Customer, Customer];
    assert.equal(readCustomer(individual).customerId, 'cstap_6reGTr3k8vpAu8uFV7EdiN');
    assert.equal(readCustomer(business).businessRepresentatives![0]!.id, 'cstab_7BX5DPJcbmipymiokecA6d');
  });

  it('leaves out what was never supplied, and shows empty lists', () => {
    assert.deepEqual(shown(emptyCustomer('individual')), {
      addresses: [],
      phones: [],
      identificationDocuments: [],
    });
  });

  describe('of a business with employees', () => {
    const person = { ...emptyCustomer('individual'), givenName: 'Ada', familyName: 'Sample' };
    const employee: Employee = {
      customerId: person.id,
      position: 'Engineer 1',
      status: 'active',
      createdAt: '2026-01-31T09:00:00.120Z',
    };
    const business: Customer = { ...emptyCustomer('business'), employees: [employee] };
    const shownEmployee = {
      employeeId: employeeIdOf(employee),
      firstName: 'Ada',
      lastName: 'Sample',
      position: 'Engineer 1',
      status: 'active',
      dtsCreatedAt: '2026-01-31T09:00:00.120Z',
    };

    it('shows them last, under the names that it is given, and without names otherwise', () => {
      const wire = readCustomer(business, new Map([[person.id, person]]));
      assert.deepEqual(Object.keys(wire).slice(-2), ['businessRepresentatives', 'employees']);
      assert.deepEqual(wire.employees, [shownEmployee]);
      assert.deepEqual(readCustomer(business).employees, [{ ...shownEmployee, firstName: '', lastName: '' }]);
      assert.equal('employees' in readCustomer(emptyCustomer('business')), false);
    });

    it('says that an individual has none to show', () => {
      const record: Customer = { ...business, kind: 'individual' };
      assert.equal('employees' in readCustomer(record), false);
      assert.deepEqual(customer.read(record, '').omitted, [
        { path: `employees/${person.id}`, reason: 'An individual has no employees.' },
      ]);
    });

    it('changes one employee and leaves the others', () => {
      const other: Employee = { ...employee, customerId: emptyCustomer('individual').id };
      const before: Customer = { ...business, employees: [other, employee] };
      const disabled = disableEmployee(before, employeeIdOf(employee));
      assert.deepEqual(disabled.employees, [other, { ...employee, status: 'disabled' }]);
      assert.equal(disableEmployee(disabled, employeeIdOf(employee)), disabled);
      const again = addEmployee(disabled, person, 'Clerk', '2026-02-01T00:00:00.000Z');
      assert.deepEqual(again.employees, [other, { ...employee, position: 'Clerk' }]);
    });
  });
});
