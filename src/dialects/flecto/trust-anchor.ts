/** Whose tokens a Flecto credential lets in, and how one of them is verified (flecto.md §1 [convention]). */
import {
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { memo } from '../../record/memo.ts';
import type { Caller } from '../contract.ts';
import { fixedKeys, type ProviderKeys, providerAway, publishedKeys } from './provider-keys.ts';

/** What a Flecto credential holds: who issues its tokens, for whom, and where the keys are. */
export interface TrustAnchor {
  readonly issuer: string;
  readonly audience: string;
  /** Only this user's tokens; absent for every user of the issuer and audience. */
  readonly subject?: string;
  /** Where the provider publishes its keys. */
  readonly jwksUrl?: string;
  /** The keys themselves, where there is no provider to ask. */
  readonly jwks?: JSONWebKeySet;
  /** Made by those who run the installation: the keys may be published in the server's own network. */
  readonly inHouse?: boolean;
}

/** Clocks of servers differ by seconds, not minutes: a token that is just made is not from the future. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** Each costs some 10 KiB with its imported keys. */
const PROVIDERS_MAXIMUM = 1_000;

const providers = new LRUCache<string, ProviderKeys>({ max: PROVIDERS_MAXIMUM });

/** The text by which a trust anchor is found. */
export const lookupOf = (anchor: Pick<TrustAnchor, 'issuer' | 'audience' | 'subject'>): string =>
  [anchor.issuer, anchor.audience, ...(anchor.subject === undefined ? [] : [anchor.subject])].join(' ');

/** What the credential trusts; nothing, where it is one of another kind that is found by a text as well. */
export function anchorOf({ settings }: Caller): TrustAnchor | undefined {
  const { issuer, audience } = settings;
  return typeof issuer === 'string' && typeof audience === 'string'
    ? (settings as unknown as TrustAnchor)
    : undefined;
}

const NO_KEYS: JSONWebKeySet = { keys: [] };

/** The settings of a credential are read once, and asked for with every request. */
const textOf = memo((keys: JSONWebKeySet) => JSON.stringify(keys));

export function keysOf(anchor: TrustAnchor): ProviderKeys {
  const inHouse = anchor.inHouse === true;
  // Keys that were had for a credential that may ask anywhere are not those of one that may not.
  const name = anchor.jwksUrl ? `${inHouse} ${anchor.jwksUrl}` : textOf(anchor.jwks ?? NO_KEYS);
  const present = providers.get(name);
  if (present) return present;
  const keys = anchor.jwksUrl
    ? publishedKeys(anchor.jwksUrl, { inHouse })
    : fixedKeys(anchor.jwks ?? NO_KEYS);
  providers.set(name, keys);
  return keys;
}

export interface Verified {
  readonly payload: JWTPayload;
  /** The keys that the signature was verified with. */
  readonly keys: JWTVerifyGetKey;
}

/**
 * Verifies a token of the anchor's issuer with the keys that it publishes, and asks for newer ones where they do not fit.
 *
 * @throws ConcordError `unavailable` when the keys cannot be had; any other error is the token's fault.
 */
export async function verifyToken(
  token: string,
  anchor: TrustAnchor,
  rules: JWTVerifyOptions,
): Promise<Verified> {
  const options = {
    ...rules,
    issuer: anchor.issuer,
    algorithms: ['RS256'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  };
  const provider = keysOf(anchor);
  const keys = await provider.current();
  try {
    return { payload: await verifyWith(keys, token, options), keys };
  } catch (error) {
    const unknown = error instanceof errors.JWKSNoMatchingKey;
    // A provider whose keys have no ids, or keep them, is seen to have a new key by the signature alone.
    if (!unknown && !isOfAnotherKey(error)) throw error;
    const newer = await provider.insteadOf(keys);
    if (newer) return { payload: await verifyWith(newer, token, options), keys: newer };
    throw unknown && provider.away ? providerAway(error) : error;
  }
}

/** A token that does not say which of several keys it was signed with is verified with each of them. */
async function verifyWith(
  keys: JWTVerifyGetKey,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (fault) {
        if (!isOfAnotherKey(fault)) throw fault;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

const isOfAnotherKey = (error: unknown): boolean => error instanceof errors.JWSSignatureVerificationFailed;
