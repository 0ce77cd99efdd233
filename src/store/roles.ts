/** Whom the server works as: a role for which row-level security holds, or it does not start. */
import { connect, type Sql, type Target } from './connection.ts';
import type { Log } from './log.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { StartError } from './start-errors.ts';

/** The role to take on, or `undefined` when the login itself is held by row-level security. */
export async function workingRole(target: Target, pooler: boolean): Promise<string | undefined> {
  const sql = connect(target, { connections: 1, application: 'concord start', pooler });
  try {
    return (await isUnbound(sql)) ? APPLICATION_ROLE : undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** @throws StartError when the connection could see the rows of every tenant. */
export async function verifyRole(sql: Sql): Promise<void> {
  if (await isUnbound(sql)) {
    throw new StartError(
      'role-unsafe',
      'The database login may bypass row-level security. Use a login that is neither a superuser nor has ' +
        `BYPASSRLS, or one that may take on the role ${APPLICATION_ROLE}.`,
    );
  }
}

/** Behind a pooler the limits of a statement are settings of the login, and somebody has to have made them. */
export async function verifyTimeouts(sql: Sql, log: Log): Promise<void> {
  const rows = await sql<{ name: string }[]>`
    select name from pg_settings where setting = '0'
      and name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`;
  if (rows.length > 0) log('warn', 'database.no-timeouts', { settings: rows.map(row => row.name).join(' ') });
}

async function isUnbound(sql: Sql): Promise<boolean> {
  const [role] = await sql<{ unbound: boolean }[]>`
    select rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user`;
  return role?.unbound !== false;
}
