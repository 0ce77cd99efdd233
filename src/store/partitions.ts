/** The partitions of history: which there are, and that the next one is there when its month begins. */
import type { Lanes } from './customers.ts';
import { codeOf } from './database-errors.ts';
import type { Log } from './log.ts';

/** Numbers of changes in the block of one partition; the first of partition n is n times this. */
export const BLOCK = 1_000_000_000_000;

/** A month begins at most an hour before its partition does. */
const LOOK_EVERY_MS = 3_600_000;

export interface Partition {
  readonly number: number;
  /** When numbers of its block began to be given out; `null` while it is only made ahead. ISO 8601 UTC. */
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly archivedAt: string | null;
}

export interface PartitionKeeper {
  /** Makes, opens and closes what is due. Any number of servers may do so at once. */
  keep(): Promise<void>;
  stop(): void;
}

/** What keeps partitions in time from now on; it begins with the first look. */
export function openPartitionKeeper({ scan: { sql, gate } }: Lanes, log: Log): PartitionKeeper {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const step = (name: 'make' | 'open' | 'close'): Promise<number | null> =>
    gate(async () => {
      const rows = await sql<{ done: number | null }[]>`
        select ${sql.unsafe(`concord.change_partition_${name}()`)} as done`;
      return rows[0]!.done;
    });

  /** The database was restored into a cluster whose transactions have smaller numbers: docs/history.md says what to do. */
  const isCounterBehind = (): Promise<boolean> =>
    gate(async () => {
      const rows = await sql<{ behind: boolean }[]>`
        select not pg_is_in_recovery() and exists (
          select 1 from concord.change_partition
          where closed_transaction > pg_snapshot_xmax(pg_current_snapshot())
        ) as behind`;
      return rows[0]!.behind;
    });

  /** Each in a transaction of its own: a partition must be there for everybody before its block is begun. */
  async function keep(): Promise<void> {
    clearTimeout(timer);
    try {
      await step('make');
      const opened = await step('open');
      if (opened !== null) {
        log('info', 'changes.partition.opened', { partition: opened });
        await step('make');
      }
      await step('close');
      if (await isCounterBehind()) log('error', 'changes.counter.behind');
    } catch (error) {
      // Nothing is lost by it: changes go on into the last partition.
      log('warn', 'changes.partition.failed', { code: codeOf(error) });
    }
    if (!isStopped) timer = setTimeout(keep, LOOK_EVERY_MS).unref();
  }

  return {
    keep,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** The name of the table. */
export const tableOf = (number: number): string => `change_${String(number).padStart(4, '0')}`;
