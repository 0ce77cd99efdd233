/** connectFi's credentials: an opaque token in a header of its own (connectfi.md §1.2 [seed]). */
import { ConcordError } from '../../record/errors.ts';
import type { Caller, Services, WireRequest } from '../contract.ts';
import { DIALECT } from './wire.ts';

/** Tokens of a login have 66 characters; configured ones may be longer, but not without bound. */
const TOKEN_MAXIMUM = 1_024;

export async function authenticate(request: WireRequest, services: Services): Promise<Caller> {
  const token = request.headers['x-connectfi-token'] ?? '';
  const caller =
    token === '' || token.length > TOKEN_MAXIMUM
      ? undefined
      : await services.credentials.byKey(DIALECT, token);
  if (!caller) throw new ConcordError('unauthenticated');
  return caller;
}
