/** One measurement: what the load generator saw, and what it cost whom. */
import { ask, type Child } from './children.ts';
import type { Fired, Order } from './generator.ts';
import { processorMicroseconds, residentBytes } from './processes.ts';
import { type Server, workersOf } from './servers.ts';

/** Processor time of one request, in microseconds: it does not suffer from what else the machine does. */
export interface Cost {
  readonly server: number;
  /** PostgreSQL's processes that serve clients, and the others: log, checkpoints, vacuum. */
  readonly backends: number;
  readonly background: number;
  readonly generator: number;
}

export interface Measurement {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly answerBytes: number;
  readonly cost: Cost;
  /** How much of one core the load generator needed, 0 to 1: near 1 it is what is measured. */
  readonly generatorLoad: number;
  /** Of the largest server process, at its largest, while it was asked. */
  readonly residentBytes: number;
}

/** Often enough to see a peak between two collections of garbage. */
const MEMORY_EVERY_MILLISECONDS = 50;

export type Measure = (server: Server, order: Omit<Order, 'origin'>) => Promise<Measurement>;

/** @throws Error when a single request failed: what is fast because it refuses is not fast. */
export const measuring =
  (generator: Child<unknown>, directory: string): Measure =>
  async (server, order) => {
    const workers = workersOf(server, directory);
    const spent = () => ({
      server: sum(workers.server),
      // Some come and go: a new backend of a pool, a worker of vacuum.
      backends: sum(workersOf(server, directory).backends),
      background: sum(workersOf(server, directory).background),
    });
    let resident = 0;
    const look = () => {
      resident = Math.max(resident, ...workers.server.map(residentBytes));
    };
    const before = spent();
    const timer = setInterval(look, MEMORY_EVERY_MILLISECONDS);
    const fired = await ask<Fired>(generator, { ...order, origin: server.origin }).finally(() =>
      clearInterval(timer),
    );
    const after = spent();
    look();
    if (fired.failures > 0) {
      throw new Error(
        `${order.target} ${order.kind}: ${fired.failures} of ${fired.requests} requests failed: ${fired.firstFailure}`,
      );
    }
    const each = (microseconds: number) => tenth(Math.max(0, microseconds) / Math.max(1, fired.requests));
    return {
      requestsPerSecond: Math.round(fired.answers / fired.seconds),
      p50: hundredth(fired.p50),
      p99: hundredth(fired.p99),
      longest: hundredth(fired.longest),
      answerBytes: fired.answerBytes,
      cost: {
        server: each(after.server - before.server),
        backends: each(after.backends - before.backends),
        background: each(after.background - before.background),
        generator: each(fired.processorMicroseconds),
      },
      generatorLoad: hundredth(fired.processorMicroseconds / (fired.seconds * 1_000_000)),
      residentBytes: resident,
    };
  };

const sum = (pids: readonly number[]): number =>
  pids.reduce((total, pid) => total + processorMicroseconds(pid), 0);
const tenth = (value: number): number => Math.round(value * 10) / 10;
export const hundredth = (value: number): number => Math.round(value * 100) / 100;

/** The lower one of the two in the middle, where they are even. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? 0;

/** Each number for itself in the middle of the rounds; memory is the peak of all. */
export function summaryOf(rounds: readonly Measurement[]): Measurement {
  const middle = (pick: (round: Measurement) => number) => median(rounds.map(pick));
  return {
    requestsPerSecond: middle(round => round.requestsPerSecond),
    p50: middle(round => round.p50),
    p99: middle(round => round.p99),
    longest: Math.max(...rounds.map(round => round.longest)),
    answerBytes: middle(round => round.answerBytes),
    cost: {
      server: middle(round => round.cost.server),
      backends: middle(round => round.cost.backends),
      background: middle(round => round.cost.background),
      generator: middle(round => round.cost.generator),
    },
    generatorLoad: middle(round => round.generatorLoad),
    residentBytes: Math.max(...rounds.map(round => round.residentBytes)),
  };
}
