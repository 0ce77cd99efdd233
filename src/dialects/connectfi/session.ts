/** connectFi's login: a token for 24 hours (connectfi.md §1.3). */
import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ConcordError } from '../../record/errors.ts';
import type { Call, WireAnswer } from '../contract.ts';
import { Type } from '../schema.ts';
import { success } from './answer.ts';
import { readBody } from './request.ts';
import { CLOSED, commonId, compile, requiredText } from './schemas.ts';

/** §1.2 [derived] from four samples. */
const TOKEN_LENGTH = 66;
const TOKEN_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** §1.3 [convention]: no duration is published. */
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

const failuresOf = (login: string): number => failures.get(login) ?? 0;

const checkLogin = compile(
  Type.Object(
    {
      user: Type.Object(
        {
          login: commonId,
          password: Type.String({ minLength: 1, maxLength: 50 }),
          requestId: Type.Optional(requiredText(32)),
        },
        CLOSED,
      ),
    },
    CLOSED,
  ),
);

export async function getToken({ request, services }: Call): Promise<WireAnswer> {
  const { login, password } = readBody(request, checkLogin).user;
  if (failuresOf(login) >= FAILURES_MAXIMUM) {
    throw new ConcordError('too-many-requests', { retryAfterSeconds: FAILURES_SECONDS });
  }
  const caller = await services.credentials.byPassword('connectfi', login, password);
  if (!caller) {
    failures.set(login, failuresOf(login) + 1);
    throw new ConcordError('unauthenticated');
  }
  failures.delete(login);
  const token = Array.from({ length: TOKEN_LENGTH }, () => TOKEN_DIGITS[randomInt(TOKEN_DIGITS.length)]).join(
    '',
  );
  const dtsExpireAt = new Date(Date.parse(services.now()) + TOKEN_LIFETIME_MILLISECONDS).toISOString();
  await services.credentials.issueToken('connectfi', caller, token, dtsExpireAt);
  return { ...success(request, { token, dtsExpireAt }), headers: { 'cache-control': 'no-store' } };
}
