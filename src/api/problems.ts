/** The catalogue of problems, as people read it: which status, what it says, what to do about it. */
import { ERRORS, type ErrorCode } from '../record/errors.ts';
import { STATUSES } from './errors.ts';

export interface ProblemPage {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  /** What the caller can do, in one or two sentences. */
  readonly advice: string;
}

const ADVICE: Readonly<Record<ErrorCode, string>> = {
  unauthenticated:
    'Send `Authorization: Bearer <key>`, or sign in again: sessions end after twelve hours and when the operator is revoked.',
  forbidden:
    'Ask an administrator for the role or the right that the detail names. A session also needs its `X-CSRF-Token`.',
  'tenant-mismatch': 'Use the credentials of the tenant that is meant; nothing in a request chooses another.',
  'route-not-found': 'Look the path up in the list of operations.',
  'method-not-allowed': 'Use one of the methods in the `Allow` header.',
  'unsupported-media-type': 'Send the body uncompressed, with the `Content-Type` that the detail names.',
  'not-acceptable': 'Ask for `application/json`.',
  'body-unreadable': 'Send valid JSON in UTF-8.',
  'body-too-large': 'Send less at once; the limit is 1 MiB.',
  'request-invalid':
    'Mend the values that `errors` names: fields of the body as paths, or parameters of the query.',
  'customer-not-found':
    'Look the customer up again: the id is unknown in this tenant, or the customer was removed.',
  'address-not-found': 'Read the customer again: the address is unknown in this tenant, or was removed.',
  'object-not-found':
    'Read again what the path leads through; the last part of it is unknown in this tenant.',
  'customer-archived': 'Restore the customer first.',
  'value-taken': 'Choose another value; the detail names which one is in use.',
  'value-invalid': 'Mend the values that `errors` names: each has the rule that it breaks.',
  'state-conflict':
    'Read again what is changed, and decide anew. A refused revert lists in `conflicts` what later changes set.',
  'precondition-required': 'Read the customer, and send its `ETag` as `If-Match`.',
  'precondition-failed':
    'Somebody was faster. Read the customer again, join the changes, and send the new `ETag` as `If-Match`.',
  'idempotency-key-reused': 'Use a new `Idempotency-Key` for every new request.',
  'idempotency-key-busy': 'Send the same request again after the seconds in `Retry-After`.',
  'cursor-expired':
    'Changes behind this cursor are gone from the feed. Ask for the cursor `latest`, read all customers anew, and follow the feed from that cursor.',
  'history-archived':
    'Ask those who run Concord for the archive: it holds what is older than the detail says.',
  'too-many-requests': 'Send the request again after the seconds in `Retry-After`.',
  'too-busy': 'Send the request again after the seconds in `Retry-After`.',
  unavailable:
    'Send the request again after the seconds in `Retry-After`; `/ready` tells when it is worth it.',
  'request-timeout': 'Send the request again, faster: it must arrive within 15 seconds.',
  internal: 'Tell those who run Concord the `requestId`; the log has the cause under it.',
};

export const problemPages = (): readonly ProblemPage[] =>
  (Object.keys(ERRORS) as ErrorCode[])
    .map(code => ({ code, status: STATUSES[code], title: ERRORS[code], advice: ADVICE[code] }))
    .sort((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1));
