/** connectFi's login: a token for 24 hours (connectfi.md §1.3). */
import { randomInt } from 'node:crypto';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { logIn } from '../login.ts';
import { Type } from '../schema.ts';
import { success } from './answer.ts';
import { Token } from './answers.ts';
import { MEDIA_TYPES, readBody } from './request.ts';
import { CLOSED, commonId, commonPassword, compile, requiredText } from './schemas.ts';
import { DIALECT } from './wire.ts';

/** §1.2 [derived] from four samples. */
const TOKEN_LENGTH = 66;
const TOKEN_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const Login = Type.Object(
  {
    user: Type.Object(
      { login: commonId, password: commonPassword, requestId: Type.Optional(requiredText(32)) },
      CLOSED,
    ),
  },
  CLOSED,
);
const checkLogin = compile(Login);

export const sessionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/auth/get-token',
    operation: 'Get Access Token',
    group: 'Authentication',
    provenance: 'docs',
    section: 'connectfi.md §1.3',
    open: true,
    body: { mediaTypes: MEDIA_TYPES, schema: Login },
    answers: { 200: Token },
    handle: getToken,
  },
];

async function getToken({ request, services }: Call): Promise<WireAnswer> {
  const { login, password } = readBody(request, checkLogin).user;
  const { token, expiresAt } = await logIn(services, DIALECT, login, password, newToken);
  const answer = success(request, { token, dtsExpireAt: expiresAt });
  return { ...answer, headers: { 'cache-control': 'no-store' } };
}

export const newToken = (): string =>
  Array.from({ length: TOKEN_LENGTH }, () => TOKEN_DIGITS[randomInt(TOKEN_DIGITS.length)]).join('');
