/**
 * A streaming replica, two servers over the primary, writes through both: every read knows every write; then the
 * primary is killed, the standby promoted, the address moved, and all that was acknowledged is there.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { connect as connectStore } from '../../src/store/connection.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { type Cluster, DATABASE, startCluster, startStandby } from '../support/postgresql.ts';
import { environmentFor, type Started, startCommand } from '../support/process.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const WRITERS = 6;
const PAGE = 100;
/** Writes of each that are read again at once, in every way that a replica may answer. */
const WRITES_READ = 60;
/** Writes of all before the primary is killed, and after the standby has taken over. */
const WRITES_BEFORE = 400;
const WRITES_AFTER = 200;
/** Transactions that leave nothing behind: they are lost with the primary, and their ids are given again. */
const LOST_TRANSACTIONS = 200;
/** Both servers answer again within a second or two here; the rest is for a busy machine. */
const RECOVERY_MAXIMUM_MS = 30_000;
const READY_MAXIMUM_MS = 30_000;

interface FeedItem {
  readonly sequence: number;
  readonly customerId: string;
}

describe('a streaming replica, and its promotion while writes go on', () => {
  let primary: Cluster;
  let standby: Cluster;
  let address: Relay;
  let concord: Concord;
  let second: Started;
  let editors: Operator[];
  let origins: string[];

  before(async () => {
    primary = await startCluster();
    // The relay stands for the address that moves: a virtual IP, a DNS name, a managed endpoint.
    address = await openRelay(`http://127.0.0.1:${primary.port}`);
    const url = `postgres://postgres@127.0.0.1:${new URL(address.origin).port}/${DATABASE}`;
    standby = await startStandby(primary);
    await commitsReach();
    concord = await startConcord({ database: { url, replicaUrls: [standby.url] } });
    second = await startCommand(['serve', '--port', '0', '--log-level', 'warn', '--no-rate-limits'], {
      ...environmentFor(url),
      CONCORD_REPLICA_URL: standby.url,
    });
    origins = [concord.origin, second.line.replace('Concord answers on ', '')];
    const editor = await operator(concord, concord.harbor, { role: 'editor' });
    editors = origins.map(origin => ({ ...editor, origin }));
    for (const origin of origins)
      await until(() => isReady(origin), READY_MAXIMUM_MS, 'the replica is let in');
  });
  after(async () => {
    await second?.stop();
    await concord?.stop();
    await address?.close();
    await standby?.remove();
    await primary?.remove();
  });

  /** A commit is answered when the standby has it: what is acknowledged survives the primary. */
  async function commitsReach(): Promise<void> {
    await primary.sql.unsafe(`alter system set synchronous_standby_names = 'ANY 1 (*)'`);
    await primary.sql.unsafe('alter system set synchronous_commit = remote_apply');
    await primary.sql`select pg_reload_conf()`;
    await until(
      async () => {
        const [row] =
          await primary.sql`select count(*)::int as count from pg_stat_replication where sync_state = 'quorum'`;
        return row?.count === 1;
      },
      READY_MAXIMUM_MS,
      'the standby is synchronous',
    );
  }

  const metric = async (origin: string, name: string): Promise<number> => {
    const text = await (await fetch(`${origin}/metrics`)).text();
    const line = text.split('\n').find(each => each.startsWith(name));
    return Number(line?.slice(line.lastIndexOf(' ') + 1));
  };
  const isReady = async (origin: string): Promise<boolean> =>
    (await metric(origin, 'concord_replica_ready{')) === 1;
  const fromReplicas = async (): Promise<number> => {
    const counts = await Promise.all(
      origins.map(origin => metric(origin, 'concord_list_reads_total{from="replica"}')),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };

  const create = (at: Operator, familyName: string) =>
    call(at, 'POST', '/customers', { body: { kind: 'individual', familyName } });

  /** Each write through one server, each read through the other. */
  async function writeAndRead(label: string, rounds: number): Promise<void> {
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let round = 0; round < rounds; round++) {
          const [at, other] = (writer + round) % 2 === 0 ? editors : editors.toReversed();
          const name = `${label}${'abcdefghij'[writer]}${round}`;
          const made = await create(at!, name);
          assert.equal(made.status, 201, made.text);
          const [found, listed] = await Promise.all([
            call(other!, 'GET', `/customers/search?q=${name}`),
            call(other!, 'GET', `/customers?sort=-number&limit=${4 * WRITERS}`),
          ]);
          assert.ok(found.text.includes(made.json.id), `${name} is found: ${found.text}`);
          assert.ok(listed.text.includes(made.json.id), `${name} is listed: ${listed.status}`);
        }
      }),
    );
  }

  it('is read, and knows every write that was answered, through whichever server', async t => {
    const before = await fromReplicas();
    await writeAndRead('ready', WRITES_READ);
    const reads = (await fromReplicas()) - before;
    assert.ok(reads > WRITES_READ, `${reads} reads from the replica`);
    t.diagnostic(
      `${WRITERS * WRITES_READ} writes, each read twice through the other server; ${reads} reads from the replica`,
    );
  });

  it('is not read while its replay is paused, and every read still knows every write', async t => {
    // A paused standby cannot confirm that it has applied anything: here it confirms what it has written.
    await primary.sql.unsafe('alter system set synchronous_commit = on');
    await primary.sql`select pg_reload_conf()`;
    await standby.sql`select pg_wal_replay_pause()`;
    const before = await fromReplicas();
    await writeAndRead('paused', 10);
    assert.equal(await fromReplicas(), before);
    const lag = await metric(origins[0]!, 'concord_replica_lag_seconds');
    await standby.sql`select pg_wal_replay_resume()`;
    await primary.sql.unsafe('alter system set synchronous_commit = remote_apply');
    await primary.sql`select pg_reload_conf()`;
    for (const origin of origins)
      await until(() => isReady(origin), READY_MAXIMUM_MS, 'the replica is let in again');
    t.diagnostic(`${WRITERS * 10} writes read from the primary; the lag told was ${lag.toFixed(1)} s`);
  });

  it('takes over: what was acknowledged is there, and the feed goes on without gap or duplicate', async t => {
    const acknowledged = new Set<string>();
    const begun = await feedFrom(
      editors[0]!,
      (await call(editors[0]!, 'GET', '/changes?after=latest')).json.cursor,
    );
    const seen: FeedItem[] = [];
    let over = false;
    let cursor = begun.cursor;
    const reader = (async () => {
      while (!over) {
        const page = await feedFrom(editors[seen.length % 2]!, cursor).catch(() => undefined);
        if (!page) await sleep(50);
        else {
          seen.push(...page.items);
          cursor = page.cursor;
        }
      }
    })();
    const refusals: Record<number, number> = {};
    let lost = 0;
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let round = 0; !over; round++) {
        const answer = await create(editors[(writer + round) % 2]!, `failover${writer}x${round}`).catch(
          () => undefined,
        );
        if (answer?.status === 201) acknowledged.add(answer.json.id);
        else {
          if (answer) refusals[answer.status] = (refusals[answer.status] ?? 0) + 1;
          else lost += 1;
          await sleep(20);
        }
      }
    });
    await until(() => acknowledged.size >= WRITES_BEFORE, RECOVERY_MAXIMUM_MS, 'writes go on');
    const victim = postgres(primary.url, { max: 1 });
    for (let at = 0; at < LOST_TRANSACTIONS; at++)
      await victim.unsafe('begin; select pg_current_xact_id(); rollback');
    const before = acknowledged.size;

    await primary.end('SIGKILL');
    const killed = performance.now();
    void victim.end({ timeout: 0 });
    await address.cut();
    await standby.sql`select pg_promote()`;
    await address.mend(`http://127.0.0.1:${standby.port}`);
    const moved = performance.now();

    const first = acknowledged.size;
    await until(() => acknowledged.size > first, RECOVERY_MAXIMUM_MS, 'writes go on again');
    const recovered = performance.now();
    for (const at of editors) {
      await until(
        async () => (await create(at, 'both')).status === 201,
        RECOVERY_MAXIMUM_MS,
        'both servers write',
      );
    }
    await until(() => acknowledged.size >= before + WRITES_AFTER, RECOVERY_MAXIMUM_MS, 'writes go on');
    over = true;
    await Promise.all([...writers, reader]);
    for (;;) {
      const page = await feedFrom(editors[0]!, cursor);
      seen.push(...page.items);
      if (page.items.length === 0) break;
      cursor = page.cursor;
    }

    for (const status of Object.keys(refusals)) assert.ok(Number(status) >= 500, `refused with ${status}`);
    const missing: string[] = [];
    for (const id of acknowledged) {
      if ((await call(editors[1]!, 'GET', `/customers/${id}`)).status !== 200) missing.push(id);
    }
    assert.deepEqual(missing, [], 'every acknowledged write is there');
    const told = seen.map(item => item.customerId);
    assert.deepEqual(told.length, new Set(seen.map(item => item.sequence)).size, 'nothing twice');
    assert.deepEqual(
      [...acknowledged].filter(id => !told.includes(id)),
      [],
      'nothing left out',
    );
    const whole = await wholeFeed(begun.cursor);
    assert.deepEqual(
      seen.map(item => item.sequence),
      whole.map(item => item.sequence),
      'as somebody reads it who begins now',
    );
    t.diagnostic(
      `${acknowledged.size} writes acknowledged (${before} before the kill), all there; refused meanwhile: ` +
        `${JSON.stringify(refusals)}, broken off: ${lost}; first write ${Math.round(recovered - moved)} ms after the address ` +
        `moved, ${Math.round(recovered - killed)} ms after the kill`,
    );
  });

  it('several hosts in DATABASE_URL lead to the one that takes writes', async () => {
    const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
    for (const url of [
      `postgres://postgres@${hosts}/${DATABASE}?target_session_attrs=read-write`,
      `postgres://postgres@localhost/${DATABASE}?host=127.0.0.1,127.0.0.1&port=${primary.port},${standby.port}&target_session_attrs=read-write`,
    ]) {
      const sql = connectStore({ url }, { connections: 1, application: 'test' });
      const [row] = await sql`select inet_server_port() as port`;
      await sql.end();
      assert.equal(row?.port, standby.port);
    }
  });

  async function feedFrom(at: Operator, cursor: string): Promise<{ items: FeedItem[]; cursor: string }> {
    const answer = await call(at, 'GET', `/changes?after=${cursor}&limit=${PAGE}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.json;
  }

  async function wholeFeed(from: string): Promise<FeedItem[]> {
    const items: FeedItem[] = [];
    for (let cursor = from; ; ) {
      const page = await feedFrom(editors[1]!, cursor);
      if (page.items.length === 0) return items;
      items.push(...page.items);
      cursor = page.cursor;
    }
  }
});

async function until(
  condition: () => boolean | Promise<boolean>,
  milliseconds: number,
  what: string,
): Promise<void> {
  for (const deadline = Date.now() + milliseconds; !(await condition()); await sleep(20)) {
    assert.ok(Date.now() < deadline, what);
  }
}
