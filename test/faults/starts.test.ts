/** Starts and stops that go wrong: each says so, or waits for the other, and leaves nothing behind. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AnnouncedTenant } from '../../src/cli/demo/announcement.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { environmentOf, processesOf, runCommand, type Started, startCommand } from '../support/process.ts';
import { startedAtOnce } from '../support/starts.ts';
import { until } from '../support/until.ts';

/** `npm run proof` starts twenty. */
const SERVERS = 4;

describe('a start', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-starts-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('on a path that takes no directory says so and ends', { timeout: 60_000 }, async () => {
    for (const path of ['/proc/concord', '/proc/concord/data']) {
      const { code, errors } = await runCommand(['serve', '--port', '0', '--data', path]);
      assert.equal(code, 1, path);
      assert.match(errors, /^concord: The data directory \S+ cannot be used: /, path);
    }
  });

  it('makes the directories above its data', async () => {
    const running = await startCommand(['serve', '--port', '0', '--data', join(directory, 'a', 'b', 'data')]);
    assert.equal(await running.stop(), 0);
  });
});

describe('a second signal', () => {
  it('ends server and database at once; what was answered is there at the next start', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'concord-signals-'));
    const args = ['demo', '--json', '--port', '0', '--data', directory];
    let running: Started | undefined;
    try {
      running = await startCommand(args);
      const { origin, tenants } = JSON.parse(running.line);
      const key = tenants[0].concord.headers;
      const answer = await fetch(`${origin}/concord/v1/customers`, {
        method: 'POST',
        headers: { ...key, 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'business', company: 'Quay Tools' }),
      });
      assert.equal(answer.status, 201);
      const { id } = (await answer.json()) as { id: string };
      // A request that never arrives holds the first signal up.
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write('POST /concord/v1/customers HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n');
      const ended = new Promise(resolve => running!.process.once('exit', resolve));
      running.process.kill('SIGTERM');
      await refuses(origin);
      running.process.kill('SIGTERM');
      assert.equal(await ended, 1);
      await until('nothing of it runs', () => processesOf(directory).length === 0);
      running = await startCommand(args);
      const again = await fetch(`${JSON.parse(running.line).origin}/concord/v1/customers/${id}`, {
        headers: key,
      });
      assert.equal(again.status, 200);
      await again.text();
    } finally {
      await running?.stop();
      for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** The first signal has come through once the door is closed. */
const refuses = (origin: string): Promise<number> =>
  until('the server lets nobody in', () =>
    fetch(`${origin}/health`).then(
      () => false,
      () => true,
    ),
  );

describe('several first starts at once on one empty database', () => {
  let database: TestStore;
  before(async () => {
    database = await testStore();
  });
  after(() => database.close());

  it(`of ${SERVERS} servers: all are ready, the schema is made once, and nobody complains`, async t => {
    const { milliseconds, migrations } = await startedAtOnce(database, SERVERS);
    t.diagnostic(`${SERVERS} servers were ready after ${milliseconds} ms`);
    assert.ok(migrations > 0);
  });

  it('of two demos: both announce the same customers', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'concord-demos-'));
    const args = ['demo', '--json', '--port', '0', '--data', directory];
    const demos = await Promise.all([1, 2].map(() => startCommand(args, environmentOf(database))));
    try {
      const [first, second] = demos.map(({ line }) =>
        JSON.parse(line).tenants.map(({ name, customers }: AnnouncedTenant) => ({ name, customers })),
      );
      assert.deepEqual(first, second);
      assert.equal(first.length, 2);
    } finally {
      await Promise.all(demos.map(demo => demo.stop()));
      await rm(directory, { recursive: true, force: true });
    }
  });
});
