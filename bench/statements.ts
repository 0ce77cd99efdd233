/** Where PostgreSQL's time goes: the statements that take most of it, as `pg_stat_statements` counts them. */
import { connect, type Target } from '../src/store/connection.ts';

/** More are a few per cent altogether. */
const STATEMENTS = 20;
const STATEMENT_LENGTH = 110;

const open = (target: Target) => connect(target, { connections: 1, application: 'concord bench' });

export async function countStatements(target: Target): Promise<void> {
  const sql = open(target);
  await sql`create extension if not exists pg_stat_statements`;
  await sql`select pg_stat_statements_reset()`;
  await sql.end();
}

/** The statements within functions are told for themselves, too, and their time is in that of the function as well. */
export async function reportStatements(target: Target): Promise<void> {
  const sql = open(target);
  const rows = await sql<{ query: string; calls: number; each: number; total: number; toplevel: boolean }[]>`
    select regexp_replace(query, '\\s+', ' ', 'g') as query, calls, mean_exec_time * 1000 as each,
      total_exec_time as total, toplevel
    from pg_stat_statements order by total_exec_time desc limit ${STATEMENTS}`;
  await sql.end();
  console.log('\nPostgreSQL, by statement (those of the limit are among them):');
  console.table(
    rows.map(({ query, calls, each, total, toplevel }) => ({
      'total ms': Math.round(total),
      calls,
      'µs each': Math.round(each),
      statement: `${toplevel ? '' : '  '}${query.slice(0, STATEMENT_LENGTH)}`,
    })),
  );
}
