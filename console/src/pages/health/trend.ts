/** Rates and times over the last minutes, from counters that only grow. */
import type { Counts, Sample } from './sample.ts';

/** How far back each point looks: long enough to be calm where there is a request every few seconds. */
export const WINDOW_MILLISECONDS = 30_000;
/** What is kept and drawn. */
export const KEPT_MILLISECONDS = 600_000;

export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Requests in a second. */
  readonly rate: number;
  readonly refusedRate: number;
  readonly failedRate: number;
  /** Seconds that half of the requests stayed below; `null` where there were none. */
  readonly median: number | null;
  /** Seconds that 95 of 100 stayed below. */
  readonly p95: number | null;
}

const NOTHING: Counts = { all: 0, refused: 0, failed: 0, within: {} };

/** The newest last. What is too old to be drawn, or to be the beginning of a window that is, is dropped. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const oldest = next.at - KEPT_MILLISECONDS - WINDOW_MILLISECONDS;
  return [...samples.filter(({ at }) => at >= oldest && at < next.at), next];
}

/** A point for each sample but the first, as far back as is drawn. */
export function trendOf(samples: readonly Sample[], dialect: string): readonly Point[] {
  const oldest = (samples.at(-1)?.at ?? 0) - KEPT_MILLISECONDS;
  return samples.slice(1).flatMap((sample, before) => {
    if (sample.at < oldest) return [];
    const start = windowStart(samples, before, sample.at);
    return pointBetween(samples[start]!, sample, dialect);
  });
}

/** The latest sample that is a whole window ago; where there is none, the first. `before` is always far enough for a point. */
function windowStart(samples: readonly Sample[], before: number, at: number): number {
  let start = before;
  while (start > 0 && at - samples[start]!.at < WINDOW_MILLISECONDS) start -= 1;
  return start;
}

function pointBetween(earlier: Sample, later: Sample, dialect: string): Point {
  const now = later.dialects[dialect] ?? NOTHING;
  const then = isSameProcess(earlier, later) ? (earlier.dialects[dialect] ?? NOTHING) : NOTHING;
  const seconds = (later.at - earlier.at) / 1_000;
  const within = Object.fromEntries(
    Object.entries(now.within).map(([bound, count]) => [bound, grown(then.within[bound] ?? 0, count)]),
  );
  return {
    at: later.at,
    rate: grown(then.all, now.all) / seconds,
    refusedRate: grown(then.refused, now.refused) / seconds,
    failedRate: grown(then.failed, now.failed) / seconds,
    median: quantileOf(within, 0.5),
    p95: quantileOf(within, 0.95),
  };
}

/** A process that started again counts from zero: all that it has counted is new. */
const isSameProcess = (earlier: Sample, later: Sample): boolean => earlier.startedAt === later.startedAt;

const grown = (before: number, after: number): number => (after >= before ? after - before : after);

/**
 * The value that `share` of all stayed below, from a histogram, as Prometheus' `histogram_quantile` does it: evenly
 * spread within a bucket. Behind the last bound it is that bound. `null` for an empty histogram.
 */
export function quantileOf(within: Readonly<Record<string, number>>, share: number): number | null {
  const buckets = Object.entries(within)
    .map(([bound, count]) => ({ bound: bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound), count }))
    .toSorted((one, other) => one.bound - other.bound);
  const total = buckets.at(-1)?.count ?? 0;
  if (total <= 0) return null;
  const wanted = share * total;
  let lower = { bound: 0, count: 0 };
  for (const bucket of buckets) {
    if (bucket.count >= wanted) {
      if (!Number.isFinite(bucket.bound)) return lower.bound;
      const inBucket = bucket.count - lower.count;
      const part = inBucket > 0 ? (wanted - lower.count) / inBucket : 1;
      return lower.bound + (bucket.bound - lower.bound) * part;
    }
    lower = bucket;
  }
  return lower.bound;
}

/** Share of one processor's time, 0 to 1 for each; `null` until there are two samples of one process. */
export function computingOf(samples: readonly Sample[]): number | null {
  const later = samples.at(-1);
  if (!later || samples.length < 2) return null;
  const earlier = samples[windowStart(samples, samples.length - 2, later.at)]!;
  if (!isSameProcess(earlier, later)) return null;
  if (earlier.computedSeconds === undefined || later.computedSeconds === undefined) return null;
  return (later.computedSeconds - earlier.computedSeconds) / ((later.at - earlier.at) / 1_000);
}

/** One point for each minute, the newest first: the last of it. For those who read a table rather than a plot. */
export function byMinute(points: readonly Point[]): readonly Point[] {
  const minutes = new Map<number, Point>();
  for (const point of points) minutes.set(Math.floor(point.at / 60_000), point);
  return [...minutes.values()].reverse();
}
