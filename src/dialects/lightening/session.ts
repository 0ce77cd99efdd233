/** Lightening's login and logout (lightening.md §6.1, all [convention]: the vendor's page on them is not known). */
import { randomBytes } from 'node:crypto';
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { logIn } from '../login.ts';
import { Type } from '../schema.ts';
import { LoggedIn, LoggedOut } from './answers.ts';
import { tokenOf } from './auth.ts';
import { isNothing } from './check.ts';
import type { Sent } from './form.ts';
import { expectSomething, MEDIA_TYPES, readBody } from './request.ts';
import { line, type Rule, textOf } from './values.ts';
import { BODY_MAXIMUM, DIALECT, MESSAGES } from './wire.ts';

/** Tells tokens of a login from configured ones: a logout must not end those. */
const TOKEN_PREFIX = 'lt_';
/** §6.1 asks for 128 bits at least. */
const TOKEN_BYTES = 32;

/** Logins are names of any length that a record holds, and so are passwords. */
const name = line();

/** Blanks at the ends of a password belong to it. */
const secret: Rule<string> = {
  schema: name.schema,
  check: value => {
    const checked = name.check(value);
    return 'fault' in checked
      ? checked
      : { value: typeof value === 'string' ? value : (textOf(value) ?? '') };
  },
};

const LoginBody = Type.Object(
  { username: Type.Optional(name.schema), email: Type.Optional(name.schema), password: secret.schema },
  { additionalProperties: true, anyOf: [{ required: ['username'] }, { required: ['email'] }] },
);

const group = 'Login/Auth';
const bodyMaximum = BODY_MAXIMUM;

export const sessionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/login',
    operation: 'Login',
    group,
    provenance: 'convention',
    section: 'lightening.md §6.1',
    open: true,
    body: { mediaTypes: MEDIA_TYPES, schema: LoginBody },
    bodyMaximum,
    answers: { 200: LoggedIn },
    handle: login,
  },
  {
    method: 'POST',
    path: '/logout',
    operation: 'Logout',
    group,
    provenance: 'convention',
    section: 'lightening.md §6.1',
    bodyMaximum,
    answers: { 200: LoggedOut },
    handle: logout,
  },
];

async function login({ request, services }: Call): Promise<WireAnswer> {
  const { username, password } = credentialsOf(await readBody(request));
  const { token } = await logIn(services, DIALECT, username, password, newToken);
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: { token, result: true } };
}

export const newToken = (): string => TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');

async function logout({ request, services }: Call): Promise<WireAnswer> {
  const token = tokenOf(request);
  if (!token?.startsWith(TOKEN_PREFIX)) {
    throw new ConcordError('state-conflict', { message: 'Only a token from a login can be logged out.' });
  }
  await services.credentials.revokeKey(DIALECT, token);
  return { status: 200, body: { msg: MESSAGES.loggedOut, result: true } };
}

function credentialsOf(sent: Sent): { username: string; password: string } {
  expectSomething(sent, ['username', 'email', 'password']);
  const faults: Fault[] = [];
  const take = (field: string, value: Json | undefined, rule: Rule<string>): string => {
    const result = isNothing(value) ? { fault: MESSAGES.required } : rule.check(value ?? null);
    if ('value' in result) return result.value;
    faults.push({ field, message: result.fault });
    return '';
  };
  // An alias: what is wrong is said of the name that was sent.
  const field = isNothing(sent.get('username')) && sent.has('email') ? 'email' : 'username';
  const username = take(field, sent.get(field), name);
  const password = take('password', sent.get('password'), secret);
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
  return { username, password };
}
