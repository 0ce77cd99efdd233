/** Flecto's credentials: a bearer JWT from an OpenID provider (flecto.md §1). */
import { hash } from 'node:crypto';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { ConcordError } from '../../record/errors.ts';
import { faultOf } from '../../record/text.ts';
import type { Caller, Services, WireRequest } from '../contract.ts';
import { anchorOf, keysOf, lookupOf, type TrustAnchor, verifyToken } from './trust-anchor.ts';
import { DIALECT } from './wire.ts';

export { lookupOf, type TrustAnchor } from './trust-anchor.ts';

const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+) *$/i;

/** Providers issue tokens of 1–2 KiB; more is not a token. */
const TOKEN_MAXIMUM = 8_192;
/** A provider names its API and perhaps its user-info endpoint; more audiences would be a search. */
const AUDIENCES_MAXIMUM = 5;
/** OpenID Connect Core §2: a `sub` has at most 255 characters. */
const SUBJECT_MAXIMUM = 255;
/** Tokens whose signature is remembered; each costs some 300 bytes, and verifying one again some 0.1 ms. */
const VERIFIED_MAXIMUM = 10_000;

/** What is remembered of a token that was verified. */
interface Known {
  readonly lookup: string;
  readonly keys: JWTVerifyGetKey;
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const verified = new LRUCache<string, Known>({ max: VERIFIED_MAXIMUM });

/** @throws ConcordError `unauthenticated`; `unavailable` when the provider's keys are not known and cannot be had. */
export async function authenticate(request: WireRequest, services: Services): Promise<Caller> {
  const header = request.headers.authorization ?? '';
  const token = header.length <= TOKEN_MAXIMUM ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined) throw new ConcordError('unauthenticated');
  const digest = hash('sha256', token, 'base64');
  const known = verified.get(digest);
  return (known && (await recall(known, services))) ?? verify(token, digest, services);
}

/** The signature was good: what is asked every time is whether time, credential and keys still are. */
async function recall(known: Known, services: Services): Promise<Caller | undefined> {
  if (known.expiresAt <= Date.parse(services.now())) return undefined;
  const caller = await services.credentials.byLookup(DIALECT, known.lookup);
  const anchor = caller && anchorOf(caller);
  if (!anchor || (await keysOf(anchor).current()) !== known.keys) return undefined;
  return { ...caller, subject: known.subject };
}

async function verify(token: string, digest: string, services: Services): Promise<Caller> {
  const trusted = await trustedBy(token, services);
  if (!trusted) throw new ConcordError('unauthenticated');
  const { lookup, caller, anchor } = trusted;
  const now = services.now();
  try {
    const { payload, keys } = await verifyToken(token, anchor, {
      audience: anchor.audience,
      ...(anchor.subject !== undefined && { subject: anchor.subject }),
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(now),
    });
    const subject = subjectOf(payload);
    const expiresAt = payload.exp! * 1_000;
    // Clocks that differ are a reason to let a token begin early, and none to let it end late.
    if (expiresAt <= Date.parse(now)) throw new errors.JWTExpired('expired', payload);
    verified.set(digest, { lookup, keys, subject, expiresAt });
    return { ...caller, subject };
  } catch (error) {
    if (error instanceof ConcordError) throw error;
    throw new ConcordError('unauthenticated', { detail: codeOf(error) });
  }
}

interface Trusted {
  readonly lookup: string;
  readonly caller: Caller;
  readonly anchor: TrustAnchor;
}

/** The credential that the token says it is for. */
async function trustedBy(token: string, services: Services): Promise<Trusted | undefined> {
  for (const lookup of lookupsOf(token)) {
    const caller = await services.credentials.byLookup(DIALECT, lookup);
    const anchor = caller && anchorOf(caller);
    if (anchor) return { lookup, caller, anchor };
  }
  return undefined;
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

function subjectOf({ sub }: JWTPayload): string {
  // The library sees that the claim is there, not that it is a text that names somebody.
  if (typeof sub === 'string' && sub !== '' && faultOf(sub, SUBJECT_MAXIMUM) === undefined) return sub;
  throw new ConcordError('unauthenticated', { detail: 'the subject is none' });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'ERR_JWT';
