/** The partitions of history from the command line: listed, archived, verified, and a customer erased in archives. */
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { emptyCustomer } from '../../src/record/customer.ts';
import type { Tenant } from '../../src/record/tenants.ts';
import { monthPasses } from '../../src/store/test-months.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { environmentOf, runCommand } from '../support/process.ts';

describe('history from the command line', () => {
  let shared: TestStore;
  let tenant: Tenant;
  let directory: string;
  before(async () => {
    shared = await testStore();
    tenant = await shared.tenant();
    directory = await mkdtemp(join(tmpdir(), 'concord-changes-'));
  });
  after(async () => {
    await shared.close();
    await rm(directory, { recursive: true, force: true });
  });

  const create = () =>
    shared.store.customers.create(
      { tenant: tenant.id, dialect: 'test', actor: 'test', requestId: '1' },
      { ...emptyCustomer('business'), company: 'Canaryname' },
    );
  const run = (...args: string[]) => runCommand(['changes', ...args], environmentOf(shared));

  it('lists partitions, archives old ones, verifies them, and erases in them', async () => {
    const { id } = await create();
    await monthPasses(shared.store);
    await create();
    const to = join(directory, 'archives');

    const now = await run('archive', '--to', to, '--older-than', '400d');
    assert.deepEqual([now.code, now.output], [0, 'No partition is wholly older.\n'], now.errors);
    const archived = await run('archive', '--to', to, '--before', new Date().toISOString());
    assert.equal(archived.code, 0, archived.errors);
    assert.match(
      archived.output,
      /^1 changes from \S+ to \S+ are in change_0000\.[0-9a-f]{16}\.jsonl\.gz\n$/,
    );
    const [file] = await readdir(to);
    assert.equal((await stat(join(to, file!))).mode & 0o077, 0, 'for its owner alone');
    const [archives] = [await run('archive', '--to', to, '--before', new Date().toISOString(), '--json')];
    assert.deepEqual(JSON.parse(archives.output), []);

    const listed = await run('partitions');
    assert.equal(listed.code, 0, listed.errors);
    const lines = listed.output.trimEnd().split('\n');
    assert.match(lines[0]!, /^Partition +From +To +Changes +MiB +Archived$/);
    assert.match(lines[1]!, /^change_0000 +\d{4}-\d{2}-\d{2} +\d{4}-\d{2}-\d{2} +1 +\d{4}-\d{2}-\d{2}$/);
    assert.match(lines.at(-1)!, /^change_0002 +ahead/);
    const states = JSON.parse((await run('partitions', '--json')).output);
    assert.deepEqual(
      states.map((each: { archivedAt: string | null }) => each.archivedAt !== null),
      [true, false, false],
    );

    const erased = await run('erase', '--in', to, '--tenant', tenant.name, '--customer', id);
    assert.equal(erased.output, '1 changes in 1 of 1 archives of the tenant hold no values any more.\n');
    const verified = await run('verify', to);
    assert.match(verified.output, /^change_0000\S+: 1 changes from .* as they were written\n$/);
    const [harmed] = (await readdir(to)).filter(name => name.endsWith('.gz'));
    await appendFile(join(to, harmed!), 'x');
    const refused = await run('verify', to);
    assert.deepEqual([refused.code, refused.output], [1, '']);
    assert.match(refused.errors, /Nothing of it may be relied on/);
  });

  it('refuses what makes no sense', async () => {
    for (const [args, words] of [
      [[], '--before or --older-than'],
      [['--before', '2026-01-01', '--older-than', '400d'], '--before or --older-than'],
      [['--older-than', '13 months'], '400d'],
      [['--before', 'yesterday'], '2026-01-31'],
      [['--before', '2026-13-77'], '2026-01-31'],
      [['--before', '2999-01-01'], 'to come'],
    ] as const) {
      const { code, errors, output } = await run('archive', '--to', directory, ...args);
      assert.deepEqual([code, output], [2, ''], args.join(' '));
      assert.ok(errors.includes(words), errors);
    }
    const erase = await run('erase', '--in', directory, '--tenant', 'x', '--customer', '1');
    assert.equal(erase.code, 2);
    const nowhere = await run('verify', join(directory, 'nowhere'));
    assert.deepEqual([nowhere.code, /ENOENT/.test(nowhere.errors)], [1, true]);
  });
});
