/** Lightening's credentials: a token in `Authorization`, with or without a scheme (lightening.md §1). */
import { ConcordError } from '../../record/errors.ts';
import type { Caller, Services, WireRequest } from '../contract.ts';
import { DIALECT } from './wire.ts';

/** §1 [convention]: `Bearer x`, `Token x` and `x` are the same credential. */
const AUTHORIZATION = /^(?:(?:bearer|token) +)?(\S+)$/i;

/** A token of a login has 46 characters; configured ones may be longer, but not without bound. */
const TOKEN_MAXIMUM = 1_024;

/** The token of the request, if it carries one. */
export function tokenOf(request: WireRequest): string | undefined {
  const token = AUTHORIZATION.exec((request.headers.authorization ?? '').trim())?.[1];
  return token !== undefined && token.length <= TOKEN_MAXIMUM ? token : undefined;
}

export async function authenticate(request: WireRequest, services: Services): Promise<Caller> {
  const token = tokenOf(request);
  const caller = token === undefined ? undefined : await services.credentials.byKey(DIALECT, token);
  if (!caller) throw new ConcordError('unauthenticated');
  return caller;
}
