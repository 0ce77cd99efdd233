/** Three lanes to the database: point reads, writes, and whatever takes longer. */
import { type ConnectionOptions, connect, type Target } from './connection.ts';
import type { Lanes } from './customers.ts';
import { openGate } from './gate.ts';
import { openSockets } from './sockets.ts';

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
  end(): Promise<void>;
}

/**
 * Milliseconds without a byte from the database while something is asked of it, after which it counts as hanging. A
 * statement that waits for a lock is told so by the database itself after 5 s; a read or a write takes some
 * milliseconds, and whatever takes longer is ended by the database after 10 s.
 */
const SILENCE_MAXIMUM_MS = { read: 6_000, write: 7_000, scan: 12_000 } as const;

/** A shutdown waits this long for statements under way. */
const END_TIMEOUT_SECONDS = 5;

export function openPools(
  target: Target,
  options: Pick<ConnectionOptions, 'role' | 'pooler'>,
  sizes: PoolSizes,
): Pools {
  const lane = (purpose: keyof PoolSizes, atOnce: number, waiting: number) => {
    const sockets = openSockets();
    const afterMs = SILENCE_MAXIMUM_MS[purpose];
    const connections = sizes[purpose];
    return {
      sql: connect(target, {
        ...options,
        connections,
        application: `concord ${purpose}`,
        socket: sockets.open,
      }),
      gate: openGate({
        working: atOnce * connections,
        waiting,
        lasting: purpose !== 'read',
        look: sockets.look,
        late: { afterMs, act: () => sockets.closeSilent(afterMs) },
      }),
    };
  };
  const read = lane('read', READS_AT_ONCE, READS_WAITING);
  const write = lane('write', WRITES_AT_ONCE_PER_CONNECTION, WRITES_WAITING);
  const scan = lane('scan', SCANS_AT_ONCE_PER_CONNECTION, SCANS_WAITING);
  return {
    read,
    write,
    scan,
    end: async () => {
      await Promise.all([read, write, scan].map(({ sql }) => sql.end({ timeout: END_TIMEOUT_SECONDS })));
    },
  };
}
