import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { OVERLAP_MAXIMUM_SECONDS, OWN_DIALECT, type StandingAdmin } from '../record/access.ts';
import { ConcordError } from '../record/errors.ts';
import { connect } from './connection.ts';
import type { Store } from './index.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let credentials: Store['credentials'];
let sql: ReturnType<typeof connect>;

before(async () => {
  shared = await testStore();
  credentials = shared.store.credentials;
  sql = connect(shared.store.target, { connections: 1, application: 'test' });
});
after(async () => {
  await sql.end();
  await shared.close();
});

const newTenant = async () => (await shared.tenant()).id;
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const key = (tenant: number, more = {}) =>
  credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k', settings: { tier: 'growth' }, ...more });
const password = (tenant: number, login: string) =>
  credentials.create({ tenant, dialect: 'd', kind: 'password', name: 'p', login, secret: 'first' });
/** Many at once, made before all others. */
const older = (tenant: number, count: number, { dialect = 'd', settings = {} } = {}) => sql`
  insert into concord.credential (tenant_id, id, kind, dialect, name, lookup, settings)
  select ${tenant}, ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, 'key', ${dialect}, 'older',
    sha256((${tenant}::text || ' ' || number)::bytea), ${JSON.stringify(settings)}::jsonb
  from generate_series(1, ${count}) as number`;
const facts = async (tenant: number, id: string) => (await credentials.find(tenant, id))!;

describe('revocation', () => {
  test('asks first whether it may, on what there is at that moment, one after another', async () => {
    const tenant = await newTenant();
    const admin = { dialect: OWN_DIALECT, settings: { role: 'admin' } };
    const made = [await key(tenant, admin), await key(tenant, admin), await key(tenant, admin)];
    await key(tenant, { dialect: OWN_DIALECT, settings: { role: 'viewer' } });
    await key(tenant, { settings: { role: 'admin' } });
    await key(tenant, { ...admin, expiresAt: soon(-1_000) });
    const seen: number[] = [];
    const keepOne = (admins: readonly StandingAdmin[]) => {
      seen.push(admins.length);
      if (admins.length === 1) throw new ConcordError('state-conflict');
    };
    const results = await Promise.allSettled(made.map(({ id }) => credentials.revoke(tenant, id, keepOne)));
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'fulfilled', 'rejected']);
    assert.deepEqual(seen, [3, 2, 1]);
    const left = (await credentials.list(tenant)).filter(
      each => made.some(({ id }) => id === each.id) && each.revokedAt === null,
    );
    assert.equal(left.length, 1);
  });

  test('asks about every administrator, however many there are', async () => {
    const tenant = await newTenant();
    const { id } = await key(tenant, { dialect: OWN_DIALECT, settings: { role: 'admin' } });
    await older(tenant, 1_001, { dialect: OWN_DIALECT, settings: { role: 'admin' } });
    let seen: readonly StandingAdmin[] = [];
    assert.ok(
      await credentials.revoke(tenant, id, admins => {
        seen = admins;
      }),
    );
    assert.equal(seen.length, 1_002);
    assert.ok(seen.some(each => each.id === id));
  });
});

describe('the list', () => {
  test('begins with those that count, newest first, however many there are', async () => {
    const tenant = await newTenant();
    const [first, ended, last] = [await key(tenant), await key(tenant), await key(tenant)];
    await credentials.revoke(tenant, ended.id);
    await older(tenant, 998);
    const ids = async () => (await credentials.list(tenant)).map(each => each.id);
    assert.deepEqual((await ids()).slice(0, 2), [last.id, first.id]);
    assert.equal((await ids()).length, 1_000);
    assert.ok(!(await ids()).includes(ended.id));
    await sql`update concord.credential set revoked_at = now() where tenant_id = ${tenant} and name = 'older'`;
    assert.deepEqual((await ids()).slice(0, 3), [last.id, first.id, ended.id]);
    assert.ok(await credentials.has(tenant, 'd', 'older'));
    assert.ok(!(await credentials.has(tenant, 'other', 'older')));
  });
});

describe('rotation', () => {
  test('of a key: both open it during the overlap, the old one ends on time, with its tokens', async () => {
    const tenant = await newTenant();
    const old = await key(tenant);
    const before = (await credentials.byKey('d', old.secret!))!;
    await credentials.issueToken('d', before, `token-${tenant}`, soon(60_000));
    const began = Date.now();
    const { id, secret, previousExpiresAt } = await credentials.rotate(tenant, old.id, { overlapSeconds: 1 });
    assert.notEqual(id, old.id);
    assert.notEqual(secret, old.secret);
    assert.ok(Math.abs(Date.parse(previousExpiresAt) - began - 1_000) < 500);
    assert.deepEqual(await credentials.byKey('d', secret), { ...before, credentialId: id });
    assert.deepEqual(await credentials.byKey('d', old.secret!), before);
    assert.ok(await credentials.byKey('d', `token-${tenant}`));
    await sleep(Date.parse(previousExpiresAt) + 100 - Date.now());
    assert.equal(await credentials.byKey('d', old.secret!), undefined);
    assert.equal(await credentials.byKey('d', `token-${tenant}`), undefined);
    assert.ok(await credentials.byKey('d', secret));
    assert.equal((await facts(tenant, old.id)).replacedBy, id);
    const { kind, dialect, name, settings, expiresAt, replacedBy } = await facts(tenant, id);
    assert.deepEqual(
      { kind, dialect, name, settings, expiresAt, replacedBy },
      {
        kind: 'key',
        dialect: 'd',
        name: 'k',
        settings: { tier: 'growth' },
        expiresAt: null,
        replacedBy: null,
      },
    );
  });

  test('without an overlap ends the old secret at once', async () => {
    const tenant = await newTenant();
    const old = await key(tenant);
    assert.ok(await credentials.byKey('d', old.secret!));
    const { secret } = await credentials.rotate(tenant, old.id, { overlapSeconds: 0, secret: `s-${tenant}` });
    assert.equal(secret, `s-${tenant}`);
    assert.equal(await credentials.byKey('d', old.secret!), undefined);
    assert.ok(await credentials.byKey('d', secret));
  });

  test('of a password: the login finds both, each with its own settings; wrong ones find neither', async () => {
    const tenant = await newTenant();
    const login = `ada-${tenant}`;
    const { id } = await credentials.create({
      tenant,
      dialect: 'd',
      kind: 'password',
      name: 'p',
      login,
      secret: 'first',
      settings: { pair: 1, role: 'viewer' },
    });
    const next = await credentials.rotate(tenant, id, { overlapSeconds: 60, settings: { pair: 2 } });
    assert.deepEqual((await credentials.byPassword('d', login, 'first'))?.settings, {
      pair: 1,
      role: 'viewer',
    });
    const caller = await credentials.byPassword('d', login, next.secret);
    assert.deepEqual(caller?.settings, { pair: 2, role: 'viewer' });
    assert.equal(caller?.credentialId, next.id);
    assert.equal(await credentials.byPassword('d', login, 'wrong'), undefined);
  });

  test('again ends the oldest at once: never are there three', async () => {
    const tenant = await newTenant();
    const login = `eva-${tenant}`;
    const { id } = await password(tenant, login);
    const second = await credentials.rotate(tenant, id, { overlapSeconds: 60 });
    await assert.rejects(credentials.rotate(tenant, id, { overlapSeconds: 60 }), { code: 'state-conflict' });
    const third = await credentials.rotate(tenant, second.id, { overlapSeconds: 60 });
    assert.equal(await credentials.byPassword('d', login, 'first'), undefined);
    assert.ok(await credentials.byPassword('d', login, second.secret));
    assert.ok(await credentials.byPassword('d', login, third.secret));
  });

  test('of two rotations at once one counts', async () => {
    const tenant = await newTenant();
    const { id } = await key(tenant);
    const both = await Promise.allSettled(
      [1, 2].map(() => credentials.rotate(tenant, id, { overlapSeconds: 9 })),
    );
    assert.deepEqual(both.map(each => each.status).sort(), ['fulfilled', 'rejected']);
    const failed = both.find(each => each.status === 'rejected');
    assert.equal(failed?.reason.code, 'state-conflict');
    assert.equal((await credentials.list(tenant)).length, 2);
  });

  test('the login stays with its tenant while either of the two is good', async () => {
    const [tenant, other] = [await newTenant(), await newTenant()];
    const login = `joan-${tenant}`;
    const { id } = await password(tenant, login);
    const { id: next } = await credentials.rotate(tenant, id, { overlapSeconds: 60 });
    await assert.rejects(password(other, login), { code: 'value-taken' });
    await credentials.revoke(tenant, next);
    await password(other, login);
    assert.equal((await credentials.byPassword('d', login, 'first'))?.tenant, other);
  });

  test('revoking the new one ends the old one, too; revoking the old one leaves the new one', async () => {
    const tenant = await newTenant();
    const [one, two] = [await key(tenant), await key(tenant)];
    const next = await credentials.rotate(tenant, one.id, { overlapSeconds: 60 });
    const before = (await credentials.byKey('d', one.secret!))!;
    await credentials.issueToken('d', before, `old-${tenant}`, soon(60_000));
    assert.equal(await credentials.revoke(tenant, next.id), true);
    for (const secret of [next.secret, one.secret!, `old-${tenant}`])
      assert.equal(await credentials.byKey('d', secret), undefined);
    const other = await credentials.rotate(tenant, two.id, { overlapSeconds: 60 });
    assert.equal(await credentials.revoke(tenant, two.id), true);
    assert.equal(await credentials.byKey('d', two.secret!), undefined);
    assert.ok(await credentials.byKey('d', other.secret));
  });

  test('a changed password is the only one that is left, whichever of the two it was changed with', async () => {
    for (const changedWith of ['old', 'new']) {
      const tenant = await newTenant();
      const login = `mary-${tenant}`;
      const { id } = await password(tenant, login);
      const old = (await credentials.byPassword('d', login, 'first'))!;
      await credentials.issueToken('d', old, `kept-${tenant}`, soon(60_000));
      const { secret } = await credentials.rotate(tenant, id, { overlapSeconds: 60 });
      const present = changedWith === 'old' ? 'first' : secret;
      const caller = changedWith === 'old' ? (await credentials.byPassword('d', login, secret))! : old;
      assert.equal(await credentials.changePassword(caller, 'wrong', 'x'), false);
      assert.equal(await credentials.changePassword(caller, present, 'mine'), true);
      assert.equal(await credentials.byPassword('d', login, 'first'), undefined, changedWith);
      assert.equal(await credentials.byPassword('d', login, secret), undefined, changedWith);
      assert.ok(await credentials.byPassword('d', login, 'mine'));
      assert.ok(await credentials.byKey('d', `kept-${tenant}`), 'tokens stay');
    }
  });

  test('keeps the end that the credential had, and never moves it back', async () => {
    const tenant = await newTenant();
    const expiresAt = soon(30_000);
    const { id } = await key(tenant, { expiresAt });
    const next = await credentials.rotate(tenant, id, { overlapSeconds: 3_600 });
    assert.equal(next.previousExpiresAt, expiresAt);
    assert.equal((await facts(tenant, next.id)).expiresAt, expiresAt);
  });

  test('refuses an issuer, what has ended, what is another’s, and an overlap out of range', async () => {
    const [tenant, stranger] = [await newTenant(), await newTenant()];
    const issuer = await credentials.create({
      tenant,
      dialect: 'd',
      kind: 'issuer',
      name: 'i',
      lookup: `https://issuer.example/${tenant}`,
    });
    const rotate = (of: number, id: string, overlapSeconds = 0) =>
      credentials.rotate(of, id, { overlapSeconds });
    await assert.rejects(rotate(tenant, issuer.id), { code: 'state-conflict' });
    const { id } = await key(tenant);
    await assert.rejects(rotate(stranger, id), { code: 'object-not-found' });
    await assert.rejects(rotate(tenant, 'nonsense'), { code: 'object-not-found' });
    for (const overlap of [-1, 1.5, OVERLAP_MAXIMUM_SECONDS + 1, Number.NaN])
      await assert.rejects(rotate(tenant, id, overlap), { code: 'value-invalid' });
    await credentials.revoke(tenant, id);
    await assert.rejects(rotate(tenant, id), { code: 'object-not-found' });
    const gone = await key(tenant, { expiresAt: soon(-1_000) });
    await assert.rejects(rotate(tenant, gone.id), { code: 'object-not-found' });
    assert.equal((await credentials.list(stranger)).length, 0);
  });
});

describe('the list of credentials', () => {
  test('shows the settings that are no secret, and nothing else of what it holds', async () => {
    const tenant = await newTenant();
    const settings = { role: 'admin', reveal: true, apiKeySha256: 'f'.repeat(64), jwks: { keys: [] } };
    const { id } = await key(tenant, { settings });
    const listed = await facts(tenant, id);
    assert.deepEqual(listed.settings, { role: 'admin', reveal: true });
    assert.deepEqual(await credentials.list(tenant), [listed]);
    assert.equal(await credentials.find(await newTenant(), id), undefined);
    assert.equal(await credentials.find(tenant, 'nonsense'), undefined);
  });
});
