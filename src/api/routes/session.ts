/** Sessions: a person signs in with login and password, and out again. */
import { randomBytes } from 'node:crypto';
import type { Caller, WireRequest } from '../../dialects/contract.ts';
import { logIn } from '../../dialects/login.ts';
import { OWN_DIALECT, SESSION_LIFETIME_MILLISECONDS } from '../../record/access.ts';
import { csrfTokenOf, rightsOf, SESSION_COOKIE, sessionOf } from '../auth.ts';
import { readBody } from '../request.ts';
import { type ApiRoute, ownRoute } from '../route.ts';
import { type Session, Session as SessionSchema, SignIn } from '../schemas/access.ts';

const GROUP = 'Sessions';
/** 256 random bits. */
const SECRET_BYTES = 32;

/** `Secure` where the client came by TLS, which a proxy in front says; on plain HTTP a browser would drop the cookie. */
const cookie = (request: WireRequest, value: string, maxAgeSeconds: number): string =>
  `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}` +
  (cameByTls(request) ? '; Secure' : '');

/**
 * The first of several proxies is the client's. A client that lies about it gets a cookie that its own browser may drop,
 * and nothing else.
 */
const cameByTls = ({ baseUrl, headers }: WireRequest): boolean =>
  baseUrl.startsWith('https:') || /^\s*https\s*(,|$)/i.test(headers['x-forwarded-proto'] ?? '');

function describe(caller: Caller, session: string | undefined): Session {
  const { role, reveal, installation } = rightsOf(caller);
  const csrfToken = session === undefined ? null : csrfTokenOf(session);
  return { name: caller.actor, tenant: caller.tenantName, role, reveal, installation, csrfToken };
}

export const sessionRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'POST',
    path: '/session',
    operation: 'Sign in',
    group: GROUP,
    description:
      'Sets the session cookie. After ten wrong passwords in a minute a login is closed for a minute.',
    open: true,
    body: SignIn,
    answers: { 200: SessionSchema },
    async handle({ request, services }) {
      const { login, password } = readBody(request, SignIn);
      const { token, caller } = await logIn(
        services,
        OWN_DIALECT,
        login,
        password,
        () => randomBytes(SECRET_BYTES).toString('base64url'),
        SESSION_LIFETIME_MILLISECONDS,
      );
      const maxAge = SESSION_LIFETIME_MILLISECONDS / 1_000;
      return {
        status: 200,
        headers: { 'set-cookie': cookie(request, token, maxAge) },
        body: describe(caller, token),
      };
    },
  }),
  ownRoute({
    method: 'GET',
    path: '/session',
    operation: 'Who am I',
    group: GROUP,
    answers: { 200: SessionSchema },
    async handle({ request, caller }) {
      return { status: 200, body: describe(caller, sessionOf(request)) };
    },
  }),
  ownRoute({
    method: 'DELETE',
    path: '/session',
    operation: 'Sign out',
    group: GROUP,
    answers: { 204: null },
    async handle({ request, services }) {
      const session = sessionOf(request);
      if (session !== undefined) await services.credentials.revokeKey(OWN_DIALECT, session);
      return { status: 204, headers: { 'set-cookie': cookie(request, '', 0) } };
    },
  }),
];
