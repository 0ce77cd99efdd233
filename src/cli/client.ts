/** A client of Concord's own API over HTTP, typed by its OpenAPI document, for commands that need no database. */
import type { Command } from 'commander';
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from '../client/schema.d.ts';
import { ConcordError } from '../record/errors.ts';
import { ConfigurationError } from './configuration.ts';

/** A schema of the API by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
export type ApiClient = Client<paths>;

export interface ClientOptions {
  readonly url?: string;
  readonly key?: string;
  readonly json?: boolean;
}

const URL_USUAL = 'http://127.0.0.1:4000';

export const withClientOptions = (command: Command): Command =>
  command
    .option('--url <origin>', `where Concord answers (default: CONCORD_URL or ${URL_USUAL})`)
    .option(
      '--key <key>',
      'the key of an operator (default: CONCORD_KEY, which stands in no list of processes)',
    )
    .option('--json', 'answer with one line of JSON');

/** @throws ConfigurationError without a key, or with an address that is none. */
export function clientOf(
  { url, key }: ClientOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ApiClient {
  const baseUrl = url ?? environment.CONCORD_URL ?? URL_USUAL;
  const secret = key ?? environment.CONCORD_KEY;
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new ConfigurationError(`--url must be an address such as ${URL_USUAL}.`);
  }
  if (secret === undefined || !/^[\x21-\x7e]+$/.test(secret)) {
    throw new ConfigurationError('Give the key of an operator with CONCORD_KEY or --key.');
  }
  return createClient<paths>({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${secret}` },
    fetch: request => fetch(request).catch(error => Promise.reject(unreachable(baseUrl, error))),
  });
}

const unreachable = (origin: string, cause: unknown): ConcordError =>
  new ConcordError('unavailable', { message: `Nothing answers at ${origin}. Is Concord running?`, cause });

/** The body of a success. @throws ConfigurationError, ConcordError with what the server says. */
export async function bodyOf<Body>(
  asked: Promise<{ readonly data?: Body; readonly error?: unknown; readonly response: Response }>,
): Promise<Body> {
  const { data, error, response } = await asked;
  if (response.ok && data !== undefined) return data;
  const detail = (error as { detail?: unknown } | undefined)?.detail;
  const message = typeof detail === 'string' ? detail : 'What answers there is not Concord.';
  if (response.status >= 400 && response.status < 500) {
    throw new ConfigurationError(`${message} (${response.status})`);
  }
  throw new ConcordError('unavailable', { message: `${message} (${response.status})` });
}
