import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyCustomer } from '../record/customer.ts';
import { openStore } from './index.ts';

/** Recovery from kill -9 takes 0.3 s here. */
const OUTAGE_MAXIMUM_MS = 10_000;

test('kill -9 of the database: what was answered stays, meanwhile there is an error that says so', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'concord-outage-'));
  const store = await openStore({ directory, keys: [{ id: 'k', key: randomBytes(32) }] });
  let over = false;
  try {
    const tenant = (await store.tenants.create('outage')).id;
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    const answered: string[] = [];
    const refused = new Set<string>();
    const writers = Array.from({ length: 8 }, async () => {
      while (!over) {
        await store.customers.create(origin, emptyCustomer('business')).then(
          customer => answered.push(customer.id),
          error => refused.add(error.code),
        );
        await sleep(5);
      }
    });
    await sleep(300);
    const before = answered.length;
    const pid = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8');
    process.kill(Number.parseInt(pid, 10), 'SIGKILL');
    for (const deadline = Date.now() + OUTAGE_MAXIMUM_MS; answered.length < before + 200; await sleep(20)) {
      assert.ok(Date.now() < deadline, 'writes go on in time');
    }
    over = true;
    await Promise.all(writers);
    assert.ok(before > 0);
    assert.deepEqual([...refused], ['unavailable']);
    assert.equal(await store.health(), true);
    const stored = new Set<string>();
    for (let after = 0; ; ) {
      const page = await store.customers.list(tenant, { after, limit: 1_000 });
      if (page.length === 0) break;
      for (const { id } of page) stored.add(id);
      after = page.at(-1)!.number;
    }
    assert.deepEqual(
      answered.filter(id => !stored.has(id)),
      [],
    );
  } finally {
    // After a failed assertion, too: writers that go on would keep the process alive.
    over = true;
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
});
