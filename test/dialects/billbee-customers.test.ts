import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { email, HARRISBURG, phone } from '../support/customers.ts';
import { fixture, invalid, JSON_TYPE, unbound, useBillbee } from './billbee-support.ts';

describe('billbee customers', () => {
  const { concord, send, fresh, put, get, post, record } = useBillbee();

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
        concord().send(concord().meadow, 'billbee', method, `/api/v1${path}`, { body });
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

    it('takes the body of the official PHP client, which leaves nulls out [inferred: php-sdk]', async () => {
      const { Data } = (await post(fixture('create-customer.request'))).json;
      const body = fixture('update-customer.without-nulls.request');
      const answer = await put({ number: Data.Id }, body);
      const { Name, Email, Tel1, Tel2, Number: number, Type } = answer.json.Data;
      assert.deepEqual({ Name, Email, Tel1 }, body);
      assert.deepEqual([Tel2, number, Type], [null, Data.Number, 0]);
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
      const stored = await concord().store.customers.find(concord().harbor.id, { number: Data.Id });
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
});
