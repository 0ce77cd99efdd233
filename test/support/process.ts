/** Concord as a user runs it: the command line in a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TEST_KEY, type TestStore } from '../../src/store/test-store.ts';

const COMMAND = join(import.meta.dirname, '../../bin/concord');

/** A start on a loaded machine; alone it takes one to two seconds. */
const START_TIMEOUT_MS = 30_000;

export interface Finished {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Started {
  readonly process: ChildProcessWithoutNullStreams;
  /** The first line of standard output. */
  readonly line: string;
  /** All of standard output so far. */
  output(): string;
  /** All of standard error so far: the log. */
  errors(): string;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What a command needs to work on the database of the test store, beside others that do. */
export function environmentOf({ store: { target } }: TestStore): NodeJS.ProcessEnv {
  if (!('path' in target)) throw new Error('the test store is reached through a socket');
  const { username, database, path } = target;
  return environmentFor(`postgres://${username}@localhost/${database}?host=${dirname(path)}`);
}

/** The same for a database of the test's own. */
export const environmentFor = (databaseUrl: string): NodeJS.ProcessEnv => ({
  DATABASE_URL: databaseUrl,
  CONCORD_ENCRYPTION_KEYS: `${TEST_KEY.id}:${TEST_KEY.key.toString('base64')}`,
});

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  const child = spawn(COMMAND, args, { env: { ...process.env, ...environment } });
  const [output, errors] = [collect(child.stdout), collect(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output(), errors: errors() };
}

/** Starts a command and waits for its first line. */
export async function startCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Started> {
  const child = spawn(COMMAND, args, { env: { ...process.env, ...environment } });
  const [output, errors] = [collect(child.stdout), collect(child.stderr)];
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!output().includes('\n')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`concord ${args.join(' ')} did not start: ${errors()}`);
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return {
    process: child,
    line: output().slice(0, output().indexOf('\n')),
    output,
    errors,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', chunk => {
    text += chunk;
  });
  return () => text;
}

/** The ids of running processes whose command line names the directory, this one left out. */
export function processesOf(directory: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(name => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}
