/** How Flecto says no: a JSON:API error document in the caller's language (flecto.md §5 [convention]). */
import {
  type ConcordError,
  type ErrorCode,
  type Fault,
  type VendorErrorCode,
  vendorCode,
} from '../../record/errors.ts';
import type { WireAnswer, WireRequest } from '../contract.ts';
import { type Language, languageOf, translate } from './language.ts';
import { contentTypeOf } from './negotiation.ts';

interface Kind {
  readonly status: number;
  readonly code: string;
}

const KINDS: Readonly<Record<VendorErrorCode, Kind>> = {
  unauthenticated: { status: 401, code: 'unauthorized' },
  forbidden: { status: 403, code: 'forbidden' },
  'tenant-mismatch': { status: 403, code: 'forbidden' },
  'route-not-found': { status: 404, code: 'not_found' },
  'object-not-found': { status: 404, code: 'not_found' },
  'method-not-allowed': { status: 405, code: 'method_not_allowed' },
  'unsupported-media-type': { status: 415, code: 'unsupported_media_type' },
  'not-acceptable': { status: 406, code: 'not_acceptable' },
  'body-unreadable': { status: 400, code: 'bad_request' },
  'body-too-large': { status: 413, code: 'payload_too_large' },
  'request-invalid': { status: 400, code: 'bad_request' },
  'customer-not-found': { status: 404, code: 'not_found' },
  'address-not-found': { status: 404, code: 'not_found' },
  'customer-archived': { status: 409, code: 'conflict' },
  'value-taken': { status: 409, code: 'conflict' },
  'value-invalid': { status: 422, code: 'invalid' },
  'state-conflict': { status: 409, code: 'conflict' },
  'too-many-requests': { status: 429, code: 'too_many_requests' },
  'too-busy': { status: 503, code: 'service_unavailable' },
  unavailable: { status: 503, code: 'service_unavailable' },
  'request-timeout': { status: 408, code: 'request_timeout' },
  internal: { status: 500, code: 'internal_error' },
};

export function refuse(error: ConcordError, request: WireRequest): WireAnswer {
  const { status, code } = KINDS[vendorCode(error.code)];
  const language = languageOf(request);
  const title = translate(language, code);
  const faults = error.faults.length > 0 ? error.faults : [undefined];
  return {
    status,
    headers: {
      'content-type': contentTypeOf(request),
      'content-language': language,
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(typeof error.context.allow === 'string' && { allow: error.context.allow }),
    },
    body: {
      errors: faults.map(fault => ({
        status: String(status),
        code,
        title,
        detail: fault ? translate(language, fault.message) : detailOf(error, language, title),
        ...(fault && { source: sourceOf(fault) }),
      })),
    },
  };
}

/** flecto.md §5: `parameter` for query strings, `header` for headers, `pointer` for bodies. */
const sourceOf = ({ field, code }: Fault): Readonly<Record<string, string>> =>
  code === 'parameter' || code === 'header' ? { [code]: field } : { pointer: field };

/** Errors of the record that say more than their title, without a fault of their own. */
const RULES: Partial<Record<ErrorCode, string>> = {
  'customer-archived': 'archived',
  'body-unreadable': 'unreadable',
};

/** What only this error can tell, where there is a sentence for it; otherwise the title says it all. */
function detailOf(error: ConcordError, language: Language, title: string): string {
  const rule = RULES[error.code] ?? error.context.rule;
  return typeof rule === 'string' ? translate(language, rule) : title;
}
