/**
 * The one way to the server: typed by its OpenAPI document. Refusals are thrown as `ProblemError`, a lost connection as
 * `ConnectionError`. A session that ended in mid-work asks to sign in again and then sends the request once more.
 */
import createClient from 'openapi-fetch';
import type { components, paths } from '../../../src/client/schema.d.ts';
import { signInAgain } from '../session/expiry.ts';
import { connectionLost } from './connection.ts';
import { ConnectionError, problemOf } from './problem.ts';

/** `Schema<'Customer'>`: a schema of the API by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** What a proxy answers in the place of a server that is away; Concord itself never does. */
const GATEWAY = [502, 504];

const SESSION_PATH = '/concord/v1/session';

let csrfToken: string | null = null;
/** Every change is sent with the token of the session. */
export const rememberCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

/** The server keeps an answer for this key, so that a request that is sent again is done once. */
const newKey = (): string =>
  // Not randomUUID: it is missing where the console is not served over HTTPS or from this machine.
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

const isSession = (request: Request): boolean => new URL(request.url).pathname === SESSION_PATH;

async function reach(request: Request): Promise<Response> {
  if (request.method !== 'GET' && csrfToken !== null) request.headers.set('x-csrf-token', csrfToken);
  const { response, cause } = await fetch(request).then(
    answer =>
      GATEWAY.includes(answer.status)
        ? { response: undefined, cause: answer.status }
        : { response: answer, cause: undefined },
    (error: unknown) => ({ response: undefined, cause: error }),
  );
  if (response) return response;
  if (request.signal.aborted) throw cause;
  connectionLost();
  throw new ConnectionError('The server was not reached', { cause });
}

async function send(request: Request): Promise<Response> {
  if (request.method === 'POST' && !isSession(request) && !request.headers.has('idempotency-key'))
    request.headers.set('idempotency-key', newKey());
  const again = request.clone();
  const response = await reach(request);
  if (response.status === 401 && !isSession(request) && (await signInAgain())) return reach(again);
  return response;
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

api.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await problemOf(response);
  },
});

/** The body of a success. `api` throws on everything else. */
export async function bodyOf<Body>(answer: Promise<{ data?: Body }>): Promise<Body> {
  const { data } = await answer;
  return data as Body;
}

/** A body and the state of the record that it shows, to be sent as `If-Match`. */
export interface Tagged<Body> {
  readonly body: Body;
  readonly etag: string;
}

export async function taggedBodyOf<Body>(
  answer: Promise<{ data?: Body; response: Response }>,
): Promise<Tagged<Body>> {
  const { data, response } = await answer;
  return { body: data as Body, etag: response.headers.get('etag') ?? '' };
}
