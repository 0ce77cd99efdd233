import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { newId, toBase62 } from '../../src/record/identifier.ts';
import { type Answer, type Concord, type SendOptions, startConcord } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const FIXTURES = join(import.meta.dirname, '../../src/dialects/flexportal/fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));

const QUAY = { contactName: 'Bo', streetAddress: '12 Quay Rd', city: 'Cork', country: 'Ireland' };
const BOTH = { ...LISBON, roles: ['billing', 'shipping'] } as const;
const ADDRESSES = ['billingAddress', 'shippingAddress'] as const;

describe('flexportal', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const fresh = (
    wish: Parameters<typeof aCustomer>[0] = {},
    addresses: Parameters<typeof aCustomer>[1] = [BOTH],
  ): Promise<Customer> => concord.create(concord.harbor, aCustomer(wish, addresses));
  const idOf = (customer: Pick<Customer, 'id'>) => `cust_${toBase62(customer.id)}`;
  const path = (customer: Pick<Customer, 'id'>) => `/v1/customers/${idOf(customer)}`;
  const send = (method: string, customer: Pick<Customer, 'id'>, options: SendOptions = {}) =>
    concord.send(concord.harbor, 'flexportal', method, path(customer), options);
  const put = (customer: Pick<Customer, 'id'>, update: object) =>
    send('PUT', customer, { body: { customerId: idOf(customer), ...update } });
  const get = async (customer: Pick<Customer, 'id'>) => (await send('GET', customer)).json;
  const record = (customer: Pick<Customer, 'id'>) => concord.record(concord.harbor, customer.id);

  /** The update is answered with what a reading then shows. */
  async function updated(customer: Customer, update: object) {
    const answer = await put(customer, update);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.json.customer, await get(customer));
    return answer.json.customer;
  }

  function expectError(answer: Answer, status: number, code: string): void {
    assert.equal(answer.status, status, answer.text);
    assert.deepEqual(Object.keys(answer.json), ['error']);
    assert.equal(answer.json.error.code, code);
    assert.equal(typeof answer.json.error.message, 'string');
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  }

  /** The update is refused with this fault among others, and nothing is changed. */
  async function refused(customer: Customer, update: object, place: string, issue: string) {
    const recorded = await record(customer);
    const answer = await put(customer, update);
    expectError(answer, 400, 'VALIDATION_ERROR');
    const { details } = answer.json.error;
    assert.ok(
      details.some((each: { path: string; code: string }) => each.path === place && each.code === issue),
      `${JSON.stringify(update).slice(0, 200)} ${answer.text}`,
    );
    for (const each of details) assert.deepEqual(Object.keys(each), ['path', 'message', 'code']);
    assert.deepEqual(await record(customer), recorded);
  }

  describe('Update a customer', () => {
    it('answers the given request with the given answer, key by key [seed]', async () => {
      const customer = await fresh({
        contactPoints: [email('ada@example.test')],
        customFields: { tier: 'gold' },
      });
      const request = fixture('update-customer.request');
      const answer = await send('PUT', customer, {
        body: JSON.stringify({ ...request, customerId: idOf(customer) }),
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 200);
      const { createdAt, updatedAt, createdBy } = await record(customer);
      const example = fixture('update-customer.answer');
      assert.equal(
        answer.text,
        JSON.stringify({
          ...example,
          message: 'Customer updated',
          customerId: idOf(customer),
          customer: {
            ...example.customer,
            customerId: idOf(customer),
            tenantId: 'harbor',
            email: 'ada@example.test',
            totalOrders: 0,
            totalDevicesRented: 0,
            totalMonthlyRevenue: 0,
            orderIds: [],
            rentalIds: [],
            createdBy,
            customFields: { tier: 'gold' },
            createdAt,
            updatedAt,
          },
        }),
      );
    });

    it('a body with only customerId changes nothing', async () => {
      const customer = await fresh();
      const recorded = await record(customer);
      await updated(customer, {});
      assert.deepEqual(await record(customer), recorded);
    });

    it('what was read, written back, changes nothing', async () => {
      const customer = await fresh({ contactPoints: [phone('+351211234567')], company: 'Acme' });
      const recorded = await record(customer);
      const { lastBillingAddress, lastShippingAddress, ...rest } = await get(customer);
      await updated(customer, {
        ...rest,
        billingAddress: lastBillingAddress,
        shippingAddress: lastShippingAddress,
      });
      assert.deepEqual(await record(customer), recorded);
    });

    it('is one row of history, and none when nothing changes', async () => {
      const customer = await fresh();
      await updated(customer, { firstName: 'Eve' });
      await updated(customer, { firstName: 'Eve' });
      const changes = await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 10 });
      assert.deepEqual(
        changes.map(change => [change.dialect, change.actor, change.event]),
        [
          ['flexportal', 'demo', null],
          ['test', 'test', null],
        ],
      );
    });

    for (const name of ['firstName', 'lastName']) {
      it(`${name}: omitted keeps; null, an empty string and a list are refused`, async () => {
        const customer = await fresh();
        assert.equal((await updated(customer, { [name]: 'Eve' }))[name], 'Eve');
        assert.equal((await updated(customer, {}))[name], 'Eve');
        await refused(customer, { [name]: null }, name, 'invalid_type');
        await refused(customer, { [name]: '' }, name, 'too_small');
        await refused(customer, { [name]: ['Eve'] }, name, 'invalid_type');
      });
    }

    for (const name of ['company', 'phone']) {
      it(`${name}: omitted keeps, an empty string clears; null and a list are refused`, async () => {
        const customer = await fresh();
        assert.equal((await updated(customer, { [name]: '+15550100' }))[name], '+15550100');
        assert.equal((await updated(customer, {}))[name], '+15550100');
        await refused(customer, { [name]: null }, name, 'invalid_type');
        await refused(customer, { [name]: ['x'] }, name, 'invalid_type');
        assert.equal((await updated(customer, { [name]: '' }))[name], '');
        const { company, contactPoints } = await record(customer);
        assert.deepEqual([company, contactPoints], [null, []]);
      });
    }

    for (const [name, value, other] of [
      ['customerType', 'business', 'individual'],
      ['status', 'inactive', 'active'],
    ] as const) {
      it(`${name}: omitted keeps; null, an empty string, a list and unknown words are refused`, async () => {
        const customer = await fresh();
        assert.equal((await updated(customer, { [name]: value }))[name], value);
        assert.equal((await updated(customer, {}))[name], value);
        await refused(customer, { [name]: null }, name, 'invalid_type');
        await refused(customer, { [name]: [value] }, name, 'invalid_type');
        await refused(customer, { [name]: '' }, name, 'invalid_enum_value');
        await refused(customer, { [name]: value.toUpperCase() }, name, 'invalid_enum_value');
        assert.equal((await updated(customer, { [name]: other }))[name], other);
      });
    }

    it('customerId: omitted, null, an empty string, a list and another one than in the path are refused', async () => {
      const customer = await fresh();
      const answer = await send('PUT', customer, { body: { firstName: 'Eve' } });
      expectError(answer, 400, 'VALIDATION_ERROR');
      assert.deepEqual(answer.json.error.details, [
        { path: 'customerId', message: 'Required', code: 'invalid_type' },
      ]);
      await refused(customer, { customerId: null }, 'customerId', 'invalid_type');
      await refused(customer, { customerId: '' }, 'customerId', 'too_small');
      await refused(customer, { customerId: [idOf(customer)] }, 'customerId', 'invalid_type');
      await refused(customer, { customerId: 'cust_1', firstName: 'Eve' }, 'customerId', 'custom');
    });

    for (const [at, name] of ADDRESSES.entries()) {
      const shown = ['lastBillingAddress', 'lastShippingAddress'][at]!;

      it(`${name}: omitted keeps; null, an empty string and a list are refused`, async () => {
        const customer = await fresh();
        assert.deepEqual((await updated(customer, { [name]: QUAY }))[shown], QUAY);
        assert.deepEqual((await updated(customer, {}))[shown], QUAY);
        for (const value of [null, '', [], [QUAY]])
          await refused(customer, { [name]: value }, name, 'invalid_type');
        await refused(customer, { [name]: {} }, `${name}.city`, 'invalid_type');
      });

      it(`${name}: its required members may be empty, but not missing, null or a list`, async () => {
        const customer = await fresh();
        for (const member of Object.keys(QUAY)) {
          const { [member as 'city']: _, ...others } = QUAY;
          const place = `${name}.${member}`;
          await refused(customer, { [name]: others }, place, 'invalid_type');
          await refused(customer, { [name]: { ...QUAY, [member]: null } }, place, 'invalid_type');
          await refused(customer, { [name]: { ...QUAY, [member]: ['x'] } }, place, 'invalid_type');
          const emptied = { ...QUAY, [member]: '' };
          assert.deepEqual((await updated(customer, { [name]: emptied }))[shown], emptied);
        }
      });

      it(`${name}: an optional member that is omitted is cleared, an empty one reads back, null and a list are refused`, async () => {
        const customer = await fresh();
        for (const member of ['company', 'buildingInfo', 'locality', 'adminArea', 'postalCode']) {
          for (const value of ['x', '', ...(member === 'postalCode' ? [null] : [])]) {
            const content = { ...QUAY, [member]: value };
            assert.deepEqual((await updated(customer, { [name]: content }))[shown], content);
          }
          assert.deepEqual((await updated(customer, { [name]: QUAY }))[shown], QUAY);
          const place = `${name}.${member}`;
          await refused(customer, { [name]: { ...QUAY, [member]: ['x'] } }, place, 'invalid_type');
          if (member === 'postalCode') continue;
          await refused(customer, { [name]: { ...QUAY, [member]: null } }, place, 'invalid_type');
        }
      });
    }

    it('billingAddress alone on an address that serves both forks: shipping stays as it was', async () => {
      const customer = await fresh();
      const read = await get(customer);
      const view = await updated(customer, { billingAddress: QUAY });
      assert.deepEqual(view.lastBillingAddress, QUAY);
      assert.deepEqual(view.lastShippingAddress, read.lastShippingAddress);
      const { addresses } = await record(customer);
      assert.deepEqual(addresses[0]!.address, customer.addresses[0]!.address);
      assert.equal(addresses.length, 2);
      assert.ok(addresses[1]!.address.number! > 0);
    });

    it('billingAddress and shippingAddress alike on an address that serves both change it in place', async () => {
      const customer = await fresh();
      await updated(customer, { billingAddress: QUAY, shippingAddress: QUAY });
      const { addresses } = await record(customer);
      assert.deepEqual(
        addresses.map(link => [link.address.number, link.address.city, link.roles]),
        [[customer.addresses[0]!.address.number, 'Cork', ['billing', 'shipping']]],
      );
    });

    it('two updates of the two slots at once lose neither', async () => {
      const customer = await fresh();
      const other = { ...QUAY, city: 'Galway' };
      const answers = await Promise.all([
        put(customer, { billingAddress: QUAY }),
        put(customer, { shippingAddress: other }),
      ]);
      assert.deepEqual(
        answers.map(answer => answer.status),
        [200, 200],
      );
      const view = await get(customer);
      assert.deepEqual([view.lastBillingAddress, view.lastShippingAddress], [QUAY, other]);
    });

    it('a change through another dialect is seen, and a change here is seen there', async () => {
      const customer = await fresh({}, [HARRISBURG]);
      const address = `/api/saas/me/customers/${customer.number}/addresses`;
      const member = `${address}/${customer.addresses[0]!.address.number}`;
      const attributes = { address_city: 'Porto', address_country_code: 'PT' };
      const body = { data: { type: 'customer_address', attributes } };
      assert.equal((await concord.send(concord.harbor, 'flecto', 'PUT', member, { body })).status, 200);
      const { city, country } = (await get(customer)).lastBillingAddress;
      assert.deepEqual([city, country], ['Porto', 'Portugal']);
      await updated(customer, { billingAddress: QUAY });
      const { json } = await concord.send(concord.harbor, 'flecto', 'GET', address);
      assert.equal(json.data.length, 1);
      assert.equal(json.data[0].attributes.address_country_code, 'IE');
    });

    it('ignores unknown names, email and customFields among them', async () => {
      const customer = await fresh({ contactPoints: [email('ada@example.test')] });
      const recorded = await record(customer);
      await updated(customer, {
        email: 'eve@example.test',
        customFields: { a: 1 },
        tenantId: 'x',
        x: [null],
      });
      assert.deepEqual(await record(customer), recorded);
      const own = `{"customerId":"${idOf(customer)}","__proto__":{"firstName":"x"},"constructor":{"a":1}}`;
      const answer = await send('PUT', customer, {
        body: own,
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 200);
      assert.deepEqual(await record(customer), recorded);
    });

    it('keeps an inactive customer readable, and reactivates it', async () => {
      const customer = await fresh();
      assert.equal((await updated(customer, { status: 'inactive' })).status, 'inactive');
      assert.equal((await updated(customer, { status: 'active' })).status, 'active');
    });

    it('refuses texts that no record holds: control characters, lone surrogates, over-long ones', async () => {
      const customer = await fresh();
      const astral = '𝄞'.repeat(1_000);
      assert.equal((await updated(customer, { firstName: astral })).firstName, astral);
      for (const name of ['firstName', 'lastName', 'company', 'phone']) {
        for (const value of ['a\u0000b', 'a\nb', 'a\u2028b'])
          await refused(customer, { [name]: value }, name, 'invalid_string');
        await refused(customer, { [name]: 'x'.repeat(1_001) }, name, 'too_big');
        const answer = await send('PUT', customer, {
          body: `{"customerId":"${idOf(customer)}","${name}":"\\ud800"}`,
          headers: { 'content-type': 'application/json' },
        });
        expectError(answer, 400, 'VALIDATION_ERROR');
      }
      await refused(customer, { phone: '1'.repeat(255) }, 'phone', 'too_big');
      const billingAddress = { ...QUAY, city: 'a\tb', postalCode: 'x'.repeat(1_001) };
      await refused(customer, { billingAddress }, 'billingAddress.city', 'invalid_string');
      await refused(customer, { billingAddress }, 'billingAddress.postalCode', 'too_big');
    });

    it('reports every faulty place at once, with dotted paths', async () => {
      const customer = await fresh();
      const answer = await put(customer, {
        lastName: '',
        status: 'x',
        shippingAddress: { ...QUAY, city: 7 },
      });
      assert.deepEqual(answer.json.error.details, [
        { path: 'lastName', message: 'Must have at least 1 character', code: 'too_small' },
        { path: 'status', message: 'Must be one of active, inactive', code: 'invalid_enum_value' },
        { path: 'shippingAddress.city', message: 'Expected string', code: 'invalid_type' },
      ]);
    });
  });

  describe('Get a customer', () => {
    it('answers the bare customer', async () => {
      const customer = await fresh({ contactPoints: [email('ada@example.test'), phone('+351211234567')] });
      const answer = await send('GET', customer);
      assert.equal(answer.status, 200);
      const { createdAt, updatedAt, createdBy } = await record(customer);
      const address = {
        contactName: 'Ada Sample',
        streetAddress: 'Rua Augusta 12',
        city: 'Lisboa',
        country: 'Portugal',
        adminArea: 'Lisboa',
        postalCode: '1100-048',
      };
      assert.equal(
        answer.text,
        JSON.stringify({
          customerId: idOf(customer),
          tenantId: 'harbor',
          email: 'ada@example.test',
          firstName: 'Ada',
          lastName: 'Sample',
          customerType: 'individual',
          totalOrders: 0,
          totalDevicesRented: 0,
          totalMonthlyRevenue: 0,
          status: 'active',
          orderIds: [],
          rentalIds: [],
          createdBy,
          phone: '+351211234567',
          lastBillingAddress: address,
          lastShippingAddress: address,
          createdAt,
          updatedAt,
        }),
      );
    });

    it('leaves out what has no value, and shows required members of an empty address', async () => {
      const bare = await get(await fresh({}, []));
      for (const key of ['company', 'phone', 'customFields', 'lastBillingAddress', 'lastShippingAddress'])
        assert.equal(key in bare, false, key);
      const { lastBillingAddress } = await get(await fresh({}, [{}]));
      assert.deepEqual(lastBillingAddress, {
        ...{ contactName: 'Ada Sample', streetAddress: '', city: '', country: '' },
      });
    });

    it('answers below the dialect’s own mount as well', async () => {
      const customer = await fresh();
      const answer = await concord.send(concord.harbor, 'flexportal', 'GET', `/flexportal${path(customer)}`);
      assert.deepEqual(answer.json, await get(customer));
    });
  });

  describe('refusals', () => {
    const json = { 'content-type': 'application/json' };

    it('401 AUTH_REQUIRED without an Authorization header', async () => {
      const customer = await fresh();
      for (const method of ['GET', 'PUT']) {
        const answer = await send(method, customer, { headers: { authorization: undefined } });
        expectError(answer, 401, 'AUTH_REQUIRED');
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      }
    });

    it('401 INVALID_TOKEN for a malformed or unknown key, and one of another dialect', async () => {
      const customer = await fresh();
      const own = concord.harbor.access.flexportal.headers.Authorization!;
      for (const authorization of [
        'Bearer',
        'Bearer x',
        `Bearer ${'x'.repeat(9_000)}`,
        own.replace('Bearer', 'Basic'),
        own.replace('Bearer ', ''),
        `${own}x`,
        `${own} x`,
        concord.harbor.access.lightening.headers.Authorization,
      ]) {
        expectError(await send('GET', customer, { headers: { authorization } }), 401, 'INVALID_TOKEN');
      }
    });

    it('403 NO_TENANT_ACCESS without Tenant-ID or with another tenant’s; a wrong key is told first', async () => {
      const customer = await fresh();
      for (const tenant of [undefined, '', 'meadow', 'nobody', 'HARBOR']) {
        const headers = { 'tenant-id': tenant };
        expectError(await send('GET', customer, { headers }), 403, 'NO_TENANT_ACCESS');
        expectError(
          await send('GET', customer, { headers: { ...headers, authorization: 'Bearer x' } }),
          401,
          'INVALID_TOKEN',
        );
      }
      expectError(
        await send('PUT', customer, { body: 'x', headers: { 'tenant-id': 'meadow' } }),
        403,
        'NO_TENANT_ACCESS',
      );
    });

    it('404 NOT_FOUND alike for unknown, ill-formed and another tenant’s ids', async () => {
      const customer = await fresh();
      const foreign = await concord.create(concord.meadow, aCustomer());
      const unknown = { id: newId() };
      const texts = new Set<string>();
      for (const id of [idOf(foreign), idOf(unknown)]) {
        const own = `/v1/customers/${id}`;
        for (const [method, body] of [
          ['GET', undefined],
          ['PUT', { customerId: id, firstName: 'Eve' }],
        ] as const) {
          const answer = await concord.send(concord.harbor, 'flexportal', method, own, { body });
          expectError(answer, 404, 'NOT_FOUND');
          texts.add(answer.text);
        }
      }
      for (const id of [
        'x',
        'cust_',
        toBase62(customer.id),
        `cust_0${toBase62(customer.id)}`,
        `CUST_${toBase62(customer.id)}`,
        `cust_${customer.id}`,
        `cust_${'Z'.repeat(22)}`,
        '__proto__',
        'cust_%00',
        'cust_%F0%9F%98%80',
        String(customer.number),
      ]) {
        const answer = await concord.send(concord.harbor, 'flexportal', 'GET', `/v1/customers/${id}`);
        expectError(answer, 404, 'NOT_FOUND');
        texts.add(answer.text);
      }
      assert.equal(texts.size, 1);
    });

    it('404 in this vendor’s way for unknown paths below /v1/', async () => {
      for (const unknown of [
        '/v1/customers/a/b',
        '/v1/orders',
        `/v1/customers/${'x'.repeat(300)}`,
        '/v1/%',
      ]) {
        const answer = await concord.send(concord.harbor, 'flexportal', 'GET', unknown);
        expectError(answer, 404, 'NOT_FOUND');
      }
    });

    it('400 before 404: an invalid body for an unknown customer', async () => {
      const answer = await put({ id: newId() }, { firstName: '' });
      expectError(answer, 400, 'VALIDATION_ERROR');
    });

    it('405 METHOD_NOT_ALLOWED with Allow', async () => {
      const customer = await fresh();
      for (const method of ['POST', 'PATCH', 'OPTIONS']) {
        const answer = await send(method, customer);
        expectError(answer, 405, 'METHOD_NOT_ALLOWED');
        assert.equal(answer.headers.get('allow'), 'DELETE, GET, PUT');
      }
      assert.equal((await send('HEAD', customer)).status, 405);
    });

    it('400 VALIDATION_ERROR for a missing body, one of another type, and one that is no JSON object', async () => {
      const customer = await fresh();
      const recorded = await record(customer);
      const fine = JSON.stringify({ customerId: idOf(customer), firstName: 'Eve' });
      const cases: SendOptions[] = [
        {},
        { headers: json },
        { body: '', headers: json },
        { body: fine },
        { body: fine, headers: { 'content-type': 'text/plain' } },
        { body: fine, headers: { 'content-type': 'application/json-patch+json' } },
        { body: fine, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        { body: 'null', headers: json },
        { body: '[]', headers: json },
        { body: `[${fine}]`, headers: json },
        { body: '"x"', headers: json },
        { body: '1e999', headers: json },
        { body: fine.slice(1), headers: json },
        { body: `${fine}}`, headers: json },
        { body: Buffer.from([0x7b, 0xff, 0x7d]), headers: json },
        { body: '['.repeat(5_000) + ']'.repeat(5_000), headers: json },
        { body: `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, headers: json },
      ];
      for (const options of cases) {
        expectError(await send('PUT', customer, options), 400, 'VALIDATION_ERROR');
      }
      assert.deepEqual(await record(customer), recorded);
    });

    it('reads JSON with a charset parameter', async () => {
      const customer = await fresh();
      const answer = await send('PUT', customer, {
        body: JSON.stringify({ customerId: idOf(customer) }),
        headers: { 'content-type': 'Application/JSON; charset=UTF-8' },
      });
      assert.equal(answer.status, 200);
    });

    it('never 500: every field takes odd values with 400 and no change', async () => {
      const customer = await fresh();
      const names = [...Object.keys(fixture('update-customer.request')), ...ADDRESSES];
      const odd = [
        '-0',
        '1e999',
        '-1e999',
        '12345678901234567890',
        'true',
        '[[]]',
        '{"__proto__":{}}',
        '[{}]',
      ];
      for (const name of names) {
        for (const value of odd) {
          const rest = name === 'customerId' ? '' : `"customerId":"${idOf(customer)}",`;
          const answer = await send('PUT', customer, { body: `{${rest}"${name}":${value}}`, headers: json });
          expectError(answer, 400, 'VALIDATION_ERROR');
        }
      }
      assert.equal((await record(customer)).version, customer.version);
    });

    it('413 PAYLOAD_TOO_LARGE for a body over the limit', async () => {
      const answer = await put(await fresh(), { company: 'x'.repeat(1_100_000) });
      expectError(answer, 413, 'PAYLOAD_TOO_LARGE');
    });

    it('409 CUSTOMER_ARCHIVED for a change of an archived customer, which stays readable', async () => {
      const customer = await fresh({ archivedAt: '2026-01-01T00:00:00.000Z' });
      expectError(await put(customer, { firstName: 'Eve' }), 409, 'CUSTOMER_ARCHIVED');
      expectError(await put(customer, { status: 'inactive' }), 409, 'CUSTOMER_ARCHIVED');
      assert.equal((await get(customer)).firstName, 'Ada');
      await updated(customer, {});
    });

    it('tells nothing of the customer in an error', async () => {
      const customer = await fresh({ contactPoints: [email('ada@example.test')] });
      const answers = [
        await put(customer, { firstName: '', phone: 'secret\n', billingAddress: { ...QUAY, city: 7 } }),
        await put({ id: newId() }, { lastName: 'Sample' }),
      ];
      for (const { text } of answers) assert.doesNotMatch(text, /Ada|Sample|secret|ada@|Augusta|Quay/);
    });
  });
});
