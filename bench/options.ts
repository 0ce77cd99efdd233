/** Options of the benchmark, and what they are when nobody says. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';

export const KINDS = ['read', 'write'] as const;
export type Kind = (typeof KINDS)[number];

export interface BenchOptions {
  /** How many customers are in the database, one run for each; every one has two addresses and three contact points. */
  readonly customers: readonly number[];
  /** Server processes, one run for each: Concord's workers, and the limit's. */
  readonly processes: readonly number[];
  readonly connections: number;
  /** Seconds of each measurement. */
  readonly seconds: number;
  /** How often each pair is measured, interleaved; the median counts. */
  readonly rounds: number;
  /** Where to write the results as JSON. */
  readonly json?: string;
  /** The APIs to measure; all otherwise. */
  readonly only?: readonly string[];
  readonly kinds: readonly Kind[];
  /** A directory to keep the loaded databases in; a temporary one otherwise. */
  readonly data?: string;
  /** A directory for profiles of the server's processor time; what is measured then is slower. */
  readonly profile?: string;
}

/** What shows in half a minute whether anything is far off. */
const QUICK = { customers: [10_000], processes: [1], rounds: 2, seconds: 0.5 };

const number = (minimum: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isFinite(value) || value < minimum) {
    throw new InvalidArgumentError(`It must be a number of ${minimum} or more.`);
  }
  return value;
};
const whole = (text: string) => Math.trunc(number(1)(text));
const list = (text: string) => [...new Set(text.split(',').map(part => part.trim()))];
const wholes = (text: string) => list(text).map(whole);
/** `auto` is one per core, as in `concord serve --workers auto`. */
const processes = (text: string) => [
  ...new Set(list(text).map(part => (part === 'auto' ? availableParallelism() : whole(part)))),
];

function kinds(text: string): Kind[] {
  const wanted = list(text);
  const unknown = wanted.find(each => !KINDS.includes(each as Kind));
  if (unknown !== undefined) throw new InvalidArgumentError(`Kinds are ${KINDS.join(' and ')}.`);
  return wanted as Kind[];
}

export function readOptions(args: readonly string[] = process.argv.slice(2)): BenchOptions {
  const { quick, ...options } = new Command('bench')
    .option(
      '--customers <numbers>',
      'sizes of the database, separated by commas',
      wholes,
      [10_000, 100_000, 1_000_000],
    )
    .option('--processes <numbers>', 'server processes: numbers or auto (one per core)', processes, [
      ...new Set([1, availableParallelism()]),
    ])
    .option('--connections <number>', 'connections at once', whole, 32)
    .option('--seconds <number>', 'seconds of each measurement', number(0.1), 1)
    .option('--rounds <number>', 'rounds, interleaved; the median counts', whole, 5)
    .option('--quick', `${QUICK.customers[0]} customers, one process, ${QUICK.rounds} short rounds`)
    .option('--only <names>', 'measure only these APIs, separated by commas', list)
    .option('--kinds <kinds>', 'read, write or both', kinds, [...KINDS])
    .option('--json <file>', 'where the results go (default: bench/results/<date>.json and speed.svg)')
    .option('--data <directory>', 'keep the loaded databases here for the next time')
    .option('--profile <directory>', 'write profiles of the server there, and the time of statements')
    .parse([...args], { from: 'user' })
    .opts<BenchOptions & { quick?: true }>();
  return quick ? { ...options, ...QUICK } : options;
}
