/** Wrong guesses at logins, counted for all processes together: what one counts it tells the others. */
import { createHash, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Passwords a login may get wrong in one minute; people need three, guessing needs thousands. */
const FAILURES_MAXIMUM = 10;
const FAILURES_SECONDS = 60;
/** Logins that are remembered; each costs some 200 bytes. */
const FAILURES_LOGINS_MAXIMUM = 10_000;

/** Short texts to all processes, this one included; some may be lost. */
export interface Bulletin {
  tell(text: string): void;
  hear(listener: (text: string) => void): void;
}

const failures = new LRUCache<string, number>({
  max: FAILURES_LOGINS_MAXIMUM,
  ttl: FAILURES_SECONDS * 1_000,
});

/** What this process told is not counted again when it comes back. */
const self = randomUUID();
let bulletin: Bulletin | undefined;

/** From now on the failures of other processes count here, and those of this one there. */
export function shareFailures(shared: Bulletin): void {
  bulletin = shared;
  shared.hear(text => {
    const [teller, what, key] = text.split(' ');
    if (teller === self || key === undefined) return;
    if (what === 'failed') count(key);
    else if (what === 'right') failures.delete(key);
  });
}

/** A login by its digest: a name of a person goes to no other process. */
export const loginKey = (dialect: string, login: string): string =>
  createHash('sha256').update(`${dialect} ${login}`).digest('base64url');

/** Whole seconds until the login may be tried again, or `undefined` when it may be now. */
export function closedSeconds(key: string): number | undefined {
  if ((failures.get(key) ?? 0) < FAILURES_MAXIMUM) return undefined;
  // The cache's clock may lag behind by a millisecond.
  return Math.max(1, Math.min(FAILURES_SECONDS, Math.ceil(failures.getRemainingTTL(key) / 1_000)));
}

export function noteFailure(key: string): void {
  count(key);
  bulletin?.tell(`${self} failed ${key}`);
}

export function noteSuccess(key: string): void {
  if (failures.delete(key)) bulletin?.tell(`${self} right ${key}`);
}

/** The minute begins with the first failure; the last one that is allowed closes the login for a minute of its own. */
function count(key: string): void {
  const counted = (failures.get(key) ?? 0) + 1;
  failures.set(key, counted, { noUpdateTTL: counted < FAILURES_MAXIMUM });
}
