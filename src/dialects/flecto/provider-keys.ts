/** The keys that an OpenID provider signs with: fetched when needed, kept while it is away, never asked for often. */
import { get as getPlainly, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { ConcordError } from '../../record/errors.ts';
import { publicOnly } from '../public-host.ts';

/** A key that the provider withdraws is no longer trusted after this time; it costs a provider 12 requests an hour. */
const LIFETIME_MILLISECONDS = 300_000;
/**
 * After a rotation the first token of the new key makes us ask. Whoever knows issuer and audience can make us ask too,
 * with tokens of invented keys: this pause holds that to one request in two seconds, which any provider bears, and
 * delays the new key's tokens by no more.
 */
const PAUSE_MILLISECONDS = 2_000;
/** A provider answers within some 100 ms, and a client of ours waits meanwhile. */
const TIMEOUT_MILLISECONDS = 3_000;
/** A key takes 0.4 KiB, with its certificates 5 KiB; the largest known sets have ten of them. */
const BYTES_MAXIMUM = 262_144;

export interface ProviderKeys {
  /**
   * The keys as published: the same function as long as they are the same keys.
   *
   * @throws ConcordError `unavailable` when none are known and the provider does not give them.
   */
  current(): Promise<JWTVerifyGetKey>;
  /** Other keys than those that did not fit, or `undefined` when there are none. */
  insteadOf(keys: JWTVerifyGetKey): Promise<JWTVerifyGetKey | undefined>;
  /** Whether the provider gave no keys when it was last asked: what fits none of them may fit one not seen yet. */
  readonly away: boolean;
}

/** Keys from the credential itself, where there is no provider to ask. */
export function fixedKeys(jwks: JSONWebKeySet): ProviderKeys {
  const keys = createLocalJWKSet(jwks);
  return { current: async () => keys, insteadOf: async () => undefined, away: false };
}

export interface Publication {
  /** They may be published at an address that is not of the public internet. */
  readonly inHouse?: boolean;
  /** Counts milliseconds. */
  readonly clock?: () => number;
}

export function publishedKeys(
  url: string,
  { inHouse = false, clock = () => performance.now() }: Publication = {},
): ProviderKeys {
  let known: { readonly text: string; readonly keys: JWTVerifyGetKey } | undefined;
  let failure: { readonly cause: unknown } | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const askedWithin = (milliseconds: number): boolean => clock() - asked < milliseconds;

  /** Never fails: what is known stays known. */
  function ask(): Promise<void> {
    asking ??= fetchText(url, inHouse)
      .then(text => {
        // Equal keys stay the same function, so that signatures which were verified with them stand.
        if (text !== known?.text) known = { text, keys: createLocalJWKSet(JSON.parse(text)) };
        failure = undefined;
      })
      .catch((cause: unknown) => {
        failure = { cause };
      })
      .finally(() => {
        asked = clock();
        asking = undefined;
      });
    return asking;
  }

  return {
    get away() {
      return failure !== undefined;
    },

    async current() {
      const rest = failure === undefined ? LIFETIME_MILLISECONDS : PAUSE_MILLISECONDS;
      const answer = askedWithin(rest) ? undefined : ask();
      // While the provider is away, nobody who can be served with the known keys waits for it.
      if (known === undefined || failure === undefined) await answer;
      if (known === undefined) throw providerAway(failure?.cause);
      return known.keys;
    },

    async insteadOf(keys) {
      if (known?.keys === keys && !askedWithin(PAUSE_MILLISECONDS)) await ask();
      return known?.keys === keys ? undefined : known?.keys;
    },
  };
}

export const providerAway = (cause?: unknown): ConcordError =>
  new ConcordError('unavailable', {
    message: 'The identity provider cannot be reached at this moment.',
    detail: 'the keys of the OpenID provider cannot be fetched',
    retryAfterSeconds: PAUSE_MILLISECONDS / 1_000,
    cause,
  });

async function fetchText(url: string, inHouse: boolean): Promise<string> {
  const address = new URL(url);
  const get = address.protocol === 'https:' ? getSecurely : getPlainly;
  const options = {
    headers: { accept: 'application/json, application/jwk-set+json', 'user-agent': 'concord' },
    // A connection of its own: one that is kept may have been made for a credential that may ask anywhere.
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    ...(!inHouse && publicOnly(address)),
  };
  return new Promise((resolve, reject) => {
    // A redirect is not followed: keys come from the address that an administrator named, and from nowhere else.
    get(address, options, response => readText(response).then(resolve, reject)).once('error', reject);
  });
}

function readText(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (reason: string): void => {
      reject(new Error(reason));
      response.destroy();
    };
    response.on('error', reject);
    if (response.statusCode !== 200) return refuse('The provider did not answer with 200.');
    response.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length > BYTES_MAXIMUM) refuse('The provider answered with more than keys.');
      else chunks.push(chunk);
    });
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
