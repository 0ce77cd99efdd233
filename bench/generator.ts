/**
 * The load generator, a process of its own: a number of connections that ask as fast as they are answered. Every answer is
 * looked at; whatever is not what was asked for is a failure.
 */
import type { Access } from '../src/cli/demo/access.ts';
import { type Answer, type Connection, connect } from './connection.ts';
import type { Kind } from './options.ts';
import { type Shot, type Target, targetOf, writeHeaders } from './requests.ts';

export interface Order {
  readonly origin: string;
  readonly target: Target['name'];
  readonly kind: Kind;
  readonly access: Access;
  /** Those in the database; any of them may be asked for. */
  readonly customers: number;
  readonly connections: number;
  readonly seconds: number;
}

export interface Fired {
  /** Answers within the time, and the time. */
  readonly answers: number;
  readonly seconds: number;
  /** All answers, with those that came after the time was over. */
  readonly requests: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Of the bodies, mean. */
  readonly answerBytes: number;
  /** Of this process, within the time. */
  readonly processorMicroseconds: number;
  readonly failures: number;
  /** What the first failure was, without the answer's body. */
  readonly firstFailure?: string;
}

/** An answer that takes longer than any limit of the server is lost. */
const PATIENCE_MILLISECONDS = 15_000;
/** Requests that are made before the time begins: as many as the last run took, and some more. */
const SPARE = 1.2;
const SPARE_FIRST = 2_000;
const taken = new Map<string, number>();

/** The text of a request, and what the answer must have. */
interface Ready {
  readonly text: string;
  readonly expected: string | undefined;
}

export async function fire(order: Order): Promise<Fired> {
  const { origin, kind, customers, seconds } = order;
  const target = targetOf(order.target, order.access);
  const { hostname, port, host } = new URL(origin);
  const headers = Object.entries({ host, ...target.headers, ...writeHeaders(target, kind) })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const make = (): Ready => readyOf(target[kind](Math.floor(Math.random() * customers)), headers);
  const name = `${origin} ${order.target} ${kind}`;
  const ready = Array.from({ length: taken.get(name) ?? SPARE_FIRST }, make);

  const latencies: number[] = [];
  let [answers, bytes, failures, open] = [0, 0, 0, order.connections];
  let firstFailure: string | undefined;
  const failed = (reason: string) => {
    failures += 1;
    firstFailure ??= reason;
  };
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const closed = () => {
    open -= 1;
    if (open === 0) end();
  };

  const openOne = async (): Promise<{ connection: Connection; begin(): void }> => {
    let [asked, expected] = [0, undefined as string | undefined];
    const next = () => {
      const shot = ready.pop() ?? make();
      expected = shot.expected;
      asked = performance.now();
      connection.ask(shot.text);
    };
    const connection = await connect(Number(port), hostname, {
      answered: (answer: Answer) => {
        const now = performance.now();
        latencies.push(now - asked);
        bytes += answer.body.length;
        const fault = faultOf(answer, expected);
        if (fault !== undefined) failed(fault);
        if (now < deadline) {
          answers += 1;
          next();
        } else {
          connection.close();
          closed();
        }
      },
      failed: reason => {
        failed(reason);
        closed();
      },
    });
    return { connection, begin: next };
  };

  let deadline = Number.POSITIVE_INFINITY;
  const all = await Promise.all(Array.from({ length: order.connections }, openOne));
  const processor = process.cpuUsage();
  const begin = performance.now();
  deadline = begin + seconds * 1_000;
  const patience = setTimeout(
    () => {
      failed(`${open} requests without an answer`);
      end();
    },
    seconds * 1_000 + PATIENCE_MILLISECONDS,
  );
  for (const each of all) each.begin();
  await over;
  clearTimeout(patience);
  for (const { connection } of all) connection.close();
  const { user, system } = process.cpuUsage(processor);

  taken.set(name, Math.ceil(latencies.length * SPARE));
  const sorted = Float64Array.from(latencies).sort();
  return {
    answers,
    seconds,
    requests: latencies.length,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    longest: sorted.at(-1) ?? 0,
    answerBytes: Math.round(bytes / Math.max(1, latencies.length)),
    processorMicroseconds: user + system,
    failures,
    ...(firstFailure !== undefined && { firstFailure }),
  };
}

function readyOf({ method, path, body, expected }: Shot, headers: string): Ready {
  // Bodies of the benchmark are ASCII: as many bytes as letters.
  const length = body === undefined ? '' : `content-length: ${body.length}\r\n`;
  return { text: `${method} ${path} HTTP/1.1\r\n${headers}${length}\r\n${body ?? ''}`, expected };
}

function faultOf({ status, body }: Answer, expected: string | undefined): string | undefined {
  if (status < 200 || status > 299) return `status ${status}`;
  if (expected !== undefined && !body.includes(expected, 0, 'latin1'))
    return 'the answer is of something else';
  return undefined;
}

/** The smallest of which at least that part is not larger. */
export const quantile = (sorted: ArrayLike<number>, part: number): number =>
  sorted.length === 0 ? 0 : sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]!;

if (process.send && import.meta.main) {
  process.on('message', (order: Order) => {
    fire(order).then(
      fired => process.send!(fired),
      error => process.send!({ error: (error as Error).message }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send({ ready: true });
}
