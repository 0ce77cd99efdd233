/** Lanes to the database: point reads, writes, whatever takes longer, and those of the latter that a replica may answer. */
import { type ConnectionOptions, connect, type Target } from './connection.ts';
import type { Lanes } from './customers.ts';
import { openGate } from './gate.ts';
import { type Log, silent } from './log.ts';
import { openReplicas, type ReadReport, type Reads } from './replicas.ts';

export interface PoolSizes {
  readonly read: number;
  readonly write: number;
  readonly scan: number;
}

/**
 * Measured on two cores shared by server, database and 32 callers, 10,000 customers with two addresses each:
 * reads by number 21,900/s with one pipelined connection, 18,700/s with two; changes of a name 4,800/s with two
 * connections, 6,500/s with four, 6,800/s with eight; changes of an address 5,300/s with four. With 100,000
 * customers, through the whole server: 2,650 changes of an address a second with six write connections, 2,530 with
 * ten, 2,420 with sixteen: the processor is the limit then, and more connections only take turns on it.
 */
export const POOL_SIZES: PoolSizes = { read: 1, write: 6, scan: 2 };

/**
 * A pooler in transaction mode keeps no prepared statement, and the driver sends nothing ahead on a connection whose
 * statements are not prepared: reads at once are connections then. The pooler decides how many of them the database sees.
 */
export const POOLER_SIZES: PoolSizes = { read: 16, write: 16, scan: 4 };

/** The driver sends at most 100 statements ahead on one connection. */
const READS_AT_ONCE = 100;
/** More on their way keep a connection busy while the commit before them is answered. */
const WRITES_AT_ONCE_PER_CONNECTION = 6;
const SCANS_AT_ONCE_PER_CONNECTION = 4;

/** In line behind them; at 20,000 reads and 5,000 writes a second these are 0.1 and 0.4 seconds. */
const READS_WAITING = 2_000;
const WRITES_WAITING = 2_000;
const SCANS_WAITING = 200;

export interface Pools extends Lanes {
  /** Where reads went that a replica may answer. */
  report(): ReadReport;
  end(): Promise<void>;
}

/** A shutdown waits this long for statements under way. */
const END_TIMEOUT_SECONDS = 5;

export function openPools(
  target: Target,
  options: Pick<ConnectionOptions, 'role' | 'pooler'>,
  sizes: PoolSizes,
  {
    replicas: targets = [],
    log = silent,
  }: { readonly replicas?: readonly Target[]; readonly log?: Log } = {},
): Pools {
  const pool = (connections: number, purpose: string) =>
    connect(target, { ...options, connections, application: `concord ${purpose}` });
  const read = pool(sizes.read, 'read');
  const write = pool(sizes.write, 'write');
  const scan = pool(sizes.scan, 'scan');
  const gates = {
    read: openGate({ working: READS_AT_ONCE * sizes.read, waiting: READS_WAITING }),
    write: openGate({ working: WRITES_AT_ONCE_PER_CONNECTION * sizes.write, waiting: WRITES_WAITING }),
    scan: openGate({ working: SCANS_AT_ONCE_PER_CONNECTION * sizes.scan, waiting: SCANS_WAITING }),
  };
  const onPrimary: Reads = work => gates.scan(async () => await work(scan));
  const replicas = openReplicas({
    targets,
    connections: sizes.scan,
    gate: { working: SCANS_AT_ONCE_PER_CONNECTION * sizes.scan, waiting: SCANS_WAITING },
    options: options.pooler === undefined ? {} : { pooler: options.pooler },
    primary: { sql: read, gate: gates.read },
    onPrimary,
    log,
  });
  return {
    read: { sql: read, gate: gates.read },
    write: { sql: write, gate: gates.write },
    scan: { sql: scan, gate: gates.scan },
    reads: replicas.reads,
    report: replicas.report,
    end: async () => {
      await replicas.close();
      await Promise.all([read, write, scan].map(sql => sql.end({ timeout: END_TIMEOUT_SECONDS })));
    },
  };
}
