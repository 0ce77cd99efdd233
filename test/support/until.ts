/** Waits for a condition instead of for a time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Many times what it takes on a quiet machine. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 20;

/** How long it took, in milliseconds. @throws Error that says what did not come about. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs: number = PATIENCE_MS,
): Promise<number> {
  const started = performance.now();
  for (;;) {
    if (await holds()) return performance.now() - started;
    if (performance.now() - started > patienceMs) throw new Error(`${what}: not within ${patienceMs} ms`);
    await sleep(LOOK_MS);
  }
}
