/** connectFi's login: a token for 24 hours (connectfi.md §1.3). */
import { randomInt } from 'node:crypto';
import type { Call, WireAnswer } from '../contract.ts';
import { logIn } from '../login.ts';
import { Type } from '../schema.ts';
import { success } from './answer.ts';
import { readBody } from './request.ts';
import { CLOSED, commonId, compile, requiredText } from './schemas.ts';

/** §1.2 [derived] from four samples. */
const TOKEN_LENGTH = 66;
const TOKEN_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

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
  const { token, expiresAt } = await logIn(services, 'connectfi', login, password, newToken);
  const answer = success(request, { token, dtsExpireAt: expiresAt });
  return { ...answer, headers: { 'cache-control': 'no-store' } };
}

const newToken = (): string =>
  Array.from({ length: TOKEN_LENGTH }, () => TOKEN_DIGITS[randomInt(TOKEN_DIGITS.length)]).join('');
