/** What was to be reached, each beside what was: the worst row counts. */
import { hundredth } from './measure.ts';
import type { Kind } from './options.ts';
import { methodOf, type Results, type Row } from './results.ts';

export interface TargetResult {
  readonly target: string;
  readonly wanted: string;
  /** The worst of all rows, and which it is. */
  readonly worst: string;
  /** Rows that reach it, of how many. */
  readonly reached: number;
  readonly of: number;
}

const RATIO_MINIMUM: Readonly<Record<Kind, number>> = { read: 0.5, write: 0.5 };
const P99_RATIO_MAXIMUM = 3;
const GROWTH_MINIMUM = 0.9;
const MEMORY_MAXIMUM_MIB = 320;
const [SMALL, LARGE] = [10_000, 1_000_000];

interface Found {
  readonly name: string;
  readonly value: number;
}

/** Those of which nothing was measured are left out. */
export function targetResults(results: Results): TargetResult[] {
  const rows = (kind: Kind) => results.rows.filter(row => row.kind === kind);
  const found = (of: readonly Row[], value: (row: Row) => number): Found[] =>
    of.map(row => ({ name: nameOf(row), value: value(row) }));
  return [
    atLeast(
      'throughput by the limit, GET',
      RATIO_MINIMUM.read,
      found(rows('read'), row => row.ratio),
    ),
    atLeast(
      'throughput by the limit, PUT',
      RATIO_MINIMUM.write,
      found(rows('write'), row => row.ratio),
    ),
    atMost(
      'p99 by the limit',
      P99_RATIO_MAXIMUM,
      found(results.rows, row => row.p99Ratio),
    ),
    atLeast('throughput at 1,000,000 by that at 10,000', GROWTH_MINIMUM, growthOf(results.rows)),
    atMost(
      'resident memory of a process, MiB',
      MEMORY_MAXIMUM_MIB,
      results.memory.map(({ customers, processes, peakMiB }) => ({
        name: sizeOf(customers, processes),
        value: peakMiB,
      })),
    ),
  ].filter(each => each.of > 0);
}

/** Of each API, kind and number of processes. */
export const growthOf = (rows: readonly Row[]): Found[] =>
  rows
    .filter(row => row.customers === LARGE)
    .flatMap(large => {
      const small = rows.find(
        row =>
          row.customers === SMALL &&
          row.api === large.api &&
          row.kind === large.kind &&
          row.processes === large.processes,
      );
      if (small === undefined) return [];
      const value = hundredth(large.concord.requestsPerSecond / small.concord.requestsPerSecond);
      return [{ name: nameOf(large), value }];
    });

const atLeast = (target: string, minimum: number, found: readonly Found[]): TargetResult =>
  resultOf(
    target,
    `≥ ${minimum}`,
    found,
    value => value >= minimum,
    (one, other) => one - other,
  );
const atMost = (target: string, maximum: number, found: readonly Found[]): TargetResult =>
  resultOf(
    target,
    `≤ ${maximum}`,
    found,
    value => value <= maximum,
    (one, other) => other - one,
  );

function resultOf(
  target: string,
  wanted: string,
  found: readonly Found[],
  reaches: (value: number) => boolean,
  worstFirst: (one: number, other: number) => number,
): TargetResult {
  const [worst] = [...found].sort((one, other) => worstFirst(one.value, other.value));
  return {
    target,
    wanted,
    worst: worst ? `${worst.value} (${worst.name})` : '',
    reached: found.filter(({ value }) => reaches(value)).length,
    of: found.length,
  };
}

export const sizeOf = (customers: number, processes: number): string =>
  `${customers.toLocaleString('en')}, ${processes === 1 ? 'one process' : `${processes} processes`}`;

const nameOf = ({ api, kind, customers, processes }: Row): string =>
  `${api} ${methodOf(kind)}, ${sizeOf(customers, processes)}`;
