/** How much the store takes on at once: some at work, some waiting, and the rest is told to come back. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConcordError } from '../record/errors.ts';
import { type Asked, asked, isForNobody } from '../record/listening.ts';
import { isUnreachable, toConcordError } from './database-errors.ts';

export interface GateOptions {
  /** Handed to the driver at once. */
  readonly working: number;
  /** In line behind them. */
  readonly waiting: number;
  /** Whether what is done here may be the first of several steps, so that a caller who went away is still served. */
  readonly lasting?: boolean;
  /** Called again and again while something is at work. */
  readonly look?: () => void;
  /** Called while something has been at work for so long. */
  readonly late?: { readonly afterMs: number; readonly act: () => void };
}

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** A caller who has waited this long in line gets an answer while it still listens. */
const WAIT_MAXIMUM_MS = 5_000;
const SWEEP_MS = 250;
const RETRY_AFTER_SECONDS = 1;

interface Waiter {
  readonly since: number;
  readonly asked: Asked | undefined;
  readonly enter: () => void;
  readonly refuse: (error: ConcordError) => void;
}

/**
 * Errors come out as ConcordErrors. While the database does not answer, one call at a time tries it and the
 * others fail at once: the driver would keep them in line, and try each in turn against a closed door.
 */
export function openGate({ working, waiting, lasting, look, late }: GateOptions): Gate {
  let active = 0;
  let unreachable = false;
  let line: Waiter[] = [];
  let sweeper: NodeJS.Timeout | undefined;
  /** Sweeps so far: a clock that costs a call nothing. */
  let sweeps = 0;
  /** When each call at work began, in sweeps; the oldest is the first. */
  const begun = new Set<{ readonly sweep: number }>();

  const busy = (code: 'unavailable' | 'too-busy', detail: string) =>
    new ConcordError(code, { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });

  /** Takes those out of the line of whom it is true. */
  function dismiss(from: (waiter: Waiter) => boolean, error: () => ConcordError): void {
    const dismissed = line.filter(from);
    if (dismissed.length === 0) return;
    line = line.filter(waiter => !from(waiter));
    for (const waiter of dismissed) waiter.refuse(error());
  }

  const dismissGone = (): void => dismiss(hasGone, () => new ConcordError('request-timeout'));

  function sweep(): void {
    sweeps += 1;
    look?.();
    const [oldest] = begun;
    if (late && oldest && (sweeps - oldest.sweep) * SWEEP_MS > late.afterMs) late.act();
    dismissGone();
    const limit = performance.now() - WAIT_MAXIMUM_MS;
    dismiss(
      ({ since }) => since < limit,
      () => busy('unavailable', 'waited too long for the database'),
    );
    if (active === 0 && line.length === 0) {
      clearInterval(sweeper);
      sweeper = undefined;
    }
  }

  function wait(): Promise<void> {
    if (line.length >= waiting) dismissGone();
    if (line.length >= waiting) throw busy('too-busy', 'too many calls are waiting for the database');
    return new Promise((enter, refuse) => {
      line.push({ since: performance.now(), asked: asked(), enter, refuse });
    });
  }

  /** The place goes to the next in line who still listens; only when there is none it becomes free. */
  function leave(): void {
    let next = line.shift();
    for (; next && hasGone(next); next = line.shift()) next.refuse(new ConcordError('request-timeout'));
    if (next) next.enter();
    else active -= 1;
  }

  return async work => {
    if (unreachable && active > 0) throw busy('unavailable', 'the database does not answer');
    sweeper ??= setInterval(sweep, SWEEP_MS).unref();
    if (active >= working) await wait();
    else active += 1;
    const call = { sweep: sweeps };
    begun.add(call);
    const whose = lasting ? asked() : undefined;
    if (whose) whose.begun = true;
    try {
      const result = await work();
      unreachable = false;
      return result;
    } catch (error) {
      unreachable = isUnreachable(error);
      if (unreachable) {
        dismiss(
          () => true,
          () => busy('unavailable', 'the database does not answer'),
        );
        // All connections close in one turn. What is given to one of them between its end and the driver's notice of it
        // is lost without an error, and the connection with it (postgres 3.4.9: `nextWriteTimer` stays set).
        await nextTurn();
      }
      throw toConcordError(error);
    } finally {
      begun.delete(call);
      leave();
    }
  };
}

const hasGone = (waiter: Waiter): boolean => isForNobody(waiter.asked);
