import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ConcordError } from '../record/errors.ts';
import { newId } from '../record/identifier.ts';
import type { VendorObjects } from '../record/objects.ts';
import { type TestStore, testStore } from './test-store.ts';

const PLACE = { dialect: 'vendor', kind: 'branch' };

describe('vendor objects', () => {
  let shared: TestStore;
  let objects: VendorObjects;
  before(async () => {
    shared = await testStore();
    objects = shared.store.objects;
  });
  after(() => shared.close());
  const fresh = async () => (await shared.tenant()).id;

  test('are numbered from 1 in each tenant and kind, found, listed, matched and counted', async () => {
    const [one, two] = [await fresh(), await fresh()];
    const first = await objects.create(one, PLACE, { name: 'Cape', open: true });
    const second = await objects.create(one, PLACE, { name: 'Durban', open: false });
    const other = await objects.create(one, { ...PLACE, kind: 'center' }, { name: 'C' });
    assert.deepEqual([first.number, second.number, other.number], [1, 2, 1]);
    assert.equal((await objects.create(two, PLACE, {})).number, 1);
    assert.deepEqual((await objects.find(one, PLACE, 2))?.body, { name: 'Durban', open: false });
    assert.equal(await objects.find(two, PLACE, 2), undefined);
    assert.equal(await objects.find(one, PLACE, -1), undefined);
    assert.equal(await objects.find(one, { ...PLACE, owner: 'x' }, 1), undefined);
    const names = async (query: object) =>
      (await objects.list(one, PLACE, { limit: 10, ...query })).map(o => o.body.name);
    assert.deepEqual(await names({}), ['Cape', 'Durban']);
    assert.deepEqual(await names({ descending: true }), ['Durban', 'Cape']);
    assert.deepEqual(await names({ match: { open: true } }), ['Cape']);
    assert.deepEqual(await names({ offset: 1 }), ['Durban']);
    assert.equal(await objects.count(one, PLACE, { open: false }), 1);
  });

  test('change under a lock: nothing is lost between many', async () => {
    const tenant = await fresh();
    await objects.create(tenant, PLACE, { count: 0 });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        objects.change(tenant, PLACE, 1, body => ({ count: Number(body.count) + 1 })),
      ),
    );
    assert.deepEqual((await objects.find(tenant, PLACE, 1))?.body, { count: 20 });
    const before = await objects.find(tenant, PLACE, 1);
    assert.deepEqual(await objects.change(tenant, PLACE, 1, body => body), before);
    assert.equal(await objects.change(tenant, PLACE, 9, body => body), undefined);
    await assert.rejects(
      objects.change(tenant, PLACE, 1, () => {
        throw new ConcordError('state-conflict');
      }),
      { code: 'state-conflict' },
    );
  });

  test('change together: one main of many, whoever is first', async () => {
    const tenant = await fresh();
    const place = { ...PLACE, owner: 'ada' };
    const addMain = () =>
      objects.changeAll(tenant, place, present => [
        ...present.map(({ number, body }) => ({ number, body: { ...body, main: false } })),
        { body: { main: true } },
      ]);
    await Promise.all(Array.from({ length: 8 }, addMain));
    const all = await objects.list(tenant, place, { limit: 100 });
    assert.equal(all.length, 8);
    assert.equal(all.filter(each => each.body.main === true).length, 1);
    assert.equal(await objects.count(tenant, { ...PLACE, owner: 'bo' }), 0);
    const kept = await objects.changeAll(tenant, place, present => present.slice(0, 2));
    assert.deepEqual(
      kept.map(each => each.number),
      all.slice(0, 2).map(each => each.number),
    );
    assert.equal(await objects.remove(tenant, place, kept[0]!.number), true);
    assert.equal(await objects.remove(tenant, place, kept[0]!.number), false);
    assert.equal(await objects.count(tenant, place), 1);
  });

  test('are found by the customer whom they name, whatever dialect they are of, page by page', async () => {
    const { id: tenant } = await shared.tenant();
    const { id: stranger } = await shared.tenant();
    const [customer, other] = [newId(), newId()];
    const kinds = [
      { dialect: 'flecto', kind: 'inquiry' },
      { dialect: 'billbee', kind: 'note' },
    ];
    for (const place of kinds) {
      for (const body of [{ customer }, { customer: other }, { customer, more: 1 }, { name: customer }]) {
        await objects.create(tenant, place, body);
      }
      await objects.create(stranger, place, { customer });
    }
    const first = await objects.naming(tenant, customer, { limit: 3 });
    const rest = await objects.naming(tenant, customer, { limit: 3, after: first.at(-1)! });
    assert.deepEqual(
      [...first, ...rest].map(({ dialect, kind, number }) => [dialect, kind, number]),
      [
        ['billbee', 'note', 1],
        ['billbee', 'note', 3],
        ['flecto', 'inquiry', 1],
        ['flecto', 'inquiry', 3],
      ],
    );
    assert.deepEqual(first[0]!.body, { customer });
  });
});

describe('rate limits', () => {
  let shared: TestStore;
  before(async () => {
    shared = await testStore();
  });
  after(() => shared.close());

  test('let the maximum through in any window, count nothing that is refused, and keep tenants apart', async () => {
    const { rateLimits } = shared.store;
    const [one, two] = [await shared.tenant(), await shared.tenant()];
    const limits = [
      { key: 'b', maximum: 3, seconds: 1 },
      { key: 'a', maximum: 100, seconds: 60 },
    ];
    const take = (tenant: number) => rateLimits.take({ tenant }, limits);
    const results = await Promise.all(Array.from({ length: 8 }, () => take(one.id)));
    assert.equal(results.filter(wait => wait === undefined).length, 3);
    for (const wait of results) assert.ok(wait === undefined || (wait > 0 && wait <= 1), String(wait));
    assert.equal(await take(two.id), undefined);
    await new Promise(resolve => setTimeout(resolve, 1_050));
    assert.equal(await take(one.id), undefined);
    assert.equal(await rateLimits.take({ tenant: one.id }, []), undefined);
  });
});
