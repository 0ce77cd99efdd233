import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openCredentialAdministration } from './credential-administration.ts';
import { openCredentials } from './credentials.ts';
import { openLastUse } from './last-use.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { openPools, POOL_SIZES, type Pools } from './pools.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let pools: Pools;

before(async () => {
  shared = await testStore();
  pools = openPools(shared.store.target, { role: APPLICATION_ROLE }, POOL_SIZES);
});
after(async () => {
  await pools.end();
  await shared.close();
});

/** What another process is told. */
const usedAt = async (tenant: number, id: string) =>
  (await openCredentialAdministration(pools, () => {}).find(tenant, id))?.lastUsedAt;

const isNow = (time: string | null | undefined) => Math.abs(Date.parse(time ?? '') - Date.now()) < 5_000;

describe('last use', () => {
  test('is remembered for keys, logins and lookups of several tenants, and written in one go', async () => {
    const [one, two] = [(await shared.tenant()).id, (await shared.tenant()).id];
    const credentials = openCredentials(pools);
    const { create } = shared.store.credentials;
    const made = { dialect: 'd', name: 'n' };
    const key = await create({ tenant: one, kind: 'key', ...made });
    const idle = await create({ tenant: one, kind: 'key', ...made });
    const login = await create({ tenant: two, kind: 'password', login: `l${two}`, secret: 's', ...made });
    const issuer = await create({ tenant: two, kind: 'issuer', lookup: `i${two}`, ...made });
    await credentials.byKey('d', key.secret!);
    await credentials.byPassword('d', `l${two}`, 's');
    await credentials.byLookup('d', `i${two}`);
    await credentials.byKey('d', `${idle.secret}x`);
    await credentials.byPassword('d', `l${two}`, 'wrong');
    assert.equal(await usedAt(one, key.id), null, 'nothing is written while somebody waits');
    assert.ok(isNow(credentials.lastUse.pending(key.id)));
    await credentials.lastUse.flush();
    assert.equal(credentials.lastUse.pending(key.id), undefined);
    assert.ok(isNow(await usedAt(one, key.id)));
    assert.ok(isNow(await usedAt(two, login.id)));
    assert.ok(isNow(await usedAt(two, issuer.id)));
    assert.equal(await usedAt(one, idle.id), null);
  });

  test('of a token is its credential’s, and is shown here before it is written', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const { id, secret } = await credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k' });
    const caller = { tenant, tenantName: 't', actor: 'k', credentialId: id, settings: {} };
    assert.equal((await credentials.find(tenant, id))?.lastUsedAt, null);
    await credentials.issueToken('d', caller, `t-${secret}`, new Date(Date.now() + 60_000).toISOString());
    await credentials.byKey('d', `t-${secret}`);
    assert.ok(isNow((await credentials.find(tenant, id))?.lastUsedAt));
    assert.equal(await usedAt(tenant, id), null);
  });

  test('never goes back, and wrong passwords do not count', async () => {
    const { id: tenant } = await shared.tenant();
    const { create } = shared.store.credentials;
    const { id } = await create({
      tenant,
      dialect: 'd',
      kind: 'password',
      name: 'n',
      login: `w${tenant}`,
      secret: 's',
    });
    const credentials = openCredentials(pools);
    await credentials.byPassword('d', `w${tenant}`, 'wrong');
    await credentials.lastUse.flush();
    assert.equal(await usedAt(tenant, id), null);
    await credentials.byPassword('d', `w${tenant}`, 's');
    await credentials.lastUse.flush();
    const first = await usedAt(tenant, id);
    await pools.scan
      .sql`select concord.credential_used(${JSON.stringify({ [tenant]: { [id]: '2020-01-01T00:00:00Z' } })}::jsonb)`;
    assert.equal(await usedAt(tenant, id), first);
  });

  test('a failure keeps it for the next time, and closing writes for the last time', async () => {
    const { id: tenant } = await shared.tenant();
    const { id } = await shared.store.credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k' });
    const away = openPools(shared.store.target, { role: APPLICATION_ROLE }, POOL_SIZES);
    await away.end();
    let lane = away.scan;
    const scan = {
      get sql() {
        return lane.sql;
      },
      get gate() {
        return lane.gate;
      },
    };
    const lastUse = openLastUse({ ...pools, scan });
    lastUse.note(tenant, id);
    await lastUse.flush();
    assert.ok(isNow(lastUse.pending(id)), 'the database was away');
    lane = pools.scan;
    await lastUse.close();
    assert.ok(isNow(await usedAt(tenant, id)));
    lastUse.note(tenant, id);
    assert.equal(lastUse.pending(id), undefined, 'what is closed notes nothing');
  });
});
