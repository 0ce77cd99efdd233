/** Who may come in to Concord's own API: programs with a key, people with a session. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller, SecurityScheme, WireRequest } from '../dialects/contract.ts';
import { loginOf } from '../dialects/login.ts';
import {
  OPERATOR_ROLES,
  type OperatorRights,
  type OperatorRole,
  OWN_DIALECT,
  operatorRightsOf,
} from '../record/access.ts';
import { ConcordError } from '../record/errors.ts';
import type { ApiServices } from './services.ts';

export const SESSION_COOKIE = 'concord_session';
export const CSRF_HEADER = 'x-csrf-token';

export const security: Readonly<Record<string, SecurityScheme>> = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The key of an operator that is a program. People have a session cookie in its place: POST /concord/v1/session.',
  },
};

/** Methods that change nothing, so that another site gains nothing by sending them. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** @throws ConcordError `unauthenticated`, `forbidden` for a session without its CSRF token. */
export async function authenticate(request: WireRequest, services: ApiServices): Promise<Caller> {
  const key = bearerOf(request);
  if (key !== undefined) return operatorBy(key, 'key', services);
  const session = sessionOf(request);
  if (session === undefined) throw new ConcordError('unauthenticated');
  const caller = await operatorBy(session, 'session', services);
  if (
    !SAFE_METHODS.has(request.method) &&
    !sameText(request.headers[CSRF_HEADER] ?? '', csrfTokenOf(session))
  ) {
    throw new ConcordError('forbidden', { message: 'The session is used without its X-CSRF-Token.' });
  }
  return caller;
}

/** Each comes in by its own way: a key in a cookie would be signed out, a session in a header would need no CSRF token. */
async function operatorBy(
  secret: string,
  kind: 'key' | 'session',
  { credentials }: ApiServices,
): Promise<Caller> {
  const caller = await credentials.byKey(OWN_DIALECT, secret);
  const isSession = caller !== undefined && loginOf(caller) !== undefined;
  if (!caller || !operatorRightsOf(caller.settings) || isSession !== (kind === 'session')) {
    throw new ConcordError('unauthenticated');
  }
  return caller;
}

/** The rights of a caller who was let in. */
export const rightsOf = (caller: Caller): OperatorRights => {
  const rights = operatorRightsOf(caller.settings);
  if (!rights) throw new ConcordError('unauthenticated');
  return rights;
};

/** @throws ConcordError `forbidden` when the caller's role is less than this. */
export function expectRole(caller: Caller, role: OperatorRole): void {
  if (OPERATOR_ROLES.indexOf(rightsOf(caller).role) < OPERATOR_ROLES.indexOf(role)) {
    throw new ConcordError('forbidden', { message: `This needs the role ${role}.` });
  }
}

/** @throws ConcordError `forbidden` */
export function expectReveal(caller: Caller): void {
  if (!rightsOf(caller).reveal) {
    throw new ConcordError('forbidden', { message: 'This needs the right to reveal identity documents.' });
  }
}

/** @throws ConcordError `forbidden` */
export function expectInstallation(caller: Caller): void {
  if (!rightsOf(caller).installation) {
    throw new ConcordError('forbidden', { message: 'This needs the right to administer the installation.' });
  }
}

function bearerOf({ headers }: WireRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** The session's secret from the cookie. A key has no session, whatever cookie comes with it. */
export function sessionOf(request: WireRequest): string | undefined {
  if (bearerOf(request) !== undefined) return undefined;
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}

/** Derived, so that nothing more is kept: only who can read the session's answer knows it, never another site. */
export const csrfTokenOf = (session: string): string =>
  createHash('sha256').update(`concord csrf\0${session}`).digest('base64url');

/** In constant time. */
function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
