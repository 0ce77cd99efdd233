/** One after the other for the same customer: writers of one process need not fight each other. */
import { ConcordError } from '../record/errors.ts';
import { asked, isForNobody } from '../record/listening.ts';

/** Writers in line for one customer. At 1 ms a write the last of them waits a quarter of a second. */
const LINE_MAXIMUM = 256;
const RETRY_AFTER_SECONDS = 1;

export interface Queue {
  /** Runs when everyone before it with one of the keys is done; `waited` tells whether anybody was. */
  run<T>(keys: readonly string[], work: (waited: boolean) => Promise<T>): Promise<T>;
}

interface Line {
  last: Promise<void>;
  length: number;
}

export function openQueue(): Queue {
  const lines = new Map<string, Line>();

  return {
    async run(keys, work) {
      const before: Promise<void>[] = [];
      for (const key of keys) {
        const line = lines.get(key);
        if (!line) continue;
        if (line.length >= LINE_MAXIMUM) {
          throw new ConcordError('too-busy', { retryAfterSeconds: RETRY_AFTER_SECONDS });
        }
        before.push(line.last);
      }
      // All places are taken in one go, so that two calls with several keys never wait for each other.
      const done = Promise.withResolvers<void>();
      for (const key of keys) {
        const line = lines.get(key);
        if (line) {
          line.last = Promise.all([line.last, done.promise]).then(() => {});
          line.length += 1;
        } else {
          lines.set(key, { last: done.promise, length: 1 });
        }
      }
      try {
        if (before.length > 0) {
          await Promise.all(before);
          if (isForNobody(asked())) throw new ConcordError('request-timeout');
        }
        return await work(before.length > 0);
      } finally {
        done.resolve();
        for (const key of keys) {
          const line = lines.get(key);
          if (line && --line.length === 0) lines.delete(key);
        }
      }
    },
  };
}
