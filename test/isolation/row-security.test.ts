/**
 * Row-level security alone: with every tenant condition taken out of the functions, the views and the statements of the store,
 * no request of a tenant reads or changes anything of another's, and its own requests are answered as before.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/record/identifier.ts';
import { connect, type Sql, type Transaction } from '../../src/store/connection.ts';
import { APPLICATION_ROLE } from '../../src/store/migrate.ts';
import { call } from '../support/api.ts';
import type { TestTenant } from '../support/concord.ts';
import { CLOSED_CASES, sendAs } from './cases.ts';
import { type Crossings, openCrossings, swaps } from './crossings.ts';
import { conditionsIn, type Rewritten, uncondition, unconditioned } from './unconditioned.ts';
import { startWired, type Wired } from './wired.ts';

/** PostgreSQL gathers its counts for a second or so. */
const COUNTED_WITHIN_MS = 20_000;

describe('row-level security alone', () => {
  let concord: Wired;
  let crossings: Crossings;
  let owner: Sql;
  let server: Sql;
  let rewritten: Rewritten;
  before(async () => {
    concord = await startWired(unconditioned);
    owner = connect(concord.store.target, { connections: 1, application: 'concord test' });
    server = connect(concord.store.target, {
      connections: 1,
      application: 'concord test',
      role: APPLICATION_ROLE,
    });
    await owner`alter system set track_functions = 'all'`;
    await owner`select pg_reload_conf()`;
    rewritten = await uncondition(owner);
    crossings = await openCrossings(concord);
  });
  after(async () => {
    await crossings?.close();
    await owner?.end();
    await server?.end();
    await concord?.stop();
  });

  it('is what is tested: no condition is left, and whoever it does not hold for sees everything', async () => {
    assert.ok(rewritten.functions.length >= 20, `${rewritten.functions.length} functions`);
    assert.deepEqual(rewritten.views, ['customer_record']);
    const left = await owner<{ proname: string; body: string }[]>`
      select proname, pg_get_functiondef(oid) as body from pg_proc
      where pronamespace = 'concord'::regnamespace and prokind = 'f'`;
    for (const { proname, body } of left) {
      const conditions = body.match(/tenant_id\s*=(?!=)/g)?.length ?? 0;
      const open = body.match(/tenant_id\s*=\s*[^\s()]+ or true\)/g)?.length ?? 0;
      assert.equal(conditions, open, `a condition is left in ${proname}`);
    }
    const { other, asking } = crossings;
    const [row] = await owner<
      { id: string }[]
    >`select id from concord.customer where tenant_id = ${other.id} limit 1`;
    // The superuser is the control: without the policies, the very call yields the other tenant's customer.
    const [seen] = await owner`select concord.customer_by_id(${asking.id}, ${row!.id}) as record`;
    assert.ok(seen!.record?.includes(row!.id));
  });

  for (const each of CLOSED_CASES) {
    it(`${each.title}: keeps another tenant’s things apart`, async () => {
      const { theirs, nobodys } = crossings.worldsOf(each);
      await crossings.expectApart(each, mine => swaps(each, [mine, theirs, nobodys], 'names'));
    });
  }

  for (const each of CLOSED_CASES) {
    it(`${each.title}: answers the tenant itself`, async () => {
      // Both count from 1, so that numbers of the one name things of the other as well.
      const world = await each.arrange(concord, concord.harbor);
      await each.arrange(concord, concord.meadow);
      const before = await crossings.rows.of(concord.meadow);
      const answer = await sendAs(concord, each, each.request(world), {
        ...concord.harbor.access[each.api].headers,
        ...ofLogin(each.request(world).headers),
      });
      assert.ok(answer.status < 400 || answer.status === 403, `${answer.status} ${answer.text}`);
      assert.equal(await crossings.rows.of(concord.meadow), before, 'it changed something of another tenant');
    });
  }

  it('holds for what the examples do not ask: countries, typos, repeated requests, rates, the last use', async () => {
    const { asking, other, rows } = crossings;
    const { wiredStore } = concord;
    const before = await rows.of(other);
    const unique = crossings.worldsOf(CLOSED_CASES.find(({ api }) => api === 'concord')!).theirs.unique;
    const key = {
      tenant: asking.id,
      tenantName: asking.name,
      actor: 'test',
      credentialId: newId(),
      settings: {},
    };
    for (const path of [
      '/customers?country=PT&limit=200',
      `/customers/search?q=${unique}`,
      `/customers/search?q=${unique.slice(0, -1)}+sample`,
      `/customers/search?q=sample+${unique}x`,
    ]) {
      const answer = await call({ origin: concord.origin, key: keyOf(asking) }, 'GET', path);
      assert.equal(answer.status, 200, answer.text);
      assert.ok(!answer.text.includes(`Sample ${unique}`), path);
    }
    const counts = await Promise.all(
      [asking, other].map(tenant =>
        call({ origin: concord.origin, key: keyOf(tenant) }, 'GET', '/customers/count?country=PT'),
      ),
    );
    const [{ count }] = await owner<[{ count: number }]>`
      select count(distinct customer_id) from concord.customer_address as link
      join concord.address as place on place.id = link.address_id
      where link.tenant_id = ${asking.id} and place.country = 'PT'`;
    assert.equal(counts[0]!.json.count, count);
    for (const tenant of [other, asking]) {
      const { state } = await wiredStore.idempotency.begin(tenant.id, 'one key', `hash of ${tenant.name}`);
      assert.equal(state, 'new', 'a key of another tenant stood in the way');
      const limit = { key: 'one key', maximum: 1, seconds: 60 };
      assert.equal(await wiredStore.rateLimits.take({ ...key, tenant: tenant.id }, [limit]), undefined);
    }
    assert.notEqual(await rows.of(other), before, 'the other tenant’s own key and rate are kept');

    // Words of the other's customers, under the own tenant.
    const token = JSON.stringify({ words: [unique], prefixes: [], near: [] });
    const narrowed = (tenant: number) =>
      asServer(tenant, async sql => {
        const [row] = await sql<[{ found: number }]>`
          select cardinality(concord.search_narrow(${tenant}, ${token}::jsonb, array(
            select generate_series(1000001, 1000100)::bigint
          ))) as found`;
        return row.found;
      });
    assert.deepEqual([(await narrowed(other.id)) > 0, await narrowed(asking.id)], [true, 0]);

    // A credential of another tenant under the own tenant's number: nothing is written down.
    const [foreign] = await owner<{ id: string }[]>`
      select id from concord.credential where tenant_id = ${other.id} and last_used_at is null limit 1`;
    const uses = JSON.stringify({ [asking.id]: { [foreign!.id]: new Date().toISOString() } });
    await asServer(asking.id, sql => sql`select concord.credential_used(${uses}::jsonb)`);
    const [{ last }] = await owner<[{ last: Date | null }]>`
      select last_used_at as last from concord.credential where id = ${foreign!.id}`;
    assert.equal(last, null);
  });

  it('holds for every table, view and sequence, whatever is done with it, and for copies', async () => {
    const { asking, other, rows } = crossings;
    const before = await rows.of(other);
    const relations = await owner<{ name: string; kind: string; tenants: boolean }[]>`
      select relname as name, relkind as kind, exists (
        select 1 from pg_attribute where attrelid = class.oid and attname = 'tenant_id' and not attisdropped
      ) as tenants
      from pg_class as class
      where relnamespace = 'concord'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f') order by relname`;
    assert.ok(relations.length >= rows.tables.length + 2);
    for (const { name, kind, tenants } of relations) {
      if (kind === 'S') {
        await refusedOrNothing(`select last_value from concord.${name}`, name);
        await refusedOrNothing(`select nextval('concord.${name}')`, name);
      } else if (tenants) {
        const theirs = `concord.${name} where tenant_id = ${other.id}`;
        for (const statement of [
          `select * from ${theirs}`,
          `select * from ${theirs} for update`,
          `delete from ${theirs} returning 1`,
          `update concord.${name} set tenant_id = ${asking.id} where tenant_id = ${other.id} returning 1`,
          `copy (select * from ${theirs}) to stdout`,
        ]) {
          await refusedOrNothing(statement, name);
        }
        await refusedOrNothing(`truncate concord.${name}`, name);
        await refusedOrNothing(`copy concord.${name} from stdin`, name);
        for (const line of await copied(`copy concord.${name} to stdout`)) {
          assert.ok(!line.includes(crossings.worldsOf(CLOSED_CASES[0]!).theirs.unique), name);
        }
      }
    }
    // What statistics keep are copies of values.
    await refusedOrNothing(`select * from pg_stats where schemaname = 'concord'`, 'pg_stats');
    await refusedOrNothing(`select * from pg_statistic`, 'pg_statistic');
    assert.equal(await rows.of(other), before, 'it changed something');
  });

  /** As the role that the server works as, for one tenant, in a transaction that is taken back. */
  async function asServer<T>(tenant: number, work: (sql: Transaction) => Promise<T>): Promise<T> {
    const result = await server.begin(async sql => {
      await sql`select set_config('concord.tenant', ${String(tenant)}, true)`;
      return { value: await work(sql) };
    });
    return (result as { value: T }).value;
  }

  async function refusedOrNothing(statement: string, name: string): Promise<void> {
    const found = await asServer(crossings.asking.id, async sql => {
      if (statement.endsWith('to stdout')) return (await linesOf(sql, statement)).length;
      return (await sql.unsafe(statement)).length;
    }).catch((error: { code?: string; message?: string }) => {
      // Insufficient privilege; a relation that cannot be locked, copied into or written; a column that cannot.
      if (!/^(42501|0A000|55000|42809|428C9)$/.test(error.code ?? '')) throw error;
      return 0;
    });
    assert.equal(found, 0, `${name}: ${statement}`);
  }

  const copied = (statement: string): Promise<string[]> =>
    asServer(crossings.asking.id, sql => linesOf(sql, statement)).catch((error: { code?: string }) => {
      // A view is copied by a query alone.
      if (!/^(42501|42809)$/.test(error.code ?? '')) throw error;
      return [];
    });

  it('was asked by every function of the schema', async () => {
    const deadline = Date.now() + COUNTED_WITHIN_MS;
    for (;;) {
      // Functions in plain SQL are put into the statements that call them, and are not counted.
      const silent = await owner<{ proname: string }[]>`
        select proname from pg_proc as each join pg_language as language on language.oid = each.prolang
        where pronamespace = 'concord'::regnamespace and prokind = 'f' and lanname = 'plpgsql'
          and not exists (select 1 from pg_stat_user_functions as called where called.funcid = each.oid and calls > 0)
        order by proname`;
      if (silent.length === 0) break;
      assert.ok(Date.now() < deadline, `never called: ${silent.map(each => each.proname).join(', ')}`);
      await sleep(100);
    }
  });

  it('was asked by statements of the store that named the tenant', () => {
    const named = new Set(concord.wire.passed.statements.filter(sql => conditionsIn(sql) > 0));
    assert.ok(named.size >= 20, `${named.size} statements`);
  });
});

/** A request may bring the token of a login: that is its tenant's own. */
const ofLogin = (headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /authorization|token/i.test(name)));

const keyOf = ({ access }: TestTenant): string =>
  access.concord.headers.Authorization!.replace('Bearer ', '');

async function linesOf(sql: Transaction, statement: string): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of await sql.unsafe(statement).readable()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString().split('\n').filter(Boolean);
}
