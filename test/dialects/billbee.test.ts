import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import { routes } from '../../src/dialects/billbee/routes.ts';
import { HARRISBURG } from '../support/customers.ts';
import { addressOf, invalid, JSON_TYPE, useBillbee } from './billbee-support.ts';

describe('billbee', () => {
  const { concord, send, fresh, put, get, record } = useBillbee();

  describe('what is not there', () => {
    const operations = (id: string | number) =>
      [
        ['GET', `/customers/${id}`, 'customer'],
        ['PUT', `/customers/${id}`, 'customer'],
        ['GET', `/customers/${id}/addresses`, 'customer'],
        ['POST', `/customers/${id}/addresses`, 'customer'],
        ['GET', `/customers/addresses/${id}`, 'customer address'],
        ['PUT', `/customers/addresses/${id}`, 'customer address'],
        ['PATCH', `/customers/addresses/${id}`, 'customer address'],
        ['GET', `/customer-addresses/${id}`, 'customer address'],
        ['PUT', `/customer-addresses/${id}`, 'customer address'],
      ] as const;
    const notFound = (what: string, id: string | number) => ({
      ErrorMessage: `There is no ${what} with the id ${id}.`,
      ErrorCode: 11,
      ErrorDescription: 'InvalidData',
      Data: null,
    });

    it('answers 404 with the id for numbers that no record has', async () => {
      for (const id of ['999999', '4294967296', '9223372036854775807', '0', '-1', '00999999']) {
        for (const [method, path, what] of operations(id)) {
          const answer = await send(method, path, method === 'GET' ? {} : { body: {} });
          assert.equal(answer.status, 404, `${method} ${path}`);
          assert.deepEqual(answer.json, notFound(what, id));
        }
      }
    });

    it('answers the same for the records of another tenant, and leaves them alone', async () => {
      // Numbers count within a tenant: after these, ours are larger than any that the other tenant has.
      const made = await Promise.all(Array.from({ length: 5 }, () => fresh({}, HARRISBURG)));
      const ours = made.toSorted((a, b) => a.number - b.number).at(-1)!;
      for (const [method, path, what] of operations(ours.number)) {
        if (what !== 'customer') continue;
        const options = method === 'GET' ? {} : { body: { Name: 'x', City: 'x' } };
        const answer = await concord().send(concord().meadow, 'billbee', method, `/api/v1${path}`, options);
        assert.deepEqual([answer.status, answer.json], [404, notFound(what, ours.number)]);
      }
      for (const [method, path, what] of operations(addressOf(ours))) {
        if (what === 'customer') continue;
        const options = method === 'GET' ? {} : { body: { City: 'x' } };
        const answer = await concord().send(concord().meadow, 'billbee', method, `/api/v1${path}`, options);
        assert.deepEqual([answer.status, answer.json], [404, notFound(what, addressOf(ours))]);
      }
      assert.deepEqual(await record(ours), ours);
    });

    it('answers 404 with a Message where the id is no number, and for unknown paths', async () => {
      const paths = ['/customers/abc', '/customers/1.5', '/customers/addresses', '/customers/addresses/x'];
      for (const path of [...paths, '/customer-addresses/1e3', '/customers/x/addresses', '/nothing', '/']) {
        const answer = await send('GET', path);
        assert.equal(answer.status, 404, path);
        assert.deepEqual(answer.json, { Message: 'There is no such path.' }, path);
      }
    });

    it('answers 405 for other methods, with those that there are', async () => {
      const answer = await send('DELETE', '/customers/1');
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'GET, PUT');
      assert.deepEqual(Object.keys(answer.json), ['Message']);
      const patch = await send('PATCH', '/customers/1', { body: {} });
      assert.equal(patch.status, 405);
    });

    it('collapses repeated slashes [docs: mr-mrs-panda/billbee-dotnet-sdk]', async () => {
      const customer = await fresh();
      assert.equal((await send('GET', `//customers/${customer.number}`)).status, 200);
    });
  });

  describe('an archived record', () => {
    it('is shown with its dates and refuses every change', async () => {
      const archived = { archivedAt: '2021-11-01T20:33:27.010Z', restoredAt: null };
      const customer = await fresh(archived, HARRISBURG);
      assert.equal((await get(customer)).ArchivedAt, '2021-11-01T20:33:27.01');
      invalid(await put(customer, { Name: 'x' }), /archived/);
      invalid(await send('POST', `/customers/${customer.number}/addresses`, { body: {} }), /archived/);
      for (const method of ['PUT', 'PATCH']) {
        const path = `/customers/addresses/${addressOf(customer)}`;
        invalid(await send(method, path, { body: { City: 'x' } }), /archived/);
        invalid(
          await send(method, path, { body: await send('GET', path).then(at => at.json.Data) }),
          /archived/,
        );
      }
      // Whatever is written: what stands there already, and what would be refused anyway.
      for (const body of [{}, await get(customer), { Type: 7 }, { Id: 999_999 }]) {
        invalid(await put(customer, body), /^The customer is archived/);
      }
      assert.deepEqual(await record(customer), customer);
    });

    it('may be one address alone', async () => {
      const customer = await fresh({}, { ...HARRISBURG, archivedAt: '2021-11-01T00:00:00.000Z' });
      const path = `/customers/addresses/${addressOf(customer)}`;
      assert.equal((await send('GET', path)).json.Data.ArchivedAt, '2021-11-01T00:00:00');
      invalid(await send('PATCH', path, { body: { City: 'x' } }), /archived/);
    });

    it('is open again once restored', async () => {
      const customer = await fresh({
        archivedAt: '2021-11-01T00:00:00.000Z',
        restoredAt: '2021-11-02T00:00:00.000Z',
      });
      const answer = await put(customer, { Name: 'Eva' });
      assert.deepEqual([answer.status, answer.json.Data.RestoredAt], [200, '2021-11-02T00:00:00']);
    });
  });

  describe('media types', () => {
    it('are refused on every operation: XML for the answer with 406, XML and forms for the body with 415', async () => {
      for (const { method, path, body } of routes) {
        const place = path.replace('/api/v1', '').replace(':id', '999999');
        const sent = body ? { body: '{}', headers: { 'content-type': 'application/json' } } : {};
        const accept = { ...sent.headers, accept: 'application/xml, text/xml' };
        const unacceptable = await send(method, place, { ...sent, headers: accept });
        assert.equal(unacceptable.status, 406, `${method} ${path}`);
        assert.deepEqual(Object.keys(unacceptable.json), ['Message']);
        if (!body) continue;
        for (const type of ['application/xml', 'text/xml', 'application/x-www-form-urlencoded']) {
          const answer = await send(method, place, { body: '<x/>', headers: { 'content-type': type } });
          assert.equal(answer.status, 415, `${method} ${path}`);
        }
      }
    });
  });

  describe('Shipment_GetPing', () => {
    it('answers a status and nothing else', async () => {
      const answer = await send('GET', '/shipment/ping');
      assert.deepEqual([answer.status, answer.text], [200, '']);
      assert.equal(answer.headers.get('content-type'), null);
      assert.equal(answer.headers.get('cache-control'), 'no-cache');
    });

    it('tests the credentials', async () => {
      const answer = await send('GET', '/shipment/ping', { headers: { 'x-billbee-api-key': 'wrong' } });
      assert.equal(answer.status, 401);
    });
  });

  describe('bodies', () => {
    it('takes JSON under both of its names, with parameters', async () => {
      const customer = await fresh();
      for (const type of ['application/json', 'text/json', 'Application/JSON; charset=utf-8']) {
        assert.equal((await put(customer, '{"Name":"Ada"}', { 'content-type': type })).status, 200);
      }
    });

    it('refuses other media types with 415', async () => {
      const customer = await fresh();
      for (const type of ['application/xml', 'application/x-www-form-urlencoded', 'text/plain', undefined]) {
        const answer = await put(customer, '{"Name":"x"}', { 'content-type': type });
        assert.equal(answer.status, 415, type);
        assert.deepEqual(Object.keys(answer.json), ['Message']);
      }
    });

    it('refuses to answer in XML alone with 406', async () => {
      const customer = await fresh();
      const path = `/customers/${customer.number}`;
      assert.equal(
        (await send('GET', path, { headers: { accept: 'application/xml, text/xml;q=0.9' } })).status,
        406,
      );
      const text = await send('GET', path, { headers: { accept: 'text/json' } });
      assert.equal(text.headers.get('content-type'), 'text/json; charset=utf-8');
      const html = await send('GET', path, { headers: { accept: 'text/html, application/xml' } });
      assert.equal(html.headers.get('content-type'), JSON_TYPE);
    });

    it('refuses what is no JSON object', async () => {
      const customer = await fresh();
      const json = { 'content-type': 'application/json' };
      const nested = `{"Name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
      for (const body of [
        '',
        '{',
        '[]',
        '"x"',
        'null',
        '1',
        'NaN',
        Buffer.from([0x7b, 0xff, 0x7d]),
        nested,
      ]) {
        const answer = await put(customer, body, json);
        assert.equal(answer.status, 400, String(body).slice(0, 10));
        assert.deepEqual(Object.keys(answer.json), ['Message', 'ModelState']);
        assert.deepEqual(Object.keys(answer.json.ModelState), ['model']);
      }
      assert.equal((await send('PUT', `/customers/${customer.number}`)).status, 400);
    });

    it('refuses a body beyond the limit with 413', async () => {
      const customer = await fresh();
      const answer = await put(customer, { Name: 'x'.repeat(1_100_000) });
      assert.equal(answer.status, 413);
      assert.deepEqual(Object.keys(answer.json), ['Message']);
    });

    it('refuses texts that no record holds, and stores the longest that it does', async () => {
      const customer = await fresh();
      for (const value of ['a\nb', 'a\u0000b', '\u2028', '\ud800', 'x'.repeat(1_001)]) {
        invalid(await put(customer, { Name: value }), /^Name must /);
        invalid(await put(customer, { DefaultFax: { TypeId: 2, Value: value } }), /^DefaultFax\.Value must /);
        invalid(
          await put(customer, { DefaultFax: { TypeId: 2, Value: '1', SubType: value } }),
          /SubType must /,
        );
      }
      assert.deepEqual(await record(customer), customer);
      const long = '🚚'.repeat(1_000);
      assert.equal((await put(customer, { Name: long })).json.Data.Name, long);
    });

    it('is not shaken by odd keys', async () => {
      const customer = await fresh();
      const body =
        '{"__proto__":{"Name":"x"},"constructor":{"prototype":1},"toString":1,"DefaultFax":{"__proto__":1,"TypeId":2,"Value":"1"}}';
      const answer = await put(customer, body, { 'content-type': 'application/json' });
      assert.equal(answer.status, 200);
      assert.equal(answer.json.Data.Name, 'Ada Sample');
    });
  });

  describe('credentials', () => {
    it('needs both, each right, and says 401 alike for all that is missing or wrong', async () => {
      const customer = await fresh();
      const path = `/customers/${customer.number}`;
      const { headers } = concord().meadow.access.billbee;
      const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;
      const cases: Record<string, string | undefined>[] = [
        { authorization: undefined },
        { 'x-billbee-api-key': undefined },
        { 'x-billbee-api-key': 'wrong' },
        { 'x-billbee-api-key': headers['X-Billbee-Api-Key'] },
        { authorization: headers.Authorization },
        { authorization: basic('harbor@example.test:wrong') },
        { authorization: basic('nobody@example.test:wrong') },
        { authorization: basic('nul\u0000@example.test:wrong') },
        { authorization: basic('no colon') },
        { authorization: 'Basic !!!' },
        { authorization: `Basic ${'A'.repeat(5_000)}` },
        { authorization: 'Bearer x' },
      ];
      const texts = new Set<string>();
      for (const wrong of cases) {
        const answer = await send('GET', path, { headers: wrong });
        assert.equal(answer.status, 401);
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic /);
        texts.add(answer.text);
      }
      assert.deepEqual(
        [...texts].map(each => Object.keys(JSON.parse(each))),
        [['Message']],
      );
    });

    it('let nobody in where the API is not activated for the account, and tell that to nobody else', async () => {
      await concord().store.credentials.create({
        tenant: concord().harbor.id,
        dialect: 'billbee',
        kind: 'password',
        name: 'not activated',
        login: 'asleep@example.test',
        secret: DEMO_PASSWORD,
        settings: {
          apiKeySha256: createHash('sha256').update('asleep').digest('hex'),
          apiActivated: false,
        },
      });
      const basic = Buffer.from(`asleep@example.test:${DEMO_PASSWORD}`).toString('base64');
      const headers = { authorization: `Basic ${basic}`, 'x-billbee-api-key': 'asleep' };
      const answer = await send('GET', '/customers', { headers });
      assert.equal(answer.status, 403);
      assert.deepEqual(answer.json, {
        ErrorMessage: 'The API is not activated for the account.',
        ErrorCode: 1,
        ErrorDescription: 'ApiNotActivated',
        Data: null,
      });
      const wrong = await send('GET', '/customers', { headers: { ...headers, 'x-billbee-api-key': 'x' } });
      assert.equal(wrong.status, 401);
    });

    it('come before the body', async () => {
      const answer = await send('PUT', '/customers/abc', {
        body: '{',
        headers: { authorization: undefined },
      });
      assert.equal(answer.status, 401);
    });

    it('choose the tenant: the same number is another customer', async () => {
      const ours = await fresh();
      const theirs = await concord().send(
        concord().meadow,
        'billbee',
        'GET',
        `/api/v1/customers/${ours.number}`,
      );
      assert.notEqual(theirs.json?.Data?.Name, 'Ada Sample');
    });
  });
});
