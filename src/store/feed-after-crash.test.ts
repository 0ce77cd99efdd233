/** PostgreSQL gives the ids of transactions again that it lost in a crash: no cursor may be ahead of what is kept. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startCluster } from '../../test/support/postgresql.ts';
import { emptyCustomer } from '../record/customer.ts';
import { openStore, type Store } from './index.ts';

const LOST_TRANSACTIONS = 50;
const RECOVERY_MAXIMUM_MS = 30_000;

let cluster: Cluster;
let store: Store;

before(async () => {
  // What is not committed stays in memory, so that the crash loses it for certain.
  cluster = await startCluster({ wal_writer_delay: '10s' });
  store = await openStore({ databaseUrl: cluster.url, keys: [{ id: 'k', key: randomBytes(32) }] });
});

after(async () => {
  await store?.close();
  await cluster?.remove();
});

async function nextTransaction(): Promise<bigint> {
  const [row] = await cluster.sql`select pg_snapshot_xmax(pg_current_snapshot())::text as next`;
  return BigInt(row?.next);
}

test('a cursor that was given before a crash misses nothing after it', async () => {
  const tenant = (await store.tenants.create('crash')).id;
  const create = () =>
    store.customers.create(
      { tenant, dialect: 'test', actor: 'test', requestId: '1' },
      emptyCustomer('business'),
    );
  const started = await store.changes.latest(tenant);
  const before = await create();
  for (let at = 0; at < LOST_TRANSACTIONS; at++) {
    await cluster.sql.unsafe('begin; select pg_current_xact_id(); rollback');
  }
  const next = await nextTransaction();
  const cursors = [
    await store.changes.latest(tenant),
    (await store.changes.read(tenant, { after: started, limit: 10 })).cursor,
    (await store.changes.read(tenant, { after: started, limit: 10, dialect: 'nobody' })).cursor,
  ];

  await cluster.end('SIGKILL');
  for (const deadline = Date.now() + RECOVERY_MAXIMUM_MS; ; await sleep(100)) {
    if (
      await cluster.start().then(
        () => true,
        () => false,
      )
    )
      break;
    assert.ok(Date.now() < deadline, 'the database starts again');
  }
  await store.health();
  const again = await nextTransaction();
  assert.ok(again < next, 'the crash lost transactions, or this tests nothing');

  const created = await create();
  for (const cursor of cursors) {
    const { changes } = await store.changes.read(tenant, { after: cursor, limit: 10 });
    assert.deepEqual(
      changes.map(change => change.customerId),
      [created.id],
      cursor,
    );
  }
  assert.notEqual(before.id, created.id);
});
