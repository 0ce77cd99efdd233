import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { REASON_MAXIMUM, type Reveals } from '../record/access.ts';
import { newId } from '../record/identifier.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let reveals: Reveals;

before(async () => {
  shared = await testStore();
  reveals = shared.store.reveals;
});
after(() => shared.close());

const look = (tenant: number, more = {}) => ({
  tenant,
  actor: 'front desk',
  credentialId: newId(),
  customerId: newId(),
  documentId: newId(),
  requestId: 'r',
  ...more,
});

describe('reveals', () => {
  test('are kept with who, whose, which and why, newest first', async () => {
    const { id: tenant } = await shared.tenant();
    const one = look(tenant, { reason: 'asked by the bank' });
    const all = look(tenant, { documentId: null });
    await reveals.record(one);
    await reveals.record(all);
    const [second, first] = await reveals.list(tenant, { limit: 10 });
    const { tenant: _, ...facts } = one;
    assert.deepEqual({ ...first, id: '', at: '' }, { ...facts, id: '', at: '' });
    assert.ok(Math.abs(Date.parse(first!.at) - Date.now()) < 5_000);
    assert.equal(second?.documentId, null);
    assert.equal(second?.reason, null);
    assert.deepEqual(await reveals.list((await shared.tenant()).id, { limit: 10 }), []);
  });

  test('are listed page by page, and for one customer', async () => {
    const { id: tenant } = await shared.tenant();
    const customerId = newId();
    for (let at = 0; at < 5; at++)
      await reveals.record(look(tenant, { requestId: `r${at}`, ...(at % 2 === 0 && { customerId }) }));
    const read = async (query: { customerId?: string; after?: string }) =>
      (await reveals.list(tenant, { ...query, limit: 2 })).map(each => each.requestId);
    const [, last] = await reveals.list(tenant, { limit: 2 });
    assert.deepEqual(await read({}), ['r4', 'r3']);
    assert.deepEqual(await read({ after: last!.id }), ['r2', 'r1']);
    assert.deepEqual(await read({ customerId }), ['r4', 'r2']);
    assert.deepEqual(await read({ customerId, after: last!.id }), ['r2', 'r0']);
    assert.deepEqual(await read({ customerId: 'nobody' }), []);
  });

  test('of one who is erased lose their reasons, and nothing else', async () => {
    const { id: tenant } = await shared.tenant();
    const { id: stranger } = await shared.tenant();
    const customerId = newId();
    const reason = 'asked by the bank';
    for (const each of [tenant, stranger]) await reveals.record(look(each, { customerId, reason }));
    await reveals.record(look(tenant, { reason }));
    const before = await reveals.list(tenant, { limit: 10 });
    await reveals.forgetReasons(tenant, customerId);
    await reveals.forgetReasons(tenant, 'nobody');
    assert.deepEqual(
      await reveals.list(tenant, { limit: 10 }),
      before.map(each => (each.customerId === customerId ? { ...each, reason: null } : each)),
    );
    assert.equal((await reveals.list(stranger, { limit: 10 }))[0]!.reason, reason);
  });

  test('have a reason of one line', async () => {
    const { id: tenant } = await shared.tenant();
    for (const reason of ['a\nb', 'x'.repeat(REASON_MAXIMUM + 1)])
      await assert.rejects(reveals.record(look(tenant, { reason })), { code: 'value-invalid' });
    assert.deepEqual(await reveals.list(tenant, { limit: 10 }), []);
  });
});
