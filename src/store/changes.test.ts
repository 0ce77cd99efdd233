import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isBehind } from '../record/changes.ts';
import { emptyCustomer } from '../record/customer.ts';
import { connect } from './connection.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;

before(async () => {
  shared = await testStore();
});
after(() => shared.close());

describe('the feed', () => {
  test('never skips a change that commits late', async () => {
    const { customers, changes, target } = shared.store;
    const { id: tenant } = await shared.tenant();
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    const customer = await customers.create(origin, emptyCustomer('business'));
    const rename = (company: string) =>
      customers.swap(origin, { id: customer.id }, one => ({ ...one, company }));
    let { cursor } = await changes.read(tenant, { limit: 10 });

    const late = connect(target, { connections: 1, application: 'test', role: APPLICATION_ROLE });
    const commit = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const transaction = late.begin(async sql => {
      await sql`select set_config('concord.tenant', ${String(tenant)}, true)`;
      await sql`insert into concord.change
        (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
        values (${tenant}, ${customer.id}, 1, 'test', 'late', '2', now(), 'LATE', '[]'::jsonb)`;
      begun.resolve();
      await commit.promise;
    });
    await begun.promise;
    await rename('Early');
    const meanwhile = await changes.read(tenant, { after: cursor, limit: 10 });
    assert.deepEqual(meanwhile.changes, [], 'what came after the open transaction waits for it');
    cursor = meanwhile.cursor;
    commit.resolve();
    await transaction;
    await late.end();
    const { changes: seen } = await changes.read(tenant, { after: cursor, limit: 10 });
    assert.deepEqual(
      seen.map(change => change.event),
      ['LATE', null],
    );
  });

  test('is followed page by page, without a gap or a double', async () => {
    const { customers, changes } = shared.store;
    const { id: tenant } = await shared.tenant();
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    await Promise.all(Array.from({ length: 25 }, () => customers.create(origin, emptyCustomer('business'))));
    const seen: number[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await changes.read(tenant, { limit: 4, ...(cursor ? { after: cursor } : {}) });
      if (page.changes.length === 0) break;
      seen.push(...page.changes.map(change => change.customerNumber));
      cursor = page.cursor;
    }
    assert.deepEqual(
      seen.sort((a, b) => a - b),
      Array.from({ length: 25 }, (_, at) => at + 1),
    );
    await assert.rejects(changes.read(tenant, { after: 'nonsense', limit: 1 }), { code: 'request-invalid' });
  });

  test('begins at the present end, and may be of one dialect', async () => {
    const { customers, changes } = shared.store;
    const { id: tenant } = await shared.tenant();
    const through = (dialect: string) => ({ tenant, dialect, actor: 'test', requestId: '1' });
    await customers.create(through('one'), emptyCustomer('business'));
    let cursor = await changes.latest(tenant);
    assert.deepEqual((await changes.read(tenant, { after: cursor, limit: 10 })).changes, []);
    for (const dialect of ['one', 'two', 'one', 'two', 'two']) {
      await customers.create(through(dialect), emptyCustomer('business'));
    }
    const seen: number[] = [];
    for (let page = 0; page < 3; page += 1) {
      const read = await changes.read(tenant, { after: cursor, limit: 2, dialect: 'two' });
      assert.ok(read.changes.every(change => change.dialect === 'two'));
      seen.push(...read.changes.map(change => change.customerNumber));
      cursor = read.cursor;
    }
    assert.deepEqual(seen, [3, 5, 6]);
    await customers.create(through('two'), emptyCustomer('business'));
    const { changes: more } = await changes.read(tenant, { after: cursor, limit: 2 });
    assert.deepEqual(
      more.map(change => change.customerNumber),
      [7],
      'the cursor of one dialect goes on where the feed of all goes on',
    );
    const { id: stranger } = await shared.tenant();
    assert.deepEqual((await changes.read(stranger, { limit: 10 })).changes, []);
  });

  test('goes on exactly behind any change of it', async () => {
    const { customers, changes } = shared.store;
    const { id: tenant } = await shared.tenant();
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    for (let made = 0; made < 5; made++) await customers.create(origin, emptyCustomer('business'));
    const whole = await changes.read(tenant, { limit: 10 });
    for (const [at, { cursor }] of whole.changes.entries()) {
      const rest = await changes.read(tenant, { after: cursor, limit: 10 });
      assert.deepEqual(rest.changes, whole.changes.slice(at + 1));
      for (const later of rest.changes)
        assert.ok(isBehind(later.cursor, cursor) && !isBehind(cursor, later.cursor));
      assert.ok(!isBehind(cursor, cursor));
    }
    for (const after of ['', '1', '-1-1', '1-1-1', `${2n ** 64n}-1`, `1-${2n ** 63n}`]) {
      await assert.rejects(changes.read(tenant, { after, limit: 1 }), { code: 'request-invalid' });
    }
  });

  test('behind a transaction that is open, the present end is before it', async () => {
    const { customers, changes, target } = shared.store;
    const { id: tenant } = await shared.tenant();
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    const late = connect(target, { connections: 1, application: 'test' });
    const commit = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const transaction = late.begin(async sql => {
      await sql`select pg_current_xact_id()`;
      begun.resolve();
      await commit.promise;
    });
    await begun.promise;
    await customers.create(origin, emptyCustomer('business'));
    const cursor = await changes.latest(tenant);
    commit.resolve();
    await transaction;
    await late.end();
    assert.equal((await changes.read(tenant, { after: cursor, limit: 10 })).changes.length, 1);
  });

  test('is in the order of numbers, not of their texts', async () => {
    const { changes, target } = shared.store;
    const { id: tenant } = await shared.tenant();
    await insertAt(target, tenant, ['9', '10', '99', '100']);
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await changes.read(tenant, { limit: 1, ...(after !== undefined && { after }) });
      seen.push(...page.changes.map(({ cursor }) => cursor.split('-')[0]!));
      after = page.cursor;
      if (!page.hasMore) break;
    }
    assert.deepEqual(seen, ['9', '10', '99', '100']);
    assert.equal((await changes.latest(tenant)).split('-')[0], '100');
  });

  test('looks at a bounded number of changes of other dialects at once, and never at the same ones again', async () => {
    const { customers, changes, target } = shared.store;
    const { id: tenant } = await shared.tenant();
    const rare = { tenant, dialect: 'rare', actor: 'test', requestId: '1' };
    await insertAt(
      target,
      tenant,
      Array.from({ length: 25_000 }, () => '9'),
    );
    await customers.create(rare, emptyCustomer('business'));
    const pages: number[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await changes.read(tenant, { limit: 10, dialect: 'rare', ...(after && { after }) });
      pages.push(page.changes.length);
      after = page.cursor;
      if (!page.hasMore) break;
    }
    assert.deepEqual(pages, [0, 0, 1]);
    assert.equal(after, await changes.latest(tenant));
  });

  test('gives cursors that are places of changes, so that a crash cannot take one back', async () => {
    const { customers, changes } = shared.store;
    const [{ id: tenant }, { id: other }] = [await shared.tenant(), await shared.tenant()];
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    assert.equal(await changes.latest(tenant), '0-0');
    await customers.create(origin, emptyCustomer('business'));
    const { changes: first, cursor } = await changes.read(tenant, { limit: 10 });
    assert.equal(cursor, first[0]!.cursor);
    await customers.create({ ...origin, tenant: other }, emptyCustomer('business'));
    for (const options of [{}, { dialect: 'test' }, { dialect: 'other' }]) {
      assert.equal((await changes.read(tenant, { after: cursor, limit: 10, ...options })).cursor, cursor);
    }
  });

  test('says that a cursor from beyond its end is one of another database', async () => {
    const { changes } = shared.store;
    const { id: tenant } = await shared.tenant();
    await assert.rejects(changes.read(tenant, { after: '999999999-0', limit: 1 }), {
      code: 'cursor-expired',
    });
  });
});

/** Changes of transactions of long ago. */
async function insertAt(
  target: TestStore['store']['target'],
  tenant: number,
  transactions: readonly string[],
): Promise<void> {
  const sql = connect(target, { connections: 1, application: 'test' });
  await sql`
    insert into concord.change
      (tenant_id, transaction, customer_id, customer_number, dialect, actor, request_id, at, fields)
    select ${tenant}, each::xid8, gen_random_uuid(), 1, 'test', 'test', '1', now(), '[]'
    from jsonb_array_elements_text(${JSON.stringify(transactions)}::jsonb) as each`;
  await sql.end();
}
