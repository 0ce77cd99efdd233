/** How Concord's own API says no: problem details (RFC 9457), one status for each code of the catalogue. */
import type { Answers, WireAnswer, WireRequest } from '../dialects/contract.ts';
import { type ConcordError, ERRORS, type ErrorCode } from '../record/errors.ts';
import { Problem } from './schemas/problem.ts';

export const STATUSES: Readonly<Record<ErrorCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'tenant-mismatch': 403,
  'route-not-found': 404,
  'method-not-allowed': 405,
  'unsupported-media-type': 415,
  'not-acceptable': 406,
  'body-unreadable': 400,
  'body-too-large': 413,
  'request-invalid': 400,
  'customer-not-found': 404,
  'address-not-found': 404,
  'object-not-found': 404,
  'customer-archived': 409,
  'value-taken': 409,
  'value-invalid': 422,
  'state-conflict': 409,
  'precondition-required': 428,
  'precondition-failed': 412,
  'idempotency-key-reused': 422,
  'idempotency-key-busy': 409,
  'cursor-expired': 410,
  'history-archived': 410,
  'too-many-requests': 429,
  'too-busy': 503,
  unavailable: 503,
  'request-timeout': 408,
  internal: 500,
};

export const PROBLEM_TYPE = 'application/problem+json';

/** The page that explains the code, on this origin. */
const pageOf = (code: ErrorCode): string => `/docs/problems#${code}`;

/** Seconds to wait where the error does not say: a database that restarts takes about as long. */
const RETRY_AFTER_SECONDS = 1;

export function refuse(error: ConcordError, request: WireRequest): WireAnswer {
  const { code, message, faults, context } = error;
  const status = STATUSES[code];
  const retry = error.retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  return {
    status,
    headers: {
      'content-type': `${PROBLEM_TYPE}; charset=utf-8`,
      'cache-control': 'no-store',
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="Concord"' }),
      ...(typeof context.allow === 'string' && { allow: context.allow }),
      ...(typeof context.etag === 'string' && { etag: context.etag }),
      ...(retry !== undefined && { 'retry-after': String(Math.ceil(retry)) }),
    },
    body: {
      type: pageOf(code),
      title: ERRORS[code],
      status,
      detail: message,
      code,
      requestId: request.requestId,
      ...(faults.length > 0 && { errors: faults.map(({ field, message }) => ({ field, message })) }),
      ...(typeof context.etag === 'string' && { etag: context.etag }),
      ...(Array.isArray(context.fields) && { conflicts: context.fields }),
    },
  };
}

export const refusals: Answers = Object.fromEntries(
  [...new Set(Object.values(STATUSES))].map(status => [status, Problem]),
);
