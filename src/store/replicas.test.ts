import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startCluster, startStandby } from '../../test/support/postgresql.ts';
import { emptyCustomer } from '../record/customer.ts';
import { openStore, type Store } from './index.ts';

/** A look a second, on a machine with two busy cores. */
const NOTICED_MAXIMUM_MS = 20_000;

const KEY = { id: 'k', key: randomBytes(32) };

let primary: Cluster;
let standby: Cluster;
let store: Store;
let tenant: number;
const lines: string[] = [];

const log = (_level: string, event: string, facts: object = {}) => {
  lines.push(`${event} ${JSON.stringify(facts)}`);
};

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + NOTICED_MAXIMUM_MS; !(await condition()); await sleep(20)) {
    assert.ok(Date.now() < deadline, `${what}: ${lines.join('\n')}`);
  }
}

const isReady = () => store.reads().replicas.every(replica => replica.ready);

const create = () =>
  store.customers.create(
    { tenant, dialect: 'test', actor: 'test', requestId: '1' },
    { ...emptyCustomer('business'), company: 'Harbor Tools' },
  );

/** Writes, and reads what was written in every way that a replica may answer. */
async function writeAndRead(): Promise<void> {
  const { id, number } = await create();
  const [listed, counted, found, selected] = await Promise.all([
    store.customers.list(tenant, { after: number - 1, limit: 1 }),
    store.customers.count(tenant),
    store.search.find(tenant, String(number), { limit: 1 }),
    store.customers.select(tenant, { ids: [id] }),
  ]);
  assert.deepEqual(
    listed.map(customer => customer.id),
    [id],
  );
  assert.equal(counted, number);
  assert.equal(found[0]?.customer.id, id);
  assert.equal(selected.length, 1);
}

before(async () => {
  primary = await startCluster();
  // The schema comes first, so that the replica has it from its base backup.
  await (await openStore({ databaseUrl: primary.url, keys: [KEY] })).close();
  standby = await startStandby(primary);
  store = await openStore({ databaseUrl: primary.url, replicaUrls: [standby.url], keys: [KEY], log });
  tenant = (await store.tenants.create('replicas')).id;
});

after(async () => {
  await store?.close();
  await standby?.remove();
  await primary?.remove();
});

describe('a read that takes longer', () => {
  test('comes from the replica, and knows every write that was answered', async () => {
    await until(isReady, 'the replica is let in');
    const earlier = store.reads();
    for (let round = 0; round < 20; round++) await writeAndRead();
    // On a busy machine it may have been behind, and is left out until the next look then.
    await until(async () => {
      await writeAndRead();
      return store.reads().fromReplicas > earlier.fromReplicas;
    }, 'the replica is read');
  });

  test('comes from the primary while the replica is behind, and from the replica again afterwards', async () => {
    await standby.sql`select pg_wal_replay_pause()`;
    const earlier = store.reads();
    for (let round = 0; round < 5; round++) await writeAndRead();
    assert.equal(store.reads().fromReplicas, earlier.fromReplicas);
    await until(() => (store.reads().replicas[0]!.lagSeconds ?? 0) > 0, 'the lag is told');
    await standby.sql`select pg_wal_replay_resume()`;
    await until(async () => {
      await writeAndRead();
      return store.reads().fromReplicas > earlier.fromReplicas;
    }, 'the replica is read again');
    await until(() => store.reads().replicas[0]!.lagSeconds === 0, 'the lag is over');
  });

  test('comes from the primary while the replica is gone, and no caller sees an error', async () => {
    await until(isReady, 'the replica is let in');
    let over = false;
    let reads = 0;
    const readers = Array.from({ length: 4 }, async () => {
      while (!over) {
        await store.customers.list(tenant, { limit: 10 });
        reads += 1;
      }
    });
    await standby.end('SIGKILL');
    await until(() => !isReady(), 'the loss is noticed');
    for (let round = 0; round < 5; round++) await writeAndRead();
    await until(
      async () =>
        standby.start().then(
          () => true,
          () => false,
        ),
      'the replica starts again',
    );
    await until(isReady, 'the replica is let in again');
    over = true;
    await Promise.all(readers);
    assert.ok(reads > 0);
  });

  test('answers to its tenant alone on the replica, too', async () => {
    const stranger = (await store.tenants.create('stranger')).id;
    const earlier = store.reads().fromReplicas;
    await until(async () => {
      assert.deepEqual(await store.customers.list(stranger, { limit: 10 }), []);
      return store.reads().fromReplicas > earlier;
    }, 'the replica is read');
  });
});

describe('a server that is no replica of this database', () => {
  async function refusal(url: string): Promise<string> {
    const from = lines.length;
    const other = await openStore({ databaseUrl: primary.url, replicaUrls: [url], keys: [KEY], log });
    try {
      await until(() => lines.slice(from).some(line => line.startsWith('replica.')), 'it is looked at');
      assert.equal((await other.customers.list(tenant, { limit: 1 })).length, 1);
      assert.equal(other.reads().fromReplicas, 0);
      return lines.slice(from).find(line => line.startsWith('replica.'))!;
    } finally {
      await other.close();
    }
  }

  test('is left out: the primary itself', async () => {
    assert.match(await refusal(primary.url), /it is a primary/);
  });

  test('is left out: another database of the replica', async () => {
    assert.match(await refusal(standby.url.replace('/concord', '/postgres')), /no replica of this database/);
  });

  test('is left out: nobody listens, and the log holds no password', async () => {
    const line = await refusal('postgres://ada:secret-of-ada@127.0.0.1:1/concord');
    assert.match(line, /ECONNREFUSED/);
    assert.doesNotMatch(line, /secret-of-ada|ada/);
  });
});
