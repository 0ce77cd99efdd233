/** `serve --workers`: one server of several processes on one port, whatever becomes of any of them. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { connect } from '../../src/store/connection.ts';
import { withStore } from '../../src/store/test-store.ts';
import { environmentOf, processesOf, runCommand, type Started, startCommand } from '../support/process.ts';
import { connection, isRunning, metricsOf, originOf, until, workersOf } from '../support/serving.ts';

const CONNECTIONS = 32;
/** What a client sees whose request was with a worker when it died. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE']);

describe('serve --workers', () => {
  let directory: string;
  let server: Started | undefined;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-workers-'));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  after(async () => {
    for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  async function start(more: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Started> {
    server = await startCommand(
      ['serve', '--workers', '2', '--port', '0', '--data', directory, ...more],
      environment,
    );
    return server;
  }

  const linesOf = (started: Started): Record<string, unknown>[] =>
    started
      .errors()
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));

  it('spreads connections evenly over its processes, and counts what all of them answer', async () => {
    const started = await start();
    const origin = originOf(started);
    assert.equal(workersOf(started).length, 2);
    const connections = Array.from({ length: CONNECTIONS }, () => connection(origin));
    for (let round = 0; round < 2; round += 1) {
      const answers = await Promise.all(connections.map(each => each.send('/ready')));
      assert.ok(answers.every(({ status }) => status === 200));
    }
    // Asked of either of them, and of both at once.
    for (const each of await Promise.all([1, 2, 3, 4].map(() => metricsOf(origin, 'ready')))) {
      assert.deepEqual(each, { count: 2 * CONNECTIONS, processes: ['1', '2', 'primary'] });
    }
    for (const each of connections) each.close();
    assert.equal(await started.stop(), 0);
    assert.equal(started.output(), `${started.line}\n`);
    const ready = linesOf(started).filter(line => line.operation === 'ready');
    for (const worker of [1, 2]) {
      const count = ready.filter(line => line.worker === worker).length;
      assert.ok(count >= CONNECTIONS / 2, `worker ${worker} answered ${count} of ${ready.length}`);
    }
    assert.deepEqual(processesOf(directory), []);
  });

  it('replaces a worker that dies; the port stays, and no count falls', async () => {
    const started = await start(['--log-level', 'error']);
    const origin = originOf(started);
    let [answered, broken] = [0, 0];
    const isThere = async (): Promise<void> => {
      const fresh = connection(origin);
      await fresh
        .send('/ready')
        .then(({ status }) => {
          assert.equal(status, 200);
          answered += 1;
        })
        .catch(error => {
          if (!BROKEN.has(error.code)) throw error;
          broken += 1;
        });
      fresh.close();
    };
    for (let at = 0; at < 10; at += 1) await isThere();
    assert.equal((await metricsOf(origin, 'ready')).count, 10);
    for (let kill = 1; kill <= 2; kill += 1) {
      const before = workersOf(started);
      process.kill(before[0]!, 'SIGKILL');
      await until('two workers again', async () => {
        await isThere();
        const { processes } = await metricsOf(origin, 'ready').catch(() => ({ processes: [] }));
        return processes.length === 3 && !workersOf(started).includes(before[0]!);
      });
    }
    // What is sent to a worker in the moment of its death is lost, and nothing else.
    assert.ok(broken <= 4, `${broken} of ${answered + broken}`);
    const { count } = await metricsOf(origin, 'ready');
    assert.ok(count >= 10 && count <= answered, `${count} of ${answered}`);
    assert.equal(linesOf(started).filter(line => line.event === 'worker.lost').length, 2);
    assert.equal(await started.stop('SIGINT'), 0);
    assert.deepEqual(processesOf(directory), []);
  });

  it('leaves no worker behind when its first process is killed, and starts again on the same data', async () => {
    const started = await start();
    const workers = workersOf(started);
    assert.equal(await started.stop('SIGKILL'), null);
    await until('the workers have ended', () => !workers.some(isRunning));
    const again = await start();
    assert.equal((await fetch(`${originOf(again)}/ready`)).status, 200);
  });

  it('stops at a signal to all of its processes, as a terminal and a supervisor send it', async () => {
    const started = await start();
    const origin = originOf(started);
    for (const pid of workersOf(started)) process.kill(pid, 'SIGINT');
    assert.equal(await started.stop('SIGINT'), 0);
    assert.deepEqual(processesOf(directory), []);
    await assert.rejects(fetch(origin));
  });

  it('says what is wrong, and leaves nothing running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const cases: [string[], NodeJS.ProcessEnv, RegExp][] = [
      [['--workers', '0'], {}, /auto or a whole number from 1 to 32, not "0"/],
      [['--workers', '33'], {}, /not "33"/],
      [['--workers', 'two'], {}, /not "two"/],
      [[], { CONCORD_WORKERS: '-1' }, /not "-1"/],
      [['--workers', '2', '--port', String(port)], {}, new RegExp(`Port ${port} on 127.0.0.1 is taken`)],
    ];
    for (const [args, environment, expected] of cases) {
      const { code, errors, output } = await runCommand(['serve', '--data', directory, ...args], environment);
      assert.equal(code, 2, `${args.join(' ')}: ${errors}`);
      assert.match(errors, expected);
      assert.equal(output, '');
      assert.deepEqual(processesOf(directory), []);
    }
    taken.close();
  });

  it('ends when a worker does not come up', async () => {
    const broken = join(directory, 'broken.mjs');
    await writeFile(broken, "import cluster from 'node:cluster';\nif (cluster.isWorker) process.exit(7);\n");
    const args = ['serve', '--workers', '2', '--port', '0', '--data', directory];
    const { code, errors, output } = await runCommand(args, { NODE_OPTIONS: `--import=${broken}` });
    assert.equal(code, 1);
    assert.match(errors, /^concord: A worker ended before it listened \(exit code 7\)/m);
    assert.equal(output, '');
    assert.deepEqual(processesOf(`${directory}/postgres`), []);
  });

  it('takes fewer connections where the database grants few, and says so where they are too few', async () => {
    await withStore(async database => {
      const administrator = connect(database.store.target, { connections: 1, application: 'test' });
      const serve = ['serve', '--workers', '2', '--port', '0'];
      try {
        await administrator.unsafe('alter database concord connection limit 12');
        const started = await startCommand(serve, environmentOf(database));
        assert.equal((await fetch(`${originOf(started)}/ready`)).status, 200);
        assert.equal(await started.stop(), 0);
        const { read, write, scan } = linesOf(started).find(line => line.event === 'workers.pools')!;
        assert.deepEqual({ read, write, scan }, { read: 1, write: 1, scan: 1 });
        await administrator.unsafe('alter database concord connection limit 11');
        const { code, errors } = await runCommand(serve, environmentOf(database));
        assert.equal(code, 1);
        assert.match(errors, /with 2 workers needs at least 12 connections, and the database grants 11/);
      } finally {
        await administrator.unsafe('alter database concord connection limit -1');
        await administrator.end();
      }
    });
  });
});
