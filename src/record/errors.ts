/**
 * The catalogue of errors. Codes are stable: a retired code never comes back with another meaning.
 *
 * Each dialect's `errors` file alone knows how its vendor would say one of them. The message is public and
 * helps the caller mend the request; the detail is for the log. Neither holds personal data.
 */

export const ERRORS = {
  unauthenticated: 'The credentials are missing, unknown, expired or revoked.',
  forbidden: 'The credentials do not allow this.',
  'tenant-mismatch': 'The tenant that was named is not the one the credentials belong to.',
  'route-not-found': 'There is no such path.',
  'method-not-allowed': 'The path does not answer this method.',
  'unsupported-media-type': 'The body has a media type that is not read here.',
  'not-acceptable': 'None of the media types asked for is served here.',
  'body-unreadable': 'The body cannot be read in its media type.',
  'body-too-large': 'The body is larger than the limit.',
  'request-invalid': 'The request does not have the shape that the operation takes.',
  'customer-not-found': 'There is no such customer.',
  'address-not-found': 'There is no such address.',
  'object-not-found': 'There is no such thing.',
  'customer-archived': 'The customer is archived and cannot be changed.',
  'value-taken': 'The value is in use already, and may be used once only.',
  'value-invalid': 'A value breaks a rule.',
  'state-conflict': 'The present state does not allow this.',
  'precondition-required': 'The request must say in If-Match which state of the record it is about.',
  'precondition-failed': 'The record was changed since it was read.',
  'idempotency-key-reused': 'The idempotency key stands for another request.',
  'idempotency-key-busy': 'A request with this idempotency key is still being worked on.',
  'cursor-expired': 'The feed does not reach back to this cursor any more.',
  'history-archived': 'The history that this needs was archived.',
  'too-many-requests': 'There were too many requests in a short time.',
  'too-busy': 'The record is being changed by many others at this moment.',
  unavailable: 'A part that the answer needs cannot be reached at this moment.',
  'request-timeout': 'The request was not complete in time.',
  internal: 'Something unexpected happened.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** What only Concord's own API refuses: no vendor has a header of this kind. */
const OWN = [
  'precondition-required',
  'precondition-failed',
  'idempotency-key-reused',
  'idempotency-key-busy',
  'cursor-expired',
  'history-archived',
] as const satisfies readonly ErrorCode[];

/** What a dialect must have words for. */
export type VendorErrorCode = Exclude<ErrorCode, (typeof OWN)[number]>;

/** The code as a dialect knows it: what only Concord's own API refuses is a fault of ours anywhere else. */
export const vendorCode = (code: ErrorCode): VendorErrorCode =>
  (OWN as readonly ErrorCode[]).includes(code) ? 'internal' : (code as VendorErrorCode);

/** One value that breaks a rule. */
export interface Fault {
  /** The dialect's own name for the field, such as `address_city` or `billingAddress.city`. */
  readonly field: string;
  /** What to do about it, in the dialect's own words. */
  readonly message: string;
  /** The dialect's own code for the kind of fault, where its vendor has one. */
  readonly code?: string;
}

export interface ErrorFacts {
  /** What to tell the caller instead of the catalogue's sentence. No personal data. */
  readonly message?: string;
  /** For the log alone. No personal data. */
  readonly detail?: string;
  readonly faults?: readonly Fault[];
  /** Facts that a vendor's error body carries, such as ids. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** When to try again, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

export class ConcordError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly faults: readonly Fault[];
  readonly context: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    super(facts.message ?? ERRORS[code], { cause: facts.cause });
    this.name = 'ConcordError';
    this.code = code;
    this.detail = facts.detail;
    this.faults = facts.faults ?? [];
    this.context = facts.context ?? {};
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}
