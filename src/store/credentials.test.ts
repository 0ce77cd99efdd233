import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Credentials as Port } from '../dialects/contract.ts';
import { openCredentialAdministration } from './credential-administration.ts';
import { openCredentials } from './credentials.ts';
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

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

describe('credentials', () => {
  test('a key opens its own dialect, with its tenant and settings', async () => {
    const tenant = await shared.tenant();
    const { credentials } = shared.store;
    const { id, secret } = await credentials.create({
      tenant: tenant.id,
      dialect: 'flexportal',
      kind: 'key',
      name: 'portal',
      settings: { scope: 'all' },
    });
    const caller = {
      tenant: tenant.id,
      tenantName: tenant.name,
      actor: 'portal',
      credentialId: id,
      settings: { scope: 'all' },
    };
    assert.deepEqual(await credentials.byKey('flexportal', secret!), caller);
    assert.equal(await credentials.byKey('billbee', secret!), undefined);
    assert.equal(await credentials.byKey('flexportal', `${secret}x`), undefined);
    assert.equal(await credentials.byLookup('flexportal', secret!), undefined);
    assert.equal(await credentials.byKey('flexportal', ''), undefined);
    // The port of the dialects is the same shape, without either side knowing the other.
    const port: Port = credentials;
    assert.ok(port);
  });

  test('revocation takes effect here at once', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const { id, secret } = await credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k' });
    assert.ok(await credentials.byKey('d', secret!));
    assert.equal(await credentials.revoke(tenant, id), true);
    assert.equal(await credentials.byKey('d', secret!), undefined);
    assert.equal(await credentials.revoke(tenant, id), false);
    const [listed] = await credentials.list(tenant);
    assert.ok(listed?.revokedAt);
  });

  test('and on another node within seconds', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const elsewhere = openCredentials(pools);
    const { id, secret } = await credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k' });
    assert.ok(await elsewhere.byKey('d', secret!));
    await credentials.revoke(tenant, id);
    const began = Date.now();
    while (await elsewhere.byKey('d', secret!)) {
      assert.ok(Date.now() - began < 6_000, 'it is known everywhere in time');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  });

  test('a password is verified once, and a wrong one never passes', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const login = `ada-${tenant}`;
    await credentials.create({
      tenant,
      dialect: 'billbee',
      kind: 'password',
      name: 'warehouse',
      login,
      secret: 's3cret',
    });
    const first = await timed(async () =>
      assert.ok(await credentials.byPassword('billbee', login, 's3cret')),
    );
    const again = await timed(async () =>
      assert.ok(await credentials.byPassword('billbee', login, 's3cret')),
    );
    assert.ok(again < first / 3, `${again} ms after ${first} ms`);
    assert.equal(await credentials.byPassword('billbee', login, 'wrong'), undefined);
    assert.equal(await credentials.byPassword('flecto', login, 's3cret'), undefined);
    assert.equal(await credentials.byKey('billbee', login), undefined);
  });

  test('an unknown login takes as long as a wrong password', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const login = `eva-${tenant}`;
    await credentials.create({ tenant, dialect: 'd', kind: 'password', name: 'n', login, secret: 's3cret' });
    await credentials.byPassword('d', 'nobody', 'warm up');
    // The fastest of several, because other tests use the same cores.
    const fastest = async (who: string) => {
      const times: number[] = [];
      for (let at = 0; at < 5; at++)
        times.push(await timed(() => credentials.byPassword('d', who, `wrong ${at}`)));
      return Math.min(...times);
    };
    const [wrong, unknown] = [await fastest(login), await fastest('nobody')];
    assert.ok(unknown > wrong / 2 && unknown < wrong * 2, `${unknown} ms and ${wrong} ms`);
  });

  test('a changed password stops the old one: here at once, on another node within seconds', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const elsewhere = openCredentials(pools);
    const login = `joan-${tenant}`;
    const { id } = await credentials.create({
      tenant,
      dialect: 'd',
      kind: 'password',
      name: 'n',
      login,
      secret: 'before',
    });
    const caller = (await credentials.byPassword('d', login, 'before'))!;
    assert.ok(await elsewhere.byPassword('d', login, 'before'));
    await credentials.issueToken('d', caller, `kept-${tenant}`, soon(60_000));

    assert.equal(await credentials.changePassword(caller, 'wrong', 'after'), false);
    assert.ok(await credentials.byPassword('d', login, 'before'));
    assert.equal(await credentials.changePassword(caller, 'before', 'after'), true);
    const began = Date.now();
    assert.equal(await credentials.byPassword('d', login, 'before'), undefined);
    assert.deepEqual(await credentials.byPassword('d', login, 'after'), caller);
    assert.equal(await credentials.changePassword(caller, 'before', 'again'), false);
    assert.deepEqual(await credentials.byKey('d', `kept-${tenant}`), caller, 'tokens stay');

    while (await elsewhere.byPassword('d', login, 'before')) {
      assert.ok(Date.now() - began < 6_000, 'it is known everywhere in time');
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    assert.ok(await elsewhere.byPassword('d', login, 'after'));
    await credentials.revoke(tenant, id);
    assert.equal(await credentials.changePassword(caller, 'after', 'again'), false);
  });

  test('of two changes at once one counts, and only a password can be changed', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const login = `mary-${tenant}`;
    await credentials.create({
      tenant,
      dialect: 'd',
      kind: 'password',
      name: 'n',
      login,
      secret: 'before',
    });
    const caller = (await credentials.byPassword('d', login, 'before'))!;
    const wishes = ['one', 'two', 'three'];
    const changed = await Promise.all(
      wishes.map(after => credentials.changePassword(caller, 'before', after)),
    );
    assert.deepEqual(changed.filter(Boolean), [true]);
    for (const [at, after] of wishes.entries()) {
      assert.equal((await credentials.byPassword('d', login, after)) !== undefined, changed[at]);
    }
    const { secret } = await credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k' });
    const key = (await credentials.byKey('d', secret!))!;
    assert.equal(await credentials.changePassword(key, secret!, 'after'), false);
    const foreign = await shared.tenant();
    assert.equal(await credentials.changePassword({ ...caller, tenant: foreign.id }, 'one', 'x'), false);
  });

  test('tokens end with their credential, with their time, and on demand', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const { id, secret } = await credentials.create({
      tenant,
      dialect: 'd',
      kind: 'key',
      name: 'k',
      settings: { a: 1 },
    });
    const caller = (await credentials.byKey('d', secret!))!;
    const token = (name: string) => `${name}-${tenant}`;
    await credentials.issueToken('d', caller, token('one'), soon(60_000));
    await credentials.issueToken('d', caller, token('two'), soon(60_000));
    await credentials.issueToken('d', caller, token('old'), soon(-1_000));
    assert.deepEqual(await credentials.byKey('d', token('one')), caller);
    assert.equal(await credentials.byKey('d', token('old')), undefined);
    await credentials.revokeKey('d', token('one'));
    assert.equal(await credentials.byKey('d', token('one')), undefined);
    assert.ok(await credentials.byKey('d', token('two')));
    assert.equal((await credentials.list(tenant)).length, 1);
    // On demand only tokens.
    await credentials.revokeKey('d', secret!);
    assert.ok(await credentials.byKey('d', secret!));
    await credentials.revoke(tenant, id);
    assert.equal(await credentials.byKey('d', token('two')), undefined);
  });

  test('a cached token ends on time', async () => {
    const { id: tenant } = await shared.tenant();
    const { credentials } = shared.store;
    const { secret } = await credentials.create({ tenant, dialect: 'd', kind: 'key', name: 'k' });
    const caller = (await credentials.byKey('d', secret!))!;
    await credentials.issueToken('d', caller, `short-${tenant}`, soon(300));
    assert.ok(await credentials.byKey('d', `short-${tenant}`));
    await new Promise(resolve => setTimeout(resolve, 350));
    assert.equal(await credentials.byKey('d', `short-${tenant}`), undefined);
  });

  test('one login or issuer belongs to one tenant', async () => {
    const [one, two] = [await shared.tenant(), await shared.tenant()];
    const administration = openCredentialAdministration(pools, () => {});
    const lookup = `https://issuer.example/${one.id}`;
    const results = await Promise.allSettled(
      [one, two].map(({ id }) =>
        administration.create({ tenant: id, dialect: 'flecto', kind: 'issuer', name: 'n', lookup }),
      ),
    );
    assert.deepEqual(results.map(result => result.status).sort(), ['fulfilled', 'rejected']);
    const failed = results.find(result => result.status === 'rejected');
    assert.equal(failed?.reason.code, 'value-taken');
    assert.ok(await shared.store.credentials.byLookup('flecto', lookup));
  });
});
