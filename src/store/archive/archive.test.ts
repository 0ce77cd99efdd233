import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Change } from '../../record/changes.ts';
import { emptyCustomer } from '../../record/customer.ts';
import { archivedOf } from '../archived.ts';
import { connect, type Sql } from '../connection.ts';
import { monthPasses } from '../test-months.ts';
import { type TestStore, testStore } from '../test-store.ts';
import { archiveChanges } from './archive.ts';
import { eraseInArchives } from './erasure.ts';
import { manifestsIn, verifyFile } from './format.ts';

let shared: TestStore;
let owner: Sql;
let directory: string;

before(async () => {
  shared = await testStore();
  owner = connect(shared.store.target, { connections: 1, application: 'test' });
  directory = await mkdtemp(join(tmpdir(), 'concord-archive-'));
});
after(async () => {
  await owner.end();
  await shared.close();
  await rm(directory, { recursive: true, force: true });
});

const origin = (tenant: number) => ({ tenant, dialect: 'test', actor: 'test', requestId: '1' });
const create = (tenant: number) => shared.store.customers.create(origin(tenant), emptyCustomer('business'));
const rename = (tenant: number, id: string, company: string) =>
  shared.store.customers.swap(origin(tenant), { id }, one => ({ ...one, company }));
const erase = (tenant: number, id: string) => shared.store.customers.erase(origin(tenant), { id });

/** Everything that is closed by now: a millisecond lies between the newest change and this moment. */
async function archive(to = directory) {
  await new Promise(resolve => setTimeout(resolve, 2));
  return archiveChanges(shared.store.target, { before: new Date(), directory: to });
}

const newDirectory = () => mkdtemp(join(directory, 'of-'));

async function archivedLines(from = directory): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  for (const { file } of await manifestsIn(from)) {
    const text = gunzipSync(await readFile(join(from, file))).toString();
    lines.push(
      ...text
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line)),
    );
  }
  return lines;
}

describe('archiving', () => {
  test('takes whole old partitions, and what it takes is what is gone', async () => {
    const { changes, customers } = shared.store;
    const [{ id: tenant }, { id: other }] = [await shared.tenant(), await shared.tenant()];
    const { id, createdAt } = await create(tenant);
    await rename(tenant, id, 'Old');
    await create(other);
    const { cursor: old } = await changes.read(tenant, { limit: 1 });
    const { cursor: last } = await changes.read(tenant, { limit: 10 });
    const before = await changes.history(tenant, id, { limit: 10 });
    await monthPasses(shared.store);
    await rename(tenant, id, 'New');
    const kept = await changes.history(tenant, id, { limit: 1 });

    const [first, ...more] = await archive();
    assert.deepEqual(more, []);
    assert.equal(first!.rows, 3);
    const lines = await archivedLines();
    const mine = lines.filter(line => line.customerId === id) as unknown as Change[];
    assert.deepEqual(
      mine.map(({ sequence, fields, at }) => ({ sequence, fields, at })),
      before.reverse().map(({ sequence, fields, at }) => ({ sequence, fields, at })),
    );
    assert.deepEqual(await archive(), [], 'and once only');
    assert.equal((await owner`select to_regclass('concord.change_0000') as one`)[0]?.one, null);

    assert.deepEqual(await changes.history(tenant, id, { limit: 10 }), kept);
    const until = await changes.archivedUntil(tenant);
    assert.equal(until, mine.at(-1)!.at);
    assert.equal(await changes.archivedUntil((await shared.tenant()).id), null);

    await assert.rejects(changes.find(tenant, id, mine[0]!.sequence), { code: 'history-archived' });
    assert.equal((await changes.find(tenant, id, kept[0]!.sequence))?.sequence, kept[0]!.sequence);
    assert.equal(await changes.find(tenant, id, kept[0]!.sequence + 1_000), undefined);

    assert.equal((await customers.at(tenant, id, kept[0]!.at))?.company, 'New');
    assert.equal((await customers.at(tenant, id, until!))?.company, 'Old', 'no archived change is later');
    if (createdAt < until!) {
      await assert.rejects(customers.at(tenant, id, createdAt), { code: 'history-archived' });
    }
    assert.equal(await customers.at(tenant, id, '2020-01-01T00:00:00Z'), undefined, 'before there was one');

    await assert.rejects(changes.read(tenant, { after: old, limit: 10 }), { code: 'cursor-expired' });
    await assert.rejects(changes.read(tenant, { after: '0-0', limit: 10 }), { code: 'cursor-expired' });
    for (const page of [{ after: last }, {}, { after: last, dialect: 'test' }]) {
      const read = await changes.read(tenant, { ...page, limit: 10 });
      assert.deepEqual(
        read.changes.map(({ sequence }) => sequence),
        [kept[0]!.sequence],
      );
    }
    const { cursor } = await changes.read(other, { limit: 10 });
    assert.equal(cursor, await changes.latest(other));
    assert.deepEqual((await changes.read(other, { after: cursor, limit: 10 })).changes, []);
    await create(other);
    assert.equal((await changes.read(other, { after: cursor, limit: 10 })).changes.length, 1);
  });

  test('leaves what is not wholly old, and what is still written into', async () => {
    const { id: tenant } = await shared.tenant();
    const target = { ...shared.store.target };
    await create(tenant);
    assert.deepEqual(await archive(), [], 'the open one');
    const late = connect(shared.store.target, { connections: 1, application: 'test' });
    const [begun, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const transaction = late.begin(async sql => {
      await sql`select pg_current_xact_id()`;
      begun.resolve();
      await commit.promise;
    });
    await begun.promise;
    await monthPasses(shared.store);
    assert.deepEqual(await archive(), [], 'one into which somebody may still write');
    commit.resolve();
    await transaction;
    await late.end();
    const yesterday = new Date(Date.now() - 86_400_000);
    assert.deepEqual(await archiveChanges(target, { before: yesterday, directory }), []);
    assert.ok((await archive()).length > 0);
  });

  test('writes a partition again when somebody was erased meanwhile', async () => {
    const { id: tenant } = await shared.tenant();
    const { id } = await create(tenant);
    await rename(tenant, id, 'Canaryname');
    await monthPasses(shared.store);
    const to = await newDirectory();
    // Held so that the partition is written, and cannot be taken out before the erasure.
    const reader = connect(shared.store.target, { connections: 1, application: 'test' });
    const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = reader.begin(async sql => {
      await sql`select 1 from concord.change limit 1`;
      held.resolve();
      await release.promise;
    });
    await held.promise;
    const archiving = archive(to);
    while ((await manifestsIn(to)).length === 0) await new Promise(resolve => setTimeout(resolve, 10));
    assert.ok(JSON.stringify(await archivedLines(to)).includes('Canaryname'));
    await erase(tenant, id);
    release.resolve();
    await holding;
    await reader.end();
    await archiving;
    assert.ok(!JSON.stringify(await archivedLines(to)).includes('Canaryname'));
    assert.equal((await readdir(to)).length, 2, 'the files with the name are gone');
  });

  test('goes on where it was interrupted', async () => {
    const { id: tenant } = await shared.tenant();
    await create(tenant);
    await monthPasses(shared.store);
    const to = await newDirectory();
    await owner`alter table concord.change_archive rename to change_archive_away`;
    await assert.rejects(archive(to));
    await owner`alter table concord.change_archive_away rename to change_archive`;
    const [written] = await manifestsIn(to);
    assert.ok(written, 'the files were there already');
    await writeFile(join(to, `${written!.file.slice(0, 11)}.partial`), 'half');
    const [manifest] = await archive(to);
    assert.equal(manifest?.partition, written?.partition);
    assert.equal(manifest?.sha256, written?.sha256);
    assert.equal((await readdir(to)).length, 2);
  });

  test('refuses a directory with the archives of another database, and a second run beside the first', async () => {
    const { id: tenant } = await shared.tenant();
    await create(tenant);
    await monthPasses(shared.store);
    const to = await newDirectory();
    const [present] = (await manifestsIn(directory)).slice(-1);
    const [row] = await owner<{ number: number }[]>`
      select min(number) as number from concord.change_partition where archived_at is null`;
    const name = `change_${String(row!.number).padStart(4, '0')}`;
    await writeFile(
      join(to, `${name}.manifest.json`),
      JSON.stringify({ ...present, partition: row!.number }),
    );
    await assert.rejects(archive(to), { code: 'archive-broken' });
    await owner.begin(async sql => {
      await sql`select pg_advisory_xact_lock(7266731)`;
      await assert.rejects(archive(), { code: 'archive-busy' });
    });
    assert.equal((await archive()).length, 1);
  });

  test('waits for whoever has looked how far back history reaches, however often the plan was used', async () => {
    const { id: tenant } = await shared.tenant();
    const reader = connect(shared.store.target, { connections: 1, application: 'test', role: 'concord_app' });
    try {
      for (let time = 0; time < 10; time += 1) {
        const locks = await reader.begin(async sql => {
          await sql`select set_config('concord.tenant', ${String(tenant)}, true)`;
          await archivedOf(sql, tenant);
          return await sql`
            select mode from pg_locks where pid = pg_backend_pid() and relation = 'concord.change'::regclass`;
        });
        assert.deepEqual([...locks], [{ mode: 'AccessShareLock' }]);
      }
    } finally {
      await reader.end();
    }
  });

  test('needs the owner', async () => {
    await owner.unsafe('create role visitor login; grant concord_app to visitor');
    const target = { ...(shared.store.target as { path: string; database: string }), username: 'visitor' };
    const options = { before: new Date(), directory };
    await assert.rejects(archiveChanges(target, options), { code: 'owner-needed' });
  });

  test('is noticed by whoever reads files that were changed, cut off or taken away', async () => {
    const { id: tenant } = await shared.tenant();
    for (let count = 0; count < 20; count += 1) await create(tenant);
    await monthPasses(shared.store);
    for (const harm of [
      (path: string) => truncate(path, 100),
      (path: string) => appendFile(path, 'x'),
      (path: string) => rm(path),
      (path: string) => writeFile(path, 'no gzip'),
    ]) {
      const to = await newDirectory();
      await create(tenant);
      await monthPasses(shared.store);
      const [manifest] = await archive(to);
      await verifyFile(to, manifest!);
      await harm(join(to, manifest!.file));
      await assert.rejects(verifyFile(to, manifest!), { code: 'archive-broken' });
    }
  });
});

describe('erasure in archives', () => {
  test('takes the values of one customer and leaves the rest as it is', async () => {
    const { id: tenant, name } = await shared.tenant();
    const [gone, stays] = [await create(tenant), await create(tenant)];
    await rename(tenant, gone.id, 'Canaryname');
    await shared.store.customers.swap(origin(tenant), { id: gone.id }, one => ({
      ...one,
      customFields: { canarykey: 'Canaryvalue' },
    }));
    await rename(tenant, stays.id, 'Staying');
    await monthPasses(shared.store);
    const to = await newDirectory();
    await archive(to);
    const before = await archivedLines(to);
    const [{ partition }] = (await manifestsIn(to)) as unknown as [{ partition: number }];
    assert.deepEqual(await eraseInArchives(to, name, gone.id), [{ partition, changes: 3 }]);
    const after = await archivedLines(to);
    assert.ok(!/canary/i.test(JSON.stringify(after)));
    assert.deepEqual(
      after.filter(line => line.customerId !== gone.id),
      before.filter(line => line.customerId !== gone.id),
    );
    assert.equal(after.length, before.length);
    for (const manifest of await manifestsIn(to)) await verifyFile(to, manifest);
    assert.equal((await readdir(to)).length, 2);
    assert.deepEqual(await eraseInArchives(to, name, gone.id), [{ partition, changes: 0 }]);
    assert.deepEqual(await eraseInArchives(to, 'nobody', stays.id), []);
  });
});
