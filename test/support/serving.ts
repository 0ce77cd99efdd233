/** A server that is looked at from outside: where it answers, which processes it has, what its metrics say. */
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { measurementsOf } from '../../console/src/pages/health/exposition.ts';
import type { Started } from './process.ts';

export const originOf = (server: Started): string => server.line.replace('Concord answers on ', '');

/** The ids of the processes that a process has started, and of those they have. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
    try {
      // The name in parentheses may hold spaces; the parent is the second field behind it.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      parents.set(Number(name), Number(parent));
    } catch {
      // It has just ended.
    }
  }
  const children = (of: number): number[] =>
    [...parents].filter(([, parent]) => parent === of).flatMap(([each]) => [each, ...children(each)]);
  return children(pid);
}

export const workersOf = (server: Started): number[] =>
  descendantsOf(server.process.pid!).filter(pid => commandOf(pid).includes('workers/worker.ts'));

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** True while the process runs; one that nobody has reaped yet runs no more. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Answers what the condition gives once it gives something; fails after the deadline. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  milliseconds = 30_000,
): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + milliseconds; ; await sleep(20)) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`after ${milliseconds} ms not yet: ${what}`);
  }
}

export interface Connection {
  send(path: string, options?: Sent): Promise<{ readonly status: number; readonly text: string }>;
  close(): void;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Nothing takes that long, on any machine; a client that waits longer waits for ever. */
const ANSWER_MAXIMUM_MS = 20_000;

/** One connection that is kept, and so leads to one process. */
export function connection(origin: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (path, { method = 'GET', headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const sent = request(origin + path, { agent, method, headers }, answer => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({ status: answer.statusCode!, text: Buffer.concat(chunks).toString() }),
          );
          answer.on('error', reject);
        });
        sent.on('error', reject);
        sent.setTimeout(ANSWER_MAXIMUM_MS, () => sent.destroy(new Error(`no answer to ${path}`)));
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** How many requests of the operation were answered, and the label of each process that tells of its memory. */
export async function metricsOf(
  origin: string,
  operation: string,
): Promise<{ readonly count: number; readonly processes: readonly string[] }> {
  const answer = await fetch(`${origin}/metrics`, { signal: AbortSignal.timeout(ANSWER_MAXIMUM_MS) });
  if (answer.status !== 200) throw new Error(`/metrics: ${answer.status} ${await answer.text()}`);
  const measurements = measurementsOf(await answer.text());
  return {
    count: measurements
      .filter(
        ({ name, labels }) =>
          name === 'concord_request_duration_seconds_count' && labels.operation === operation,
      )
      .reduce((sum, { value }) => sum + value, 0),
    processes: measurements
      .filter(({ name }) => name === 'process_resident_memory_bytes')
      .map(({ labels }) => labels.worker ?? '')
      .sort(),
  };
}
