/** The server process of the embedded PostgreSQL: which one runs, how it starts, how it ends. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open, readFile, readlink, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Launch } from './account.ts';
import type { Layout } from './layout.ts';
import { ENVIRONMENT } from './settings.ts';

export interface Running {
  readonly pid: number;
  /** As the process itself wrote it: another server may have started it under another TMPDIR. */
  readonly sockets: string;
  readonly ready: boolean;
}

/** The log keeps this much and as much again in `postgres.log.1`: a year of start-ups and shut-downs. */
export const LOG_MAXIMUM_BYTES = 1_048_576;

/** A fast shutdown writes a checkpoint; on a slow disk that takes a while. */
const FAST_SHUTDOWN_MS = 10_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;
const POLL_MS = 10;

const run = promisify(execFile);

/** The database of this data directory that is alive at this moment; a stale pid file names none. */
export async function findRunning(layout: Layout): Promise<Running | undefined> {
  const text = await readFile(join(layout.data, 'postmaster.pid'), 'utf8').catch(() => '');
  // Lines: pid, data directory, start time, port, socket directory, address, shared memory, status.
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !(await isPostmasterOf(pid, layout.data))) return undefined;
  return { pid, sockets: lines[4] || layout.sockets, ready: lines[7]?.trim() === 'ready' };
}

/** A pid alone says nothing: after a crash it may belong to any other program by now. */
async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    // A server works in its data directory. A program that is just being started still has the parent's.
    const [cwd, command] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    ]);
    return cwd === data || command.split('\0').includes(data);
  }
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(data);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes a pid file whose pid belongs to some other program by now: PostgreSQL would take that program for a
 * server and refuse. A pid that is gone it tells by itself. Read twice, because a server may just be starting.
 */
export async function removeMistakenPid(layout: Layout): Promise<void> {
  const path = join(layout.data, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || (await isPostmasterOf(pid, layout.data))) return;
  if ((await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true });
}

/**
 * Starts the server in a session of its own, so that a Ctrl-C at the terminal reaches Concord alone and
 * Concord decides the order. Its output goes straight to a file: after a crash of Concord no pipe breaks.
 */
export async function spawnPostmaster(launch: Launch, layout: Layout): Promise<ChildProcess> {
  await rotateLog(layout.log);
  const log = await open(layout.log, 'a', 0o600);
  try {
    const child = spawn(launch.file, launch.args, {
      cwd: '/',
      env: { ...ENVIRONMENT },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...(launch.account ? { uid: launch.account.uid, gid: launch.account.gid } : {}),
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function rotateLog(path: string): Promise<void> {
  const size = await stat(path).then(
    facts => facts.size,
    () => 0,
  );
  if (size > LOG_MAXIMUM_BYTES) await rename(path, `${path}.1`).catch(() => {});
}

/** Empties a log that has grown too long; the server appends, so it goes on at the start. */
export async function boundLog(path: string): Promise<void> {
  const size = await stat(path).then(
    facts => facts.size,
    () => 0,
  );
  if (size > LOG_MAXIMUM_BYTES) await truncate(path).catch(() => {});
}

/** Ends the server without waiting for it, for a process that is about to end; its children end with it. */
export function quitPostmaster(pid: number, layout: Layout): void {
  try {
    // Only while the pid file names it: the number may be another program's by now.
    const [named] = readFileSync(join(layout.data, 'postmaster.pid'), 'utf8').split('\n', 1);
    if (Number(named) === pid) process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended.
  }
}

/** Ends the server: politely, then at once, then by force. */
export async function stopPostmaster(pid: number, layout: Layout): Promise<void> {
  const steps = [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const;
  for (const [signal, patienceMs] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(POLL_MS)) {
      // A process that nobody reaps stays as a zombie: alive to a signal, but no server any more.
      if (!(await isPostmasterOf(pid, layout.data))) return;
    }
  }
}
