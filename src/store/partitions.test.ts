import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { emptyCustomer } from '../record/customer.ts';
import { connect, type Sql, type Target } from './connection.ts';
import { openStore, type Store } from './index.ts';
import { silent } from './log.ts';
import { migrate, readMigrations } from './migrate.ts';
import { BLOCK, openPartitionKeeper } from './partitions.ts';
import { openPools } from './pools.ts';
import { monthPasses } from './test-months.ts';
import { TEST_KEY, type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let administrator: Sql;

before(async () => {
  shared = await testStore();
  administrator = connect(shared.store.target, { connections: 1, application: 'test' });
});
after(async () => {
  await administrator.end();
  await shared.close();
});

const origin = (tenant: number) => ({ tenant, dialect: 'test', actor: 'test', requestId: '1' });

const rename = (store: Store, tenant: number, id: string, company: string) =>
  store.customers.swap(origin(tenant), { id }, one => ({ ...one, company }));

async function followed(store: Store, tenant: number, after: string | undefined, limit = 3) {
  const seen: number[] = [];
  let cursor = after;
  for (;;) {
    const page = await store.changes.read(tenant, { limit, ...(cursor !== undefined && { after: cursor }) });
    seen.push(...page.changes.map(change => change.sequence));
    cursor = page.cursor;
    if (!page.hasMore) return { seen, cursor };
  }
}

describe('partitions of history', () => {
  test('begin when a month has passed, and history and feed go on across them', async () => {
    const { store } = shared;
    const { id: tenant } = await shared.tenant();
    const { id } = await store.customers.create(origin(tenant), emptyCustomer('business'));
    const { cursor: early } = await store.changes.read(tenant, { limit: 1 });
    for (let month = 1; month <= 4; month += 1) {
      await rename(store, tenant, id, `Before ${month}`);
      await monthPasses(store);
      await rename(store, tenant, id, `After ${month}`);
    }
    const history = await store.changes.history(tenant, id, { limit: 100 });
    const sequences = history.map(change => change.sequence).reverse();
    assert.equal(sequences.length, 9);
    assert.deepEqual(
      sequences,
      [...sequences].sort((a, b) => a - b),
    );
    const blocks = new Set(sequences.map(sequence => Math.floor(sequence / BLOCK)));
    assert.equal(blocks.size, 5);
    assert.deepEqual((await followed(store, tenant, undefined)).seen, sequences);
    assert.deepEqual((await followed(store, tenant, early, 1)).seen, sequences.slice(1));
    assert.equal((await store.changes.find(tenant, id, sequences[2]!))?.sequence, sequences[2]);
    assert.equal(await store.changes.latest(tenant), (await followed(store, tenant, undefined)).cursor);
    const [fifth] = history.slice(4, 5);
    assert.equal((await store.customers.at(tenant, id, fifth!.at))?.company, 'After 2');
  });

  test('are made once, however many servers look for what is due', async () => {
    const { store } = shared;
    await administrator`update concord.change_partition set opened_at = opened_at - interval '40 days'`;
    const pools = openPools(store.target, {}, { read: 1, write: 1, scan: 10 });
    try {
      const keepers = Array.from({ length: 20 }, () => openPartitionKeeper(pools, silent));
      const before = await partitions(administrator);
      await Promise.all(keepers.map(keeper => keeper.keep()));
      for (const keeper of keepers) keeper.stop();
      const after = await partitions(administrator);
      assert.equal(after.length, before.length + 1);
      assert.equal(after.filter(each => !each.opened).length, 1, 'one ahead');
      assert.equal(after.filter(each => each.opened && !each.closed).length, 1, 'one open');
    } finally {
      await pools.end();
    }
  });

  test('do not begin again when the clock goes back an hour, and do when it was a month ahead', async () => {
    const { store } = shared;
    const opened = async (when: string) => {
      await administrator.unsafe(`update concord.change_partition set opened_at = clock_timestamp() + ${when}
        where number = (select max(number) from concord.change_partition where opened_at is not null)`);
      const [row] = await administrator`select concord.change_partition_open() as number`;
      await administrator`select concord.change_partition_make(), concord.change_partition_close()`;
      return row?.number !== null;
    };
    assert.equal(await opened(`interval '1 hour'`), false);
    assert.equal(await opened(`interval '40 days'`), true);
    assert.equal(await opened(`interval '-1 second'`), await isFirstSecondOfMonth());
    await monthPasses(store);
  });

  test('a change that took its number before the next one began is not missed behind a newer one', async () => {
    const { store } = shared;
    const { id: tenant } = await shared.tenant();
    const { id } = await store.customers.create(origin(tenant), emptyCustomer('business'));
    const { cursor } = await store.changes.read(tenant, { limit: 10 });
    const late = connect(store.target, { connections: 1, application: 'test', role: 'concord_app' });
    const [begun, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const transaction = late.begin(async sql => {
      await sql`select set_config('concord.tenant', ${String(tenant)}, true)`;
      await sql`insert into concord.change
        (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
        values (${tenant}, ${id}, 1, 'test', 'late', '2', now(), 'LATE', '[]'::jsonb)`;
      begun.resolve();
      await commit.promise;
    });
    await begun.promise;
    await monthPasses(store);
    await rename(store, tenant, id, 'New');
    const meanwhile = await store.changes.read(tenant, { after: cursor, limit: 10 });
    assert.deepEqual(meanwhile.changes, []);
    commit.resolve();
    await transaction;
    await late.end();
    const { changes } = await store.changes.read(tenant, { after: meanwhile.cursor, limit: 10 });
    assert.deepEqual(
      changes.map(change => change.event),
      ['LATE', null],
    );
  });

  test('a reader at the end of the feed looks into the open partition alone', async () => {
    const { store } = shared;
    const { id: tenant } = await shared.tenant();
    await store.customers.create(origin(tenant), emptyCustomer('business'));
    await monthPasses(store);
    await monthPasses(store);
    await store.customers.create(origin(tenant), emptyCustomer('business'));
    const { cursor } = await followed(store, tenant, undefined);
    const [row] = await administrator`
      select count(*) as count from concord.change_partition
      where closed_transaction is null or closed_transaction > ${cursor.split('-')[0]!}::text::xid8`;
    assert.equal(row?.count, 2, 'the open one and the one made ahead');
  });

  test('writers who are at work while a month begins lose nothing', async () => {
    const { store } = shared;
    const { id: tenant } = await shared.tenant();
    let isDone = false;
    const made = Array.from({ length: 4 }, async () => {
      let count = 0;
      while (!isDone) {
        await store.customers.create(origin(tenant), emptyCustomer('business'));
        count += 1;
      }
      return count;
    });
    const reading = (async () => {
      const seen: number[] = [];
      let cursor: string | undefined;
      while (!isDone) {
        const page = await followed(store, tenant, cursor, 50);
        seen.push(...page.seen);
        cursor = page.cursor;
      }
      return { seen, cursor };
    })();
    for (let month = 0; month < 5; month += 1) await monthPasses(store);
    isDone = true;
    const count = (await Promise.all(made)).reduce((sum, each) => sum + each, 0);
    const { seen, cursor } = await reading;
    seen.push(...(await followed(store, tenant, cursor)).seen);
    assert.equal(seen.length, count);
    assert.equal(new Set(seen).size, count);
  });

  test('a database that was restored into a younger cluster is noticed', async () => {
    await administrator`
      update concord.change_partition set closed_transaction = (closed_transaction::text::numeric + 1e9)::text::xid8`;
    const events: string[] = [];
    const pools = openPools(shared.store.target, { role: 'concord_app' }, { read: 1, write: 1, scan: 1 });
    try {
      const keeper = openPartitionKeeper(pools, (_, event) => events.push(event));
      await keeper.keep();
      await administrator`
        update concord.change_partition set closed_transaction = (closed_transaction::text::numeric - 1e9)::text::xid8`;
      await keeper.keep();
      keeper.stop();
      assert.deepEqual(events, ['changes.counter.behind']);
    } finally {
      await pools.end();
    }
  });

  test('a server whose login may not make them works on', async () => {
    const { store } = shared;
    await administrator`revoke execute on function concord.change_partition_make() from concord_app`;
    const events: string[] = [];
    const pools = openPools(store.target, { role: 'concord_app' }, { read: 1, write: 1, scan: 1 });
    try {
      const keeper = openPartitionKeeper(pools, (_, event) => events.push(event));
      await keeper.keep();
      keeper.stop();
      assert.deepEqual(events, ['changes.partition.failed']);
    } finally {
      await administrator`grant execute on function concord.change_partition_make() to concord_app`;
      await pools.end();
    }
  });
});

describe('the migration to partitions', () => {
  test('keeps every change where it was, the numbers and the cursors, for an owner without special rights', async () => {
    await administrator.unsafe('create role keeper login nosuperuser nocreaterole');
    await administrator.unsafe('create database kept owner keeper');
    const path = (shared.store.target as { path: string }).path;
    const target: Target = { path, database: 'kept', username: 'keeper' };
    const owner = connect(target, { connections: 1, application: 'test' });
    try {
      await owner.unsafe(
        'create schema concord; create table concord.migration (version integer primary key, checksum text, applied_at timestamptz default now())',
      );
      const migrations = await readMigrations();
      const own = migrations.find(({ sql }) => sql.includes('create table concord.change_partition'))!;
      for (const { version, sql, checksum } of migrations.filter(each => each.version < own.version)) {
        await owner.unsafe(sql);
        await owner`insert into concord.migration (version, checksum) values (${version}, ${checksum})`;
      }
      await owner.begin(async sql => {
        await sql`select set_config('concord.directory', 'on', true), set_config('concord.tenant', '1', true)`;
        await sql`insert into concord.tenant (name) values ('one')`;
        await sql`insert into concord.counter (tenant_id) values (1)`;
        await sql`
          insert into concord.change (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, fields)
          select 1, '00000000-0000-4000-8000-000000000001', 1, 'test', 'test', '1',
            timestamptz '2026-01-15' + day * interval '1 day', '[]'
          from generate_series(1, 100) as day`;
      });
      const before = await placesIn(owner);
      const [file] = await fileOf(owner, 'change');
      await migrate(target, silent);
      assert.deepEqual(await placesIn(owner), before);
      assert.deepEqual(await fileOf(owner, 'change_0000'), [file], 'the table was not written anew');
      const url = `postgres://keeper@localhost/kept?host=${path.slice(0, path.lastIndexOf('/'))}`;
      const store = await openStore({ databaseUrl: url, keys: [TEST_KEY] });
      try {
        const first = await store.changes.read(1, { limit: 10 });
        assert.equal(first.changes.length, 10);
        await store.customers.create(origin(1), emptyCustomer('business'));
        const { changes } = await store.changes.read(1, { after: first.cursor, limit: 1_000 });
        assert.equal(changes.length, 91);
        assert.equal(
          changes.at(-1)?.sequence,
          BLOCK,
          'its first change is of January, so a month has passed',
        );
      } finally {
        await store.close();
      }
    } finally {
      await owner.end();
    }
  });
});

const placesIn = (sql: Sql) =>
  sql.begin(async transaction => {
    await transaction`select set_config('concord.tenant', '1', true)`;
    return [
      ...(await transaction`
        select transaction::text, sequence, at from concord.change order by change.transaction, sequence`),
    ];
  });

const fileOf = async (sql: Sql, table: string) =>
  (await sql.unsafe(`select pg_relation_filenode('concord.${table}') as node`)).map(row => row.node);

const partitions = (sql: Sql) =>
  sql`select number, opened_at is not null as opened, closed_transaction is not null as closed
    from concord.change_partition where archived_at is null order by number`;

async function isFirstSecondOfMonth(): Promise<boolean> {
  const [row] = await administrator`
    select clock_timestamp() - interval '2 seconds' < date_trunc('month', clock_timestamp() at time zone 'UTC') at time zone 'UTC' as first`;
  return row?.first as boolean;
}
