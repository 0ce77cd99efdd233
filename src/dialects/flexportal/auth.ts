/** FlexPortal's credentials: a bearer API key, and the tenant that it belongs to (flexportal.md §1.1, §1.4). */
import { ConcordError } from '../../record/errors.ts';
import type { Caller, Services, WireRequest } from '../contract.ts';
import { DIALECT } from './wire.ts';

/** Keys are opaque (§1.1 [convention]). */
const BEARER = /^Bearer +(\S+) *$/i;

/** The vendor tells a missing key from a wrong one (§5.3 [docs: overview]); errors.ts looks for this. */
export const KEY_MISSING = { credentials: 'missing' } as const;

export async function authenticate(request: WireRequest, services: Services): Promise<Caller> {
  const { authorization = '', 'tenant-id': tenantId } = request.headers;
  if (authorization.trim() === '') {
    throw new ConcordError('unauthenticated', {
      message: 'The Authorization header is missing.',
      context: KEY_MISSING,
    });
  }
  const key = BEARER.exec(authorization)?.[1];
  const caller = key === undefined ? undefined : await services.credentials.byKey(DIALECT, key);
  if (!caller) {
    throw new ConcordError('unauthenticated', { message: 'The API key is malformed, unknown or expired.' });
  }
  if (tenantId !== caller.tenantName) {
    throw new ConcordError('tenant-mismatch', {
      message: 'The Tenant-ID header is missing, or not the tenant of the API key.',
    });
  }
  expectPermission(request, caller);
  return caller;
}

/**
 * §1.1 [docs: overview]: the permissions of a key can be configured; which there are is not documented. Ours are two,
 * and a key without the setting has both [convention].
 */
function expectPermission({ method }: WireRequest, { settings }: Caller): void {
  const needed = method === 'GET' ? 'customers:read' : 'customers:write';
  const granted = settings.permissions;
  if (!Array.isArray(granted) || granted.includes(needed)) return;
  throw new ConcordError('forbidden', { message: `The API key lacks the permission ${needed}.` });
}
