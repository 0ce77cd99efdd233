/** How Lightening says no: faults of the data with 200, faults of the protocol with HTTP's own (lightening.md §2.2). */
import { type ConcordError, type VendorErrorCode, vendorCode } from '../../record/errors.ts';
import type { WireAnswer, WireRequest } from '../contract.ts';
import { MESSAGES } from './wire.ts';

/** A client decides by the body, never by the status alone (§2.2 [convention]). */
const STATUSES: Readonly<Record<VendorErrorCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'tenant-mismatch': 403,
  'route-not-found': 404,
  'object-not-found': 200,
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  'not-acceptable': 406,
  'body-unreadable': 400,
  'body-too-large': 413,
  'request-invalid': 200,
  'customer-not-found': 200,
  'address-not-found': 200,
  'customer-archived': 200,
  'value-taken': 200,
  'value-invalid': 200,
  'state-conflict': 200,
  'too-many-requests': 429,
  'too-busy': 503,
  unavailable: 503,
  'request-timeout': 408,
  internal: 500,
};

export function refuse(error: ConcordError, request: WireRequest): WireAnswer {
  const status = STATUSES[vendorCode(error.code)];
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(typeof error.context.allow === 'string' && { allow: error.context.allow }),
      // §4.5: what a deletion answered must not answer the next one.
      ...(request.path.endsWith('/delete') && { 'cache-control': 'no-store' }),
    },
    body: { ...bodyOf(error), result: false },
  };
}

function bodyOf(error: ConcordError): object {
  switch (error.code) {
    case 'address-not-found':
    case 'customer-not-found':
    case 'object-not-found':
      return { msg: MESSAGES.notFound };
    case 'customer-archived':
      return { error: 'Customer is archived.' };
    default:
      return error.faults.length > 0 ? { errors: faultsOf(error) } : { error: error.message };
  }
}

/** §4.6 [convention]: one sentence a field, for the first rule that it breaks. */
function faultsOf(error: ConcordError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, message } of error.faults) errors[field] ??= message;
  return errors;
}
