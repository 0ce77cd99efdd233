import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect } from '../connection.ts';
import { silent } from '../log.ts';
import { DirectoryInUse, StartError } from '../start-errors.ts';
import { databaseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { layOut } from './layout.ts';
import { findRunning, isAlive, stopPostmaster } from './postmaster.ts';
import { reachableBinaries } from './reachable.ts';
import { type Embedded, startEmbedded } from './start.ts';

/** Restarting on existing data takes 40 ms here; the promise is two seconds. */
const RESTART_MAXIMUM_MS = 2_000;
const FIRST_START_MAXIMUM_MS = 5_000;

const START = new URL('./start.ts', import.meta.url).href;

/** A server in a process of its own, to be killed. */
const SERVER = `
  const { startEmbedded } = await import(${JSON.stringify(START)});
  try {
    const database = await startEmbedded({ directory: process.argv[1], log() {} });
    console.log('ready', database.pid());
    process.on('SIGTERM', () => database.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log('failed', error.code);
    process.exit(1);
  }`;

let directory: string;
let children: ChildProcess[];
let databases: Embedded[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'concord-embedded-'));
  children = [];
  databases = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const database of databases) await database.stop();
  const layout = await layOut(directory);
  const running = await findRunning(layout);
  if (running) await stopPostmaster(running.pid, layout);
  await rm(layout.sockets, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
});

async function start(): Promise<Embedded> {
  const database = await startEmbedded({ directory, log: silent });
  databases.push(database);
  return database;
}

async function startElsewhere(): Promise<{ child: ChildProcess; answer: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SERVER, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(child.stdout!, 'data');
  return { child, answer: String(line).trim() };
}

async function answer(database: Embedded): Promise<number> {
  const sql = connect(database.connection, { connections: 1, application: 'test' });
  try {
    const [row] = await sql`select 42 as answer`;
    return row?.answer;
  } finally {
    await sql.end();
  }
}

async function until(condition: () => Promise<boolean>, patienceMs = 10_000): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await condition()); await sleep(20)) {
    assert.ok(Date.now() < deadline, 'it did not happen in time');
  }
}

const refused = (reason: unknown): boolean => reason instanceof DirectoryInUse;

describe('the embedded database', () => {
  test('starts on nothing, stops without a trace, and starts again quickly', async () => {
    const [began, first] = [performance.now(), await start()];
    assert.ok(performance.now() - began < FIRST_START_MAXIMUM_MS);
    assert.equal(await answer(first), 42);
    const pid = first.pid();
    await first.stop();
    assert.equal(isAlive(pid), false);
    await assert.rejects(access(dirname(first.connection.path)), { code: 'ENOENT' });
    assert.deepEqual((await readdir(directory)).sort(), ['postgres', 'postgres.log']);
    const [again, second] = [performance.now(), await start()];
    assert.ok(performance.now() - again < RESTART_MAXIMUM_MS);
    assert.equal(second.adopted, false);
    assert.equal(await answer(second), 42);
    await second.stop();
  });

  test('listens on a private socket and on no port', async () => {
    const database = await start();
    const sql = connect(database.connection, { connections: 1, application: 'test' });
    const [settings] = await sql`
      select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding`;
    await sql.end();
    assert.deepEqual({ ...settings }, { listen: '', fsync: 'on', commit: 'on', encoding: 'UTF8' });
    assert.equal((await stat(dirname(database.connection.path))).mode & 0o777, 0o700);
    await database.stop();
  });

  test('keeps values of statements out of its log', async () => {
    const database = await start();
    const sql = connect(database.connection, { connections: 1, application: 'test' });
    await sql`create table canary (name text primary key)`;
    await sql`insert into canary values ('Ada Beispiel')`;
    await assert.rejects(sql`insert into canary values (${'Ada Beispiel'})`);
    await assert.rejects(sql`select ${'Ada Beispiel'}::text::integer`);
    await sql.end();
    await database.stop();
    assert.doesNotMatch(await readFile(join(directory, 'postgres.log'), 'utf8'), /Beispiel/);
  });

  test('a second server on the directory is refused, and the first goes on', async () => {
    const database = await start();
    await assert.rejects(start(), (error: Error) => refused(error) && error.message.includes(directory));
    const elsewhere = await startElsewhere();
    assert.equal(elsewhere.answer, 'failed directory-in-use');
    assert.equal(await answer(database), 42);
    await database.stop();
  });

  test('of several that start at once on nothing, one wins', async () => {
    const results = await Promise.allSettled([start(), start(), start()]);
    const winners = results.filter(result => result.status === 'fulfilled');
    assert.equal(winners.length, 1);
    assert.ok(results.every(result => result.status === 'fulfilled' || refused(result.reason)));
    assert.equal(await answer(winners[0]!.value), 42);
    assert.deepEqual(
      (await readdir(directory)).filter(name => name.startsWith('postgres.new')),
      [],
    );
    await winners[0]!.value.stop();
  });

  test('a database whose server was killed is adopted, by one of two who come', async () => {
    const { child, answer: said } = await startElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const results = await Promise.allSettled([start(), start()]);
    const winners = results.filter(result => result.status === 'fulfilled');
    assert.equal(winners.length, 1);
    assert.ok(results.some(result => result.status === 'rejected' && refused(result.reason)));
    const database = winners[0]!.value;
    assert.equal(database.adopted, true);
    assert.equal(`ready ${database.pid()}`, said);
    assert.equal(await answer(database), 42);
    const pid = database.pid();
    await database.stop();
    assert.equal(await findRunning(await layOut(directory)), undefined);
    await until(async () => !isAlive(pid));
  });

  test('is adopted although the next server has another TMPDIR', async () => {
    const { child } = await startElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = process.env.TMPDIR;
    process.env.TMPDIR = directory;
    try {
      const database = await start();
      assert.equal(database.adopted, true);
      await database.stop();
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  test('comes back after kill -9, for clients that stay', async () => {
    const database = await start();
    const sql = connect(database.connection, { connections: 1, application: 'test' });
    await sql`create table kept (value integer)`;
    await sql`insert into kept values (7)`;
    const pid = database.pid();
    process.kill(pid, 'SIGKILL');
    // A backend of the killed server may still answer once, so the new one is waited for.
    await until(async () => {
      const rows = await sql`select value from kept`.catch(() => []);
      return rows[0]?.value === 7 && ![0, pid].includes(database.pid());
    });
    await sql.end();
    await database.stop();
    assert.equal(await findRunning(await layOut(directory)), undefined);
  });

  test('starts although a pid file names a program that is something else by now', async () => {
    await (await start()).stop();
    const other = spawn('sleep', ['60'], { detached: true });
    children.push(other);
    for (const pid of [other.pid, 4_000_000]) {
      await writeFile(
        join(directory, 'postgres', 'postmaster.pid'),
        `${pid}\n${directory}/postgres\n1\n5432\n\n`,
      );
      const database = await start();
      assert.equal(await answer(database), 42);
      await database.stop();
    }
    assert.equal(other.exitCode, null, 'the other program was left alone');
  });

  test('an interrupted first start leaves nothing behind that the next one stumbles over', async () => {
    const half = join(directory, 'postgres.new-elsewhere-1-00');
    await mkdir(half);
    const { child } = await (async () => {
      const killed = spawn(process.execPath, ['--input-type=module', '-e', SERVER, directory], {
        stdio: 'ignore',
      });
      children.push(killed);
      await until(async () => (await readdir(directory)).some(name => name.includes(`-${killed.pid}-`)));
      return { child: killed };
    })();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const database = await start();
    assert.equal(await answer(database), 42);
    await database.stop();
    assert.deepEqual((await readdir(directory)).sort(), [
      'postgres',
      'postgres.log',
      'postgres.new-elsewhere-1-00',
    ]);
  });

  test('a directory of another PostgreSQL version is refused by name', async () => {
    await mkdir(join(directory, 'postgres'));
    await writeFile(join(directory, 'postgres', 'PG_VERSION'), '15\n');
    await assert.rejects(
      start(),
      (error: Error) => error instanceof StartError && /PostgreSQL 15/.test(error.message),
    );
  });

  test('runs as another user when started by root, below a directory that only root may enter', async context => {
    if (process.getuid?.() !== 0) return context.skip('only root can try this');
    await chmod(directory, 0o700);
    const database = await start();
    assert.equal(await answer(database), 42);
    const facts = await stat(join(directory, 'postgres'));
    assert.notEqual(facts.uid, 0);
    assert.equal((await stat(directory)).uid, 0, 'the data directory stays the caller’s');
    await writeFile(join(directory, 'other'), 'usable');
    await database.stop();
  });

  test('copies its programs where the other user can reach them, once', async context => {
    if (process.getuid?.() !== 0) return context.skip('only root lends another account');
    await chmod(directory, 0o700);
    const native = join(directory, 'native');
    const installed = await findBinaries();
    await cp(join(installed.postgres, '../..'), native, { recursive: true, verbatimSymlinks: true });
    const closed = { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
    const account = await databaseAccount(undefined);
    const [one, other] = await Promise.all([
      reachableBinaries(closed, account),
      reachableBinaries(closed, account),
    ]);
    assert.deepEqual(one, other);
    assert.notEqual(one.postgres, closed.postgres);
    const { stdout } = await promisify(execFile)(one.initdb, ['--version'], { ...account, encoding: 'utf8' });
    assert.match(stdout, /PostgreSQL/);
    assert.deepEqual(await reachableBinaries(installed, undefined), installed, 'nobody else needs a copy');
    await rm(join(one.postgres, '../..'), { recursive: true });
  });
});
