/** Branches and cost centres: what an administration made, shown as the vendor shows it (lightening.md §6.3, §6.4). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BRANCHES } from '../../src/dialects/lightening/branch.ts';
import { COST_CENTERS } from '../../src/dialects/lightening/cost-center.ts';
import { OBJECTS_MAXIMUM } from '../../src/dialects/lightening/stored-objects.ts';
import type { ObjectBody, ObjectPlace } from '../../src/record/objects.ts';
import { connect } from '../../src/store/connection.ts';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, HARRISBURG, LISBON } from '../support/customers.ts';

const NOT_FOUND = { msg: 'Entity not found.', result: false };
const UNKNOWN_ID = 4_000_000_000;

describe('lightening branches and cost centres', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const get = (path: string, tenant: TestTenant = concord.harbor) =>
    concord.send(tenant, 'lightening', 'GET', path);
  const make = async (place: ObjectPlace, body: ObjectBody, tenant: TestTenant = concord.harbor) =>
    (await concord.store.objects.create(tenant.id, place, body)).number;
  const aBranch = (name: string, more: ObjectBody = {}) => make(BRANCHES, { name, ...more });
  const aCenter = (customer: number, more: ObjectBody = {}, tenant: TestTenant = concord.harbor) =>
    make(COST_CENTERS, { name: 'Freight', customer, ...more }, tenant);
  const idsOf = (entities: readonly { id: string }[]) => entities.map(({ id }) => Number(id));
  const fresh = (...addresses: Parameters<typeof aCustomer>[1] & {}) =>
    concord.create(concord.harbor, aCustomer({}, addresses));

  describe('branches', () => {
    it('lists them in the order of ids, with a number as total and texts for the rest', async () => {
      const first = await aBranch('Cape', { is_active: true });
      const second = await aBranch('New York', { is_active: false });
      const answer = await get('/branch');
      assert.equal(answer.status, 200);
      assert.deepEqual(Object.keys(answer.json), ['entities', 'total', 'result']);
      const { entities, total, result } = answer.json;
      assert.deepEqual([total, result], [entities.length, true]);
      assert.deepEqual(idsOf(entities), idsOf(entities).toSorted());
      const shown = entities.filter(({ id }: { id: string }) => [first, second].includes(Number(id)));
      assert.equal(
        JSON.stringify(shown),
        JSON.stringify([
          { id: String(first), name: 'Cape', is_active: '1' },
          { id: String(second), name: 'New York', is_active: '0' },
        ]),
      );
    });

    it('gets one, and finds none that is unknown, odd or another tenant’s', async () => {
      const number = await aBranch('Cape');
      const { entity, result } = (await get(`/branch/${number}`)).json;
      assert.deepEqual([entity, result], [{ id: String(number), name: 'Cape', is_active: '1' }, true]);
      for (const id of [UNKNOWN_ID, 0, -1, '1.5', 'x', '99999999999', '__proto__']) {
        const answer = await get(`/branch/${id}`);
        assert.deepEqual([answer.status, answer.json], [200, NOT_FOUND], String(id));
      }
      assert.deepEqual((await get(`/branch/${number}`, concord.meadow)).json, NOT_FOUND);
      assert.deepEqual((await get('/branch', concord.meadow)).json, { entities: [], total: 0, result: true });
    });

    it('can only be read', async () => {
      const answer = await concord.send(concord.harbor, 'lightening', 'POST', '/branch', { body: {} });
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET']);
    });
  });

  describe('the name of a branch', () => {
    it('stands on addresses and customers, null for none and for an unknown one', async () => {
      const [cape, york] = [await aBranch('Cape'), await aBranch('New York', { is_active: false })];
      const customer = await fresh({ ...HARRISBURG, branch: cape }, { ...LISBON, branch: york }, HARRISBURG, {
        ...LISBON,
        branch: UNKNOWN_ID,
      });
      const rows = (await get(`/address?customer_id[]=${customer.number}`)).json.entities;
      assert.deepEqual(
        rows.map((row: { branch_id: string; branch_name: string }) => [row.branch_id, row.branch_name]),
        [
          [String(cape), 'Cape'],
          [String(york), 'New York'],
          ['0', null],
          [String(UNKNOWN_ID), null],
        ],
      );
      for (const { id, branch_name } of rows) {
        assert.equal((await get(`/address/${id}`)).json.entity.branch_name, branch_name);
      }
      const { entity } = (await get(`/customer/${customer.number}`)).json;
      assert.deepEqual([entity.branch_id, entity.branch_name], [String(cape), 'Cape']);
      const [listed] = (await get(`/customer?limit=1&after_id=${customer.number - 1}`)).json.entities;
      assert.equal(listed.branch_name, 'Cape');
    });

    it('is as the branch is called now, and is the tenant’s own', async () => {
      const number = await aBranch('Cape');
      const customer = await fresh({ ...HARRISBURG, branch: number });
      const name = async () => (await get(`/customer/${customer.number}`)).json.entity.branch_name;
      await concord.store.objects.change(concord.harbor.id, BRANCHES, number, body => ({
        ...body,
        name: 'Kaap',
      }));
      assert.equal(await name(), 'Kaap');
      await concord.store.objects.remove(concord.harbor.id, BRANCHES, number);
      assert.equal(await name(), null);
      const theirs = await concord.create(concord.meadow, aCustomer({}, [{ ...HARRISBURG, branch: 1 }]));
      const { entity } = (await get(`/customer/${theirs.number}`, concord.meadow)).json;
      assert.deepEqual([entity.branch_id, entity.branch_name], ['1', null]);
    });
  });

  describe('cost centres', () => {
    it('shows the keys of the page in its order, all of them texts [docs]', async () => {
      const customer = await fresh();
      const number = await aCenter(customer.number, {
        is_active: false,
        code1: 'A',
        code2: 'B',
        pp_id: 'PP-1',
      });
      const expected = {
        name: 'Freight',
        is_active: '0',
        customer_id: String(customer.number),
        id: String(number),
        code1: 'A',
        code2: 'B',
        pp_id: 'PP-1',
        account: customer.accountNumber,
        customer_name: 'Ada Sample',
      };
      assert.equal(
        (await get(`/cost_center?customer_id[]=${customer.number}`)).text,
        JSON.stringify({ entities: [expected], total: 1, result: true }),
      );
      assert.equal(
        (await get(`/cost_center/${number}`)).text,
        JSON.stringify({ entity: expected, result: true }),
      );
    });

    it('shows empty texts for what was never set', async () => {
      const customer = await fresh();
      const number = await aCenter(customer.number);
      const { entity } = (await get(`/cost_center/${number}`)).json;
      assert.deepEqual([entity.is_active, entity.code1, entity.code2, entity.pp_id], ['1', '', '', '']);
    });

    it('lists those of the customers asked for, in the order of ids', async () => {
      const [a, b, c] = [await fresh(), await fresh(), await fresh()];
      const first = await aCenter(b.number);
      const second = await aCenter(a.number);
      await aCenter(c.number);
      const { entities, total } = (await get(`/cost_center?customer_id=${a.number},${b.number}`)).json;
      assert.deepEqual([idsOf(entities), total], [[first, second], 2]);
      const one = (await get(`/cost_center?customer_id=${a.number}`)).json;
      assert.deepEqual(idsOf(one.entities), [second]);
    });

    it('wants customer_id, and integers in it', async () => {
      for (const [query, message] of [
        ['', 'Field is required.'],
        ['customer_id[]=', 'Field is required.'],
        ['customer_ids=1', 'Field is required.'],
        ['customer_id=x', 'Must be an array of integers.'],
        ['customer_id[a][b]=1', 'Must be an array of integers.'],
      ]) {
        const answer = await get(`/cost_center?${query}`);
        assert.equal(answer.status, 200);
        assert.deepEqual(answer.json, { errors: { customer_id: message }, result: false }, query);
      }
    });

    it('matches nothing for a customer that was removed, is unknown or another tenant’s', async () => {
      const customer = await fresh();
      const number = await aCenter(customer.number);
      const origin = { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' };
      await concord.store.customers.remove(origin, { id: customer.id });
      const none = { entities: [], total: 0, result: true };
      const stray = await aCenter(UNKNOWN_ID);
      for (const id of [customer.number, UNKNOWN_ID]) {
        assert.deepEqual((await get(`/cost_center?customer_id=${id}`)).json, none);
        assert.deepEqual((await get(`/cost_center?customer_id=${id},${id + 1}`)).json, none);
      }
      for (const id of [number, stray, 0, 'x', '1.5']) {
        assert.deepEqual((await get(`/cost_center/${id}`)).json, NOT_FOUND, String(id));
      }
      const mine = await fresh();
      const own = await aCenter(mine.number);
      assert.deepEqual((await get(`/cost_center?customer_id=${mine.number}`, concord.meadow)).json, none);
      assert.deepEqual((await get(`/cost_center/${own}`, concord.meadow)).json, NOT_FOUND);
    });
  });

  it('refuses a list that would not be whole, and says what to do', async () => {
    const tenant = await concord.tenant('depot');
    const customer = await concord.create(tenant, aCustomer({}, []));
    const other = await concord.create(tenant, aCustomer({}, []));
    await aCenter(other.number, {}, tenant);
    const sql = connect(concord.store.target, { connections: 1, application: 'concord test' });
    await sql`
      insert into concord.vendor_object (tenant_id, dialect, kind, owner, number, body)
      select ${tenant.id}, ${COST_CENTERS.dialect}, ${COST_CENTERS.kind}, '', number,
        jsonb_build_object('name', 'x', 'customer', ${customer.number}::int)
      from generate_series(2, ${OBJECTS_MAXIMUM + 1}::int) as number`;
    await sql.end();
    const both = await get(`/cost_center?customer_id=${customer.number},${other.number}`, tenant);
    assert.equal(both.status, 200);
    assert.deepEqual(Object.keys(both.json), ['error', 'result']);
    assert.match(both.json.error, /ask for one customer at a time/);
    assert.equal((await get(`/cost_center?customer_id=${other.number}`, tenant)).json.total, 1);
  });
});
