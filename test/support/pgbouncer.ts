/** A pgbouncer of a test's own, in transaction mode, in front of a PostgreSQL of a test's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseAccount } from '../../src/store/embedded/account.ts';
import { findProgram } from './debian.ts';
import { freePort } from './postgresql.ts';

export interface Pgbouncer {
  readonly port: number;
  start(): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
  remove(): Promise<void>;
}

export interface PgbouncerOptions {
  /** The port of the PostgreSQL behind it. */
  readonly behind: number;
  readonly user: string;
  /** Connections to PostgreSQL: few, so that many share each. */
  readonly poolSize: number;
}

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

const HOW = 'no pgbouncer: install it (Debian: apt-get install pgbouncer), then run the tests again';

const PROGRAM = { names: ['pgbouncer'], places: ['/usr/sbin/pgbouncer'], debianPackage: 'pgbouncer' };

/** What a suite says: `describe('…', { skip: await withoutPgbouncer() }, …)`. */
export const withoutPgbouncer = async (): Promise<string | false> =>
  (await findProgram(PROGRAM)) === undefined ? HOW : false;

export async function startPgbouncer({ behind, user, poolSize }: PgbouncerOptions): Promise<Pgbouncer> {
  const program = await findProgram(PROGRAM);
  if (program === undefined) throw new Error(HOW);
  const directory = await mkdtemp(join(tmpdir(), 'concord-pgbouncer-test-'));
  // It refuses to run as root, as PostgreSQL does.
  const account = await databaseAccount(undefined);
  if (account) await chown(directory, account.uid, account.gid);
  const port = await freePort();
  const [settings, users, log] = ['pgbouncer.ini', 'users.txt', 'pgbouncer.log'].map(name =>
    join(directory, name),
  ) as [string, string, string];
  await writeFile(users, `"${user}" ""\n`);
  await writeFile(
    settings,
    [
      '[databases]',
      `* = host=127.0.0.1 port=${behind}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      `default_pool_size = ${poolSize}`,
      'max_client_conn = 500',
      // A database that was away is tried again at once.
      'server_login_retry = 1',
      '',
    ].join('\n'),
  );
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const output = await open(log, 'a', 0o600);
    child = spawn(program!, [settings], {
      cwd: '/',
      stdio: ['ignore', output.fd, output.fd],
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
    });
    await once(child, 'spawn');
    await output.close();
    for (const deadline = Date.now() + START_TIMEOUT_MS; !(await listens(port)); await sleep(POLL_MS)) {
      if (child.exitCode === null && Date.now() < deadline) continue;
      throw new Error(`pgbouncer did not start: ${await readFile(log, 'utf8')}`);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    port,
    start,
    end,
    async remove() {
      await end('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const listens = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
