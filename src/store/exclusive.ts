/** One process after another, whichever machine it runs on: for work that two at once would do twice. */
import { connect, type Target } from './connection.ts';

/** As long as a migration may hold the others up. */
const LOCK_PATIENCE = '10min';

/**
 * Does the work while no other process does work of the same name. The lock is a transaction's, so that it holds behind
 * a pooler, too, and ends with the process, whatever ends the process. The transaction itself does nothing.
 */
export async function exclusively<T>(target: Target, name: string, work: () => Promise<T>): Promise<T> {
  const sql = connect(target, { connections: 1, application: 'concord exclusive', unlimited: true });
  try {
    const done = await sql.begin(async transaction => {
      await transaction`
        select set_config('lock_timeout', ${LOCK_PATIENCE}, true),
          set_config('idle_in_transaction_session_timeout', '0', true)`;
      await transaction`select pg_advisory_xact_lock(hashtextextended(${`concord ${name}`}, 0))`;
      return { value: await work() };
    });
    return (done as { value: T }).value;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
