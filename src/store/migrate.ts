/** Brings the schema up to date: numbered SQL files, each applied once, under one lock. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Target, type Transaction } from './connection.ts';
import type { Log } from './log.ts';
import { StartError } from './start-errors.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly checksum: string;
}

export const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url));

/** The role that the server works as where its login could look behind row-level security. */
export const APPLICATION_ROLE = 'concord_app';

/** Any constant number; it stands for "the schema of Concord is being changed". */
const MIGRATION_LOCK = 7_266_724;

/** Twenty servers that start at once wait for the first of them, and for a long migration if need be. */
const LOCK_PATIENCE = '10min';

const FILE = /^(\d{6})\.sql$/;

export async function readMigrations(directory: string = MIGRATIONS): Promise<Migration[]> {
  const names = (await readdir(directory)).filter(name => FILE.test(name)).sort();
  return Promise.all(
    names.map(async name => {
      const sql = await readFile(join(directory, name), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { version: Number(FILE.exec(name)![1]), sql, checksum };
    }),
  );
}

/**
 * Applies what is missing, all in one transaction, and answers how many that were.
 *
 * @throws StartError `migration-changed`, `database-newer`.
 */
export async function migrate(target: Target, log: Log, directory: string = MIGRATIONS): Promise<number> {
  const migrations = await readMigrations(directory);
  const grants = await readFile(join(MIGRATIONS, 'grants.sql'), 'utf8');
  const sql = connect(target, { connections: 1, application: 'concord migrate', unlimited: true });
  try {
    const pending = await sql.begin(async transaction => {
      const [table] = await transaction`select to_regclass('concord.migration') is not null as present`;
      return table?.present ? missing(transaction, migrations) : migrations;
    });
    if (pending.length === 0) return 0;
    return await sql.begin(async transaction => {
      // Behind a pooler the login has limits of its own.
      await transaction`
        select set_config('lock_timeout', ${LOCK_PATIENCE}, true), set_config('statement_timeout', '0', true)`;
      await transaction`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`;
      await transaction.unsafe(PREPARATION);
      // Read again: whoever had the lock before may have done the work.
      const due = await missing(transaction, migrations);
      for (const migration of due) {
        await transaction.unsafe(migration.sql);
        await transaction`
          insert into concord.migration (version, checksum) values (${migration.version}, ${migration.checksum})`;
        log('info', 'database.migrated', { version: migration.version });
      }
      const [role] = await transaction`select 1 from pg_roles where rolname = ${APPLICATION_ROLE}`;
      if (role && due.length > 0) await transaction.unsafe(grants);
      return due.length;
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * The role belongs to the whole cluster: another database may be making it now, and a login without the right
 * to make roles works as itself, held by row-level security like every owner here.
 */
const PREPARATION = `
create schema if not exists concord;
create table if not exists concord.migration (
  version integer primary key,
  checksum text not null,
  applied_at timestamptz not null default now()
);
do $$
begin
  if not exists (select 1 from pg_roles where rolname = '${APPLICATION_ROLE}') then
    create role ${APPLICATION_ROLE} nologin;
  end if;
exception when insufficient_privilege or duplicate_object or unique_violation then
  null;
end
$$;
`;

async function missing(transaction: Transaction, migrations: readonly Migration[]): Promise<Migration[]> {
  const rows = await transaction<{ version: number; checksum: string }[]>`
    select version, checksum from concord.migration order by version`;
  const known = new Map(migrations.map(migration => [migration.version, migration]));
  for (const { version, checksum } of rows) {
    const migration = known.get(version);
    if (!migration) {
      throw new StartError(
        'database-newer',
        `The database has schema version ${rows.at(-1)?.version}, and this Concord knows ` +
          `${migrations.at(-1)?.version ?? 0}. Run the newer Concord, or restore a backup of the older database.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new StartError(
        'migration-changed',
        `The migration ${version} was changed after it had been applied. Restore the file, and put the change ` +
          'into a new one.',
      );
    }
  }
  const applied = new Set(rows.map(row => row.version));
  return migrations.filter(migration => !applied.has(migration.version));
}
