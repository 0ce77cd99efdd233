/** What the metrics said at one moment, as far as the page shows it. */
import { type Measurement, measurementsOf } from './exposition.ts';

/** All requests of one API since the server started. */
export interface Counts {
  readonly all: number;
  /** Answered with 4xx: the caller did something wrong. */
  readonly refused: number;
  /** Answered with 5xx: the server did. */
  readonly failed: number;
  /** How many took at most so many seconds, by the bound; as in Prometheus, each bucket holds the ones before it. */
  readonly within: Readonly<Record<string, number>>;
}

export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Seconds since 1970: after another number, something counts from zero. */
  readonly startedAt: number | undefined;
  readonly dialects: Readonly<Record<string, Counts>>;
  /** Of all processes of the server together; so are the seconds of computing. */
  readonly memoryBytes: number | undefined;
  /** Of the slowest process: seconds of waiting that 99 of 100 turns of the event loop stayed below, since the sample before. */
  readonly delaySeconds: number | undefined;
  /** Seconds of computing since the server started. */
  readonly computedSeconds: number | undefined;
}

const DURATION = 'concord_request_duration_seconds';
/** What this page itself asks for would show in what it shows. */
const OWN_OPERATIONS = new Set(['metrics', 'ready']);
/** Node's histogram measures from timer to timer, every 10 ms: with nothing to do it says 10 ms. */
const TIMER_SECONDS = 0.01;

interface Building {
  all: number;
  refused: number;
  failed: number;
  within: Record<string, number>;
}

/** @param at milliseconds since 1970 */
export function sampleOf(text: string, at: number): Sample {
  const measurements = measurementsOf(text);
  /** Of each process of the server. */
  const all = (name: string): readonly number[] =>
    measurements.filter(each => each.name === name && Number.isFinite(each.value)).map(each => each.value);
  const delay = most(all('nodejs_eventloop_lag_p99_seconds'));
  return {
    at,
    // The last one that began: whenever it is another, some process counts from zero.
    startedAt: most(all('process_start_time_seconds')),
    dialects: countsOf(measurements),
    memoryBytes: sum(all('process_resident_memory_bytes')),
    delaySeconds: delay === undefined ? undefined : Math.max(0, delay - TIMER_SECONDS),
    computedSeconds: sum(all('process_cpu_seconds_total')),
  };
}

const most = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);

const sum = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((total, each) => total + each, 0);

function countsOf(measurements: readonly Measurement[]): Readonly<Record<string, Counts>> {
  const dialects = new Map<string, Building>();
  for (const { name, labels, value } of measurements) {
    const { dialect, operation = '', status = '', le } = labels;
    if (dialect === undefined || !name.startsWith(DURATION) || OWN_OPERATIONS.has(operation)) continue;
    const counts = dialects.get(dialect) ?? { all: 0, refused: 0, failed: 0, within: {} };
    dialects.set(dialect, counts);
    if (name === `${DURATION}_count`) {
      counts.all += value;
      if (status.startsWith('4')) counts.refused += value;
      if (status.startsWith('5')) counts.failed += value;
    } else if (name === `${DURATION}_bucket` && le !== undefined) {
      counts.within[le] = (counts.within[le] ?? 0) + value;
    }
  }
  return Object.fromEntries(dialects);
}
