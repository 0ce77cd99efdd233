import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HARRISBURG, LISBON } from '../support/customers.ts';
import { addressOf, fixture, invalid, useBillbee } from './billbee-support.ts';

describe('billbee addresses', () => {
  const { send, fresh, record } = useBillbee();

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

    it('takes what the official C# client sends: nulls, and texts for numbers [inferred: csharp-sdk]', async () => {
      const customer = await fresh();
      const body = { ...fixture('create-address.request'), CustomerId: customer.number };
      for (const path of [`/customers/${customer.number}/addresses`, '/customer-addresses']) {
        const { Data } = (await send('POST', path, { body })).json;
        const { Id: _, FullAddr: __, ...sent } = body;
        assert.deepEqual(Data, { Id: Data.Id, ...sent, ArchivedAt: null, RestoredAt: null });
        const patched = await send('PATCH', `/customers/addresses/${Data.Id}`, {
          body: fixture('patch-address.texts.request'),
        });
        const changes = { FirstName: 'Eva', AddressType: 1, Housenumber: '7 b' };
        assert.deepEqual(patched.json.Data, { ...Data, ...changes });
      }
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
});
