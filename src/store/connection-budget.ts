/** How many connections to the database each process of a server may have, so that all of them together fit. */
import type { Sql } from './connection.ts';
import { POOL_SIZES, type PoolSizes } from './pools.ts';
import { StartError } from './start-errors.ts';

/** Hears of revocations. */
const LISTENING = 1;
/** For the server as a whole: the guard of the embedded database, the start, and a command or two beside it. */
const BESIDE_WORKERS = 4;

/** Six write connections were best for two cores (see `POOL_SIZES`); with a process a core, each has its share. */
const WRITES_OF_A_WORKER = 3;

const most = (processes: number): PoolSizes =>
  processes === 1 ? POOL_SIZES : { ...POOL_SIZES, write: WRITES_OF_A_WORKER };

export const connectionsOf = (processes: number, { read, write, scan }: PoolSizes): number =>
  processes * (read + write + scan + LISTENING) + BESIDE_WORKERS;

/**
 * The largest pools with which all processes find a connection: first fewer write at once, then fewer scan.
 *
 * @throws StartError when even one connection of each kind is too many.
 */
export function poolSizesFor(processes: number, limit: number | undefined): PoolSizes {
  const full = most(processes);
  const sizes = [
    ...Array.from({ length: full.write - 1 }, (_, less) => ({ ...full, write: full.write - less })),
    { ...full, write: 2, scan: 1 },
    { ...full, write: 1, scan: 1 },
  ];
  const fitting = sizes.find(each => limit === undefined || connectionsOf(processes, each) <= limit);
  if (fitting) return fitting;
  const server = processes === 1 ? 'A server' : `A server with ${processes} workers`;
  throw new StartError(
    'connections-too-few',
    `${server} needs at least ${connectionsOf(processes, sizes.at(-1)!)} connections, and the database grants ` +
      `${limit}. Raise max_connections (or the limit of the role or the database)` +
      `${processes === 1 ? '.' : ', or use fewer workers.'}`,
  );
}

/** What the server, the database and the role grant to a login that is no superuser; the least of them counts. */
export async function readConnectionLimit(sql: Sql): Promise<number> {
  const [row] = await sql<{ limit: number }[]>`
    select least(
      current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
        - coalesce(current_setting('reserved_connections', true), '0')::integer,
      (select nullif(datconnlimit, -1) from pg_database where datname = current_database()),
      (select nullif(rolconnlimit, -1) from pg_roles where rolname = session_user)
    ) as limit`;
  return row!.limit;
}
