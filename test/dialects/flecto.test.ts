import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, HARRISBURG, LISBON } from '../support/customers.ts';

describe('flecto', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const fresh = async (...addresses: Parameters<typeof aCustomer>[1] & {}): Promise<Customer> =>
    concord.create(concord.harbor, aCustomer({}, addresses.length > 0 ? addresses : [HARRISBURG]));
  const collection = (customer: Customer) => `/api/saas/me/customers/${customer.number}/addresses`;
  const member = (customer: Customer, index = 0) =>
    `${collection(customer)}/${customer.addresses[index]!.address.number}`;
  const document = (attributes: unknown, more: object = {}) => ({
    data: { type: 'customer_address', attributes, ...more },
  });
  const put = (customer: Customer, attributes: unknown, headers = {}) =>
    concord.send(concord.harbor, 'flecto', 'PUT', member(customer), { body: document(attributes), headers });
  const list = async (customer: Customer) =>
    (await concord.send(concord.harbor, 'flecto', 'GET', collection(customer))).json.data;
  const FULL = {
    main: true,
    label: 'string',
    latitude: 0,
    longitude: 0,
    address_street: 'string',
    address_city: 'string',
    address_postal_code: 'string',
    address_region: 'string',
    address_country_code: 'AD',
  };

  describe('Update address', () => {
    it('answers the given request with 200 and nothing else [seed]', async () => {
      const customer = await fresh();
      const answer = await put(customer, FULL);
      assert.equal(answer.status, 200);
      assert.equal(answer.text, '');
      assert.equal(answer.headers.get('content-type'), null);
      const [address] = await list(customer);
      const { created_at, updated_at, ...attributes } = address.attributes;
      assert.deepEqual(attributes, FULL);
      assert.ok(created_at <= updated_at);
    });

    it('emits CUSTOMER_ADDRESS__UPDATED each time, changed or not [seed]', async () => {
      const customer = await fresh();
      await put(customer, FULL);
      await put(customer, FULL);
      const changes = await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 10 });
      assert.deepEqual(
        changes.map(change => change.event),
        ['CUSTOMER_ADDRESS__UPDATED', 'CUSTOMER_ADDRESS__UPDATED', null],
      );
    });

    it('accepts the JSON:API media type', async () => {
      const customer = await fresh();
      const answer = await put(customer, { label: 'HQ' }, { 'content-type': 'application/vnd.api+json' });
      assert.equal(answer.status, 200);
    });

    for (const attribute of [
      'label',
      'address_street',
      'address_city',
      'address_postal_code',
      'address_region',
    ]) {
      it(`${attribute}: omitted keeps, null clears, an empty string is empty, a list is refused`, async () => {
        const customer = await fresh();
        await put(customer, FULL);
        await put(customer, {});
        assert.equal((await list(customer))[0].attributes[attribute], 'string');
        await put(customer, { [attribute]: '' });
        assert.equal((await list(customer))[0].attributes[attribute], '');
        await put(customer, { [attribute]: null });
        assert.equal((await list(customer))[0].attributes[attribute], null);
        await refused(customer, { [attribute]: ['x'] }, attribute);
      });
    }

    for (const attribute of ['latitude', 'longitude']) {
      it(`${attribute}: omitted keeps, an empty string and a list are refused`, async () => {
        const customer = await fresh();
        await put(customer, { latitude: 38.72, longitude: -9.14 });
        await put(customer, {});
        const [address] = await list(customer);
        assert.deepEqual([address.attributes.latitude, address.attributes.longitude], [38.72, -9.14]);
        await refused(customer, { [attribute]: '' }, attribute);
        await refused(customer, { [attribute]: [1] }, attribute);
        await refused(customer, { [attribute]: 180.5 }, attribute);
      });
    }

    it('latitude and longitude are cleared together', async () => {
      const customer = await fresh();
      await put(customer, { latitude: 38.72, longitude: -9.14 });
      await refused(customer, { latitude: null }, 'longitude', ['latitude', 'longitude']);
      assert.equal((await put(customer, { latitude: null, longitude: null })).status, 200);
    });

    it('main: omitted keeps; null, an empty string and a list are refused; false on the main address leaves it', async () => {
      const customer = await fresh();
      await put(customer, { main: false });
      await put(customer, {});
      assert.equal((await list(customer))[0].attributes.main, true);
      for (const value of [null, '', [true]]) await refused(customer, { main: value }, 'main');
    });

    it('address_country_code: omitted keeps, null clears, an empty string, a list and unknown codes are refused', async () => {
      const customer = await fresh();
      await put(customer, {});
      assert.equal((await list(customer))[0].attributes.address_country_code, 'US');
      for (const value of ['', ['PT'], 'pt', 'XK', 'UK', 7]) {
        await refused(customer, { address_country_code: value }, 'address_country_code');
      }
      await put(customer, { address_country_code: null });
      assert.equal((await list(customer))[0].attributes.address_country_code, null);
    });

    it('main: true moves the flag, and two at once never leave two main addresses or none', async () => {
      const customer = await fresh(HARRISBURG, LISBON, { ...LISBON, line1: 'Rua do Ouro 3' });
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          concord.send(concord.harbor, 'flecto', 'PUT', member(customer, index % 3), {
            body: document({ main: true }),
          }),
        ),
      );
      const mains = (await list(customer)).filter(
        (each: { attributes: { main: boolean } }) => each.attributes.main,
      );
      assert.equal(mains.length, 1);
    });

    it('refuses values that no record holds: control characters, lone surrogates, over-long strings', async () => {
      const customer = await fresh();
      for (const value of ['a\u0000b', 'a\nb', 'x'.repeat(256)])
        await refused(customer, { address_city: value }, 'address_city');
      const answer = await concord.send(concord.harbor, 'flecto', 'PUT', member(customer), {
        body: '{"data":{"type":"customer_address","attributes":{"address_city":"\\ud800"}}}',
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 422);
    });

    it('reports every faulty attribute at once, in the language asked for', async () => {
      const customer = await fresh();
      const answer = await put(
        customer,
        { latitude: 91, longitude: 0, address_country_code: 'XX' },
        { 'accept-language': 'pt-BR, en;q=0.5' },
      );
      assert.equal(answer.status, 422);
      assert.equal(answer.headers.get('content-language'), 'pt');
      assert.deepEqual(
        answer.json.errors.map((error: { code: string; source: { pointer: string } }) => [
          error.code,
          error.source.pointer,
        ]),
        [
          ['invalid', '/data/attributes/latitude'],
          ['invalid', '/data/attributes/address_country_code'],
        ],
      );
      assert.equal(answer.json.errors[0].title, 'Valor inválido');
    });

    async function refused(customer: Customer, attributes: object, attribute: string, allowed = [attribute]) {
      const recorded = await concord.record(concord.harbor, customer.id);
      const answer = await put(customer, attributes);
      assert.equal(answer.status, 422, JSON.stringify(attributes));
      const pointers = answer.json.errors.map(
        (error: { source: { pointer: string } }) => error.source.pointer,
      );
      assert.ok(
        allowed.some(name => pointers.includes(`/data/attributes/${name}`)),
        JSON.stringify(pointers),
      );
      assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
    }
  });

  describe('List, create, delete', () => {
    it('lists the main address first, then by id', async () => {
      const customer = await fresh(HARRISBURG, LISBON);
      await concord.send(concord.harbor, 'flecto', 'PUT', member(customer, 1), {
        body: document({ main: true }),
      });
      const data = await list(customer);
      assert.deepEqual(
        data.map(
          (each: { attributes: { address_country_code: string } }) => each.attributes.address_country_code,
        ),
        ['PT', 'US'],
      );
      assert.deepEqual(data[0].relationships, {
        customer: { data: { id: String(customer.number), type: 'customer' } },
      });
    });

    it('creates with 201, a Location that names the new address, and the document', async () => {
      const customer = await fresh();
      const answer = await concord.send(concord.harbor, 'flecto', 'POST', collection(customer), {
        body: document({ label: 'Warehouse', address_country_code: 'PT', main: false }),
      });
      assert.equal(answer.status, 201);
      assert.equal(
        answer.headers.get('location'),
        `${concord.origin}${collection(customer)}/${answer.json.data.id}`,
      );
      assert.equal(answer.json.data.type, 'customer_address');
      assert.equal(answer.json.data.attributes.main, false);
      assert.equal((await list(customer)).length, 2);
    });

    it('makes the first address of a customer main whatever the request says', async () => {
      const customer = await concord.create(concord.harbor, aCustomer({}, []));
      const answer = await concord.send(concord.harbor, 'flecto', 'POST', collection(customer), {
        body: document({ main: false }),
      });
      assert.equal(answer.json.data.attributes.main, true);
    });

    it('deletes with 204 and promotes the oldest that remains; a second time is 404', async () => {
      const customer = await fresh(HARRISBURG, LISBON);
      const answer = await concord.send(concord.harbor, 'flecto', 'DELETE', member(customer));
      assert.equal(answer.status, 204);
      assert.equal(answer.text, '');
      assert.equal((await list(customer))[0].attributes.main, true);
      assert.equal((await concord.send(concord.harbor, 'flecto', 'DELETE', member(customer))).status, 404);
    });
  });

  describe('refusals', () => {
    const expectError = (
      answer: { status: number; json: { errors: { status: string; code: string }[] } },
      status: number,
      code: string,
    ) => {
      assert.equal(answer.status, status);
      assert.equal(answer.json.errors[0]!.status, String(status));
      assert.equal(answer.json.errors[0]!.code, code);
    };

    it('401 without a token, with a broken one, with one of another dialect', async () => {
      const customer = await fresh();
      for (const authorization of [
        undefined,
        'Bearer x',
        'Bearer a.b.c',
        concord.harbor.access.flexportal.headers.Authorization,
      ]) {
        const answer = await concord.send(concord.harbor, 'flecto', 'GET', collection(customer), {
          headers: { authorization },
        });
        expectError(answer, 401, 'unauthorized');
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      }
    });

    it('404 for another tenant’s customer, an unknown one, a number that is none, an address of another customer', async () => {
      const [customer, other] = [await fresh(), await fresh()];
      const foreign = await concord.create(concord.meadow, aCustomer());
      const paths = [
        `/api/saas/me/customers/${foreign.number + 100_000}/addresses`,
        '/api/saas/me/customers/x/addresses',
        '/api/saas/me/customers/99999999999999999999/addresses',
      ];
      for (const path of paths)
        expectError(await concord.send(concord.harbor, 'flecto', 'GET', path), 404, 'not_found');
      const elsewhere = `${collection(customer)}/${other.addresses[0]!.address.number}`;
      expectError(
        await concord.send(concord.harbor, 'flecto', 'PUT', elsewhere, { body: document({ label: 'x' }) }),
        404,
        'not_found',
      );
      expectError(
        await concord.send(concord.meadow, 'flecto', 'PUT', member(other), {
          body: document({ label: 'x' }),
        }),
        404,
        'not_found',
      );
    });

    it('405 with Allow on the member path', async () => {
      const customer = await fresh();
      const answer = await concord.send(concord.harbor, 'flecto', 'GET', member(customer));
      expectError(answer, 405, 'method_not_allowed');
      assert.equal(answer.headers.get('allow'), 'DELETE, PATCH, PUT');
    });

    it('415 for a media type that is not read, 400 for a body of the wrong shape, 409 for another type or id', async () => {
      const customer = await fresh();
      const cases: [unknown, string, number, string][] = [
        [document({}), 'text/plain', 415, 'unsupported_media_type'],
        ['', 'application/json', 400, 'bad_request'],
        ['{"data":', 'application/json', 400, 'bad_request'],
        ['[]', 'application/json', 400, 'bad_request'],
        [Buffer.from([0x7b, 0xff, 0x7d]), 'application/json', 400, 'bad_request'],
        [{}, 'application/json', 400, 'bad_request'],
        [{ data: null }, 'application/json', 400, 'bad_request'],
        [{ data: { type: 'customer_address' } }, 'application/json', 400, 'bad_request'],
        [{ data: { type: 'customer', attributes: {} } }, 'application/json', 409, 'conflict'],
        [document({}, { id: '999999' }), 'application/json', 409, 'conflict'],
        ['['.repeat(5_000) + ']'.repeat(5_000), 'application/json', 400, 'bad_request'],
      ];
      for (const [body, type, status, code] of cases) {
        const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
        const answer = await concord.send(concord.harbor, 'flecto', 'PUT', member(customer), {
          body: payload,
          headers: { 'content-type': type },
        });
        expectError(answer, status, code);
      }
    });

    it('says of a body that is no JSON what is wrong with it, and takes no list for an id', async () => {
      const customer = await fresh();
      const unreadable = await concord.send(concord.harbor, 'flecto', 'PUT', member(customer), {
        body: '{"data":',
        headers: { 'content-type': 'application/json', 'accept-language': 'es' },
      });
      assert.equal(unreadable.json.errors[0].detail, 'El cuerpo no se puede leer como JSON.');
      const id = [String(customer.addresses[0]!.address.number)];
      const listed = await concord.send(concord.harbor, 'flecto', 'PUT', member(customer), {
        body: document({}, { id }),
      });
      expectError(listed, 409, 'conflict');
    });

    it('404 for what the vendor has and Concord does not', async () => {
      for (const path of ['/api/saas/me/bookings', '/api/me/identities', '/api/business_categories']) {
        expectError(await concord.send(concord.harbor, 'flecto', 'GET', path), 404, 'not_found');
      }
    });

    it('413 for a body over the limit', async () => {
      const customer = await fresh();
      const answer = await put(customer, { label: 'x'.repeat(1_100_000) });
      expectError(answer, 413, 'payload_too_large');
    });

    it('409 for an archived customer', async () => {
      const customer = await concord.create(
        concord.harbor,
        aCustomer({ archivedAt: '2026-01-01T00:00:00.000Z' }),
      );
      expectError(await put(customer, { label: 'x' }), 409, 'conflict');
    });
  });
});
