/**
 * Behind pgbouncer in transaction mode: two servers, every operation of every dialect, both tenants at once on four
 * connections to the database. Nobody sees another's rows, limits of time hold, and a pooler that dies comes back.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, send, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, HARRISBURG } from '../support/customers.ts';
import { examplesOf, SUBJECTS, sendBefore, sendExample } from '../support/examples.ts';
import { type Pgbouncer, startPgbouncer, withoutPgbouncer } from '../support/pgbouncer.ts';
import { type Cluster, DATABASE, startCluster } from '../support/postgresql.ts';
import { environmentFor, type Started, startCommand } from '../support/process.ts';
import { makeWorld } from '../support/world.ts';

/** Connections that pgbouncer has to the database. */
const POOL_SIZE = 4;
const READERS = 24;
const READS_EACH = 40;
const WRITERS = 16;
const LOCK_TIMEOUT_MS = 1_000;
/** On a machine with two busy cores. */
const RECOVERY_MAXIMUM_MS = 20_000;

describe('behind pgbouncer in transaction mode', { skip: await withoutPgbouncer() }, () => {
  let cluster: Cluster;
  let pgbouncer: Pgbouncer;
  let concord: Concord;
  let second: Started;
  let url: string;

  before(async () => {
    cluster = await startCluster();
    // As docs/scaling.md says: an ordinary login that owns the database, with limits of its own.
    await cluster.sql.unsafe(`
      create role concord login;
      alter database ${DATABASE} owner to concord;
      alter role concord set statement_timeout = '10s';
      alter role concord set lock_timeout = '${LOCK_TIMEOUT_MS}ms';
      alter role concord set idle_in_transaction_session_timeout = '10s';
    `);
    pgbouncer = await startPgbouncer({ behind: cluster.port, user: 'concord', poolSize: POOL_SIZE });
    url = `postgres://concord@127.0.0.1:${pgbouncer.port}/${DATABASE}`;
    const started = await startConcord({ database: { url, pooler: true } });
    second = await startCommand(['serve', '--port', '0', '--log-level', 'warn', '--no-rate-limits'], {
      ...environmentFor(url),
      CONCORD_POOLER: 'transaction',
    });
    concord = throughBoth(started, second.line.replace('Concord answers on ', ''));
  });
  after(async () => {
    await second?.stop();
    await concord?.stop();
    await pgbouncer?.remove();
    await cluster?.remove();
  });

  it('every operation of every dialect does what its example says, for both tenants at once', async t => {
    // One after the other within a tenant: some of the examples speak of what their user has alone.
    const all = async (tenant: TestTenant): Promise<void> => {
      for (const subject of SUBJECTS) {
        const { dialect, route, example } = subject;
        const world = await makeWorld(concord, tenant, examplesOf(dialect));
        await sendBefore(concord, tenant, subject, world);
        const answer = await sendExample(concord, tenant, subject, example.request(world));
        assert.equal(answer.status, example.status, `${dialect.name} ${route.operation} ${answer.text}`);
      }
    };
    await Promise.all([all(concord.harbor), all(concord.meadow)]);
    const [row] = await cluster.sql`
      select count(*)::int as count from pg_stat_activity where datname = ${DATABASE} and usename = 'concord'`;
    assert.ok(row?.count <= POOL_SIZE, `${row?.count} connections`);
    t.diagnostic(`${2 * SUBJECTS.length} operations through ${row?.count} connections to the database`);
  });

  it('shows each tenant its own rows, whoever had the connection before', async t => {
    const tenants = await Promise.all(
      [concord.harbor, concord.meadow].map(async tenant => ({
        viewer: await operator(concord, tenant, { role: 'viewer' }),
        own: await concord.create(tenant, aCustomer({ familyName: `Only of ${tenant.name}` })),
      })),
    );
    let answers = 0;
    await Promise.all(
      Array.from({ length: READERS }, async (_, reader) => {
        for (let round = 0; round < READS_EACH; round++) {
          const [mine, other] = (reader + round) % 2 === 0 ? tenants : tenants.toReversed();
          const { viewer, own } = mine!;
          const path = round % 2 === 0 ? `/customers/${own.id}` : '/customers/search?q=only+of';
          const answer = await read(viewer, path);
          assert.equal(answer.status, 200, answer.text);
          assert.ok(answer.text.includes(own.id));
          assert.ok(!answer.text.includes(other!.own.id));
          const strange = await read(viewer, `/customers/${other!.own.id}`);
          assert.equal(strange.status, 404);
          answers += 2;
        }
      }),
    );
    // What a connection was last used for is over with its transaction.
    const sql = postgres(url, { max: POOL_SIZE, prepare: false });
    const rows = await Promise.all(
      Array.from(
        { length: 4 * POOL_SIZE },
        () =>
          sql`select current_setting('concord.tenant', true) as tenant, (select count(*)::int from concord.customer) as count, pg_sleep(0.01)`,
      ),
    );
    await sql.end();
    for (const [row] of rows) assert.deepEqual([row?.tenant || null, row?.count], [null, 0]);
    t.diagnostic(`${answers} answers to two tenants in turn, none of the other's`);
  });

  let turn = 0;
  const read = (viewer: Operator, path: string) => {
    turn += 1;
    return call({ ...viewer, origin: origins[turn % 2]! }, 'GET', path);
  };
  let origins: string[] = [];

  it('writers through both servers lose nothing of one customer', async () => {
    const customer = await concord.create(
      concord.harbor,
      aCustomer(
        {},
        Array.from({ length: WRITERS }, (_, at) => ({ ...HARRISBURG, line1: `${at + 1} Start Street` })),
      ),
    );
    const writes = customer.addresses.map(({ address }, at) =>
      concord.send(
        concord.harbor,
        'flecto',
        'PUT',
        `/api/saas/me/customers/${customer.number}/addresses/${address.number}`,
        {
          body: { data: { type: 'customer_address', attributes: { address_street: `Changed ${at}` } } },
        },
      ),
    );
    for (const answer of await Promise.all(writes)) assert.equal(answer.status, 200, answer.text);
    const stored = await concord.record(concord.harbor, customer.id);
    assert.deepEqual(
      stored.addresses.map(({ address }) => address.line1),
      writes.map((_, at) => `Changed ${at}`),
    );
    const history = await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 100 });
    assert.equal(history.length, WRITERS + 1);
  });

  it('the limits of the login hold: who waits for a lock is told to come back', async t => {
    const customer = await concord.create(concord.harbor, aCustomer());
    const holder = postgres(cluster.url, { max: 1 });
    const begun = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const holding = holder.begin(async sql => {
      await sql`select 1 from concord.customer where id = ${customer.id} for update`;
      begun.resolve();
      await over.promise;
    });
    await begun.promise;
    const since = performance.now();
    const refused = await regroup(customer.number, 1);
    const milliseconds = performance.now() - since;
    over.resolve();
    await holding;
    await holder.end();
    assert.equal(refused.status, 503, refused.text);
    assert.ok(milliseconds >= LOCK_TIMEOUT_MS && milliseconds < 10 * LOCK_TIMEOUT_MS, `${milliseconds} ms`);
    assert.equal((await regroup(customer.number, 2)).status, 200);
    t.diagnostic(
      `refused after ${Math.round(milliseconds)} ms, with a lock timeout of ${LOCK_TIMEOUT_MS} ms`,
    );
  });

  const regroup = (number: number, group: number) =>
    concord.send(concord.harbor, 'billbee', 'PUT', `/api/v1/customers/${number}`, {
      body: { PriceGroupId: group },
    });

  it('a pooler that is killed and started again is used again, and no server had to be', async t => {
    const customer = await concord.create(concord.harbor, aCustomer());
    const path = `/api/v1/customers/${customer.number}`;
    await pgbouncer.end('SIGKILL');
    const meanwhile = await concord.send(concord.harbor, 'billbee', 'GET', path);
    assert.ok(meanwhile.status >= 500, `${meanwhile.status}`);
    await pgbouncer.start();
    const since = performance.now();
    for (let good = 0; good < 4; ) {
      const answer = await concord.send(concord.harbor, 'billbee', 'GET', path);
      good = answer.status === 200 ? good + 1 : 0;
      assert.ok(performance.now() - since < RECOVERY_MAXIMUM_MS, answer.text);
      if (good === 0) await sleep(50);
    }
    t.diagnostic(
      `both servers answer again ${Math.round(performance.now() - since)} ms after the pooler listens`,
    );
  });

  /** The same Concord, its requests now to one server and now to the other. */
  function throughBoth(started: Concord, other: string): Concord {
    origins = [started.origin, other];
    let at = 0;
    return {
      ...started,
      send: (tenant: TestTenant, dialect, method, path, options = {}) => {
        at += 1;
        return send(`${origins[at % 2]}${path}`, method, tenant.access[dialect].headers, options);
      },
    };
  }
});
