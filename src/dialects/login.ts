/** A login with a password, for the dialects that have one: few wrong guesses, and a token for a day. */
import { LRUCache } from 'lru-cache';
import { ConcordError } from '../record/errors.ts';
import type { Caller, DialectName, Services } from './contract.ts';

/** No vendor publishes a duration (lightening.md §6.1, connectfi.md §1.3 [convention]). */
const TOKEN_LIFETIME_MILLISECONDS = 24 * 3_600_000;

/** Passwords a login may get wrong in one minute; people need three, guessing needs thousands. */
const FAILURES_MAXIMUM = 10;
const FAILURES_SECONDS = 60;
/** Logins that are remembered; each costs some 200 bytes. */
const FAILURES_LOGINS_MAXIMUM = 10_000;

const failures = new LRUCache<string, number>({
  max: FAILURES_LOGINS_MAXIMUM,
  ttl: FAILURES_SECONDS * 1_000,
});

/**
 * Exchanges a login and its password for a token.
 *
 * @throws ConcordError `unauthenticated` for an unknown login and a wrong password alike, `too-many-requests`.
 */
export async function logIn(
  services: Services,
  dialect: DialectName,
  login: string,
  password: string,
  newToken: () => string,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const caller = await verify(services, dialect, login, password);
  const token = newToken();
  const expiresAt = new Date(Date.parse(services.now()) + TOKEN_LIFETIME_MILLISECONDS).toISOString();
  await services.credentials.issueToken(dialect, caller, token, expiresAt);
  return { token, expiresAt };
}

async function verify(
  services: Services,
  dialect: DialectName,
  login: string,
  password: string,
): Promise<Caller> {
  const key = `${dialect} ${login}`;
  const failed = failures.get(key) ?? 0;
  if (failed >= FAILURES_MAXIMUM) {
    throw new ConcordError('too-many-requests', { retryAfterSeconds: FAILURES_SECONDS });
  }
  const caller = await services.credentials.byPassword(dialect, login, password);
  if (!caller) {
    failures.set(key, failed + 1);
    throw new ConcordError('unauthenticated', { message: 'The login or the password is wrong.' });
  }
  failures.delete(key);
  return caller;
}
