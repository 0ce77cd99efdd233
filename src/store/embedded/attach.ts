/** Comes to a running database that is ours: adopts one that runs, or makes and starts one. */
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { StartError } from '../start-errors.ts';
import { type Account, databaseAccount, launchAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Guard, takeGuard } from './guard.ts';
import { giveTo, initialize, ownerOf } from './initialize.ts';
import { claimSocketDirectory, type Layout, verifySocketDirectory } from './layout.ts';
import {
  findRunning,
  quitPostmaster,
  type Running,
  removeMistakenPid,
  spawnPostmaster,
  stopPostmaster,
} from './postmaster.ts';
import { reachableBinaries } from './reachable.ts';
import { serverArguments } from './settings.ts';

export interface Attachment {
  readonly running: Running;
  readonly guard: Guard;
  /** It ran already: its own server was killed and left it behind. */
  readonly adopted: boolean;
}

export interface Surroundings {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly log: Log;
  /** Called once when a database that was attached goes away. */
  readonly onLost: () => void;
  /** Called for each server that is started or taken over, with what ends it at once. */
  readonly onStarted: (quit: () => void) => void;
  /** Ends the attempts. */
  readonly signal: AbortSignal;
}

/** Crash recovery replays at most the WAL of one checkpoint (max_wal_size), which takes seconds. */
const START_TIMEOUT_MS = 30_000;

/** Children of a killed server hold its shared memory until they notice; meanwhile a start is refused. */
const RESTART_PAUSE_MS = 150;
const POLL_MS = 10;

/** Of a database that ends at once again, the log tells the reason in its last lines. */
const LOG_TAIL_CHARACTERS = 600;

/** Answers of a server that is there and not ready, and of a socket that is not there yet. */
const NOT_READY = new Set(['57P01', '57P02', '57P03', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const isNotReady = (error: unknown): boolean => {
  const code = (error as { code?: string }).code ?? '';
  return NOT_READY.has(code) || code.startsWith('CONNECT');
};

export async function attach(surroundings: Surroundings): Promise<Attachment> {
  const { layout, signal } = surroundings;
  let child: ChildProcess | undefined;
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (signal.aborted) {
      if (child?.pid !== undefined && !hasEnded(child)) await stopPostmaster(child.pid, layout);
      signal.throwIfAborted();
    }
    const running = await findRunning(layout);
    if (running?.ready) {
      const guard = await guardOf(surroundings, running);
      if (guard) {
        const adopted = running.pid !== child?.pid;
        if (adopted) surroundings.onStarted(() => quitPostmaster(running.pid, layout));
        return { running, guard, adopted };
      }
    } else if (!running && hasEnded(child)) {
      if (child) await sleep(RESTART_PAUSE_MS);
      const latest = await start(surroundings);
      surroundings.onStarted(() => latest.kill('SIGQUIT'));
      child = latest;
    }
  }
  const tail = (await readFile(layout.log, 'utf8').catch(() => '')).slice(-LOG_TAIL_CHARACTERS).trim();
  throw new StartError(
    'database-failed',
    `The database in ${layout.data} did not become ready. The end of ${layout.log}:\n${tail}`,
  );
}

const hasEnded = (child: ChildProcess | undefined): boolean =>
  child === undefined || child.exitCode !== null || child.signalCode !== null;

async function guardOf(surroundings: Surroundings, running: Running): Promise<Guard | undefined> {
  const { layout, onLost } = surroundings;
  try {
    const owner = await ownerOf(layout);
    await verifySocketDirectory(running.sockets, owner);
    return await takeGuard(layout, running.sockets, onLost);
  } catch (error) {
    if (isNotReady(error)) return undefined;
    throw error;
  }
}

async function start({ layout, binaries: installed, log }: Surroundings): Promise<ChildProcess> {
  const owner = await ownerOf(layout);
  const account = await databaseAccount(owner);
  const binaries = await reachableBinaries(installed, account);
  if (!owner) {
    log('info', 'database.initialize', { directory: layout.data });
    await initialize(layout, binaries, account);
  } else if (account && owner.uid !== account.uid) {
    await giveTo(account, layout.data);
  }
  await removeMistakenPid(layout);
  await claimSocketDirectory(layout.sockets, account);
  return spawnPostmaster(await launch(layout, binaries, account), layout);
}

const launch = (layout: Layout, binaries: Binaries, account: Account | undefined) =>
  launchAs(account, binaries.postgres, serverArguments(layout.data, layout.sockets), [
    `${layout.data}/.`,
    `${layout.sockets}/.`,
  ]);
