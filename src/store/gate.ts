/** How much the store takes on at once: some at work, some waiting, and the rest is told to come back. */
import { ConcordError } from '../record/errors.ts';
import { isUnreachable, toConcordError } from './database-errors.ts';

export interface GateOptions {
  /** Handed to the driver at once. */
  readonly working: number;
  /** In line behind them. */
  readonly waiting: number;
}

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** A caller who has waited this long in line gets an answer while it still listens. */
const WAIT_MAXIMUM_MS = 5_000;
const SWEEP_MS = 250;
const RETRY_AFTER_SECONDS = 1;

interface Waiter {
  readonly since: number;
  readonly enter: () => void;
  readonly refuse: (error: ConcordError) => void;
}

/**
 * Errors come out as ConcordErrors. While the database does not answer, one call at a time tries it and the
 * others fail at once: the driver would keep them in line, and try each in turn against a closed door.
 */
export function openGate({ working, waiting }: GateOptions): Gate {
  let active = 0;
  let unreachable = false;
  let line: Waiter[] = [];
  let sweeper: NodeJS.Timeout | undefined;

  const busy = (code: 'unavailable' | 'too-busy', detail: string) =>
    new ConcordError(code, { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });

  function sweep(): void {
    const limit = performance.now() - WAIT_MAXIMUM_MS;
    const late = line.filter(waiter => waiter.since < limit);
    if (late.length > 0) line = line.filter(waiter => waiter.since >= limit);
    for (const waiter of late) waiter.refuse(busy('unavailable', 'waited too long for the database'));
    if (line.length === 0) {
      clearInterval(sweeper);
      sweeper = undefined;
    }
  }

  function wait(): Promise<void> {
    if (line.length >= waiting) throw busy('too-busy', 'too many calls are waiting for the database');
    sweeper ??= setInterval(sweep, SWEEP_MS).unref();
    return new Promise((enter, refuse) => line.push({ since: performance.now(), enter, refuse }));
  }

  return async work => {
    if (unreachable && active > 0) throw busy('unavailable', 'the database does not answer');
    if (active >= working) await wait();
    else active += 1;
    try {
      const result = await work();
      unreachable = false;
      return result;
    } catch (error) {
      unreachable = isUnreachable(error);
      throw toConcordError(error);
    } finally {
      // The place goes to the next in line; only when there is none it becomes free.
      const next = line.shift();
      if (next) next.enter();
      else active -= 1;
    }
  };
}
