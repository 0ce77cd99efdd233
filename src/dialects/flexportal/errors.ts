/** How FlexPortal says no: a code, a message and the faults of a validation (flexportal.md §5). */
import { type ConcordError, type VendorErrorCode, vendorCode } from '../../record/errors.ts';
import type { WireAnswer } from '../contract.ts';
import { KEY_MISSING } from './auth.ts';

interface Kind {
  readonly status: number;
  readonly code: string;
}

const INVALID: Kind = { status: 400, code: 'VALIDATION_ERROR' };
const MISSING: Kind = { status: 404, code: 'NOT_FOUND' };
const CONFLICT: Kind = { status: 409, code: 'CONFLICT' };
const UNAVAILABLE: Kind = { status: 503, code: 'SERVICE_UNAVAILABLE' };

const KINDS: Readonly<Record<VendorErrorCode, Kind>> = {
  unauthenticated: { status: 401, code: 'INVALID_TOKEN' },
  forbidden: { status: 403, code: 'INSUFFICIENT_PERMISSIONS' },
  'tenant-mismatch': { status: 403, code: 'NO_TENANT_ACCESS' },
  'route-not-found': MISSING,
  'object-not-found': MISSING,
  'method-not-allowed': { status: 405, code: 'METHOD_NOT_ALLOWED' },
  // §3.3 quirk 11: whatever is wrong with the body is a failed validation.
  'unsupported-media-type': INVALID,
  'not-acceptable': { status: 406, code: 'NOT_ACCEPTABLE' },
  'body-unreadable': INVALID,
  'body-too-large': { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  'request-invalid': INVALID,
  'customer-not-found': MISSING,
  'address-not-found': MISSING,
  'customer-archived': { status: 409, code: 'CUSTOMER_ARCHIVED' },
  'value-taken': CONFLICT,
  'value-invalid': INVALID,
  'state-conflict': CONFLICT,
  'too-many-requests': { status: 429, code: 'RATE_LIMITED' },
  'too-busy': UNAVAILABLE,
  unavailable: UNAVAILABLE,
  'request-timeout': { status: 408, code: 'REQUEST_TIMEOUT' },
  internal: { status: 500, code: 'INTERNAL_ERROR' },
};

const AUTH_REQUIRED: Kind = { status: 401, code: 'AUTH_REQUIRED' };

export function refuse(error: ConcordError): WireAnswer {
  const { status, code } = kindOf(error);
  return {
    status,
    headers: {
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      // §5.5: the unit is not documented; whole seconds are HTTP's own.
      ...(error.retryAfterSeconds !== undefined && {
        'retry-after': String(Math.ceil(error.retryAfterSeconds)),
      }),
      ...(typeof error.context.allow === 'string' && { allow: error.context.allow }),
    },
    body: {
      error: {
        code,
        message: error.message,
        ...(error.faults.length > 0 && {
          details: error.faults.map(({ field, message, code: issue = 'custom' }) => ({
            path: field,
            message,
            code: issue,
          })),
        }),
      },
    },
  };
}

function kindOf(error: ConcordError): Kind {
  if (error.code === 'unauthenticated' && error.context.credentials === KEY_MISSING.credentials) {
    return AUTH_REQUIRED;
  }
  const kind = KINDS[vendorCode(error.code)];
  // A guard of an operation has a code of its own (§3.4).
  return typeof error.context.code === 'string' ? { ...kind, code: error.context.code } : kind;
}
