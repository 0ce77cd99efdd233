import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { mainAddress } from '../../src/record/address.ts';
import type { Customer } from '../../src/record/customer.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, HARRISBURG, LISBON } from '../support/customers.ts';

const FIXTURES = join(import.meta.dirname, '../../src/dialects/lightening/fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, `${name}.answer.json`), 'utf8'));

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const REQUIRED = 'Field is required.';
const NOT_FOUND = { msg: 'Entity not found.', result: false };
const UNKNOWN_ID = 4_000_000_000;

describe('lightening', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  type Options = Parameters<Concord['send']>[4];
  const get = (path: string, options: Options = {}) =>
    concord.send(concord.harbor, 'lightening', 'GET', path, options);
  const post = (path: string, body?: unknown, headers: Record<string, string | undefined> = {}) =>
    concord.send(concord.harbor, 'lightening', 'POST', path, { body, headers });
  const fresh = (...addresses: Parameters<typeof aCustomer>[1] & {}): Promise<Customer> =>
    concord.create(concord.harbor, aCustomer({}, addresses));
  const record = (customer: Customer) => concord.record(concord.harbor, customer.id);
  const entity = async (id: string) => (await get(`/address/${id}`)).json.entity;

  /** A new customer with one new address that came in through this dialect. */
  async function shared(content: object = {}, count = 1): Promise<{ id: string; customers: Customer[] }> {
    const customers: Customer[] = [];
    for (let at = 0; at < count; at += 1) customers.push(await fresh());
    const customer_ids = customers.map(customer => customer.number);
    const answer = await post('/address', { customer_ids, company: 'Harbor Tools', ...content });
    assert.equal(answer.json.result, true, answer.text);
    return { id: answer.json.id, customers };
  }
  const numbersOf = (customers: readonly Customer[]) => customers.map(customer => customer.number);
  const rowsOf = (answer: Answer) =>
    answer.json.entities.map((row: { id: string; customer_id: string }) => [row.id, row.customer_id]);

  function expectErrors(answer: Answer, errors: object) {
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.json, { errors, result: false });
  }

  describe('Adding new address object', () => {
    it('answers with msg, id and result, byte for byte [seed]', async () => {
      const customer = await fresh();
      const answer = await post('/address', { customer_ids: [customer.number], company: 'Company Name' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
      const { id } = answer.json;
      assert.match(id, /^[1-9][0-9]*$/);
      assert.equal(answer.text, JSON.stringify({ ...fixture('create-address'), id }));
    });

    it('stores every field, and reads it back as sent', async () => {
      const content = {
        company: 'Company Name',
        street1: 'Street Address 1',
        street2: 'Street Address 2',
        postal_code: '12345',
        city: 'City',
        state: 'State',
        country: 'Deutschland',
        branch_id: '7',
        ksmsid: 'KS-1',
        authorized_email: 'ada@example.test',
        latitude: '40.712800',
        longitude: '-74.0060',
      };
      const { id, customers } = await shared(content);
      const { number, accountNumber } = customers[0]!;
      assert.deepEqual(await entity(id), {
        ...content,
        customer_id: String(number),
        id,
        pp_account: '',
        customer_name: 'Ada Sample',
        customer_account: accountNumber,
        branch_name: null,
      });
      const [link] = (await record(customers[0]!)).addresses;
      assert.equal(link?.address.country, 'DE');
      assert.equal(link?.address.latitude, '40.7128');
      assert.equal(link?.main, true);
    });

    it('gives one address to several customers', async () => {
      const { id, customers } = await shared({}, 3);
      const ids = new Set<string>();
      for (const [rank, customer] of customers.entries()) {
        const [link] = (await record(customer)).addresses;
        assert.equal(link?.address.number, Number(id));
        assert.equal(link?.rank, rank);
        ids.add(link!.address.id);
      }
      assert.equal(ids.size, 1);
    });

    it('answers "Nothing sent for request." to all that says nothing [seed]', async () => {
      for (const body of [undefined, '', '{}', '{"id":"5","colour":"red","__proto__":{"company":"x"}}']) {
        const answer = await post('/address', body, { 'content-type': 'application/json' });
        assert.equal(answer.status, 200);
        assert.equal(answer.text, JSON.stringify(fixture('create-address-nothing-sent')));
      }
      assert.deepEqual(
        (await post('/address', 'colour=red', FORM)).json,
        fixture('create-address-nothing-sent'),
      );
    });

    it('names required fields that are missing [seed]', async () => {
      expectErrors(await post('/address', { city: 'City' }), { customer_ids: REQUIRED, company: REQUIRED });
      for (const empty of [null, '', [], undefined]) {
        expectErrors(await post('/address', { customer_ids: empty, company: 'x' }), {
          customer_ids: REQUIRED,
        });
      }
      const { number } = await fresh();
      for (const company of [null, '', '  \t ']) {
        expectErrors(await post('/address', { customer_ids: [number], company }), { company: REQUIRED });
      }
    });

    it('names every field that breaks its rule, and stores nothing', async () => {
      const customer = await fresh();
      const answer = await post('/address', {
        customer_ids: [customer.number],
        company: 'c'.repeat(65),
        street1: {},
        street2: ['a'],
        postal_code: '1'.repeat(17),
        city: true,
        state: 'a\u0000b',
        country: 'a\nb',
        branch_id: 4_294_967_296,
        ksmsid: 'k'.repeat(17),
        authorized_email: 'nobody',
        latitude: 90.1,
        longitude: '180.00000001',
      });
      const notLine = 'Must be one line of text without control characters.';
      expectErrors(answer, {
        company: 'Must be at most 64 characters.',
        street1: 'Must be a string.',
        street2: 'Must be a string.',
        postal_code: 'Must be at most 16 characters.',
        city: 'Must be a string.',
        state: notLine,
        country: notLine,
        branch_id: 'Must be an integer between 0 and 4294967295.',
        latitude: 'Must be a valid latitude.',
        longitude: 'Must be a valid longitude.',
        ksmsid: 'Must be at most 16 characters.',
        authorized_email: 'Must be a valid email address.',
      });
      assert.deepEqual((await record(customer)).addresses, []);
    });

    it('takes texts of exactly the limit, counted in code points', async () => {
      const company = '🚚'.repeat(64);
      const { id } = await shared({ company, authorized_email: `${'a'.repeat(178)}@example.test` });
      assert.equal((await entity(id)).company, company);
      const { number } = await fresh();
      const email = `${'a'.repeat(179)}@example.test`;
      expectErrors(await post('/address', { customer_ids: number, company: 'x', authorized_email: email }), {
        authorized_email: 'Must be at most 191 characters.',
      });
    });

    it('trims texts, and takes numbers for their decimal text', async () => {
      const { id } = await shared({
        company: '  Harbor  ',
        postal_code: 8001,
        latitude: 38.72,
        branch_id: 4,
      });
      const { company, postal_code, latitude, branch_id } = await entity(id);
      assert.deepEqual([company, postal_code, latitude, branch_id], ['Harbor', '8001', '38.72', '4']);
    });

    it('takes coordinates to the ends of their range, and one without the other', async () => {
      const { id } = await shared({ latitude: '-90', longitude: '180.0' });
      const { latitude, longitude } = await entity(id);
      assert.deepEqual([latitude, longitude], ['-90', '180.0']);
      assert.equal((await entity((await shared({ latitude: 1 })).id)).longitude, null);
    });

    it('keeps more than eight digits of a coordinate, and refuses what it would have to shorten', async () => {
      const { id, customers } = await shared({ latitude: '38.7223341234567' });
      assert.equal((await entity(id)).latitude, '38.7223341234567');
      const customer_ids = numbersOf(customers);
      for (const latitude of [
        `1.${'1'.repeat(21)}`,
        '1e1',
        'NaN',
        'Infinity',
        '+1',
        '1,5',
        [],
        {},
        true,
        '0x1',
      ]) {
        expectErrors(await post('/address', { customer_ids, company: 'x', latitude }), {
          latitude: 'Must be a valid latitude.',
        });
      }
    });

    it('refuses ids that are none, before anything narrows them', async () => {
      const { number } = await fresh();
      const wrong = [
        'x',
        '1.5',
        1.5,
        -1,
        0,
        '0',
        4_294_967_296,
        2 ** 53,
        '99999999999999999999',
        true,
        {},
        [1],
        null,
      ];
      for (const entry of wrong) {
        expectErrors(await post('/address', { customer_ids: [number, entry], company: 'x' }), {
          customer_ids: 'Must be an array of integers.',
        });
      }
      expectErrors(await post('/address', { customer_ids: { a: 1 }, company: 'x' }), {
        customer_ids: 'Must be an array of integers.',
      });
      const many = Array.from({ length: 1_001 }, (_, at) => at + 1);
      expectErrors(await post('/address', { customer_ids: many, company: 'x' }), {
        customer_ids: 'Must have at most 1000 entries.',
      });
    });

    it('refuses another tenant’s customer like one that does not exist, and links nobody', async () => {
      const mine = await fresh();
      const theirs = await concord.create(concord.meadow, aCustomer({}, []));
      // Numbers count within a tenant, so a foreign number must be one that this tenant has not given.
      let foreign = theirs;
      while (foreign.number <= mine.number) foreign = await concord.create(concord.meadow, aCustomer({}, []));
      for (const other of [UNKNOWN_ID, foreign.number]) {
        expectErrors(await post('/address', { customer_ids: [mine.number, other], company: 'x' }), {
          customer_ids: 'Unknown customer.',
        });
      }
      assert.deepEqual((await record(mine)).addresses, []);
    });

    it('drops duplicates, keeping the first place', async () => {
      const [a, b] = [await fresh(), await fresh()];
      const customer_ids = [b.number, String(a.number), b.number];
      const { id } = (await post('/address', { customer_ids, company: 'x' })).json;
      assert.equal((await entity(id)).customer_id, String(b.number));
      assert.equal((await record(a)).addresses[0]?.rank, 1);
    });

    it('refuses an archived customer', async () => {
      const archived = await concord.create(
        concord.harbor,
        aCustomer({ archivedAt: '2026-01-01T00:00:00.000Z' }, []),
      );
      const other = await fresh();
      expectErrors(await post('/address', { customer_ids: [other.number, archived.number], company: 'x' }), {
        customer_ids: 'Customer is archived.',
      });
      assert.deepEqual((await record(other)).addresses, []);
    });
  });

  describe('encodings of a body', () => {
    const forms = (a: number, b: number): [string, string][] => [
      ['brackets', `customer_ids[]=${a}&customer_ids[]=${b}`],
      ['percent-encoded brackets', `customer_ids%5B%5D=${a}&customer_ids%5B%5D=${b}`],
      ['indexes, by appearance', `customer_ids[1]=${a}&customer_ids[0]=${b}`],
      ['repeated', `customer_ids=${a}&customer_ids=${b}`],
      ['commas', `customer_ids=${a}, ${b},`],
      ['percent-encoded commas', `customer_ids=${a}%2C${b}`],
      ['JSON text', `customer_ids=[${a},"${b}"]`],
      ['mixed', `customer_ids=${a}&customer_ids[]=&customer_ids[7]=${b},${a}`],
    ];

    it('takes every form of the list in a urlencoded body', async () => {
      const [a, b] = [await fresh(), await fresh()];
      for (const [name, list] of forms(b.number, a.number)) {
        const answer = await post('/address', `${list}&company=A+%26+B&city=Lisb%C3%B4a`, FORM);
        assert.equal(answer.json.result, true, `${name}: ${answer.text}`);
        const { customer_id, company, city } = await entity(answer.json.id);
        assert.deepEqual([customer_id, company, city], [String(b.number), 'A & B', 'Lisbôa'], name);
        assert.equal((await record(a)).addresses.at(-1)?.address.number, Number(answer.json.id), name);
      }
    });

    it('takes a single scalar as a list of one in JSON and in forms', async () => {
      const { number } = await fresh();
      assert.equal((await post('/address', { customer_ids: number, company: 'x' })).json.result, true);
      assert.equal((await post('/address', { customer_ids: `${number}`, company: 'x' })).json.result, true);
      assert.equal((await post('/address', `customer_ids=${number}&company=x`, FORM)).json.result, true);
    });

    it('refuses deeper nesting, names for indexes and empty lists in forms', async () => {
      const { number } = await fresh();
      for (const list of [
        'customer_ids[a][b]=1',
        `customer_ids[][]=${number}`,
        `customer_ids[a]=${number}`,
        'customer_ids=[1',
      ]) {
        expectErrors(await post('/address', `${list}&company=x`, FORM), {
          customer_ids: 'Must be an array of integers.',
        });
      }
      for (const list of ['customer_ids[]=', 'customer_ids=,', 'customer_ids=[]']) {
        expectErrors(await post('/address', `${list}&company=x`, FORM), { customer_ids: REQUIRED });
      }
    });

    it('refuses a field that a form has twice or in brackets, instead of guessing', async () => {
      const { number } = await fresh();
      const answer = await post(
        '/address',
        `customer_ids=${number}&company=x&street1=a&street1=b&city[]=c&latitude=1&latitude=2`,
        FORM,
      );
      expectErrors(answer, {
        street1: 'Must be a string.',
        city: 'Must be a string.',
        latitude: 'Must be a valid latitude.',
      });
    });

    it('reads multipart forms and ignores their files', async () => {
      const { number } = await fresh();
      const form = new FormData();
      form.append('customer_ids[]', String(number));
      form.append('company', 'Lisbôa Tools');
      form.append('city', new Blob([Uint8Array.of(255, 254)]), 'city.bin');
      const response = new Response(form);
      const answer = await post('/address', Buffer.from(await response.arrayBuffer()), {
        'content-type': response.headers.get('content-type')!,
      });
      const { company, city } = await entity(answer.json.id);
      assert.deepEqual([company, city], ['Lisbôa Tools', '']);
    });

    it('tells JSON from a form when there is no content type', async () => {
      const { number } = await fresh();
      const json = ` \n{"customer_ids":[${number}],"company":"x"}`;
      assert.equal((await post('/address', json)).json.result, true);
      assert.equal((await post('/address', `customer_ids=${number}&company=x`)).json.result, true);
      assert.deepEqual((await post('/address', '[1]')).json, fixture('create-address-nothing-sent'));
    });

    it('answers 400 to what cannot be read, and 415 to what is not read here', async () => {
      const json = { 'content-type': 'application/json' };
      const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
      const part = '--x\r\nContent-Disposition: form-data; name="company"\r\n\r\n';
      const unreadable: [string | Buffer, Record<string, string>][] = [
        ['{', json],
        ['[]', json],
        ['"x"', json],
        ['null', json],
        [`{"company":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, json],
        [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), json],
        ['company=%FF', FORM],
        [Buffer.from([0x61, 0x3d, 0xff]), FORM],
        ['garbage', multipart],
        [Buffer.concat([Buffer.from(part), Buffer.of(0xff), Buffer.from('\r\n--x--')]), multipart],
        ['--x', { 'content-type': 'multipart/form-data' }],
      ];
      for (const [body, headers] of unreadable) {
        const answer = await post('/address', body, headers);
        assert.equal(answer.status, 400, String(body).slice(0, 40));
        assert.deepEqual(Object.keys(answer.json), ['error', 'result']);
        assert.equal(answer.json.result, false);
      }
      for (const type of ['text/plain', 'application/xml', 'application/vnd.api+json']) {
        const answer = await post('/address', 'company=x', { 'content-type': type });
        assert.equal(answer.status, 415, type);
        assert.equal(answer.json.result, false);
      }
    });

    it('reads 64 KiB and answers 413 to more', async () => {
      const { number } = await fresh();
      const start = `customer_ids=${number}&company=x&note=`;
      assert.equal((await post('/address', start.padEnd(65_536, 'x'), FORM)).json.result, true);
      const answer = await post('/address', start.padEnd(65_537, 'x'), FORM);
      assert.equal(answer.status, 413);
      assert.equal(answer.json.result, false);
      assert.equal(typeof answer.json.error, 'string');
    });

    it('keeps a stray percent sign in a form', async () => {
      const { number } = await fresh();
      const { id } = (await post('/address', `customer_ids=${number}&company=100%+sure`, FORM)).json;
      assert.equal((await entity(id)).company, '100% sure');
    });
  });

  describe('Get the list of addresses', () => {
    it('answers one row for each address and customer, by address, then by place in the query', async () => {
      const { id, customers } = await shared({}, 2);
      const [a, b] = numbersOf(customers);
      const only = (await post('/address', { customer_ids: [a], company: 'Only' })).json.id;
      const answer = await get(`/address?customer_id[]=${b}&customer_id[]=${a}`);
      assert.equal(answer.status, 200);
      assert.deepEqual(Object.keys(answer.json), ['entities', 'result']);
      assert.deepEqual(rowsOf(answer), [
        [id, String(b)],
        [id, String(a)],
        [only, String(a)],
      ]);
      assert.deepEqual(Object.keys(answer.json.entities[0]), Object.keys(fixture('get-address').entity));
    });

    it('takes the list of ids in every form', async () => {
      const { id, customers } = await shared({}, 2);
      const [a, b] = numbersOf(customers);
      const expected = [
        [id, String(b)],
        [id, String(a)],
      ];
      for (const query of [
        `customer_id%5B%5D=${b}&customer_id%5B%5D=${a}`,
        `customer_id[3]=${b}&customer_id[1]=${a}`,
        `customer_id=${b}&customer_id=${a}`,
        `customer_id=${b},${a}`,
        `customer_id=%20${b}%20%2C+${a}%2C`,
        `customer_id=[${b},${a}]`,
        `customer_id=${b}&customer_id[]=${a}&customer_id[]=${b}&customer_id[]=`,
      ]) {
        assert.deepEqual(rowsOf(await get(`/address?${query}`)), expected, query);
      }
    });

    it('answers no rows for unknown ids and for another tenant’s, so that ids cannot be probed', async () => {
      const theirs = await concord.create(concord.meadow, aCustomer({}, [HARRISBURG]));
      const none = { entities: [], result: true };
      assert.deepEqual((await get(`/address?customer_id=${UNKNOWN_ID}`)).json, none);
      const rows = rowsOf(await get(`/address?customer_id=${theirs.number}`));
      const number = theirs.addresses[0]!.address.number;
      const own = await concord.store.customers.find(concord.harbor.id, { number: theirs.number });
      assert.equal(rows.length, own?.addresses.length ?? 0, `address ${number}`);
    });

    it('wants customer_id, and integers in it', async () => {
      for (const query of [
        '',
        'customer_id=',
        'customer_id[]=',
        'customer_id=,,',
        'customer_ids=1',
        'customer_id=[]',
      ]) {
        expectErrors(await get(`/address?${query}`), { customer_id: REQUIRED });
      }
      for (const query of [
        'customer_id=x',
        'customer_id=1,x',
        'customer_id[a][b]=1',
        'customer_id=1.5',
        'customer_id=-1',
        'customer_id=99999999999',
        'customer_id=[[1]]',
        'customer_id={}',
      ]) {
        expectErrors(await get(`/address?${query}`), { customer_id: 'Must be an array of integers.' });
      }
      assert.equal((await get('/address?customer_id=%FF')).status, 400);
    });

    it('takes 1000 ids and no more', async () => {
      const ids = (count: number) => Array.from({ length: count }, (_, at) => at + 1_000_000).join();
      assert.deepEqual((await get(`/address?customer_id=${ids(1_000)}`)).json.entities, []);
      expectErrors(await get(`/address?customer_id=${ids(1_001)}`), {
        customer_id: 'Must have at most 1000 entries.',
      });
    });
  });

  describe('Get address by internal ID', () => {
    it('answers the 18 keys of the example in their order [seed]', async () => {
      const { entity: example } = fixture('get-address');
      const customer = await concord.create(
        concord.harbor,
        aCustomer(
          { kind: 'business', company: example.customer_name, accountNumber: example.customer_account },
          [],
        ),
      );
      const { id } = (await post('/address', { ...example, customer_ids: [customer.number] })).json;
      const answer = await get(`/address/${id}`);
      // Placeholders of the page that stand for what differs: the ids, and the name of a branch that is none.
      const own = { customer_id: String(customer.number), id, branch_name: null };
      assert.equal(answer.text, JSON.stringify({ entity: { ...example, ...own }, result: true }));
    });

    it('shows the first customer in the order in which they were written', async () => {
      const { id, customers } = await shared({}, 2);
      const [a, b] = numbersOf(customers);
      assert.equal((await entity(id)).customer_id, String(a));
      await post(`/address/${id}`, { customer_ids: [b, a], company: 'x' });
      assert.equal((await entity(id)).customer_id, String(b));
    });

    it('shows addresses of other dialects, without a company', async () => {
      const customer = await fresh(LISBON);
      const shown = await entity(String(customer.addresses[0]!.address.number));
      assert.deepEqual([shown.company, shown.street1, shown.country], ['', 'Rua Augusta 12', 'Portugal']);
    });

    it('answers "Entity not found." to unknown ids, odd ones and another tenant’s', async () => {
      let theirs = await concord.create(concord.meadow, aCustomer());
      const mine = Number((await shared()).id);
      while (theirs.addresses[0]!.address.number! <= mine)
        theirs = await concord.create(concord.meadow, aCustomer());
      for (const id of [
        UNKNOWN_ID,
        theirs.addresses[0]!.address.number,
        0,
        -1,
        '1.5',
        'x',
        '99999999999',
        '__proto__',
      ]) {
        const answer = await get(`/address/${id}`);
        assert.equal(answer.status, 200);
        assert.deepEqual(answer.json, NOT_FOUND, String(id));
      }
    });
  });

  describe('Updating existing address object', () => {
    it('answers with msg and result, byte for byte [seed]', async () => {
      const { id, customers } = await shared();
      const answer = await post(`/address/${id}`, { customer_ids: numbersOf(customers), company: 'New' });
      assert.equal(answer.status, 200);
      assert.equal(answer.text, JSON.stringify(fixture('update-address')));
      assert.equal((await entity(id)).company, 'New');
    });

    const FULL = {
      street1: '12 Quay Rd',
      street2: 'Unit 4',
      postal_code: '8001',
      city: 'Cape Town',
      state: 'WC',
      country: 'South Africa',
      branch_id: '3',
      ksmsid: 'KS-1',
      authorized_email: 'ada@example.test',
      latitude: '-33.9',
      longitude: '18.4',
    };
    const EMPTY = Object.fromEntries(Object.keys(FULL).map(name => [name, ''])) as Record<
      string,
      string | null
    >;
    const CLEARED = { ...EMPTY, branch_id: '0', latitude: null, longitude: null };
    const shown = async (id: string) => {
      const all = await entity(id);
      return Object.fromEntries(Object.keys(FULL).map(name => [name, all[name]]));
    };

    it('keeps optional fields that are left out', async () => {
      const { id, customers } = await shared(FULL);
      await post(`/address/${id}`, { customer_ids: numbersOf(customers), company: 'New' });
      assert.deepEqual(await shown(id), FULL);
    });

    it('clears optional fields that are sent empty or null, in JSON and in forms', async () => {
      const nulls = Object.fromEntries(Object.keys(FULL).map(name => [name, null]));
      for (const nothing of [EMPTY, nulls]) {
        const { id, customers } = await shared(FULL);
        const required = { customer_ids: numbersOf(customers), company: 'New' };
        await post(`/address/${id}`, { ...required, ...nothing });
        assert.deepEqual(await shown(id), CLEARED);
      }
      const { id, customers } = await shared(FULL);
      const body = new URLSearchParams({ ...(EMPTY as Record<string, string>), company: 'New' });
      body.append('customer_ids[]', String(customers[0]!.number));
      await post(`/address/${id}`, body.toString(), FORM);
      assert.deepEqual(await shown(id), CLEARED);
    });

    it('refuses a list for any optional field', async () => {
      const { id, customers } = await shared(FULL);
      const lists = Object.fromEntries(Object.keys(FULL).map(name => [name, ['x']]));
      const answer = await post(`/address/${id}`, {
        customer_ids: numbersOf(customers),
        company: 'x',
        ...lists,
      });
      assert.deepEqual(Object.keys(answer.json.errors).sort(), Object.keys(FULL).sort());
      assert.deepEqual(await shown(id), FULL);
    });

    it('wants customer_ids and company here too [seed]', async () => {
      const { id } = await shared();
      expectErrors(await post(`/address/${id}`, { city: 'x' }), {
        customer_ids: REQUIRED,
        company: REQUIRED,
      });
      assert.equal(
        (await post(`/address/${id}`, {})).text,
        JSON.stringify(fixture('update-address-nothing-sent')),
      );
    });

    it('looks for the address before it looks at what was sent, but after it could read it', async () => {
      assert.deepEqual((await post(`/address/${UNKNOWN_ID}`, {})).json, NOT_FOUND);
      assert.deepEqual((await post('/address/x', { company: 1 })).json, NOT_FOUND);
      assert.equal((await post(`/address/${UNKNOWN_ID}`, 'x', { 'content-type': 'text/plain' })).status, 415);
    });

    it('posts back what was fetched, read-only keys included, and changes nothing', async () => {
      const { id, customers } = await shared(FULL);
      const before = await record(customers[0]!);
      const answer = await post(`/address/${id}`, {
        ...(await entity(id)),
        customer_ids: numbersOf(customers),
      });
      assert.deepEqual(answer.json, fixture('update-address'));
      assert.deepEqual(await record(customers[0]!), before);
    });

    it('posts back longer texts than its limits when another dialect wrote them', async () => {
      const line1 = 'Rua '.repeat(30).concat('1');
      const customer = await fresh({ ...HARRISBURG, line1, email: `${'a'.repeat(200)}@example.test` });
      const id = String(customer.addresses[0]!.address.number);
      const fetched = await entity(id);
      const answer = await post(`/address/${id}`, {
        ...fetched,
        city: 'York',
        customer_ids: [customer.number],
      });
      assert.deepEqual(answer.json, fixture('update-address'));
      const { address } = (await record(customer)).addresses[0]!;
      assert.deepEqual([address.line1, address.city], [line1, 'York']);
      expectErrors(
        await post(`/address/${id}`, { ...fetched, street1: `${line1}2`, customer_ids: [customer.number] }),
        { street1: 'Must be at most 64 characters.' },
      );
    });

    it('refuses an empty company, even of an address that has none', async () => {
      const customer = await fresh(LISBON);
      const id = String(customer.addresses[0]!.address.number);
      expectErrors(await post(`/address/${id}`, { ...(await entity(id)), customer_ids: [customer.number] }), {
        company: REQUIRED,
      });
    });

    it('replaces the links: some go, some come, those that stay keep label, role and main', async () => {
      const kept = await fresh({ ...HARRISBURG, label: 'Yard', roles: ['shipping'] });
      const [gone, came] = [await fresh(), await fresh()];
      const id = String(kept.addresses[0]!.address.number);
      await post(`/address/${id}`, { customer_ids: [gone.number, kept.number], company: 'x' });
      await post(`/address/${id}`, { customer_ids: [came.number, kept.number], company: 'Both' });
      assert.deepEqual((await record(gone)).addresses, []);
      const [link] = (await record(kept)).addresses;
      assert.deepEqual([link?.label, link?.roles, link?.main, link?.rank], ['Yard', ['shipping'], true, 1]);
      const [other] = (await record(came)).addresses;
      assert.equal(other?.address.company, 'Both');
      assert.deepEqual(other?.address, link?.address);
    });

    it('changes a shared address for all who have it', async () => {
      const { id, customers } = await shared({}, 3);
      await post(`/address/${id}`, { customer_ids: numbersOf(customers), company: 'x', city: 'York' });
      for (const customer of customers) {
        assert.equal((await record(customer)).addresses[0]?.address.city, 'York');
      }
    });

    it('refuses unknown customers and archived ones, and changes nothing', async () => {
      const { id, customers } = await shared();
      const customer_ids = [...numbersOf(customers), UNKNOWN_ID];
      expectErrors(await post(`/address/${id}`, { customer_ids, company: 'New' }), {
        customer_ids: 'Unknown customer.',
      });
      const archived = await concord.create(
        concord.harbor,
        aCustomer({ archivedAt: '2026-01-01T00:00:00.000Z' }),
      );
      const own = String(archived.addresses[0]!.address.number);
      for (const [path, ids] of [
        [`/address/${id}`, [...numbersOf(customers), archived.number]],
        [`/address/${own}`, [archived.number]],
        [`/address/${own}`, numbersOf(customers)],
      ] as const) {
        expectErrors(await post(path, { customer_ids: ids, company: 'New' }), {
          customer_ids: 'Customer is archived.',
        });
      }
      assert.equal((await entity(id)).company, 'Harbor Tools');
      assert.deepEqual(await record(archived), archived);
    });

    it('loses nothing when many write different fields at once', async () => {
      const { id, customers } = await shared({}, 2);
      const required = { customer_ids: numbersOf(customers), company: 'x' };
      const fields = Object.entries(FULL);
      const answers = await Promise.all(
        fields.map(([name, value]) => post(`/address/${id}`, { ...required, [name]: value })),
      );
      assert.ok(answers.every(answer => answer.json.result === true));
      assert.deepEqual(await shown(id), FULL);
    });

    it('leaves what it cannot see', async () => {
      const customer = await fresh({
        ...HARRISBURG,
        locality: 'Uptown',
        contactName: 'Bo',
        phone: '+12025550100',
      });
      const id = String(customer.addresses[0]!.address.number);
      await post(`/address/${id}`, { customer_ids: [customer.number], company: 'New', city: 'York' });
      const { address } = (await record(customer)).addresses[0]!;
      assert.deepEqual(
        [address.locality, address.contactName, address.phone],
        ['Uptown', 'Bo', '+12025550100'],
      );
    });
  });

  describe('Deleting the existing address object', () => {
    it('answers the documented result: false, and the address is gone [seed]', async () => {
      const { id, customers } = await shared({}, 2);
      const answer = await get(`/address/${id}/delete`);
      assert.equal(answer.status, 200);
      assert.equal(answer.text, JSON.stringify(fixture('delete-address')));
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      for (const customer of customers) assert.deepEqual((await record(customer)).addresses, []);
      const again = await get(`/address/${id}/delete`);
      assert.equal(again.text, JSON.stringify(fixture('delete-address-not-found')));
      assert.equal(again.headers.get('cache-control'), 'no-store');
    });

    it('leaves the others, and makes one of them main', async () => {
      const customer = await fresh(HARRISBURG, LISBON);
      await get(`/address/${customer.addresses[0]!.address.number}/delete`);
      const left = await record(customer);
      assert.equal(left.addresses.length, 1);
      assert.equal(mainAddress(left)?.address.line1, 'Rua Augusta 12');
    });

    it('answers result: true where the setting asks for it', async () => {
      await concord.store.credentials.create({
        tenant: concord.harbor.id,
        dialect: 'lightening',
        kind: 'key',
        name: 'true deletions',
        secret: 'a-token-with-true-deletions',
        settings: { delete_success_result: true },
      });
      const { id } = await shared();
      const headers = { authorization: 'a-token-with-true-deletions' };
      const deleted = await get(`/address/${id}/delete`, { headers });
      assert.deepEqual(deleted.json, { ...fixture('delete-address'), result: true });
      assert.deepEqual((await get(`/address/${id}/delete`, { headers })).json, NOT_FOUND);
    });

    it('never deletes for a HEAD, a DELETE, a trailing slash or a stranger; POST is an alias', async () => {
      const { id } = await shared();
      const path = `/address/${id}/delete`;
      for (const method of ['HEAD', 'DELETE', 'PUT', 'OPTIONS']) {
        const answer = await concord.send(concord.harbor, 'lightening', method, path);
        assert.equal(answer.status, 405, method);
        assert.equal(answer.headers.get('allow'), 'GET, POST', method);
      }
      assert.equal((await get(`${path}/`)).status, 404);
      assert.equal((await get(path, { headers: { authorization: undefined } })).status, 401);
      assert.equal(
        (await get(path, { headers: { authorization: undefined, cookie: 'token=x' } })).status,
        401,
      );
      assert.deepEqual(
        (await concord.send(concord.meadow, 'lightening', 'GET', path)).json.msg,
        NOT_FOUND.msg,
      );
      assert.equal((await entity(id)).id, id);
      assert.deepEqual((await post(path)).json, fixture('delete-address'));
      assert.deepEqual((await get(`/address/${id}`)).json, NOT_FOUND);
    });

    it('refuses when one who has it is archived', async () => {
      const archived = await concord.create(
        concord.harbor,
        aCustomer({ archivedAt: '2026-01-01T00:00:00.000Z' }),
      );
      const answer = await get(`/address/${archived.addresses[0]!.address.number}/delete`);
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.json, { error: 'Customer is archived.', result: false });
      assert.equal((await record(archived)).addresses.length, 1);
    });
  });

  describe('customers', () => {
    it('lists the tenant’s customers with their number, and pages where it is asked to', async () => {
      const customer = await fresh(HARRISBURG);
      const { entities, total, result } = (await get('/customer')).json;
      assert.deepEqual([total, result], [entities.length, true]);
      const shown = entities.find((one: { id: string }) => one.id === String(customer.number));
      assert.deepEqual(
        [shown.name, shown.account, shown.is_active, shown.physical_city],
        ['Ada Sample', customer.accountNumber, '1', 'Harrisburg'],
      );
      const paged = (await get(`/customer?limit=1&after_id=${customer.number - 1}`)).json;
      assert.deepEqual([paged.total, paged.entities[0].id], [1, String(customer.number)]);
      assert.equal((await get('/customer?limit=x&after_id=-1&a[b][c]=1')).json.result, true);
    });

    it('gets one, and finds no unknown one', async () => {
      const customer = await fresh(HARRISBURG);
      const answer = await get(`/customer/${customer.number}`);
      assert.deepEqual(Object.keys(answer.json), ['entity', 'result']);
      assert.equal(answer.json.entity.id, String(customer.number));
      for (const id of [UNKNOWN_ID, '0', 'x', '1e3']) {
        assert.deepEqual((await get(`/customer/${id}`)).json, NOT_FOUND);
      }
    });
  });

  describe('credentials', () => {
    const anonymous = { authorization: undefined };
    const login = (body: unknown, headers: Record<string, string | undefined> = {}) =>
      post('/login', body, { ...anonymous, ...headers });
    const PASSWORD = 'Demo-password-1!';

    it('accepts Bearer, Token and the bare token, in any case', async () => {
      const token = concord.harbor.access.lightening.headers.Authorization!.split(' ')[1];
      for (const authorization of [`Bearer ${token}`, `bearer  ${token}`, `TOKEN ${token}`, token]) {
        assert.equal((await get('/customer', { headers: { authorization } })).status, 200, authorization);
      }
    });

    it('answers 401 to a missing, unknown or malformed token before it looks at anything else', async () => {
      for (const authorization of [
        undefined,
        'x',
        'Bearer',
        'Bearer x',
        'Basic eA==',
        'a b c',
        'x'.repeat(5_000),
      ]) {
        const answer = await post('/address/x', '{', { authorization, 'content-type': 'text/plain' });
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
        assert.deepEqual(Object.keys(answer.json), ['error', 'result']);
        assert.equal(answer.json.result, false);
      }
    });

    it('logs in, works with the token, logs out, and the token is no more', async () => {
      for (const [body, headers] of [
        [{ username: 'harbor', password: PASSWORD }, {}],
        [{ email: 'harbor', password: PASSWORD }, {}],
        [`username=harbor&password=${encodeURIComponent(PASSWORD)}`, FORM],
      ] as const) {
        const answer = await login(body, headers);
        assert.equal(answer.status, 200, answer.text);
        assert.deepEqual(Object.keys(answer.json), ['token', 'result']);
        assert.match(answer.json.token, /^lt_[\w-]{43}$/);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        const authorization = `Bearer ${answer.json.token}`;
        assert.equal((await get('/customer', { headers: { authorization } })).status, 200);
        const out = await post('/logout', undefined, { authorization });
        assert.deepEqual(out.json, { msg: 'Successfully logged out.', result: true });
        assert.equal((await get('/customer', { headers: { authorization } })).status, 401);
      }
    });

    it('does not end a configured token by a logout', async () => {
      const answer = await post('/logout');
      assert.deepEqual([answer.status, answer.json.result], [200, false]);
      assert.equal((await get('/customer')).status, 200);
    });

    it('says the same of an unknown user and a wrong password', async () => {
      const wrong = await login({ username: 'harbor', password: 'no' });
      const unknown = await login({ username: 'nobody', password: PASSWORD });
      assert.equal(wrong.status, 401);
      assert.equal(wrong.text, unknown.text);
      assert.equal(wrong.json.result, false);
    });

    it('names what a login lacks', async () => {
      assert.deepEqual((await login({})).json, fixture('create-address-nothing-sent'));
      expectErrors(await login({ username: 'harbor' }), { password: REQUIRED });
      expectErrors(await login({ password: 'x' }), { username: REQUIRED });
      expectErrors(await login({ email: '', password: 'x' }), { email: REQUIRED });
      expectErrors(await login({ email: true, password: 'x' }), { email: 'Must be a string.' });
      expectErrors(await login({ username: ['harbor'], password: {} }), {
        username: 'Must be a string.',
        password: 'Must be a string.',
      });
      expectErrors(await login({ username: 'a\u0000b', password: 'x' }), {
        username: 'Must be one line of text without control characters.',
      });
      assert.equal((await login('{')).status, 400);
    });

    it('stops guessing at a login after ten wrong passwords in a minute', async () => {
      for (let at = 0; at < 10; at += 1) {
        assert.equal((await login({ username: 'guessed', password: `${at}` })).status, 401);
      }
      const answer = await login({ username: 'guessed', password: 'x' });
      assert.equal(answer.status, 429);
      assert.equal(answer.headers.get('retry-after'), '60');
      assert.equal((await login({ username: 'harbor', password: PASSWORD })).status, 200);
    });
  });

  describe('protocol', () => {
    it('answers 404 and 405 in its own way', async () => {
      for (const path of ['/address/1/2', '/branch/1/2', '/cost_centers', '/address/%zz']) {
        const answer = await get(path);
        assert.equal(answer.status, 404, path);
        assert.deepEqual(Object.keys(answer.json), ['error', 'result'], path);
      }
      const answer = await concord.send(concord.harbor, 'lightening', 'DELETE', '/address/1');
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, POST']);
      assert.equal(answer.json.result, false);
    });

    it('meets odd bodies with an error of its own and never with a fault', async () => {
      const { id, customers } = await shared();
      const ids = `"customer_ids":[${customers[0]!.number}],"company":"x"`;
      const bodies = [
        `{${ids},"latitude":1e999}`,
        `{${ids},"latitude":1e-300}`,
        `{${ids},"branch_id":-0}`,
        `{${ids},"branch_id":1e30}`,
        `{${ids},"postal_code":123456789012345678901234567890}`,
        `{${ids},"street1":"\\ud800"}`,
        `{${ids},"__proto__":{"city":"x"},"constructor":{"prototype":{}}}`,
        `{${ids},"authorized_email":"${'@'.repeat(10_000)}"}`,
        `{"customer_ids":[1e999],"company":{"__proto__":[]}}`,
        `{"customer_ids":[[[[[[1]]]]]],"company":[[]]}`,
        `{"customer_ids":"${'1,'.repeat(20_000)}","company":"x"}`,
      ];
      for (const path of ['/address', `/address/${id}`]) {
        for (const body of bodies) {
          const answer = await post(path, body, { 'content-type': 'application/json' });
          assert.equal(answer.status, 200, body.slice(0, 80));
          assert.equal(typeof answer.json.result, 'boolean');
        }
        for (const body of [
          `${'['.repeat(30_000)}=1`,
          `customer_ids${'[]'.repeat(20_000)}=1`,
          '&&==&=',
          '%',
          '__proto__[x]=1&customer_ids=1',
        ]) {
          const answer = await post(path, body, FORM);
          assert.equal(answer.status, 200, body.slice(0, 80));
          assert.equal(answer.json.result, false);
        }
      }
      assert.equal(({} as { city?: string }).city, undefined);
    });

    it('is the same below its mount', async () => {
      const { id } = await shared();
      assert.deepEqual((await get(`/lightening/address/${id}`)).json.entity, await entity(id));
    });
  });
});
