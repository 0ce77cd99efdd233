/** Lightening's login and logout (lightening.md §6.1, all [convention]: the vendor's page on them is not known). */
import { randomBytes } from 'node:crypto';
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import type { Call, WireAnswer } from '../contract.ts';
import { logIn } from '../login.ts';
import { tokenOf } from './auth.ts';
import { isNothing } from './check.ts';
import type { Sent } from './form.ts';
import { expectSomething, readBody } from './request.ts';
import { type Checked, line, textOf } from './values.ts';
import { MESSAGES } from './wire.ts';

/** Tells tokens of a login from configured ones: a logout must not end those. */
const TOKEN_PREFIX = 'lt_';
/** §6.1 asks for 128 bits at least. */
const TOKEN_BYTES = 32;

export async function login({ request, services }: Call): Promise<WireAnswer> {
  const { username, password } = credentialsOf(await readBody(request));
  const { token } = await logIn(services, 'lightening', username, password, newToken);
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: { token, result: true } };
}

const newToken = (): string => TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');

export async function logout({ request, services }: Call): Promise<WireAnswer> {
  const token = tokenOf(request);
  if (!token?.startsWith(TOKEN_PREFIX)) {
    throw new ConcordError('state-conflict', { message: 'Only a token from a login can be logged out.' });
  }
  await services.credentials.revokeKey('lightening', token);
  return { status: 200, body: { msg: 'Successfully logged out.', result: true } };
}

function credentialsOf(sent: Sent): { username: string; password: string } {
  expectSomething(sent, ['username', 'email', 'password']);
  const faults: Fault[] = [];
  const take = (field: string, value: Json | undefined, checked: () => Checked<string>): string => {
    const result = isNothing(value) ? { fault: MESSAGES.required } : checked();
    if ('value' in result) return result.value;
    faults.push({ field, message: result.fault });
    return '';
  };
  const name = isNothing(sent.get('username')) ? sent.get('email') : sent.get('username');
  const username = take('username', name, () => line()(name ?? null));
  const secret = sent.get('password');
  const password = take('password', secret, () => passwordOf(secret ?? null));
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
  return { username, password };
}

/** Blanks at the ends of a password belong to it. */
function passwordOf(value: Json): Checked<string> {
  const checked = line()(value);
  return 'fault' in checked ? checked : { value: typeof value === 'string' ? value : (textOf(value) ?? '') };
}
