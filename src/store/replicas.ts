/**
 * Where a read that takes longer goes: to a replica that has replayed all that anybody was answered before, else to
 * the primary. No client is bound to a server, and none sees a replica fail.
 */
import type { ConnectionOptions, Queries, Sql, Target } from './connection.ts';
import { type Gate, openGate } from './gate.ts';
import type { Log } from './log.ts';
import { openPosition } from './position.ts';
import { LOOK_MS, openReplica, type ReplicaStatus } from './replica.ts';

/** Runs a read; it may run a second time, elsewhere. */
export type Reads = <T>(work: (sql: Queries) => Promise<T>) => Promise<T>;

export interface ReadReport {
  /** Since the start. */
  readonly fromPrimary: number;
  readonly fromReplicas: number;
  readonly replicas: readonly ReplicaStatus[];
}

export interface Replicas {
  readonly reads: Reads;
  report(): ReadReport;
  close(): Promise<void>;
}

export interface ReplicasOptions {
  readonly targets: readonly Target[];
  readonly connections: number;
  /** At work and in line, of each replica. */
  readonly gate: { readonly working: number; readonly waiting: number };
  readonly options: Pick<ConnectionOptions, 'pooler'>;
  readonly primary: { readonly sql: Sql; readonly gate: Gate };
  readonly onPrimary: Reads;
  readonly log: Log;
}

export function openReplicas(given: ReplicasOptions): Replicas {
  const { targets, connections, options, primary, onPrimary, log } = given;
  const position = openPosition(primary);
  const replicas = targets.map(target =>
    openReplica({
      target,
      connections,
      options,
      gate: openGate(given.gate),
      primary: { sql: primary.sql, position },
      log,
    }),
  );
  const looks = replicas.map(replica => repeat(replica.look));
  const counts = { primary: 0, replicas: 0 };
  let turn = 0;

  function next() {
    const ready = replicas.filter(replica => replica.ready());
    return ready[turn++ % Math.max(ready.length, 1)];
  }

  return {
    async reads(work) {
      const replica = next();
      if (replica) {
        try {
          const answer = await replica.read(await position(), work);
          counts.replicas += 1;
          return answer;
        } catch {
          // Whatever it was, the primary says it better: what it refuses as well, it refuses in its own words.
        }
      }
      counts.primary += 1;
      return onPrimary(work);
    },
    report: () => ({
      fromPrimary: counts.primary,
      fromReplicas: counts.replicas,
      replicas: replicas.map(replica => replica.status()),
    }),
    async close() {
      for (const look of looks) look.stop();
      await Promise.all(replicas.map(replica => replica.close()));
    },
  };
}

function repeat(work: () => Promise<void>): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = async (): Promise<void> => {
    await work();
    if (!stopped) timer = setTimeout(again, LOOK_MS).unref();
  };
  void again();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
