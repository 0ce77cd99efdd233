/** `concord changes archive` killed at random points, while others write and erase: no change is lost, none is there twice. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { ERASED_EVENT } from '../../src/record/changes.ts';
import { emptyCustomer } from '../../src/record/customer.ts';
import { manifestsIn, verifyFile } from '../../src/store/archive/format.ts';
import { monthPasses } from '../../src/store/test-months.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { environmentOf } from '../support/process.ts';

const COMMAND = join(import.meta.dirname, '../../bin/concord');
const KILLS = 30;
const CHANGES_OF_PARTITION = 300;
/** From the first byte of a partition on the disk to its end in the database, somewhat more than it takes. */
const WORK_MS = 150;

interface Seen {
  readonly sequence: number;
  readonly event: string | null;
}

describe('archiving that is killed', () => {
  let shared: TestStore;
  let directory: string;
  before(async () => {
    shared = await testStore();
    directory = await mkdtemp(join(tmpdir(), 'concord-killed-'));
  });
  after(async () => {
    await shared.close();
    await rm(directory, { recursive: true, force: true });
  });

  const archiving = (): ChildProcess =>
    spawn(COMMAND, ['changes', 'archive', '--to', directory, '--before', new Date().toISOString()], {
      env: { ...process.env, ...environmentOf(shared) },
      stdio: 'ignore',
    });

  /** Whether it was at work still. A kill before there is anything to harm would prove nothing. */
  async function killedAtWork(child: ChildProcess): Promise<boolean> {
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const before = new Set(await readdir(directory));
    while (child.exitCode === null && (await readdir(directory)).every(name => before.has(name)))
      await sleep(1);
    await sleep(Math.random() * WORK_MS);
    child.kill('SIGKILL');
    const [, signal] = await ended;
    return signal === 'SIGKILL';
  }

  it('goes on with nothing lost and nothing twice', async t => {
    const { customers } = shared.store;
    const { id: tenant } = await shared.tenant();
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
    const present: string[] = [];
    let written = 0;
    const make = async () => {
      const { id } = await customers.create(origin, emptyCustomer('business'));
      present.push(id);
      written += 1;
    };

    let isDone = false;
    const writing = (async () => {
      while (!isDone) await make();
    })();
    let [killed, erased] = [0, 0];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const wanted = written + CHANGES_OF_PARTITION;
      while (written < wanted) await sleep(5);
      await monthPasses(shared.store);
      const gone = present.splice(Math.floor(Math.random() * present.length), 1)[0]!;
      const erasing = async () => {
        // Of one whose changes are archived, or of one whose changes are just being archived: both happen.
        await customers.erase(origin, { id: gone });
        erased += 1;
      };
      const [wasAtWork] = await Promise.all([killedAtWork(archiving()), erasing()]);
      if (wasAtWork) killed += 1;
    }
    isDone = true;
    await writing;
    await monthPasses(shared.store);
    const [code] = await once(archiving(), 'exit');
    assert.equal(code, 0);
    t.diagnostic(`${killed} of ${KILLS} runs were killed at work, beside ${written} writes`);
    assert.ok(killed >= KILLS / 4, 'enough of them were in the middle');

    const [archived, kept] = [await inArchives(), await inFeed(tenant)];
    t.diagnostic(`${archived.length} changes in archives, ${kept.length} in the database`);
    const all = [...archived, ...kept];
    assert.equal(new Set(all.map(({ sequence }) => sequence)).size, all.length, 'none twice');
    assert.equal(all.filter(({ event }) => event === ERASED_EVENT).length, erased);
    assert.equal(all.length, written + erased, 'none lost');
    assert.deepEqual(
      (await readdir(directory)).length,
      2 * (await manifestsIn(directory)).length,
      'no strays',
    );
  });

  async function inArchives(): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (const manifest of await manifestsIn(directory)) {
      await verifyFile(directory, manifest);
      const text = gunzipSync(await readFile(join(directory, manifest.file))).toString();
      for (const line of text.split('\n')) if (line !== '') seen.push(JSON.parse(line) as Seen);
    }
    return seen;
  }

  async function inFeed(tenant: number): Promise<Seen[]> {
    const seen: Seen[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await shared.store.changes.read(tenant, {
        limit: 1_000,
        ...(after !== undefined && { after }),
      });
      seen.push(...page.changes);
      if (!page.hasMore) return seen;
      after = page.cursor;
    }
  }
});
