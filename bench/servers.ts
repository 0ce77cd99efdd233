/** The two that are compared: Concord as users run it, and the limit with its own best pool. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../src/store/connection.ts';
import { runCommand } from '../test/support/process.ts';
import { type Child, startChild } from './children.ts';
import type { LimitOrder, LimitStarted } from './limit.ts';
import type { Loaded } from './load.ts';
import type { Kind } from './options.ts';
import { databaseProcesses, serverProcesses } from './processes.ts';

export interface Server {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Concord extends Server {
  /** The log goes to a file, as it would; it is emptied between measurements, so that the disk does not fill. */
  emptyLog(): void;
}

/** Pool sizes that are tried for the limit, whose driver pipelines statements on each connection. */
const LIMIT_POOLS = [1, 2, 4, 8, 16];
/** On a loaded machine, with a million customers; alone it takes two seconds. */
const START_MILLISECONDS = 60_000;
/** Connections that PostgreSQL keeps for its administrators. */
const RESERVED_CONNECTIONS = 5;

const COMMAND = join(import.meta.dirname, '../bin/concord');

/** Whether this Concord serves with several processes. */
export async function knowsWorkers(): Promise<boolean> {
  return (await runCommand(['serve', '--help'])).output.includes('--workers');
}

export async function startConcord(
  directory: string,
  processes: number,
  profile: string | undefined,
): Promise<Concord> {
  const log = openSync(join(directory, 'bench.log'), 'a');
  if (profile !== undefined) mkdirSync(profile, { recursive: true });
  // The question is what the server can do, not what two of the vendors allow.
  const args = ['serve', '--port', '0', '--data', directory, '--no-rate-limits'];
  const child = spawn(COMMAND, processes === 1 ? args : [...args, '--workers', String(processes)], {
    env: {
      ...process.env,
      CONCORD_LOG_LEVEL: 'info',
      ...(profile !== undefined && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }),
    },
    stdio: ['ignore', 'pipe', log],
    // As in children.ts.
    detached: true,
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MILLISECONDS);
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', text => {
    output += text;
  });
  while (!output.includes('\n') && child.exitCode === null && child.signalCode === null) {
    await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
  }
  clearTimeout(timer);
  const origin = /^Concord answers on (\S+)$/m.exec(output)?.[1];
  if (origin === undefined) throw new Error(`Concord did not start; see ${join(directory, 'bench.log')}`);
  return {
    origin,
    pid: child.pid!,
    emptyLog: () => ftruncateSync(log),
    stop: async () => {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill()) await ended;
      closeSync(log);
    },
  };
}

async function startLimit(order: LimitOrder): Promise<Server> {
  const child: Child<LimitStarted> = await startChild('limit.ts', order);
  return { origin: child.said.origin, pid: child.process.pid!, stop: child.stop };
}

export type Limits = Readonly<Record<Kind, Server>> & { readonly pools: Readonly<Record<Kind, number>> };

/** The limit with the pool that is best for reads, and with that which is best for writes. */
export async function startBestLimits(
  { target }: Loaded,
  processes: number,
  kinds: readonly Kind[],
  rateOf: (server: Server, kind: Kind) => Promise<number>,
): Promise<Limits> {
  const most = (await freeConnections(target)) / (2 * processes);
  const best: Record<Kind, { rate: number; pool: number }> = {
    read: { rate: -1, pool: 1 },
    write: { rate: -1, pool: 1 },
  };
  for (const connections of LIMIT_POOLS.filter(pool => pool <= most)) {
    const server = await startLimit({ target, connections, processes });
    for (const kind of kinds) {
      const rate = await rateOf(server, kind);
      if (rate > best[kind].rate) best[kind] = { rate, pool: connections };
    }
    await server.stop();
  }
  const start = (kind: Kind) => startLimit({ target, connections: best[kind].pool, processes });
  return {
    read: await start('read'),
    write: await start('write'),
    pools: { read: best.read.pool, write: best.write.pool },
  };
}

async function freeConnections(target: Loaded['target']): Promise<number> {
  const sql = connect(target, { connections: 1, application: 'concord bench' });
  const [row] = await sql<{ free: number }[]>`
    select current_setting('max_connections')::integer - count(*)::integer as free from pg_stat_activity`;
  await sql.end();
  return row!.free - RESERVED_CONNECTIONS;
}

/** The processes whose work is told apart. */
export const workersOf = (server: Server, directory: string) => ({
  server: serverProcesses(server.pid),
  ...databaseProcesses(directory),
});
