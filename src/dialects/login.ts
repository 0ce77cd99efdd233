/** A login with a password, for the APIs that have one: few wrong guesses, and a token for a day. */
import { ConcordError } from '../record/errors.ts';
import type { Caller, CredentialSpace, Services } from './contract.ts';
import { closedSeconds, loginKey, noteFailure, noteSuccess } from './login-failures.ts';

/** No vendor publishes a duration (lightening.md §6.1, connectfi.md §1.3 [convention]). */
const TOKEN_LIFETIME_MILLISECONDS = 24 * 3_600_000;

/** Where a token keeps the login that it was issued to, in the settings of its caller. */
const LOGIN = 'login';

/** The login that the caller's token was issued to; a configured token stands for none. */
export function loginOf({ settings }: Caller): string | undefined {
  const login = settings[LOGIN];
  return typeof login === 'string' ? login : undefined;
}

/**
 * Exchanges a login and its password for a token.
 *
 * @throws ConcordError `unauthenticated` for an unknown login and a wrong password alike, `too-many-requests`.
 */
export async function logIn(
  services: Pick<Services, 'credentials' | 'now'>,
  dialect: CredentialSpace,
  login: string,
  password: string,
  newToken: () => string,
  lifetimeMilliseconds: number = TOKEN_LIFETIME_MILLISECONDS,
): Promise<{ readonly token: string; readonly expiresAt: string; readonly caller: Caller }> {
  const caller = await verify(services, dialect, login, password);
  if (!caller) throw new ConcordError('unauthenticated', { message: 'The login or the password is wrong.' });
  const token = newToken();
  const expiresAt = new Date(Date.parse(services.now()) + lifetimeMilliseconds).toISOString();
  const issued = { ...caller, settings: { ...caller.settings, [LOGIN]: login } };
  await services.credentials.issueToken(dialect, issued, token, expiresAt);
  return { token, expiresAt, caller: issued };
}

/**
 * Gives the login another password. False when `before` is not its password, which counts as a wrong guess.
 *
 * @throws ConcordError `too-many-requests`.
 */
export async function changePassword(
  services: Pick<Services, 'credentials' | 'now'>,
  dialect: CredentialSpace,
  caller: Caller,
  login: string,
  before: string,
  after: string,
): Promise<boolean> {
  const known = await verify(services, dialect, login, before);
  return known !== undefined && services.credentials.changePassword(caller, before, after);
}

/** Whose login it is, or `undefined` for a wrong password. @throws ConcordError `too-many-requests`. */
async function verify(
  services: Pick<Services, 'credentials' | 'now'>,
  dialect: CredentialSpace,
  login: string,
  password: string,
): Promise<Caller | undefined> {
  const key = loginKey(dialect, login);
  expectOpen(key);
  const caller = await services.credentials.byPassword(dialect, login, password);
  // Again, because guesses that are sent at once are verified at once: after ten wrong ones none is told anything.
  expectOpen(key);
  if (caller) noteSuccess(key);
  else noteFailure(key);
  return caller;
}

function expectOpen(key: string): void {
  const retryAfterSeconds = closedSeconds(key);
  if (retryAfterSeconds !== undefined) throw new ConcordError('too-many-requests', { retryAfterSeconds });
}
