import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { type Concord, type SendOptions, startConcord } from '../support/concord.ts';
import { type AddressWish, aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const FIXTURES = join(import.meta.dirname, '../../src/dialects/billbee/fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));

const JSON_TYPE = 'application/json; charset=utf-8';

describe('billbee', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const send = (method: string, path: string, options: SendOptions = {}) =>
    concord.send(concord.harbor, 'billbee', method, `/api/v1${path}`, options);
  const fresh = (wish: Partial<Customer> = {}, ...addresses: AddressWish[]): Promise<Customer> =>
    concord.create(concord.harbor, aCustomer(wish, addresses));
  const put = (customer: Pick<Customer, 'number'>, body: unknown, headers = {}) =>
    send('PUT', `/customers/${customer.number}`, { body, headers });
  const get = async (customer: Pick<Customer, 'number'>) =>
    (await send('GET', `/customers/${customer.number}`)).json.Data;
  const post = (body: unknown) => send('POST', '/customers', { body });
  const record = (customer: Customer) => concord.record(concord.harbor, customer.id);
  const addressOf = (customer: Customer, index = 0) => customer.addresses[index]!.address.number!;
  const invalid = (answer: { status: number; json: unknown }, message: RegExp) => {
    assert.equal(answer.status, 400);
    const { ErrorMessage, ...rest } = answer.json as { ErrorMessage: string };
    assert.deepEqual(rest, { ErrorCode: 11, ErrorDescription: 'InvalidData', Data: null });
    assert.match(ErrorMessage, message);
  };
  const unbound = (answer: { status: number; json: unknown }, state: object) => {
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json, { Message: 'The request is invalid.', ModelState: state });
  };

  describe('Customer_Update', () => {
    it('writes every field of the given request and shows it in the answer [seed]', async () => {
      const customer = await fresh();
      const body = { ...fixture('update-customer.request'), Id: customer.number };
      const answer = await put(customer, body);
      assert.equal(answer.status, 200);
      const { MetaData, ...data } = answer.json.Data;
      for (const [name, value] of Object.entries(body)) {
        const shown = data[name];
        assert.deepEqual(typeof value === 'object' && value ? { ...shown, ...value } : value, shown, name);
      }
      assert.equal(MetaData.length, 6);
      assert.deepEqual(await get(customer), answer.json.Data);
    });

    it('knows exactly the fields of the given page [seed]', async () => {
      const { RequestBodyFields } = fixture('update-customer.fields') as {
        RequestBodyFields: { Name: string; Type: string }[];
      };
      const customer = await fresh();
      for (const { Name, Type } of RequestBodyFields) {
        // The two dates and the read-only name are not looked at.
        if (/ArchivedAt|RestoredAt|TypeName/.test(Name)) continue;
        const [outer = '', inner] = Name.split('.');
        const wrong = Type === 'String' ? {} : Type === 'Integer' ? 'x' : 'x';
        const list = outer.endsWith('[]');
        const name = outer.replace('[]', '');
        const value = inner ? (list ? [{ [inner]: wrong }] : { [inner]: wrong }) : wrong;
        const answer = await put(customer, { [name]: value });
        const path = inner ? `${name}${list ? '[0]' : ''}.${inner}` : name;
        assert.deepEqual(Object.keys(answer.json.ModelState), [`model.${path}`], Name);
      }
    });

    it('answers the documented bytes, with the headers of live answers', async () => {
      const meadow = (method: string, path: string, body?: unknown) =>
        concord.send(concord.meadow, 'billbee', method, `/api/v1${path}`, { body });
      const made = await meadow('POST', '/customers', {
        ...fixture('update-customer.short.request'),
        Tel1: '+49 30 1',
        Number: 1007,
        Type: 0,
      });
      const { Id } = made.json.Data;
      const answer = await meadow('GET', `/customers/${Id}`);
      assert.equal(Id, 1);
      assert.equal(answer.text, JSON.stringify(fixture('customer.answer')));
      assert.equal(answer.headers.get('content-type'), JSON_TYPE);
      assert.equal(answer.headers.get('cache-control'), 'no-cache');
      assert.equal(answer.headers.get('pragma'), 'no-cache');
      assert.equal(answer.headers.get('expires'), '-1');
    });

    it('takes the short body that an official client sends, nulls and all [inferred: csharp-sdk]', async () => {
      const { json } = await post(fixture('create-customer.request'));
      const answer = await put(
        { number: json.Data.Id },
        { ...fixture('update-customer.short.request'), Name: 'Eva' },
      );
      assert.equal(answer.json.Data.Name, 'Eva');
      assert.equal(answer.json.Data.Type, null);
      assert.equal(answer.json.Data.Number, null);
      assert.equal(answer.json.Data.MetaData.length, 1);
    });

    it('leaves absent properties, and with them everything that other dialects know', async () => {
      const customer = await fresh({ contactPoints: [email('a@example.test')], language: 'pt' }, HARRISBURG);
      const answer = await put(customer, { LanguageId: 3 });
      assert.equal(answer.json.Data.Email, 'a@example.test');
      const { phrasings: _, version, updatedAt, ...after } = await record(customer);
      const { phrasings: __, version: ___, updatedAt: ____, ...before } = customer;
      assert.deepEqual(after, before);
    });

    it('changes nothing when an answer is sent back', async () => {
      const customer = await fresh({ contactPoints: [email('a@example.test'), phone('+49 30 1', [])] });
      const answer = await put(customer, await get(customer));
      assert.equal(answer.status, 200);
      assert.deepEqual(await record(customer), customer);
    });

    it('clears with null, and reads the empty text back as it came', async () => {
      const scalars = { Name: 'Ada', Number: 7, PriceGroupId: 8, LanguageId: 9, VatId: 'DE1', Type: 1 };
      const texts = { Email: 'a@example.test', Tel1: '+49 30 1', Tel2: '+49 30 2' };
      const { json } = await post({ ...scalars, ...texts });
      const number = json.Data.Id;
      const nulls = Object.fromEntries(Object.keys({ ...scalars, ...texts }).map(name => [name, null]));
      const cleared = (await put({ number }, nulls)).json.Data;
      for (const name of Object.keys(nulls)) assert.equal(cleared[name], null, name);
      assert.deepEqual(cleared.MetaData, []);
      const empty = { Name: '', VatId: '', Email: '', Tel1: '', Tel2: '' };
      const shown = (await put({ number }, empty)).json.Data;
      for (const name of Object.keys(empty)) assert.equal(shown[name], '', name);
      const numbers = (await put({ number }, { Number: '', LanguageId: '' })).json.Data;
      assert.equal(numbers.Number, null);
    });

    it('leaves defaults and MetaData for null', async () => {
      const customer = await fresh({ contactPoints: [email('a@example.test')] });
      const answer = await put(customer, { DefaultMailAddress: null, MetaData: null });
      assert.equal(answer.json.Data.DefaultMailAddress.Value, 'a@example.test');
      assert.equal(answer.json.Data.MetaData.length, 1);
    });

    it('refuses a list or an object where a text or a number belongs, and the other way round', async () => {
      const customer = await fresh();
      for (const [name, type] of [
        ['Name', 'String'],
        ['Email', 'String'],
        ['Number', 'Int32'],
        ['PriceGroupId', 'Int64'],
        ['Type', 'Int32'],
      ]) {
        for (const value of [[], {}, true, ...(type === 'String' ? [5] : ['x', 1.5])]) {
          unbound(await put(customer, { [name!]: value }), {
            [`model.${name}`]: [`Error converting value to type 'System.${type}'. Path '${name}'.`],
          });
        }
      }
      for (const value of ['x', 5, []]) {
        assert.equal((await put(customer, { DefaultFax: value })).status, 400);
      }
      for (const value of ['x', 5, {}, ['x'], [null]]) {
        const { status } = await put(customer, { MetaData: value });
        assert.equal(status, 400, JSON.stringify(value));
      }
      assert.deepEqual(await record(customer), customer);
    });

    it('tells several faults at once, by path, without the values', async () => {
      const customer = await fresh();
      const answer = await put(customer, {
        Number: 'secret',
        MetaData: [{ Id: 'secret' }],
        DefaultFax: { TypeId: 'secret' },
      });
      assert.deepEqual(Object.keys(answer.json.ModelState), [
        'model.Number',
        'model.MetaData[0].Id',
        'model.DefaultFax.TypeId',
      ]);
      assert.ok(!answer.text.includes('secret'));
    });

    it('takes whole numbers as texts, and no number that does not fit', async () => {
      const customer = await fresh();
      const answer = await put(customer, { Number: ' 12 ', Type: '1', PriceGroupId: '-5' });
      assert.deepEqual(
        [answer.json.Data.Number, answer.json.Data.Type, answer.json.Data.PriceGroupId],
        [12, 1, -5],
      );
      for (const value of [2 ** 31, -(2 ** 31) - 1, '2147483648', 1e300]) {
        assert.ok((await put(customer, { Number: value })).json.ModelState, String(value));
      }
      assert.ok(
        (await put(customer, '{"Number":1e999}', { 'content-type': 'application/json' })).json.ModelState,
      );
      invalid(await put(customer, { PriceGroupId: 2 ** 53 }), /^PriceGroupId is out of range\.$/);
      const zero = await put(customer, '{"Number":-0}', { 'content-type': 'application/json' });
      assert.equal(zero.json.Data.Number, 0);
      assert.ok(!zero.text.includes('-0'));
    });

    it('matches names without regard to case, the last of two spellings counting, and ignores unknown ones', async () => {
      const customer = await fresh();
      const answer = await put(customer, {
        NAME: 'first',
        name: 'Ada',
        Address: { City: 'x' },
        __proto__x: 1,
        constructor: 1,
        defaultmailaddress: { TYPEID: 1, value: 'a@example.test', Nothing: {} },
      });
      assert.equal(answer.json.Data.Name, 'Ada');
      assert.equal(answer.json.Data.Email, 'a@example.test');
      assert.equal((await record(customer)).addresses.length, 0);
    });

    it('refuses another Id than the one in the path, and takes the same, 0 and null', async () => {
      const customer = await fresh();
      for (const Id of [customer.number, 0, null, String(customer.number)]) {
        assert.equal((await put(customer, { Id, LanguageId: 1 })).status, 200);
      }
      invalid(await put(customer, { Id: customer.number + 1 }), /^Id /);
    });

    it('refuses a Type beyond 0 and 1, and keeps null', async () => {
      const customer = await fresh();
      invalid(await put(customer, { Type: 2 }), /^Type must be 0 or 1\.$/);
      assert.equal((await put(customer, { Type: null })).json.Data.Type, null);
      assert.equal((await record(customer)).kind, 'individual');
      const answer = await put(customer, { Name: 'Beispiel GmbH', Type: 1 });
      assert.deepEqual([answer.json.Data.Name, answer.json.Data.Type], ['Beispiel GmbH', 1]);
      const after = await record(customer);
      assert.deepEqual([after.kind, after.company], ['business', 'Beispiel GmbH']);
    });

    it('ignores the archive dates and the name of a type', async () => {
      const customer = await fresh();
      const answer = await put(customer, {
        ArchivedAt: '2021-11-01T00:00:00',
        RestoredAt: 5,
        DefaultFax: { TypeId: 2, TypeName: ['x'], Value: '+49 30 9' },
      });
      assert.equal(answer.json.Data.ArchivedAt, null);
      assert.equal(answer.json.Data.DefaultFax.TypeName, 'Phone');
    });
  });

  describe('MetaData, the six defaults and the flat fields are three views of the same contact points', () => {
    const points = [
      { ...email('a@example.test'), label: null },
      email('b@example.test', []),
      phone('+49 30 1'),
      phone('+49 30 2', ['secondary', 'mobile']),
    ];
    const three = () =>
      fresh({ contactPoints: points.map(point => ({ ...point, id: crypto.randomUUID() })) });

    it('shows them alike', async () => {
      const data = await get(await three());
      assert.deepEqual(data.DefaultMailAddress, data.MetaData[0]);
      assert.deepEqual(data.DefaultPhone1, data.MetaData[2]);
      assert.deepEqual(data.DefaultPhone2, data.MetaData[3]);
      assert.deepEqual([data.Email, data.Tel1, data.Tel2], ['a@example.test', '+49 30 1', '+49 30 2']);
      assert.equal(data.DefaultCommercialMailAddress, null);
      assert.equal(data.DefaultStatusUpdatesMailAddress, null);
      assert.equal(data.DefaultFax, null);
    });

    it('changes the entry that a flat field views, in all views and without a new Id', async () => {
      const customer = await three();
      const before = await get(customer);
      const data = (await put(customer, { Email: 'new@example.test' })).json.Data;
      assert.deepEqual(data.DefaultMailAddress, { ...before.DefaultMailAddress, Value: 'new@example.test' });
      assert.deepEqual(data.MetaData[0], data.DefaultMailAddress);
      assert.equal(data.MetaData.length, 4);
    });

    it('lets the edited view win over those that repeat what was read, each of the three in turn', async () => {
      const customer = await three();
      const read = await get(customer);
      const flat = (await put(customer, { ...read, Email: '1@example.test' })).json.Data;
      assert.equal(flat.DefaultMailAddress.Value, '1@example.test');
      const object = { ...flat.DefaultMailAddress, Value: '2@example.test' };
      const second = (await put(customer, { ...flat, DefaultMailAddress: object })).json.Data;
      assert.equal(second.Email, '2@example.test');
      const list = second.MetaData.with(0, { ...second.MetaData[0], Value: '3@example.test' });
      const third = (await put(customer, { ...second, MetaData: list })).json.Data;
      assert.equal(third.Email, '3@example.test');
      const both = {
        ...third,
        Email: '4@example.test',
        DefaultMailAddress: { ...object, Value: '5@example.test' },
      };
      assert.equal((await put(customer, both)).json.Data.Email, '5@example.test');
    });

    it('says the same when the same body comes again, though its views disagree', async () => {
      const customer = await three();
      const body = { ...(await get(customer)), Email: 'new@example.test' };
      const first = await put(customer, body);
      const { version } = await record(customer);
      const second = await put(customer, body);
      assert.equal(second.text, first.text);
      assert.equal((await record(customer)).version, version);
      assert.equal(second.json.Data.Email, 'new@example.test');
    });

    it('clears a flat field for good: the next phone does not take its place', async () => {
      const customer = await fresh({ contactPoints: [phone('+49 30 1', []), phone('+49 30 2', [])] });
      const data = (await put(customer, { Tel1: null })).json.Data;
      assert.deepEqual([data.Tel1, data.DefaultPhone1], [null, null]);
      assert.deepEqual(
        data.MetaData.map((entry: { Value: string }) => entry.Value),
        ['+49 30 2'],
      );
      assert.equal((await get(customer)).Tel1, null);
    });

    it('keeps a cleared entry that another slot or another dialect uses', async () => {
      const customer = await three();
      const data = (await put(customer, { Tel2: null })).json.Data;
      assert.equal(data.Tel2, null);
      const point = (await record(customer)).contactPoints.find(each => each.value === '+49 30 2');
      assert.deepEqual(point?.purposes, ['mobile']);
      const shared = await fresh({ contactPoints: [email('a@example.test', ['primary', 'commercial'])] });
      const after = (await put(shared, { Email: null })).json.Data;
      assert.equal(after.Email, null);
      assert.equal(after.DefaultCommercialMailAddress.Value, 'a@example.test');
    });

    it('points a default at a known Id, at the same type and value, or at a new entry', async () => {
      const customer = await three();
      const { MetaData } = await get(customer);
      const data = (
        await put(customer, {
          DefaultCommercialMailAddress: { Id: MetaData[0].Id, SubType: 'office' },
          DefaultStatusUpdatesMailAddress: { TypeId: 1, Value: 'b@example.test' },
          DefaultFax: { TypeId: 2, Value: '+49 30 9' },
        })
      ).json.Data;
      assert.deepEqual(data.DefaultCommercialMailAddress, { ...MetaData[0], SubType: 'office' });
      assert.deepEqual(data.DefaultMailAddress, data.DefaultCommercialMailAddress);
      assert.deepEqual(data.DefaultStatusUpdatesMailAddress, MetaData[1]);
      assert.deepEqual(data.DefaultFax, {
        Id: data.MetaData[4].Id,
        TypeId: 2,
        TypeName: 'Phone',
        SubType: 'fax',
        Value: '+49 30 9',
      });
      assert.equal((await record(customer)).contactPoints[4]?.kind, 'fax');
    });

    it('lets one phone entry serve all three phone slots [docs: php-sdk]', async () => {
      const customer = await fresh({ contactPoints: [phone('+49 30 1')] });
      const { DefaultPhone1: entry } = await get(customer);
      const data = (await put(customer, { DefaultPhone2: entry, DefaultFax: entry })).json.Data;
      for (const slot of ['DefaultPhone1', 'DefaultPhone2', 'DefaultFax'])
        assert.deepEqual(data[slot], entry);
      const { contactPoints } = await record(customer);
      assert.equal(contactPoints.length, 1);
      assert.equal(contactPoints[0]?.kind, 'phone');
    });

    it('replaces the list, but for entries that a default points at', async () => {
      const customer = await three();
      const { MetaData } = await get(customer);
      const fax = { TypeId: 2, SubType: 'fax', Value: '+49 30 9' };
      const data = (await put(customer, { MetaData: [fax, { ...MetaData[2], Value: '+49 30 5' }] })).json
        .Data;
      assert.deepEqual(
        data.MetaData.map((entry: { Value: string }) => entry.Value),
        ['+49 30 9', '+49 30 5', 'a@example.test', '+49 30 2'],
      );
      assert.equal(data.Tel1, '+49 30 5');
      assert.equal(data.DefaultFax.Value, '+49 30 9');
      const again = (await put(customer, { MetaData: [fax, { ...MetaData[2], Value: '+49 30 5' }] })).json
        .Data;
      assert.deepEqual(again, data);
      assert.equal(
        (await put(customer, { MetaData: [], Email: null, Tel1: null, Tel2: null })).json.Data.MetaData
          .length,
        1,
      );
    });

    it('keeps the defaults when the list is sent in another order', async () => {
      const customer = await fresh({
        contactPoints: [email('a@example.test', []), email('b@example.test', [])],
      });
      const { MetaData } = await get(customer);
      const data = (await put(customer, { MetaData: MetaData.toReversed() })).json.Data;
      assert.equal(data.Email, 'a@example.test');
      assert.deepEqual(data.MetaData, MetaData.toReversed());
    });

    it('refuses unknown Ids, Ids of others, wrong types and empty entries, and changes nothing', async () => {
      const customer = await three();
      const other = await three();
      const before = await record(customer);
      const foreign = (await get(other)).MetaData[0].Id;
      const own = (await get(customer)).MetaData;
      const cases: [object, RegExp][] = [
        [{ DefaultMailAddress: { Id: foreign } }, /^DefaultMailAddress\.Id /],
        [{ DefaultMailAddress: { Id: 999_999_999 } }, /^DefaultMailAddress\.Id /],
        [{ MetaData: [{ Id: foreign, TypeId: 1, Value: 'x' }] }, /^MetaData\[0\]\.Id /],
        [{ MetaData: [{ TypeId: 3, Value: 'x' }] }, /^MetaData\[0\]\.TypeId must be 1 or 2\.$/],
        [{ MetaData: [{ Value: 'x' }] }, /^MetaData\[0\]\.TypeId is required\.$/],
        [{ MetaData: [{ TypeId: 1, Value: '' }] }, /^MetaData\[0\]\.Value is required\.$/],
        [{ MetaData: [own[0], own[0]] }, /second time/],
        [{ MetaData: [{ ...own[0], TypeId: 2 }] }, /^MetaData\[0\]\.TypeId /],
        [{ DefaultMailAddress: { ...own[2] } }, /^DefaultMailAddress\.TypeId /],
        [{ DefaultFax: {} }, /^DefaultFax\.Value is required\.$/],
        [{ DefaultFax: { Id: 0, TypeId: 0 } }, /^DefaultFax\.TypeId must be 1 or 2\.$/],
        [{ MetaData: Array(201).fill({ TypeId: 1, Value: 'x' }) }, /^MetaData has too many entries\.$/],
        [{ Email: 'x'.repeat(255) }, /^Email must have at most 254 characters\.$/],
      ];
      for (const [body, message] of cases) invalid(await put(customer, { Name: 'x', ...body }), message);
      assert.deepEqual(await record(customer), before);
    });
  });

  describe('Customer_Create', () => {
    it('stores the customer with the first address of the official test body [docs: csharp-sdk]', async () => {
      const body = fixture('create-customer.request');
      const answer = await post(body);
      assert.equal(answer.status, 200);
      const { Data } = answer.json;
      assert.equal(Data.Email, 'ada@example.test');
      assert.equal(Data.Number, Data.Id);
      assert.ok(!('Address' in Data));
      const addresses = (await send('GET', `/customers/${Data.Id}/addresses`)).json;
      assert.deepEqual(addresses.Paging, { Page: 1, TotalPages: 1, TotalRows: 1, PageSize: 50 });
      const { Id, ...shown } = addresses.Data[0];
      const { Id: _, ...sent } = body.Address;
      assert.deepEqual(shown, { ...sent, CustomerId: Data.Id, ArchivedAt: null, RestoredAt: null });
      assert.ok(Id > 0);
    });

    it('takes camel case and texts for numbers [inferred: php-sdk]', async () => {
      const { Data } = (await post(fixture('create-customer.camel-case.request'))).json;
      assert.deepEqual([Data.Name, Data.Tel1], ['Ada Beispiel', '+49 30 1']);
      const [address] = (await send('GET', `/customers/${Data.Id}/addresses`)).json.Data;
      assert.deepEqual([address.Housenumber, address.AddressType, address.Tel1], ['5', 2, null]);
    });

    it('ignores the ids of the body', async () => {
      const { Data } = (await post({ Id: 77, Address: { Id: 88, CustomerId: 99, City: 'x' } })).json;
      assert.notEqual(Data.Id, 77);
      const [address] = (await send('GET', `/customers/${Data.Id}/addresses`)).json.Data;
      assert.notEqual(address.Id, 88);
      assert.equal(address.CustomerId, Data.Id);
    });

    it('names a customer without a name after company, person, e-mail, or not at all', async () => {
      const Address = { Company: 'Beispiel GmbH', FirstName: 'Ada', LastName: 'Beispiel' };
      const named = async (body: object) => (await post(body)).json.Data.Name;
      assert.equal(await named({ Address }), 'Beispiel GmbH');
      assert.equal(await named({ Name: null, Address: { ...Address, Company: '' } }), 'Ada Beispiel');
      assert.equal(await named({ Email: 'a@example.test', Address: null }), 'a@example.test');
      assert.equal(await named({}), '');
    });

    it('knows the parts of a name that the address tells', async () => {
      const { Data } = (await post(fixture('create-customer.request'))).json;
      const stored = await concord.store.customers.find(concord.harbor.id, { number: Data.Id });
      assert.deepEqual([stored?.givenName, stored?.familyName], ['Ada', 'Beispiel']);
    });

    it('refuses an Address that is none, and values that no record holds', async () => {
      unbound(await post({ Address: 'x' }), {
        'model.Address': ["Error converting value to type 'System.Object'. Path 'Address'."],
      });
      invalid(await post({ Address: { AddressType: 3 } }), /^Address\.AddressType must be 1 or 2\.$/);
      invalid(await post({ Address: { City: 'a\u0000b' } }), /^Address\.City must not contain control/);
    });
  });

  describe('addresses', () => {
    const FAMILIES = ['/customers/addresses', '/customer-addresses'];

    it('shows one address by its id in both families', async () => {
      const customer = await fresh({}, { ...LISBON, contactName: 'Ada Maria Beispiel', roles: ['shipping'] });
      for (const family of FAMILIES) {
        const answer = await send('GET', `${family}/${addressOf(customer)}`);
        assert.equal(answer.status, 200);
        assert.deepEqual(answer.json.Data, {
          Id: addressOf(customer),
          AddressType: 2,
          CustomerId: customer.number,
          Company: null,
          FirstName: 'Ada Maria',
          LastName: 'Beispiel',
          Name2: null,
          Street: 'Rua Augusta',
          Housenumber: '12',
          Zip: '1100-048',
          City: 'Lisboa',
          State: 'Lisboa',
          CountryCode: 'PT',
          Email: null,
          Tel1: null,
          Tel2: null,
          Fax: null,
          AddressAddition: null,
          ArchivedAt: null,
          RestoredAt: null,
        });
      }
    });

    it('empties with PUT whatever the body leaves out, but for AddressType and what Billbee cannot see', async () => {
      for (const family of FAMILIES) {
        const wish = {
          ...LISBON,
          label: 'HQ',
          locality: 'Baixa',
          latitude: '38.72',
          longitude: '-9.14',
          branch: 3,
        };
        const customer = await fresh({}, HARRISBURG, { ...wish, roles: ['shipping'] });
        const answer = await send('PUT', `${family}/${addressOf(customer, 1)}`, {
          body: { Id: 1, CustomerId: 1, City: 'Porto', Zip: null },
        });
        const { Id, CustomerId, AddressType, City, ...rest } = answer.json.Data;
        assert.deepEqual(
          [Id, CustomerId, AddressType, City],
          [addressOf(customer, 1), customer.number, 2, 'Porto'],
        );
        assert.deepEqual(new Set(Object.values(rest)), new Set([null]));
        const link = (await record(customer)).addresses[1]!;
        assert.deepEqual([link.label, link.roles], ['HQ', ['shipping']]);
        const { locality, latitude, longitude, branch } = link.address;
        assert.deepEqual([locality, latitude, longitude, branch], ['Baixa', '38.72', '-9.14', 3]);
      }
    });

    it('changes with PATCH what the body has, and nothing else', async () => {
      const customer = await fresh({}, HARRISBURG);
      const path = `/customers/addresses/${addressOf(customer)}`;
      const before = (await send('GET', path)).json.Data;
      const answer = await send('PATCH', path, {
        body: { FirstName: 'Eva', housenumber: '7', Nothing: 1, Id: 5, CustomerId: 6, AddressType: null },
      });
      assert.deepEqual(answer.json.Data, { ...before, FirstName: 'Eva', Housenumber: '7' });
      assert.equal((await record(customer)).addresses[0]!.address.line1, '100 Market Street 7');
      const none = await send('PATCH', path, { body: {} });
      assert.deepEqual(none.json.Data, answer.json.Data);
      const cleared = await send('PATCH', path, { body: { FirstName: null, City: '' } });
      assert.deepEqual([cleared.json.Data.FirstName, cleared.json.Data.City], [null, '']);
    });

    it('has no PATCH in the second family', async () => {
      const customer = await fresh({}, HARRISBURG);
      const answer = await send('PATCH', `/customer-addresses/${addressOf(customer)}`, { body: {} });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'GET, PUT');
    });

    it('adds an address to the customer in the path, whatever CustomerId says', async () => {
      const customer = await fresh({}, HARRISBURG);
      const answer = await send('POST', `/customers/${customer.number}/addresses`, {
        body: {
          Id: 0,
          CustomerId: 999,
          Street: 'Musterweg',
          Housenumber: '5 b',
          CountryCode: 'de',
          AddressType: 2,
        },
      });
      assert.equal(answer.status, 200);
      const { Data } = answer.json;
      assert.deepEqual(
        [Data.CustomerId, Data.Street, Data.Housenumber, Data.CountryCode, Data.AddressType],
        [customer.number, 'Musterweg', '5 b', 'de', 2],
      );
      const link = (await record(customer)).addresses[1]!;
      assert.deepEqual([link.address.line1, link.address.country], ['Musterweg 5 b', 'DE']);
      assert.deepEqual([link.roles, link.main], [['shipping'], false]);
    });

    it('adds an address to the customer that the body names', async () => {
      const customer = await fresh();
      const answer = await send('POST', '/customer-addresses', {
        body: { CustomerId: customer.number, City: 'Berlin' },
      });
      assert.deepEqual(
        [answer.json.Data.CustomerId, answer.json.Data.City, answer.json.Data.AddressType],
        [customer.number, 'Berlin', 1],
      );
      for (const CustomerId of [undefined, null, 0, -1, 999_999_999, 2 ** 52]) {
        const body = { CustomerId, City: 'Berlin' };
        invalid(await send('POST', '/customer-addresses', { body }), /^CustomerId /);
      }
    });

    it('refuses a new address with an Id', async () => {
      const customer = await fresh();
      const body = { Id: 5, CustomerId: customer.number };
      invalid(await send('POST', `/customers/${customer.number}/addresses`, { body }), /^Id /);
      invalid(await send('POST', '/customer-addresses', { body }), /^Id /);
    });

    it('keeps several invoice addresses without taking the billing role from the one that has it', async () => {
      const customer = await fresh({}, { ...HARRISBURG, roles: ['billing'] });
      const path = `/customers/${customer.number}/addresses`;
      const second = (await send('POST', path, { body: { City: 'A', AddressType: 1 } })).json.Data;
      const third = (await send('POST', path, { body: { City: 'B', AddressType: 2 } })).json.Data;
      const fourth = (await send('POST', path, { body: { City: 'C', AddressType: '2' } })).json.Data;
      const types = (await send('GET', path)).json.Data.map(
        (row: { AddressType: number }) => row.AddressType,
      );
      assert.deepEqual(types, [1, 1, 2, 2]);
      const { addresses } = await record(customer);
      assert.deepEqual(
        addresses.map(link => link.roles),
        [['billing'], [], ['shipping'], []],
      );
      assert.ok(second.Id < third.Id && third.Id < fourth.Id);
    });

    it('shows 1 for an address of both roles, and gives up billing only when 2 is said', async () => {
      const customer = await fresh({}, { ...HARRISBURG, roles: ['billing', 'shipping'] });
      const path = `/customers/addresses/${addressOf(customer)}`;
      const patch = (AddressType: unknown) => send('PATCH', path, { body: { AddressType } });
      assert.equal((await patch(1)).json.Data.AddressType, 1);
      assert.deepEqual((await record(customer)).addresses[0]!.roles, ['billing', 'shipping']);
      assert.equal((await patch('2')).json.Data.AddressType, 2);
      assert.deepEqual((await record(customer)).addresses[0]!.roles, ['shipping']);
      invalid(await patch(3), /^AddressType must be 1 or 2\.$/);
    });

    it('pages, and never refuses a size or a page', async () => {
      const customer = await fresh({}, HARRISBURG, LISBON, HARRISBURG);
      const list = async (query: string) =>
        (await send('GET', `/customers/${customer.number}/addresses${query}`)).json;
      const numbers = customer.addresses.map(link => link.address.number!).sort((a, b) => a - b);
      const ids = (page: { Data: { Id: number }[] }) => page.Data.map(row => row.Id);
      const second = await list('?page=2&pageSize=2');
      assert.deepEqual(Object.keys(second), [
        'Paging',
        'ErrorMessage',
        'ErrorCode',
        'ErrorDescription',
        'Data',
      ]);
      assert.deepEqual(second.Paging, { Page: 2, TotalPages: 2, TotalRows: 3, PageSize: 2 });
      assert.deepEqual(ids(second), numbers.slice(2));
      assert.equal((await list('?pageSize=2147483647')).Paging.PageSize, 250);
      assert.deepEqual(ids(await list('?PAGE=0&PageSize=-5')), numbers.slice(0, 1));
      const past = await list('?page=9');
      assert.deepEqual([past.Paging.Page, past.Paging.TotalRows, past.Data], [9, 3, []]);
      for (const query of ['?page=x&pageSize=', '?page=&pageSize=1e3', '?%', '?page=1&page=2']) {
        assert.deepEqual(ids(await list(query)), numbers, query);
      }
      const none = await fresh();
      const empty = (await send('GET', `/customers/${none.number}/addresses`)).json;
      assert.deepEqual(empty.Paging, { Page: 1, TotalPages: 0, TotalRows: 0, PageSize: 50 });
    });
  });

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
        const answer = await concord.send(concord.meadow, 'billbee', method, `/api/v1${path}`, options);
        assert.deepEqual([answer.status, answer.json], [404, notFound(what, ours.number)]);
      }
      for (const [method, path, what] of operations(addressOf(ours))) {
        if (what === 'customer') continue;
        const options = method === 'GET' ? {} : { body: { City: 'x' } };
        const answer = await concord.send(concord.meadow, 'billbee', method, `/api/v1${path}`, options);
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
      const { headers } = concord.meadow.access.billbee;
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

    it('come before the body', async () => {
      const answer = await send('PUT', '/customers/abc', {
        body: '{',
        headers: { authorization: undefined },
      });
      assert.equal(answer.status, 401);
    });

    it('choose the tenant: the same number is another customer', async () => {
      const ours = await fresh();
      const theirs = await concord.send(concord.meadow, 'billbee', 'GET', `/api/v1/customers/${ours.number}`);
      assert.notEqual(theirs.json?.Data?.Name, 'Ada Sample');
    });
  });
});
