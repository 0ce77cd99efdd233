/** What is done once for a server, however many processes it has: the database runs, has this schema, and is safe to use. */

import { connect, type Target } from './connection.ts';
import { readConnectionLimit } from './connection-budget.ts';
import { type Embedded, startEmbedded } from './embedded/start.ts';
import { type EncryptionKey, openVault } from './encryption.ts';
import type { Log } from './log.ts';
import { migrate, readMigrations } from './migrate.ts';
import { verifyRole, workingRole } from './roles.ts';
import { fillSearch } from './search-fill.ts';
import { StartError, startErrorOf } from './start-errors.ts';

export interface DatabaseOptions {
  /** A PostgreSQL 15 or newer; without it an embedded one is started in `directory`. */
  readonly databaseUrl?: string;
  readonly directory?: string;
  readonly keys: readonly EncryptionKey[];
  readonly log: Log;
  /** The URL leads to a pooler in transaction mode, which knows no settings of a session. */
  readonly pooler?: boolean;
}

/** Plain data, so that it can be told to another process. */
export interface PreparedDatabase {
  readonly target: Target;
  /** The role to work as, where the login is allowed to do more than the server should. */
  readonly role: string | undefined;
  readonly pooler: boolean;
  readonly embedded: boolean;
  /** The number of the last migration that the database has. */
  readonly schemaVersion: number;
  /** How many connections the database grants at once; unknown behind a pooler, which has its own number. */
  readonly connectionLimit: number | undefined;
}

export interface DatabaseInUse extends PreparedDatabase {
  /** Stops an embedded database. */
  stop(): Promise<void>;
}

/** @throws StartError, DirectoryInUse */
export async function prepareDatabase(options: DatabaseOptions): Promise<DatabaseInUse> {
  const { log, pooler = false } = options;
  // Before anything is started: a store without its keys would write what nobody can read.
  const vault = openVault(options.keys);
  const embedded = options.databaseUrl === undefined ? await startIn(options.directory, log) : undefined;
  const target: Target = embedded ? embedded.connection : { url: options.databaseUrl! };
  try {
    await migrate(target, log);
    const schemaVersion = (await readMigrations()).at(-1)?.version ?? 0;
    const role = await workingRole(target, pooler);
    const working = { pooler, ...(role ? { role } : {}) };
    const sql = connect(target, { ...working, connections: 1, application: 'concord start' });
    let connectionLimit: number | undefined;
    try {
      await verifyRole(sql);
      connectionLimit = pooler ? undefined : await readConnectionLimit(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
    await fillSearch(target, working, vault, log);
    return {
      target,
      role,
      pooler,
      embedded: embedded !== undefined,
      schemaVersion,
      connectionLimit,
      stop: async () => embedded?.stop(),
    };
  } catch (error) {
    await embedded?.stop();
    throw startErrorOf(error);
  }
}

function startIn(directory: string | undefined, log: Log): Promise<Embedded> {
  if (directory === undefined) {
    throw new StartError('configuration-invalid', 'Neither a database URL nor a data directory is given.');
  }
  return startEmbedded({ directory, log });
}
