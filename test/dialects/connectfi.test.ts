import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentCustomers } from '../../src/dialects/connectfi/fixtures/customers.ts';
import { connectfi } from '../../src/dialects/connectfi/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { type Answer, type Concord, type SendOptions, startConcord } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const FIXTURES = join(import.meta.dirname, '../../src/dialects/connectfi/fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));

const ADDRESS = {
  type: 'PRIMARY',
  addressLine1: '100 Market Street',
  addressLine2: 'Floor 2',
  city: 'Harrisburg',
  countryCodeA3: 'USA',
  postalCode: '17101',
  stateCode: 'PA',
};
const PHONE = { type: 'MOBILE', phoneNumber: '2125550100', countryDialingCode: '01' };

describe('connectfi', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
    for (const customer of documentCustomers()) await concord.create(concord.harbor, customer);
  });
  after(() => concord.stop());

  const idOf = (customer: Customer) => connectfi.customerId(customer);
  const post = (path: string, body: unknown, headers: SendOptions['headers'] = {}) =>
    concord.send(concord.harbor, 'connectfi', 'POST', path, { body, headers });
  const update = (customer: Customer, sent: unknown, more: object = {}) =>
    post('/customer/update', { customerId: idOf(customer), customer: sent, ...more });
  const status = (id: string) => concord.send(concord.harbor, 'connectfi', 'GET', `/customer/status/${id}`);
  const shown = async (customer: Customer) => (await status(idOf(customer))).json.data.customer;
  const fresh = (wish: Parameters<typeof aCustomer>[0] = {}, addresses = [HARRISBURG]) =>
    concord.create(
      concord.harbor,
      aCustomer(
        { contactPoints: [email('ada@example.test'), phone('+12125550100', ['mobile'])], ...wish },
        addresses,
      ),
    );
  const aBusiness = async (reference = unique('B')) => {
    const answer = await post('/customer/init', businessInit({ customerReference: reference }));
    assert.equal(answer.status, 200, answer.text);
    return answer.json.data;
  };

  function expectError(answer: Answer, expected: number, code: string, context?: unknown, message?: string) {
    assert.equal(answer.status, expected, answer.text);
    assert.match(answer.json.requestId, /^[0-9a-f]{12}1[0-9a-f]{19}$/);
    assert.equal(answer.json.code, code);
    if (context !== undefined) assert.deepEqual(answer.json.context, context);
    if (message !== undefined) assert.equal(answer.json.message, message);
    assert.equal('data' in answer.json, false);
  }

  const entry = (answer: Answer) => {
    expectError(answer, 400, 'requestValidateError');
    assert.equal('message' in answer.json, false);
    assert.equal(answer.json.context.length, 1, answer.text);
    const [only] = answer.json.context;
    assert.deepEqual(Object.keys(only), ['instancePath', 'schemaPath', 'keyword', 'params', 'message']);
    return only;
  };

  /** The update is refused with this keyword at this place, and the record stays as it was. */
  async function refused(customer: Customer, sent: unknown, place: string, keyword: string) {
    const recorded = await concord.record(concord.harbor, customer.id);
    const { instancePath, keyword: found } = entry(await update(customer, sent));
    assert.deepEqual([instancePath, found], [place, keyword], JSON.stringify(sent));
    assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
  }

  describe('Update', () => {
    for (const name of ['update-individual', 'update-business']) {
      it(`answers the document's example ${name} byte for byte [seed]`, async () => {
        const answer = await post('/customer/update', fixture(`${name}.request`));
        assert.equal(answer.status, 200);
        assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
        const { requestId } = answer.json;
        assert.match(requestId, /^[0-9a-f]{12}1[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
        const expected = JSON.stringify({ ...fixture(`${name}.answer`), requestId });
        assert.equal(answer.text, expected);
      });
    }

    it('email: omitted keeps, null, an empty string, a list and what is no address are refused', async () => {
      const customer = await fresh();
      assert.equal((await update(customer, {})).json.data.customer.email, 'ada@example.test');
      await refused(customer, { email: null }, '/customer/email', 'type');
      await refused(customer, { email: '' }, '/customer/email', 'format');
      await refused(customer, { email: ['a@example.test'] }, '/customer/email', 'type');
      await refused(customer, { email: 'a@b@c' }, '/customer/email', 'format');
      await refused(customer, { email: `${'a'.repeat(250)}@example.test` }, '/customer/email', 'maxLength');
      await update(customer, { email: 'new@example.test' });
      const [point] = (await concord.record(concord.harbor, customer.id)).contactPoints;
      assert.deepEqual([point!.value, point!.purposes], ['new@example.test', ['primary']]);
      assert.equal(point!.id, customer.contactPoints[0]!.id);
    });

    for (const [name, item] of [
      ['addresses', ADDRESS],
      ['phones', PHONE],
    ] as const) {
      it(`${name}: omitted keeps, null, an empty string and an empty list are refused, a list replaces`, async () => {
        const customer = await fresh();
        assert.deepEqual((await update(customer, {})).json.data.customer[name], [item]);
        await refused(customer, { [name]: null }, `/customer/${name}`, 'type');
        await refused(customer, { [name]: '' }, `/customer/${name}`, 'type');
        await refused(customer, { [name]: [] }, `/customer/${name}`, 'minItems');
        await refused(customer, { [name]: Array(101).fill(item) }, `/customer/${name}`, 'maxItems');
        await refused(customer, { [name]: [null] }, `/customer/${name}/0`, 'type');
        await refused(customer, { [name]: [[]] }, `/customer/${name}/0`, 'type');
        const second =
          name === 'addresses'
            ? { ...ADDRESS, addressLine1: '2 Elm' }
            : { ...PHONE, phoneNumber: '3125550199' };
        const list = [second, item];
        assert.deepEqual((await update(customer, { [name]: list })).json.data.customer[name], list);
        assert.deepEqual((await update(customer, { [name]: [item] })).json.data.customer[name], [item]);
      });
    }

    for (const name of ['type', 'addressLine1', 'city', 'postalCode', 'stateCode', 'countryCodeA3']) {
      it(`addresses[].${name}: omitted, null, an empty string and a list are refused`, async () => {
        const customer = await fresh();
        const at = `/customer/addresses/0/${name}`;
        const { [name]: _omitted, ...without } = ADDRESS as Record<string, string>;
        await refused(customer, { addresses: [without] }, '/customer/addresses/0', 'required');
        await refused(customer, { addresses: [{ ...ADDRESS, [name]: null }] }, at, 'type');
        await refused(customer, { addresses: [{ ...ADDRESS, [name]: ['x'] }] }, at, 'type');
        const empty =
          name === 'type' || name === 'stateCode'
            ? 'enum'
            : name === 'countryCodeA3'
              ? 'pattern'
              : 'minLength';
        await refused(customer, { addresses: [{ ...ADDRESS, [name]: '' }] }, at, empty);
      });
    }

    it('addresses[].addressLine2: omitted clears, null and an empty string clear and read back, a list is refused', async () => {
      const customer = await fresh();
      const { addressLine2: _omitted, ...without } = ADDRESS;
      for (const item of [without, { ...ADDRESS, addressLine2: null }, { ...ADDRESS, addressLine2: '' }]) {
        assert.deepEqual((await update(customer, { addresses: [item] })).json.data.customer.addresses, [
          item,
        ]);
        assert.equal((await concord.record(concord.harbor, customer.id)).addresses[0]!.address.line2, null);
        assert.deepEqual((await shown(customer)).addresses, [item]);
      }
      await refused(
        customer,
        { addresses: [{ ...ADDRESS, addressLine2: ['x'] }] },
        '/customer/addresses/0/addressLine2',
        'type',
      );
    });

    for (const name of ['type', 'phoneNumber']) {
      it(`phones[].${name}: omitted, null, an empty string and a list are refused`, async () => {
        const customer = await fresh();
        const at = `/customer/phones/0/${name}`;
        const { [name]: _omitted, ...without } = PHONE as Record<string, string>;
        await refused(customer, { phones: [without] }, '/customer/phones/0', 'required');
        await refused(customer, { phones: [{ ...PHONE, [name]: null }] }, at, 'type');
        await refused(customer, { phones: [{ ...PHONE, [name]: ['x'] }] }, at, 'type');
        await refused(
          customer,
          { phones: [{ ...PHONE, [name]: '' }] },
          at,
          name === 'type' ? 'enum' : 'minLength',
        );
      });
    }

    it('phones[].countryDialingCode: omitted is none and reads back so; null, an empty string and a list are refused', async () => {
      const customer = await fresh();
      const bare = { type: 'LANDLINE', phoneNumber: '2125550100' };
      assert.deepEqual((await update(customer, { phones: [bare] })).json.data.customer.phones, [bare]);
      const at = '/customer/phones/0/countryDialingCode';
      await refused(customer, { phones: [{ ...bare, countryDialingCode: null }] }, at, 'type');
      await refused(customer, { phones: [{ ...bare, countryDialingCode: '' }] }, at, 'minLength');
      await refused(customer, { phones: [{ ...bare, countryDialingCode: ['01'] }] }, at, 'type');
    });

    it('refuses values that break their rule, each with the entry that names it', async () => {
      const customer = await fresh();
      const cases: [object, string, string][] = [
        [{ addressLine1: 'x'.repeat(51) }, 'addressLine1', 'maxLength'],
        [{ addressLine1: '   ' }, 'addressLine1', 'isNotOnlyWhitespace'],
        [{ addressLine1: '<b>' }, 'addressLine1', 'pattern'],
        [{ addressLine2: 'a\nb' }, 'addressLine2', 'pattern'],
        [{ city: 'a\u0000b' }, 'city', 'format'],
        [{ city: 'a\u0085b' }, 'city', 'format'],
        [{ postalCode: '1234' }, 'postalCode', 'minLength'],
        [{ postalCode: 'SW1A 1AA' }, 'postalCode', 'pattern'],
        [{ stateCode: 'AE' }, 'stateCode', 'enum'],
        [{ stateCode: '__proto__' }, 'stateCode', 'enum'],
        [{ countryCodeA3: 'XXX' }, 'countryCodeA3', 'isCountryCodeA3'],
        [{ countryCodeA3: 'us' }, 'countryCodeA3', 'pattern'],
        [{ type: 'TERTIARY' }, 'type', 'enum'],
      ];
      for (const [change, name, keyword] of cases) {
        await refused(
          customer,
          { addresses: [{ ...ADDRESS, ...change }] },
          `/customer/addresses/0/${name}`,
          keyword,
        );
      }
      for (const [change, name, keyword] of [
        [{ phoneNumber: '12345' }, 'phoneNumber', 'minLength'],
        [{ phoneNumber: '1234567890123' }, 'phoneNumber', 'maxLength'],
        [{ phoneNumber: '123-4567' }, 'phoneNumber', 'pattern'],
        [{ phoneNumber: '١٢٣٤٥٦' }, 'phoneNumber', 'pattern'],
        [{ phoneNumber: 1234567 }, 'phoneNumber', 'type'],
        [{ countryDialingCode: '12345' }, 'countryDialingCode', 'maxLength'],
        [{ countryDialingCode: '+1' }, 'countryDialingCode', 'pattern'],
      ] as [object, string, string][]) {
        await refused(customer, { phones: [{ ...PHONE, ...change }] }, `/customer/phones/0/${name}`, keyword);
      }
    });

    it('gives an entry as the validator of the document writes it', async () => {
      const customer = await fresh();
      assert.deepEqual(entry(await update(customer, { addresses: [{ ...ADDRESS, addressLine1: '' }] })), {
        instancePath: '/customer/addresses/0/addressLine1',
        schemaPath: '#/properties/customer/properties/addresses/items/properties/addressLine1/minLength',
        keyword: 'minLength',
        params: { limit: 1 },
        message: 'must NOT have fewer than 1 characters',
      });
      assert.deepEqual(entry(await update(customer, { firstName: 'x' })), {
        instancePath: '/customer',
        schemaPath: '#/properties/customer/additionalProperties',
        keyword: 'additionalProperties',
        params: { additionalProperty: 'firstName' },
        message: 'must NOT have additional properties',
      });
    });

    it('refuses unknown properties at every level, __proto__ among them', async () => {
      const customer = await fresh();
      for (const [body, place] of [
        [{ customerId: idOf(customer), customer: {}, more: 1 }, ''],
        [
          { customerId: idOf(customer), customer: { addresses: [{ ...ADDRESS, x: 1 }] } },
          '/customer/addresses/0',
        ],
        [
          { customerId: idOf(customer), customer: {}, businessRepresentatives: [{ id: 'x', y: 1 }] },
          '/businessRepresentatives/0',
        ],
        [
          `{"customerId":"${idOf(customer)}","customer":{"__proto__":{"email":"x@example.test"}}}`,
          '/customer',
        ],
        [`{"customerId":"${idOf(customer)}","customer":{},"__proto__":[]}`, ''],
      ] as const) {
        const answer = await post('/customer/update', body, { 'content-type': 'application/json' });
        const { instancePath, keyword } = entry(answer);
        assert.deepEqual([instancePath, keyword], [place, 'additionalProperties']);
      }
    });

    it('customerId and customer: omitted, null, an empty string and a list are refused', async () => {
      const customer = await fresh();
      const good = { customerId: idOf(customer), customer: {} };
      for (const [name, empty, list] of [
        ['customerId', 'minLength', 'type'],
        ['customer', 'type', 'type'],
      ] as const) {
        const { [name]: _omitted, ...without } = good;
        assert.equal(entry(await post('/customer/update', without)).keyword, 'required');
        assert.equal(entry(await post('/customer/update', { ...good, [name]: null })).keyword, 'type');
        assert.equal(entry(await post('/customer/update', { ...good, [name]: '' })).keyword, empty);
        assert.equal(entry(await post('/customer/update', { ...good, [name]: [] })).keyword, list);
      }
      assert.equal(entry(await post('/customer/update', { ...good, customerId: 'a-b' })).keyword, 'pattern');
      assert.equal(
        entry(await post('/customer/update', { ...good, customerId: 'x'.repeat(37) })).keyword,
        'maxLength',
      );
    });

    it('changes nothing with an empty customer', async () => {
      const customer = await fresh();
      const recorded = await concord.record(concord.harbor, customer.id);
      assert.equal((await update(customer, {})).status, 200);
      assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
    });

    it('writes the same update twice with the same result', async () => {
      const customer = await fresh({}, [HARRISBURG, LISBON]);
      const sent = { email: 'x@example.test', addresses: [ADDRESS], phones: [PHONE] };
      const first = await update(customer, sent);
      const recorded = await concord.record(concord.harbor, customer.id);
      const second = await update(customer, sent);
      assert.deepEqual(second.json.data, first.json.data);
      assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
    });

    it('leaves a Portuguese address untouched when all addresses are replaced', async () => {
      const customer = await fresh({}, [HARRISBURG, LISBON]);
      const answer = await update(customer, { addresses: [{ ...ADDRESS, addressLine1: '5 Elm St.' }] });
      assert.deepEqual(answer.json.data.customer.addresses, [{ ...ADDRESS, addressLine1: '5 Elm St.' }]);
      const record = await concord.record(concord.harbor, customer.id);
      assert.deepEqual(record.addresses[1], customer.addresses[1]);
      assert.equal(record.addresses[0]!.address.number, customer.addresses[0]!.address.number);
    });

    it('keeps every change of clients that update different fields at the same time', async () => {
      const customer = await fresh();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === 0
            ? update(customer, { email: `n${index}@example.test` })
            : update(customer, { phones: [{ ...PHONE, phoneNumber: `21255501${index + 10}` }] }),
        ),
      );
      assert.deepEqual([...new Set(answers.map(answer => answer.status))], [200]);
      const after = await shown(customer);
      assert.match(after.email, /^n\d+@example\.test$/);
      assert.match(after.phones[0].phoneNumber, /^21255501/);
    });
  });

  describe('Update, by type of customer', () => {
    it('refuses what the type does not have [seed], whatever its value', async () => {
      const individual = await fresh();
      const business = await fresh({ kind: 'business', company: 'Sample Inc' });
      const message = 'Invalid field is present for the current customer type.';
      const both = { businessAddresses: [ADDRESS], businessPhones: [PHONE] };
      expectError(
        await update(individual, { email: 'x@example.test', ...both }, { businessRepresentatives: [] }),
        400,
        'invalidField',
        {
          customerId: idOf(individual),
          customerType: 'individual',
          fields: ['businessAddresses', 'businessPhones', 'businessRepresentatives'],
        },
        message,
      );
      for (const [name, value] of [
        ['email', 'x@example.test'],
        ['addresses', [ADDRESS]],
        ['phones', [PHONE]],
      ] as const) {
        expectError(
          await update(business, { ...both, [name]: value }),
          400,
          'invalidField',
          { customerId: idOf(business), customerType: 'business', fields: [name] },
          message,
        );
      }
      assert.equal((await shown(individual)).email, 'ada@example.test');
    });

    it('changes the representatives that are listed and no others; a stranger changes nothing', async () => {
      const { customerId, businessRepresentatives } = await aBusiness();
      const [first, second] = businessRepresentatives;
      const sent = { id: first.id, email: 'new@example.test', phones: [PHONE], addresses: [ADDRESS] };
      const answer = await post('/customer/update', {
        customerId,
        customer: {},
        businessRepresentatives: [sent],
      });
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(answer.json.data.businessRepresentatives, [{ ...first, ...sent }, second]);
      const stranger = { id: 'cstab_7BX5DPJcbmipymiokecA6d' };
      expectError(
        await post('/customer/update', {
          customerId,
          customer: { businessPhones: [{ ...PHONE, phoneNumber: '9999999' }] },
          businessRepresentatives: [{ ...sent, email: 'again@example.test' }, stranger],
        }),
        400,
        'businessRepresentativeNotFound',
        { customerId, id: stranger.id },
      );
      assert.deepEqual((await status(customerId)).json.data, answer.json.data);
    });

    it('businessRepresentatives: omitted and an empty list keep; null, an empty string and one twice are refused', async () => {
      const { customerId, businessRepresentatives } = await aBusiness();
      const send = (list?: unknown) =>
        post('/customer/update', {
          customerId,
          customer: {},
          ...(list !== undefined && { businessRepresentatives: list }),
        });
      for (const list of [undefined, [], [{ id: businessRepresentatives[0].id }]]) {
        assert.deepEqual((await send(list)).json.data.businessRepresentatives, businessRepresentatives);
      }
      assert.equal(entry(await send(null)).keyword, 'type');
      assert.equal(entry(await send('')).keyword, 'type');
      const { id } = businessRepresentatives[0];
      assert.equal(entry(await send([{ id }, { id }])).keyword, 'uniqueItemProperties');
      for (const each of [
        {},
        { id: null },
        { id: '' },
        { id: ['x'] },
        { id, email: null },
        { id, addresses: [] },
        { id, phones: null },
        'x',
        null,
      ]) {
        assert.match(entry(await send([each])).instancePath, /^\/businessRepresentatives\/0/);
      }
    });
  });

  describe('Create and Get Customer', () => {
    it('creates an individual, masks its SSN, and shows the same record afterwards', async () => {
      const [customerReference, ssn] = [unique('R'), digits()];
      const answer = await post('/customer/init', individualInit({ customerReference }, ssn));
      assert.equal(answer.status, 200, answer.text);
      const { data } = answer.json;
      assert.match(data.customerId, /^cstap_[0-9a-zA-Z]{21,22}$/);
      const { identificationDocuments, ...rest } = individualInit().customer;
      assert.deepEqual(data, {
        reference: customerReference,
        customerId: data.customerId,
        customerType: 'individual',
        customer: {
          ...rest,
          identificationDocuments: [
            { type: 'SSN', issuanceCountryCodeA3: 'USA', last4: ssn.slice(-4) },
            identificationDocuments[1],
          ],
        },
        boises: [],
        dtsCreatedAt: data.dtsCreatedAt,
      });
      assert.equal(answer.text.includes(ssn), false);
      assert.match(data.dtsCreatedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.deepEqual((await status(data.customerId)).json.data, data);
    });

    it('creates a business with ids for its representatives, whose SSN stays plain', async () => {
      const data = await aBusiness();
      assert.match(data.customerId, /^cstab_/);
      const [first, second] = data.businessRepresentatives;
      assert.match(first.id, /^cstab_[0-9a-zA-Z]{21,22}$/);
      assert.equal(second.id, 'deputy_1');
      assert.equal(first.dateOfBirth, '1978-10-15T00:00:00.000Z');
      assert.equal(first.identificationDocuments[0].value, '666989698');
      assert.deepEqual(Object.keys(data), [
        'reference',
        'customerId',
        'customerType',
        'customer',
        'boises',
        'dtsCreatedAt',
        'businessRepresentatives',
      ]);
      const renamed = await post('/customer/update', {
        customerId: data.customerId,
        customer: {},
        businessRepresentatives: [{ id: 'deputy_1', email: 'deputy@example.test' }],
      });
      assert.equal(renamed.json.data.businessRepresentatives[1].email, 'deputy@example.test');
    });

    it('refuses a reference, an SSN or an EIN that is taken, the reference first', async () => {
      const [reference, ssn] = [unique('R'), digits()];
      const first = await post('/customer/init', individualInit({ customerReference: reference }, ssn));
      const { customerId } = first.json.data;
      expectError(
        await post('/customer/init', individualInit({ customerReference: reference }, ssn)),
        400,
        'referenceExists',
        { reference, entityId: customerId },
        'Reference already exists.',
      );
      expectError(
        await post('/customer/init', individualInit({ customerReference: unique('R') }, ssn)),
        400,
        'customerExists',
        { cFiAggregatorId: 'harbor', customerId },
        'Customer exists.',
      );
      const ein = digits();
      const business = await post('/customer/init', businessInit({ customerReference: unique('B') }, ein));
      expectError(
        await post('/customer/init', businessInit({ customerReference: unique('B') }, ein)),
        400,
        'customerExists',
        { cFiAggregatorId: 'harbor', customerId: business.json.data.customerId },
      );
    });

    it('lets another tenant use the same reference and SSN', async () => {
      const body = individualInit({ customerReference: unique('R') });
      await post('/customer/init', body);
      const answer = await concord.send(concord.meadow, 'connectfi', 'POST', '/customer/init', { body });
      assert.equal(answer.status, 200);
    });

    it('stores one of many identical registrations at once', async () => {
      const body = individualInit({ customerReference: unique('R') });
      const answers = await Promise.all(Array.from({ length: 8 }, () => post('/customer/init', body)));
      const codes = answers.map(answer => answer.json.code).sort();
      assert.deepEqual(codes, ['0', ...Array(7).fill('referenceExists')]);
    });

    it('reports both alternatives and their choice when neither fits', async () => {
      const body = individualInit();
      const answer = await post('/customer/init', { ...body, customer: { ...body.customer, firstName: '' } });
      expectError(answer, 400, 'requestValidateError');
      const entries: { schemaPath: string; keyword: string; params: object }[] = answer.json.context;
      assert.deepEqual(
        entries.map(each => [each.schemaPath.split('/').slice(0, 3).join('/'), each.keyword]),
        [
          ['#/oneOf/0', 'minLength'],
          ['#/oneOf/1', 'required'],
          ['#/oneOf', 'oneOf'],
        ],
      );
      assert.deepEqual(entries[2]!.params, { passingSchemas: null });
    });

    it('refuses each part of a registration that breaks its rule', async () => {
      const person = individualInit().customer;
      const [ssn, license] = person.identificationDocuments;
      const cases: [object, string][] = [
        [{ firstName: null }, '/customer/firstName'],
        [{ lastName: 'a\u0000' }, '/customer/lastName'],
        [{ gender: 'X' }, '/customer/gender'],
        [{ dateOfBirth: '1990-02-30' }, '/customer/dateOfBirth'],
        [{ dateOfBirth: '' }, '/customer/dateOfBirth'],
        [{ email: [] }, '/customer/email'],
        [{ citizenshipCountryCodeA3: 'XXX' }, '/customer/citizenshipCountryCodeA3'],
        [{ addresses: [] }, '/customer/addresses'],
        [{ phones: null }, '/customer/phones'],
        [{ identificationDocuments: [] }, '/customer/identificationDocuments'],
        [{ identificationDocuments: [license] }, '/customer/identificationDocuments'],
        [{ identificationDocuments: [{ ...ssn, value: '12' }] }, '/customer/identificationDocuments/0/value'],
        [{ identificationDocuments: [{ ...ssn, value: null }] }, '/customer/identificationDocuments/0/value'],
        [
          { identificationDocuments: [{ ...ssn, expiryDate: '2029-01-01' }] },
          '/customer/identificationDocuments/0',
        ],
        [
          { identificationDocuments: [ssn, { type: 'LIBRARY CARD' }] },
          '/customer/identificationDocuments/1/type',
        ],
      ];
      for (const [change, place] of cases) {
        const answer = await post('/customer/init', individualInit({ customer: { ...person, ...change } }));
        expectError(answer, 400, 'requestValidateError');
        const places = answer.json.context.map((each: { instancePath: string }) => each.instancePath);
        assert.ok(places.includes(place), `${JSON.stringify(change)} ${places}`);
      }
      for (const change of [
        { customerReference: '' },
        { customerReference: null },
        { customerReference: 'a-b' },
        { customerReference: 'x'.repeat(33) },
        { customerType: 'person' },
        { customer: [] },
        { businessRepresentatives: [] },
      ]) {
        expectError(await post('/customer/init', individualInit(change)), 400, 'requestValidateError');
      }
      const [deputy] = businessInit().businessRepresentatives;
      for (const change of [
        { businessRepresentatives: undefined },
        { businessRepresentatives: [] },
        { businessRepresentatives: [{ ...deputy, businessRepresentativeType: 'janitor' }] },
        {
          businessRepresentatives: [
            { ...deputy, id: 'x' },
            { ...deputy, id: 'x' },
          ],
        },
        { businessRepresentatives: [{ ...deputy, id: '' }] },
        { customer: { ...businessInit().customer, businessFederalEin: '12-3456789' } },
      ]) {
        expectError(await post('/customer/init', businessInit(change)), 400, 'requestValidateError');
      }
    });
  });

  describe('Get Access Token', () => {
    const login = (user: unknown) =>
      concord.send(concord.harbor, 'connectfi', 'POST', '/auth/get-token', {
        body: { user },
        headers: { 'x-connectfi-token': undefined },
      });

    it('gives a token of 66 characters for 24 hours, which lets in; a second one leaves the first', async () => {
      const tokens: string[] = [];
      for (const requestId of [undefined, 'abc']) {
        const answer = await login({ login: 'harbor', password: 'Demo-password-1!', requestId });
        assert.equal(answer.status, 200, answer.text);
        assert.deepEqual(Object.keys(answer.json), ['code', 'data', 'requestId']);
        assert.deepEqual(Object.keys(answer.json.data), ['token', 'dtsExpireAt']);
        assert.match(answer.json.data.token, /^[0-9a-zA-Z]{66}$/);
        const hours = (Date.parse(answer.json.data.dtsExpireAt) - Date.now()) / 3_600_000;
        assert.ok(hours > 23.9 && hours <= 24);
        tokens.push(answer.json.data.token);
      }
      for (const token of tokens) {
        const answer = await post('/customer/update', fixture('update-individual.request'), {
          'x-connectfi-token': token,
        });
        assert.equal(answer.status, 200);
      }
    });

    it('401 for a wrong password and an unknown login alike, and 429 for guessing', async () => {
      for (const user of [
        { login: 'harbor', password: 'wrong' },
        { login: 'nobody', password: 'wrong' },
      ]) {
        expectError(await login(user), 401, 'unauthorized', undefined, 'Authentication error');
      }
      const guesses = [];
      for (let guess = 0; guess < 11; guess += 1)
        guesses.push(await login({ login: 'guessed', password: 'x' }));
      expectError(guesses.at(-1)!, 429, 'tooManyRequests');
      assert.equal(guesses.at(-1)!.headers.get('retry-after'), '60');
    });

    it('login, password, requestId: omitted, null, empty strings and lists', async () => {
      const good = { login: 'harbor', password: 'Demo-password-1!', requestId: 'abc' };
      for (const name of ['login', 'password', 'requestId'] as const) {
        for (const [value, keyword] of [
          [null, 'type'],
          ['', 'minLength'],
          [['x'], 'type'],
        ] as const) {
          const found = entry(await login({ ...good, [name]: value }));
          assert.deepEqual([found.instancePath, found.keyword], [`/user/${name}`, keyword]);
        }
        const { [name]: _omitted, ...without } = good;
        const answer = await login(without);
        if (name === 'requestId') assert.equal(answer.status, 200);
        else assert.equal(entry(answer).keyword, 'required');
      }
      for (const user of [undefined, null, '', []]) entry(await login(user));
    });
  });

  describe('refusals', () => {
    it('401 without a token, with an empty, unknown, over-long one, one of another dialect, before the body is read', async () => {
      for (const token of [undefined, '', 'x', 'x'.repeat(2_000), 'demo-harbor-flexportal']) {
        for (const [method, path] of [
          ['POST', '/customer/update'],
          ['POST', '/customer/init'],
          ['GET', '/customer/status/cstap_1'],
        ] as const) {
          const answer = await concord.send(concord.harbor, 'connectfi', method, path, {
            headers: { 'x-connectfi-token': token },
            ...(method === 'POST' && { body: '{' }),
          });
          expectError(answer, 401, 'unauthorized', undefined, 'Authentication error');
          assert.deepEqual(Object.keys(answer.json), ['requestId', 'code', 'message']);
        }
      }
    });

    it('customerNotFound for unknown ids, ids of another tenant or kind, and what is no id', async () => {
      const customer = await fresh();
      const foreign = await concord.create(concord.meadow, aCustomer());
      const unknown = connectfi.customerId({ id: newId(), kind: 'individual', number: 1 });
      const { businessRepresentatives } = await aBusiness();
      const ids = [
        unknown,
        idOf(foreign),
        idOf(customer).replace('cstap_', 'cstab_'),
        idOf(customer).replace('cstap_', 'cstap_0'),
        businessRepresentatives[0].id,
        'cstap_',
        'x',
        `cstap_${'Z'.repeat(22)}`,
      ];
      for (const customerId of ids) {
        for (const answer of [
          await status(customerId),
          await post('/customer/update', { customerId, customer: {} }),
        ]) {
          expectError(answer, 400, 'customerNotFound', { customerId }, 'Customer not found.');
          assert.deepEqual(Object.keys(answer.json), ['requestId', 'code', 'context', 'message']);
        }
      }
      for (const path of ['%00', 'a-b', 'x'.repeat(150), '%F0%9F%98%80', '__proto__']) {
        expectError(await status(path), 400, 'customerNotFound');
      }
    });

    it('customerArchived for an archived customer, who still can be read', async () => {
      const customer = await fresh({ archivedAt: '2026-01-01T00:00:00.000Z' });
      expectError(
        await update(customer, { email: 'x@example.test' }),
        400,
        'customerArchived',
        undefined,
        'Customer is archived.',
      );
      assert.equal((await shown(customer)).email, 'ada@example.test');
    });

    it('an empty list of entries for what is no JSON, and 415 for another media type', async () => {
      const json = { 'content-type': 'application/json' };
      for (const body of [
        '',
        '{',
        '{"customerId":',
        'NaN',
        Buffer.from([0x7b, 0xff, 0x7d]),
        `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      ]) {
        const answer = await post('/customer/update', body, json);
        expectError(answer, 400, 'requestValidateError', []);
        assert.deepEqual(Object.keys(answer.json), ['requestId', 'code', 'context']);
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', undefined]) {
        const answer = await post('/customer/update', '{}', { 'content-type': type });
        expectError(answer, 415, 'unsupportedMediaType');
      }
    });

    it('an entry, and never a fault, for values of any other shape', async () => {
      const json = { 'content-type': 'application/json' };
      for (const path of ['/customer/update', '/customer/init']) {
        for (const body of [
          '[]',
          'null',
          '0',
          '-0',
          '1e999',
          '"x"',
          'true',
          '{"customerId":1e999,"customer":-0}',
          '{"customerId":{"toString":1},"customer":{}}',
          '{"constructor":{},"customerId":"x","customer":{}}',
          '{"customerId":"x","customer":{"addresses":{"length":1}}}',
          '{"customerType":"__proto__","customer":{"__proto__":[]}}',
          '{"customerType":"individual","customer":{"identificationDocuments":[{"type":"constructor"}]}}',
          '{"customerId":"x","customer":{"addresses":[{"city":"\\ud800"}]}}',
        ]) {
          expectError(await post(path, body, json), 400, 'requestValidateError');
        }
      }
      const customer = await fresh();
      const lone = JSON.stringify({ customerId: idOf(customer), customer: { addresses: [ADDRESS] } });
      const answer = await post('/customer/update', lone.replace('Harrisburg', '\\udc00'), json);
      assert.equal(entry(answer).params.format, 'line');
    });

    it('413 for a body over the limit', async () => {
      const customer = await fresh();
      expectError(await update(customer, { email: 'x'.repeat(1_100_000) }), 413, 'payloadTooLarge');
    });

    it('notFound for unknown paths and other methods', async () => {
      for (const [method, path] of [
        ['GET', '/customer/update'],
        ['PUT', '/customer/update'],
        ['DELETE', '/customer/init'],
        ['POST', '/connectfi/customer/nowhere/else'],
        ['POST', '/connectfi/customer/nowhere'],
        ['POST', '/user/nowhere'],
        ['GET', '/auth/get-token'],
      ] as const) {
        const answer = await concord.send(concord.harbor, 'connectfi', method, path, {});
        expectError(answer, 404, 'notFound', undefined, 'Not found');
      }
    });
  });
});

let counter = 0;
const unique = (prefix: string) => `${prefix}${++counter}x`;
const digits = () => String(900_000_000 + ++counter);

function individualInit(change: object = {}, ssn = digits()) {
  return {
    customerReference: unique('I'),
    customerType: 'individual',
    customer: {
      firstName: 'Ada',
      lastName: 'Sample',
      gender: 'F',
      dateOfBirth: '1990-02-28',
      email: 'ada@example.test',
      citizenshipCountryCodeA3: 'USA',
      addresses: [ADDRESS],
      phones: [PHONE],
      identificationDocuments: [
        { type: 'SSN', value: ssn, issuanceCountryCodeA3: 'USA' },
        {
          type: 'DRIVING LICENSE',
          value: 'PA12345678',
          issuanceCountryCodeA3: 'USA',
          issuanceRegion: 'PA',
          expiryDate: '2029-12-28',
        },
      ] as Record<string, string>[],
    },
    ...change,
  };
}

function businessInit(change: object = {}, ein = digits()) {
  return {
    customerReference: unique('C'),
    customerType: 'business',
    customer: {
      businessName: 'Sample Inc',
      businessFederalEin: ein,
      businessAddresses: [ADDRESS],
      businessPhones: [{ ...PHONE, type: 'PRIMARY' }],
    },
    businessRepresentatives: [
      {
        firstName: 'Joleen',
        lastName: 'Sample',
        gender: 'F',
        dateOfBirth: '1978-10-15',
        businessRepresentativeType: 'principal_owner',
        email: 'joleen@example.test',
        citizenshipCountryCodeA3: 'USA',
        addresses: [ADDRESS],
        phones: [PHONE],
        identificationDocuments: [{ type: 'SSN', value: '666989698', issuanceCountryCodeA3: 'USA' }],
      },
      {
        id: 'deputy_1',
        firstName: 'Dan',
        lastName: 'Sample',
        businessRepresentativeType: 'authorized_signer',
      },
    ],
    ...change,
  };
}
