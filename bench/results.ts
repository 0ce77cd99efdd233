/** What a run of the benchmark found: one row for each pair that was compared, and the memory of the server. */
import { hundredth, type Measurement, summaryOf } from './measure.ts';
import type { Kind } from './options.ts';

export interface Row {
  readonly customers: number;
  readonly processes: number;
  readonly api: string;
  readonly kind: Kind;
  readonly concord: Measurement;
  readonly limit: Measurement;
  /** Of requests per second: Concord's by the limit's. */
  readonly ratio: number;
  /** Of the 99th percentiles. */
  readonly p99Ratio: number;
  /** Of the processor time of server and database: the limit's by Concord's. */
  readonly costRatio: number;
  /** Requests per second of every round, Concord's and the limit's in turns. */
  readonly rounds: readonly (readonly [concord: number, limit: number])[];
}

export interface Memory {
  readonly customers: number;
  readonly processes: number;
  /** Of the largest process, in MiB: at its largest under load, and when all was over. */
  readonly peakMiB: number;
  readonly endMiB: number;
}

export interface Results {
  readonly at: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly memoryGiB: number };
  readonly node: string;
  readonly postgres: string;
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly memory: readonly Memory[];
}

export function rowOf(
  facts: Pick<Row, 'customers' | 'processes' | 'api' | 'kind'>,
  ours: readonly Measurement[],
  theirs: readonly Measurement[],
): Row {
  const [concord, limit] = [summaryOf(ours), summaryOf(theirs)];
  const work = ({ cost }: Measurement) => cost.server + cost.backends;
  return {
    ...facts,
    concord,
    limit,
    ratio: hundredth(concord.requestsPerSecond / limit.requestsPerSecond),
    p99Ratio: hundredth(concord.p99 / limit.p99),
    costRatio: hundredth(work(limit) / work(concord)),
    rounds: ours.map((each, at) => [each.requestsPerSecond, theirs[at]!.requestsPerSecond]),
  };
}

/** `PUT` stands for every change, whatever method the API has for it. */
export const methodOf = (kind: Kind): string => (kind === 'read' ? 'GET' : 'PUT');
