/** How far the primary's log is: whoever has replayed up to here knows all that anybody was answered before. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sql } from './connection.ts';
import type { Gate } from './gate.ts';

export interface Position {
  /** Bytes since the cluster was made. */
  readonly bytes: bigint;
  /** Which history they are of: a promotion begins a new one, and the same number means something else then. */
  readonly timeline: string;
}

/**
 * What is flushed, and not what is inserted: an answer follows its commit, and a commit is seen by nobody before it
 * is flushed. The end of what is inserted may not be sent to a replica yet, and may lie behind the header of a page
 * that is not begun, where no replica ever arrives. Where the database confirms before it flushes, only the end of
 * what is inserted is behind every confirmed commit.
 */
const ASK = `
  select position::text, left(pg_walfile_name(position), 8) as timeline
  from (
    select case when current_setting('synchronous_commit') = 'off'
      then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn() end as position
  ) as present`;

export type AskPosition = () => Promise<Position>;

/** Of callers in one turn one asks for all: nothing was answered to any of them in between. */
export function openPosition({ sql, gate }: { readonly sql: Sql; readonly gate: Gate }): AskPosition {
  let asked: Promise<Position> | undefined;

  async function ask(): Promise<Position> {
    await nextTurn();
    // From here on a caller may have been answered something that this question does not cover.
    asked = undefined;
    const [row] = await gate(async () => await sql.unsafe<{ position: string; timeline: string }[]>(ASK));
    return { bytes: bytesOf(row!.position), timeline: row!.timeline };
  }

  return () => {
    asked ??= ask();
    return asked;
  };
}

/** PostgreSQL writes `16/B374D848`: the two halves of 64 bits. */
export function bytesOf(position: string): bigint {
  const [high = '0', low = '0'] = position.split('/');
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}
