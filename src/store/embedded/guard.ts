/**
 * The arbiter between two servers on one data directory: a session advisory lock on a connection that lives as
 * long as the server. It ends with the process, whatever ends the process, so there is nothing to guess.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDriver } from '../driver.ts';
import { DirectoryInUse, StartError } from '../start-errors.ts';
import { type Layout, socketPath } from './layout.ts';

/** Any constant number; it stands for "this database directory". */
const GUARD_LOCK = 7_266_723;

/** The connection of a server that was just killed takes a moment to be noticed as gone. */
const LOCK_PATIENCE_MS = 500;
const LOCK_POLL_MS = 50;
const CONNECT_TIMEOUT_SECONDS = 5;

export const ADMINISTRATOR = 'postgres';
export const DATABASE = 'concord';

export interface Guard {
  release(): Promise<void>;
}

/**
 * Takes the lock, and makes Concord's database when it is not there yet. `onLost` is called once when the
 * connection ends before `release`.
 *
 * @throws DirectoryInUse when another server has the lock.
 */
export async function takeGuard(layout: Layout, sockets: string, onLost: () => void): Promise<Guard> {
  let held = false;
  const sql = openDriver({
    path: socketPath(sockets),
    database: 'postgres',
    username: ADMINISTRATOR,
    max: 1,
    max_lifetime: null,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    fetch_types: false,
    connection: { application_name: 'concord guard' },
    onnotice: () => {},
    onclose: () => {
      if (held) onLost();
      held = false;
    },
  });
  try {
    const [server] = await sql`select current_setting('data_directory') as directory`;
    if (server?.directory !== layout.data) {
      throw new StartError('database-failed', `${socketPath(sockets)} leads to another database.`);
    }
    for (const deadline = Date.now() + LOCK_PATIENCE_MS; !held; await sleep(LOCK_POLL_MS)) {
      const [lock] = await sql`select pg_try_advisory_lock(${GUARD_LOCK}::bigint) as held`;
      held = lock?.held === true;
      if (held) break;
      if (Date.now() > deadline) throw new DirectoryInUse(layout.root);
    }
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql.unsafe(`create database ${DATABASE}`);
  } catch (error) {
    held = false;
    await sql.end({ timeout: 0 });
    throw error;
  }
  return {
    release: async () => {
      held = false;
      await sql.end({ timeout: 1 });
    },
  };
}
