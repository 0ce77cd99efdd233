/** What is measured: time on the wall, or the time that processors worked, which other programs cannot disturb. */
import { readFileSync } from 'node:fs';
import { connect } from '../src/store/connection.ts';
import type { Store } from '../src/store/index.ts';

/** In milliseconds. */
export type Clock = () => number;

export const wallClock: Clock = () => performance.now();

/** Of this thread and of the store's connections, which must be open by now. Linux: /proc/PID/schedstat, ns. */
export async function processorClock(store: Store): Promise<Clock> {
  const sql = connect(store.target, { connections: 1, application: 'concord bench' });
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name in ('concord read', 'concord write', 'concord scan')`;
  await sql.end();
  const files = rows.map(({ pid }) => `/proc/${pid}/schedstat`);
  files.push(`/proc/self/task/${process.pid}/schedstat`);
  return () =>
    files.reduce((sum, file) => sum + Number(readFileSync(file, 'utf8').split(' ')[0]), 0) / 1_000_000;
}
