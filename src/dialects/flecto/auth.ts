/** Flecto's credentials: a bearer JWT from an OpenID provider (flecto.md §1). */
import { createHash } from 'node:crypto';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { ConcordError } from '../../record/errors.ts';
import type { Caller, Services, WireRequest } from '../contract.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+) *$/i;

/** Providers issue tokens of 1–2 KiB; more is not a token. */
const TOKEN_MAXIMUM = 8_192;
/** Clocks of servers differ by seconds, not minutes. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** A provider names its API and perhaps its user-info endpoint; more audiences would be a search. */
const AUDIENCES_MAXIMUM = 5;
/** A verified signature stands until the token expires, but is looked at again after this time. */
const VERIFIED_MILLISECONDS = 300_000;
const VERIFIED_MAXIMUM = 10_000;
const PROVIDERS_MAXIMUM = 1_000;

interface Verified {
  readonly lookup: string;
  readonly expiresAt: number;
}

const verified = new LRUCache<string, Verified>({ max: VERIFIED_MAXIMUM, ttl: VERIFIED_MILLISECONDS });
const keySets = new LRUCache<string, JWTVerifyGetKey>({ max: PROVIDERS_MAXIMUM });

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
}

/** The text by which a trust anchor is found. */
export const lookupOf = (anchor: Pick<TrustAnchor, 'issuer' | 'audience' | 'subject'>): string =>
  [anchor.issuer, anchor.audience, ...(anchor.subject === undefined ? [] : [anchor.subject])].join(' ');

export async function authenticate(request: WireRequest, services: Services): Promise<Caller> {
  const header = request.headers.authorization ?? '';
  const token = header.length <= TOKEN_MAXIMUM ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined) throw new ConcordError('unauthenticated');
  const digest = createHash('sha256').update(token).digest('base64');
  const known = verified.get(digest);
  if (known && known.expiresAt > Date.now()) {
    // The signature is known to be good; whether the credential still stands is asked every time.
    const caller = await services.credentials.byLookup('flecto', known.lookup);
    if (caller) return caller;
  }
  return verify(token, digest, services);
}

async function verify(token: string, digest: string, services: Services): Promise<Caller> {
  for (const lookup of lookupsOf(token)) {
    const caller = await services.credentials.byLookup('flecto', lookup);
    if (!caller) continue;
    const anchor = caller.settings as unknown as TrustAnchor;
    try {
      const { payload } = await jwtVerify(token, keySetOf(anchor), {
        issuer: anchor.issuer,
        audience: anchor.audience,
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      verified.set(digest, { lookup, expiresAt: (payload.exp ?? 0) * 1_000 });
      return caller;
    } catch (cause) {
      throw new ConcordError('unauthenticated', { detail: codeOf(cause) });
    }
  }
  throw new ConcordError('unauthenticated');
}

/** The claims are not verified yet: they only say where to look for the keys. */
function lookupsOf(token: string): string[] {
  try {
    const { iss = '', aud = [], sub = '' } = decodeJwt(token);
    const audiences = (Array.isArray(aud) ? aud : [aud]).slice(0, AUDIENCES_MAXIMUM);
    return audiences.flatMap(audience => [
      lookupOf({ issuer: iss, audience, subject: sub }),
      lookupOf({ issuer: iss, audience }),
    ]);
  } catch {
    return [];
  }
}

function keySetOf(anchor: TrustAnchor): JWTVerifyGetKey {
  const name = anchor.jwksUrl ?? JSON.stringify(anchor.jwks);
  const present = keySets.get(name);
  if (present) return present;
  const keySet = anchor.jwksUrl
    ? createRemoteJWKSet(new URL(anchor.jwksUrl))
    : createLocalJWKSet(anchor.jwks ?? { keys: [] });
  keySets.set(name, keySet);
  return keySet;
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'ERR_JWT';
