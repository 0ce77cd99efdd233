/** Options of the benchmark, and what they are when nobody says. */
import { Command } from 'commander';

export interface BenchOptions {
  /** How many customers are in the database; each has two addresses and three contact points. */
  readonly customers: number;
  readonly connections: number;
  /** Seconds of each measurement. */
  readonly seconds: number;
  /** How often each pair is measured, interleaved; the median counts. */
  readonly rounds: number;
  /** Where to write the results as JSON. */
  readonly json?: string;
  /** The dialects to measure, separated by commas; all otherwise. */
  readonly only?: string;
  /** A directory to keep the loaded database in; a temporary one otherwise. */
  readonly data?: string;
}

export function readOptions(): BenchOptions {
  const whole = (text: string) => Math.max(1, Math.trunc(Number(text)) || 1);
  return new Command('bench')
    .option('--customers <number>', 'customers in the database', whole, 100_000)
    .option('--connections <number>', 'connections at once', whole, 32)
    .option('--seconds <number>', 'seconds of each measurement', whole, 3)
    .option('--rounds <number>', 'rounds, interleaved; the median counts', whole, 3)
    .option('--json <file>', 'also write the results as JSON')
    .option('--only <dialects>', 'measure only these, separated by commas')
    .option('--data <directory>', 'keep the loaded database here for the next time')
    .parse()
    .opts<BenchOptions>();
}
