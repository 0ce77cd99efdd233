import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { withStore } from '../../store/test-store.ts';
import { demoAccess } from './access.ts';
import { demoIssuer } from './openid.ts';

describe('the access of the demo', () => {
  test('is made once, and found again behind more credentials than are listed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'concord-access-'));
    try {
      await withStore(async ({ store, tenant }) => {
        const [made, issuer] = [await tenant(), await demoIssuer(directory)];
        await demoAccess(store, made, issuer);
        const own = await store.credentials.list(made.id);
        const key = { tenant: made.id, dialect: 'd', kind: 'key', name: 'k' } as const;
        for (let count = 0; count < 1_000; count += 1) await store.credentials.create(key);
        const listed = await store.credentials.list(made.id);
        assert.ok(!listed.some(({ id }) => own.some(each => each.id === id)));
        await demoAccess(store, made, issuer);
        assert.deepEqual(await store.credentials.list(made.id), listed);
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
