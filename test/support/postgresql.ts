/** PostgreSQL servers of a test's own, as an operator would run them: on a port, with a log that a standby can read. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { type Account, databaseAccount, launchAs } from '../../src/store/embedded/account.ts';
import { findBinaries } from '../../src/store/embedded/binaries.ts';
import { giveTo } from '../../src/store/embedded/initialize.ts';
import { reachableBinaries } from '../../src/store/embedded/reachable.ts';
import { ENVIRONMENT, initdbArguments } from '../../src/store/embedded/settings.ts';

export interface Cluster {
  readonly port: number;
  readonly data: string;
  /** The superuser's; Concord takes on its own role. */
  readonly url: string;
  /** For the test's own questions; one connection. */
  readonly sql: postgres.Sql;
  start(): Promise<void>;
  /** SIGQUIT is a crash without the processes left over that SIGKILL leaves for a moment. */
  end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Ends it, whatever its state, and removes its files. */
  remove(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

export const DATABASE = 'concord';

/** Small, because several run beside each other; durable, because that is what is tested. */
const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  wal_level: 'replica',
  max_wal_senders: '5',
  max_replication_slots: '5',
  wal_keep_size: '256MB',
  hot_standby: 'on',
  hot_standby_feedback: 'on',
  // A standby tries again at once, and tells at once what it has replayed.
  wal_retrieve_retry_interval: '100ms',
  timezone: 'UTC',
};

/** A start on a loaded machine; alone it takes half a second. */
const START_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** Not part of a base backup: what belongs to the running server, and the log, which is streamed. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot', 'postgres.log']);

const run = promisify(execFile);

/** A new primary with an empty database. */
export async function startCluster(settings: Settings = {}): Promise<Cluster> {
  const { directory, account } = await place();
  const data = join(directory, 'data');
  await mkdir(data, { mode: 0o700 });
  if (account) await chown(data, account.uid, account.gid);
  const binaries = await reachableBinaries(await findBinaries(), account);
  const initdb = await launchAs(account, binaries.initdb, initdbArguments(data), [data]);
  await run(initdb.file, [...initdb.args], {
    cwd: '/',
    env: { ...ENVIRONMENT },
    ...identity(initdb.account),
  });
  const cluster = await openCluster(directory, account, settings);
  await cluster.start();
  const sql = postgres(cluster.url.replace(`/${DATABASE}`, '/postgres'), { max: 1, onnotice: () => {} });
  await sql.unsafe(`create database ${DATABASE}`);
  await sql.end();
  return cluster;
}

/** A streaming standby, made of a base backup while the primary works. */
export async function startStandby(primary: Cluster, settings: Settings = {}): Promise<Cluster> {
  const { directory, account } = await place();
  const data = join(directory, 'data');
  const name = `standby_${directory.replace(/\W/g, '').slice(-6).toLowerCase()}`;
  await primary.sql`select pg_create_physical_replication_slot(${name}, true)`;
  // Both in one session, which PostgreSQL asks for.
  const backup = postgres(primary.url, { max: 1, onnotice: () => {} });
  await backup`select pg_backup_start('standby', fast => true)`;
  await copyData(primary.data, data);
  const [label] = await backup<{ labelfile: string }[]>`select labelfile from pg_backup_stop()`;
  await backup.end();
  await writeFile(join(data, 'backup_label'), label!.labelfile);
  await writeFile(join(data, 'standby.signal'), '');
  await mkdir(join(data, 'pg_wal'), { mode: 0o700 });
  await mkdir(join(data, 'pg_replslot'), { mode: 0o700 });
  if (account) await giveTo(account, data);
  const cluster = await openCluster(directory, account, {
    primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres application_name=${name}`,
    primary_slot_name: name,
    ...settings,
  });
  await cluster.start();
  return cluster;
}

async function place(): Promise<{ directory: string; account: Account | undefined }> {
  const directory = await mkdtemp(join(tmpdir(), 'concord-postgresql-test-'));
  const account = await databaseAccount(undefined);
  if (account) await chown(directory, account.uid, account.gid);
  return { directory, account };
}

/** Files come and go while a primary works; what went meanwhile, the log brings back or takes away. */
async function copyData(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const [source, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyData(source, copy);
    else {
      await copyFile(source, copy).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }
}

async function openCluster(
  directory: string,
  account: Account | undefined,
  settings: Settings,
): Promise<Cluster> {
  const data = join(directory, 'data');
  const log = join(directory, 'postgres.log');
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/${DATABASE}`;
  const all = { ...SETTINGS, port: String(port), ...settings };
  let child: ChildProcess | undefined;
  let sql: postgres.Sql | undefined;

  async function start(): Promise<void> {
    const { postgres: program } = await reachableBinaries(await findBinaries(), account);
    const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const launch = await launchAs(account, program, ['-D', data, ...options], [`${data}/.`]);
    const output = await open(log, 'a', 0o600);
    child = spawn(launch.file, launch.args, {
      cwd: '/',
      env: { ...ENVIRONMENT },
      stdio: ['ignore', output.fd, output.fd],
      ...identity(launch.account),
    });
    await once(child, 'spawn');
    await output.close();
    for (const deadline = Date.now() + START_TIMEOUT_MS; ; await sleep(POLL_MS)) {
      const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
      // The file of one that was killed still stands. A standby says `standby` until it can be read.
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return;
      if (child.exitCode === null && Date.now() < deadline) continue;
      throw new Error(`PostgreSQL did not start: ${(await readFile(log, 'utf8')).slice(-1_000)}`);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    const timer = setTimeout(() => ending.kill('SIGKILL'), END_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  return {
    port,
    data,
    url,
    get sql() {
      sql ??= postgres(url, { max: 1, onnotice: () => {}, backoff: () => 0.1 });
      return sql;
    },
    start,
    end,
    async remove() {
      await sql?.end({ timeout: 0 });
      await end('SIGQUIT');
      await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

const identity = (account: Account | undefined) => (account ? { uid: account.uid, gid: account.gid } : {});

/** Free a moment ago; each server of a test asks anew. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
