/**
 * What one process does to a credential holds in all others at once: two servers on one database, one of them with two
 * workers, and the command line. What processes remember of a credential lives for five seconds; none of these tests waits
 * for that.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '../../src/store/connection.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { environmentOf, runCommand, type Started, startCommand } from '../support/process.ts';
import { type Connection, connection, originOf, until } from '../support/serving.ts';

/** Milliseconds in which every process must have heard; it takes about 5, and what they remember would last 5,000. */
const AT_ONCE_MS = 2_000;
/** So many that each worker has some. */
const CONNECTIONS_TO_EACH = 4;
const PASSWORD = 'Right-password-1!';

describe('a change of a credential', () => {
  let database: TestStore;
  let tenant: number;
  let sql: Sql;
  let environment: NodeJS.ProcessEnv;
  let servers: Started[];
  let connections: Connection[];
  before(async () => {
    database = await testStore();
    tenant = (await database.tenant('quay')).id;
    sql = connect(database.store.target, { connections: 1, application: 'test' });
    environment = environmentOf(database);
    const serve = ['serve', '--port', '0', '--log-level', 'warn'];
    servers = [
      await startCommand(serve, environment),
      await startCommand([...serve, '--workers', '2'], environment),
    ];
    connections = servers.flatMap(server =>
      Array.from({ length: CONNECTIONS_TO_EACH }, () => connection(originOf(server))),
    );
  });
  after(async () => {
    for (const each of connections) each.close();
    await Promise.all(servers.map(server => server.stop()));
    await sql.end();
    await database.close();
  });

  async function create(name: string, expiresAt?: string): Promise<{ id: string; secret: string }> {
    const { id, secret } = await database.store.credentials.create({
      tenant,
      dialect: 'lightening',
      kind: 'key',
      name,
      ...(expiresAt !== undefined && { expiresAt }),
    });
    return { id, secret: secret! };
  }

  /** How many of the connections let the key in. */
  async function letIn(secret: string, through = connections): Promise<number> {
    const headers = { authorization: `Bearer ${secret}` };
    const answers = await Promise.all(through.map(each => each.send('/address?customer_id=1', { headers })));
    for (const { status, text } of answers) assert.ok(status < 500, text);
    return answers.filter(({ status }) => status !== 401).length;
  }

  /** Every process has just looked it up, and remembers it for longer than anything here takes. */
  async function remembered(secret: string): Promise<void> {
    assert.equal(await letIn(secret), connections.length);
  }

  async function endsEverywhere(secret: string, through = connections): Promise<void> {
    const began = performance.now();
    while ((await letIn(secret, through)) > 0) {
      assert.ok(performance.now() - began < AT_ONCE_MS, 'is let in still');
      await sleep(5);
    }
  }

  it('by another server ends it everywhere', async () => {
    const { id, secret } = await create('revoked');
    await remembered(secret);
    assert.ok(await database.store.credentials.revoke(tenant, id));
    await endsEverywhere(secret);
  });

  it('by the command line does', async () => {
    const { id, secret } = await create('revoked by a command');
    const command = runCommand(['credential', 'revoke', id, '--tenant', 'quay'], environment);
    // Until the command is done, they look it up again and again.
    let isDone = false;
    command.finally(() => (isDone = true));
    while (!isDone) await letIn(secret);
    assert.equal((await command).code, 0);
    await endsEverywhere(secret);
  });

  it('by a worker, through the API, does', async () => {
    const admin = await database.store.credentials.create({
      tenant,
      dialect: 'concord',
      kind: 'key',
      name: 'admin',
      settings: { role: 'admin' },
    });
    const { id, secret } = await create('revoked through the API');
    await remembered(secret);
    const answer = await connections.at(-1)!.send(`/concord/v1/credentials/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${admin.secret}` },
    });
    assert.equal(answer.status, 204, answer.text);
    await endsEverywhere(secret);
  });

  it('by hand, in the database, does: its end, its removal', async () => {
    for (const statement of [
      'update concord.credential set expires_at = now() where id = $1',
      'delete from concord.credential where id = $1',
    ]) {
      const { id, secret } = await create(statement.slice(0, 6));
      await remembered(secret);
      await sql.unsafe(statement, [id]);
      await endsEverywhere(secret);
    }
  });

  it('is heard of again after the connection that listens was lost', async () => {
    const listening = () => sql<{ pid: number }[]>`
      select pid from pg_stat_activity where application_name = 'concord listen'`;
    const before = await listening();
    assert.equal(before.length, 4, 'three processes and the test itself');
    const lost = await create('revoked while nobody heard');
    await remembered(lost.secret);
    await sql.begin(async transaction => {
      await transaction`
        select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'concord listen'`;
      await transaction`update concord.credential set revoked_at = now() where id = ${lost.id}`;
    });
    await endsEverywhere(lost.secret);
    await until('all listen again', async () => (await listening()).length === before.length);
    const { id, secret } = await create('revoked afterwards');
    await remembered(secret);
    assert.ok(await database.store.credentials.revoke(tenant, id));
    await endsEverywhere(secret);
  });

  it('is told without a word about whose it is; use and new credentials are not told', async () => {
    const heard: string[] = [];
    const { unlisten } = await sql.listen('concord_credentials', payload => heard.push(payload));
    const { id, secret } = await create('quiet');
    await letIn(secret);
    await sql`update concord.credential set last_used_at = now() where id = ${id}`;
    const expired = await create('expired', new Date(Date.now() - 1_000).toISOString());
    await sql`delete from concord.credential where id = ${expired.id}`;
    await sql`select pg_notify('concord_credentials', 'last')`;
    await until('the last one', () => heard.includes('last'));
    assert.deepEqual(heard, ['last']);
    await database.store.credentials.revoke(tenant, id);
    await until('the revocation', () => heard.length > 1);
    assert.deepEqual(heard, ['last', '']);
    await unlisten();
  });

  it('wrong guesses at a login count for all processes together', async () => {
    await database.store.credentials.create({
      tenant,
      dialect: 'lightening',
      kind: 'password',
      name: 'login',
      login: 'ada',
      secret: PASSWORD,
    });
    const logIn = async (username: string, password: string, at: number): Promise<number> => {
      const body = JSON.stringify({ username, password });
      const headers = { 'content-type': 'application/json' };
      return (await connections[at % connections.length]!.send('/login', { method: 'POST', headers, body }))
        .status;
    };
    // Each through another process, whether there is such a login or not.
    for (const username of ['ada', 'nobody']) {
      const statuses: number[] = [];
      for (let at = 0; at < 10; at += 1) {
        statuses.push(await logIn(username, 'wrong', at * (CONNECTIONS_TO_EACH + 1)));
        await sleep(20);
      }
      assert.ok(!statuses.includes(429), String(statuses));
      await until('it is closed everywhere', async () => {
        const all = await Promise.all(connections.map((_, at) => logIn(username, PASSWORD, at)));
        return all.every(status => status === 429);
      });
    }
  });

  it('leaves requests that are counted, and those that are sent again, to the database: one for all', async () => {
    const portal = await database.store.credentials.create({
      tenant,
      dialect: 'flexportal',
      kind: 'key',
      name: 'portal',
    });
    const headers = { authorization: `Bearer ${portal.secret}`, 'tenant-id': 'quay' };
    const asked = await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        connections[at % connections.length]!.send('/v1/customers?limit=1', { headers }),
      ),
    );
    assert.equal(asked.filter(({ status }) => status === 200).length, 100);
    assert.equal(asked.filter(({ status }) => status === 429).length, 20);

    const writer = await database.store.credentials.create({
      tenant,
      dialect: 'concord',
      kind: 'key',
      name: 'writer',
      settings: { role: 'admin' },
    });
    const post = {
      method: 'POST',
      headers: {
        authorization: `Bearer ${writer.secret}`,
        'content-type': 'application/json',
        'idempotency-key': 'once',
      },
      body: JSON.stringify({ kind: 'individual', familyName: 'Once' }),
    };
    const created = await Promise.all(connections.map(each => each.send('/concord/v1/customers', post)));
    const made = created.filter(({ status }) => status === 201);
    assert.ok(made.length >= 1, created[0]?.text);
    assert.equal(new Set(made.map(({ text }) => JSON.parse(text).id)).size, 1);
    assert.equal((await database.store.customers.list(tenant, { limit: 10 })).length, 1);
  });
});
