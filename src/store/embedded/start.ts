/** The embedded PostgreSQL: started with the server, watched while it lives, stopped with it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { DirectoryInUse } from '../start-errors.ts';
import { type Attachment, attach } from './attach.ts';
import { findBinaries } from './binaries.ts';
import { ADMINISTRATOR, DATABASE } from './guard.ts';
import { layOut, removeSocketDirectory, socketPath } from './layout.ts';
import { boundLog, findRunning, stopPostmaster } from './postmaster.ts';

export interface EmbeddedOptions {
  /** The server's data directory; the database takes `postgres` and `postgres.log` in it. */
  readonly directory: string;
  readonly log: Log;
}

export interface Embedded {
  /** Options for the driver. */
  readonly connection: {
    readonly path: string;
    readonly database: string;
    readonly username: string;
  };
  /** The database ran already, left behind by a server that was killed. */
  readonly adopted: boolean;
  readonly pid: () => number;
  stop(): Promise<void>;
}

/** Pauses between attempts to bring a lost database back: quickly at first, then without burning a core. */
const RECOVERY_PAUSE_FIRST_MS = 50;
const RECOVERY_PAUSE_MAXIMUM_MS = 5_000;

const LOG_CHECK_MS = 60_000;

/** @throws StartError, DirectoryInUse */
export async function startEmbedded({ directory, log }: EmbeddedOptions): Promise<Embedded> {
  const [binaries, found] = await Promise.all([findBinaries(), layOut(directory)]);
  let layout = found;
  const stopping = new AbortController();
  let current: Attachment | undefined;
  let recovery: Promise<void> | undefined;

  /** Ends the server process that was started or taken over last, ready or not. */
  let quitLatest: (() => void) | undefined;
  // Whatever ends this process in its own words, a second Ctrl-C for instance, ends the database with it: at once, and
  // what was answered is in its log for the next start. Only a killed process leaves it behind, to be adopted.
  const quit = (): void => quitLatest?.();
  const onStarted = (quitStarted: () => void): void => {
    if (quitLatest === undefined) process.on('exit', quit);
    quitLatest = quitStarted;
  };

  const surroundings = () => ({ layout, binaries, log, onLost, onStarted, signal: stopping.signal });

  function onLost(): void {
    if (stopping.signal.aborted) return;
    current = undefined;
    recovery ??= recover().finally(() => (recovery = undefined));
  }

  async function recover(): Promise<void> {
    log('error', 'database.lost', { directory: layout.root });
    let pauseMs = RECOVERY_PAUSE_FIRST_MS;
    while (!stopping.signal.aborted && current === undefined) {
      try {
        current = await attach(surroundings());
        log('info', 'database.recovered', { pid: current.running.pid });
      } catch (error) {
        if (stopping.signal.aborted) return;
        const detail = error instanceof DirectoryInUse ? error.message : (error as Error).message;
        log('error', 'database.recovery-failed', { detail });
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
        pauseMs = Math.min(pauseMs * 2, RECOVERY_PAUSE_MAXIMUM_MS);
      }
    }
  }

  const first = await attach(surroundings());
  current = first;
  // Clients keep this socket path for the life of the server, so a restart must use the same one.
  layout = { ...layout, sockets: first.running.sockets };
  log('info', 'database.started', { pid: first.running.pid, adopted: first.adopted, directory: layout.data });

  const logCheck = setInterval(() => void boundLog(layout.log), LOG_CHECK_MS);
  logCheck.unref();

  async function stop(): Promise<void> {
    if (stopping.signal.aborted) return;
    clearInterval(logCheck);
    stopping.abort();
    await recovery;
    if (current) {
      // The lock is held until the end, so that nobody adopts a database that is about to stop.
      const running = await findRunning(layout);
      if (running) await stopPostmaster(running.pid, layout);
      await current.guard.release();
      await removeSocketDirectory(layout.sockets);
    }
    process.off('exit', quit);
    log('info', 'database.stopped', { directory: layout.data });
  }

  return {
    connection: { path: socketPath(layout.sockets), database: DATABASE, username: ADMINISTRATOR },
    adopted: first.adopted,
    pid: () => current?.running.pid ?? 0,
    stop,
  };
}
