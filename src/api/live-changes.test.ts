import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Changes, FedChange } from '../record/changes.ts';
import { emptyCustomer } from '../record/customer.ts';
import { type TestStore, testStore } from '../store/test-store.ts';
import { openBacklog } from './backlog.ts';
import { openLiveChanges } from './live-changes.ts';

let shared: TestStore;
before(async () => {
  shared = await testStore();
});
after(() => shared.close());

/** The store's own, counting how often it is asked. */
function counted(): Changes & { looks: number } {
  const { changes } = shared.store;
  const counting = {
    ...changes,
    looks: 0,
    read(...args: Parameters<Changes['read']>) {
      counting.looks += 1;
      return changes.read(...args);
    },
  };
  return counting;
}

const create = (tenant: number) =>
  shared.store.customers.create(
    { tenant, dialect: 'test', actor: 'test', requestId: 'test' },
    emptyCustomer('individual'),
  );

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Looks of one second at most: five, and one more that began in it. */
const LOOKS_OF_A_SECOND = 6;

describe('live changes', () => {
  it('are looked for once for all who listen in a tenant, and not at all while nobody does', async () => {
    const [{ id: busy }, { id: quiet }] = [await shared.tenant(), await shared.tenant()];
    const changes = counted();
    const live = openLiveChanges(changes);
    await pause(500);
    assert.equal(changes.looks, 0);

    const heard: string[][] = [[], [], [], [], []];
    const leaving = await Promise.all(
      heard.map(mine =>
        live.listen(busy, { lose() {}, hear: fed => mine.push(...fed.map(({ customerId }) => customerId)) }),
      ),
    );
    const elsewhere: FedChange[] = [];
    const made = await create(busy);
    const before = changes.looks;
    await pause(1_000);
    assert.ok(changes.looks - before <= LOOKS_OF_A_SECOND, `${changes.looks - before} looks`);
    for (const mine of heard) assert.deepEqual(mine, [made.id]);

    leaving.push(await live.listen(quiet, { lose() {}, hear: fed => elsewhere.push(...fed) }));
    await create(busy);
    await pause(500);
    for (const mine of heard) assert.equal(mine.length, 2);
    assert.deepEqual(elsewhere, []);

    for (const leave of leaving) leave();
    // One may be on its way.
    await pause(300);
    const settled = changes.looks;
    await pause(700);
    assert.equal(changes.looks, settled);
    for (const leave of leaving) leave();
  });

  it('are heard again by who comes back', async () => {
    const { id: tenant } = await shared.tenant();
    const live = openLiveChanges(shared.store.changes);
    for (let round = 0; round < 3; round++) {
      const heard: FedChange[] = [];
      const leave = await live.listen(tenant, { lose() {}, hear: fed => heard.push(...fed) });
      const made = await create(tenant);
      await pause(600);
      leave();
      assert.deepEqual(
        heard.map(({ customerId }) => customerId),
        [made.id],
      );
    }
  });

  it('go on after the database was away for a moment', async () => {
    const { id: tenant } = await shared.tenant();
    const { changes } = shared.store;
    let isAway = true;
    const live = openLiveChanges({
      ...changes,
      read: (...args) => (isAway ? Promise.reject(new Error('away')) : changes.read(...args)),
    });
    const heard: FedChange[] = [];
    const leave = await live.listen(tenant, { lose() {}, hear: fed => heard.push(...fed) });
    await create(tenant);
    await pause(500);
    assert.equal(heard.length, 0);
    isAway = false;
    await pause(1_500);
    assert.equal(heard.length, 1);
    leave();
  });
});

describe('a backlog', () => {
  const change = (number: number, dialect = 'test', size = 0): FedChange => ({
    ...{ sequence: number, customerId: 'x', customerNumber: 1, dialect, actor: 'test', requestId: 'r' },
    ...{ at: '2026-01-01T00:00:00.000Z', event: null, erased: false, cursor: `1-${number}` },
    fields: [{ path: 'company', before: null, after: 'x'.repeat(size) }],
  });

  it('gives what was heard of one dialect, once', () => {
    const backlog = openBacklog('billbee');
    backlog.hear([change(1, 'billbee'), change(2, 'flecto')], '1-2');
    const { changes, cursor, isLost } = backlog.take();
    assert.deepEqual([changes.map(({ sequence }) => sequence), cursor, isLost], [[1], '1-2', false]);
    assert.deepEqual(backlog.take(), { changes: [], cursor: '1-2', isLost: false });
  });

  it('gives up what is more than it may hold, by count and by size, and begins anew', () => {
    for (const many of [
      Array.from({ length: 1_001 }, (_, at) => change(at + 1)),
      Array.from({ length: 5 }, (_, at) => change(at + 1, 'test', 1_000_000)),
    ]) {
      const backlog = openBacklog();
      backlog.hear(many.slice(0, 3), '1-3');
      backlog.hear(many.slice(3), '1-9999');
      assert.deepEqual(backlog.take(), { changes: [], cursor: '1-9999', isLost: true });
      backlog.hear([change(10_000)], '1-10000');
      assert.equal(backlog.take().changes.length, 1);
    }
  });

  it('wakes who waits when there is something, at the time given, and when it is told to', async () => {
    const backlog = openBacklog();
    const startedAt = Date.now();
    await backlog.wait(50);
    assert.ok(Date.now() - startedAt >= 45);
    setTimeout(() => backlog.hear([change(1)], '1-1'), 10);
    await backlog.wait(60_000);
    backlog.wake();
    await backlog.wait(60_000);
    assert.ok(Date.now() - startedAt < 10_000);
  });
});
