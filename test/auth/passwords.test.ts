/** Passwords over the wire: how they are kept, what they cost, and what somebody who guesses does to others. */
import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { connect } from '../../src/store/connection.ts';
import { type Concord, send, startConcord } from '../support/concord.ts';

/** Node's own name for one computation of argon2. */
const ARGON2 = 'ARGON2REQUEST';

describe('passwords', () => {
  let concord: Concord;
  let computed = 0;
  const counter = createHook({
    init: (_id, type) => {
      if (type === ARGON2) computed += 1;
    },
  });
  before(async () => {
    concord = await startConcord();
    counter.enable();
  });
  after(async () => {
    counter.disable();
    await concord.stop();
  });

  /** A customer that nobody has: whoever is let in gets 404. */
  const get = async (login: string, password: string) => {
    const basic = Buffer.from(`${login}:${password}`).toString('base64');
    const headers = { 'X-Billbee-Api-Key': 'key', Authorization: `Basic ${basic}` };
    return (await send(`${concord.origin}/api/v1/customers/4000000000`, 'GET', headers, {})).status;
  };
  const [LET_IN, REFUSED] = [404, 401];

  /** A login whose password the server has not seen yet. */
  const create = async (login: string, secret: string) => {
    const settings = { apiKeySha256: createHash('sha256').update('key').digest('hex') };
    const facts = { tenant: concord.harbor.id, dialect: 'billbee', kind: 'password', name: 'test' } as const;
    const { id } = await concord.store.credentials.create({ ...facts, login, secret, settings });
    computed = 0;
    return id;
  };

  it('are in the database as argon2id, and no secret is there as it is', async () => {
    await create('rest@example.test', 'Kept-as-a-hash-1');
    const sql = connect(concord.store.target, { connections: 1, application: 'test' });
    try {
      const rows = await sql<{ kind: string; verifier: string | null; row: string }[]>`
        select kind, verifier, credential::text as row from concord.credential`;
      const passwords = rows.filter(row => row.kind === 'password');
      assert.ok(passwords.length >= 7 && rows.length > passwords.length);
      for (const { verifier } of passwords) {
        assert.match(verifier!, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
      }
      assert.equal(
        new Set(passwords.map(row => row.verifier)).size,
        passwords.length,
        'each with its own salt',
      );
      for (const { row } of rows) {
        for (const secret of [
          'Kept-as-a-hash-1',
          'rest@example.test',
          'Demo-password',
          'demo-harbor',
          'demoharbor',
        ])
          assert.ok(!row.includes(secret), row);
      }
    } finally {
      await sql.end();
    }
  });

  it('cost one computation for all requests of a client, also when they come at once', async () => {
    const other = await create('other@example.test', 'Correct-horse-0');
    await create('busy@example.test', 'Correct-horse-1');
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => get('busy@example.test', 'Correct-horse-1')),
    );
    for (let at = 0; at < 180; at++) statuses.push(await get('busy@example.test', 'Correct-horse-1'));
    // A revocation makes the server read all credentials again, which costs no password another computation.
    await concord.store.credentials.revoke(concord.harbor.id, other);
    statuses.push(await get('busy@example.test', 'Correct-horse-1'));
    assert.deepEqual([...new Set(statuses)], [LET_IN]);
    assert.equal(computed, 1);
  });

  it('cost as much when they are wrong as when there is no such login', async () => {
    await create('wrong@example.test', 'Correct-horse-2');
    for (const login of ['wrong@example.test', 'nobody@example.test']) {
      computed = 0;
      for (let at = 0; at < 3; at++) assert.equal(await get(login, `guess-${at}`), REFUSED);
      assert.equal(computed, 3, login);
    }
  });

  it('stop at once when they are changed', async () => {
    await create('change@example.test', 'Before-1');
    assert.equal(await get('change@example.test', 'Before-1'), LET_IN);
    const { credentials } = concord.store;
    const caller = await credentials.byPassword('billbee', 'change@example.test', 'Before-1');
    assert.equal(await credentials.changePassword(caller!, 'Before-1', 'After-1'), true);
    assert.equal(await get('change@example.test', 'Before-1'), REFUSED);
    assert.equal(await get('change@example.test', 'After-1'), LET_IN);
  });

  it('that sixteen guess at once keep nobody waiting', async () => {
    await create('known@example.test', 'Correct-horse-3');
    await get('known@example.test', 'Correct-horse-3');
    await create('new@example.test', 'Correct-horse-4');
    const timed = async (login: string, password: string) => {
      const began = performance.now();
      assert.equal(await get(login, password), LET_IN);
      return performance.now() - began;
    };
    let guessing = true;
    const guesses = Promise.all(
      Array.from({ length: 16 }, (_, at) => get('known@example.test', `guess-${at}`)),
    ).finally(() => {
      guessing = false;
    });
    const known: number[] = [];
    const newcomer = timed('new@example.test', 'Correct-horse-4');
    while (guessing) known.push(await timed('known@example.test', 'Correct-horse-3'));
    assert.deepEqual([...new Set(await guesses)], [REFUSED]);
    known.sort((a, b) => a - b);
    const median = known[Math.floor(known.length / 2)]!;
    assert.ok(known.length >= 5 && median < 250, `${known.length} requests, the median took ${median} ms`);
    assert.ok((await newcomer) < 3_000, `a first login took ${await newcomer} ms`);
  });
});
