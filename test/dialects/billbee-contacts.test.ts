import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { email, phone } from '../support/customers.ts';
import { invalid, useBillbee } from './billbee-support.ts';

describe('billbee contacts', () => {
  const { fresh, put, get, record } = useBillbee();

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
});
