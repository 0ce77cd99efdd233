/** How connectFi says no: an envelope with a code, mostly with status 400 (connectfi.md §2.2–§2.4). */
import { ConcordError, type ErrorCode, type VendorErrorCode, vendorCode } from '../../record/errors.ts';
import type { WireAnswer, WireRequest } from '../contract.ts';
import type { Entry } from './schemas.ts';

export interface Refusal {
  readonly status?: number;
  readonly code: string;
  readonly context?: object;
  readonly message?: string;
}

/** §2.3: malformed JSON has an empty list of entries, and validation errors have no message. */
const UNREADABLE: Refusal = { status: 400, code: 'requestValidateError', context: [] };
const NOT_FOUND: Refusal = { status: 404, code: 'notFound', message: 'Not found' };
const FORBIDDEN: Refusal = { status: 403, code: 'forbidden', message: 'Forbidden' };
const UNAVAILABLE: Refusal = { status: 503, code: 'serviceUnavailable', message: 'Service unavailable' };

/** What this vendor says of an error that has nothing of its own to tell. */
export const REFUSALS: Readonly<Record<VendorErrorCode, Refusal>> = {
  unauthenticated: { status: 401, code: 'unauthorized', message: 'Authentication error' },
  forbidden: FORBIDDEN,
  'tenant-mismatch': FORBIDDEN,
  'route-not-found': NOT_FOUND,
  'object-not-found': NOT_FOUND,
  'method-not-allowed': NOT_FOUND,
  'unsupported-media-type': {
    status: 415,
    code: 'unsupportedMediaType',
    message: 'Content-Type must be application/json.',
  },
  'not-acceptable': { status: 406, code: 'notAcceptable', message: 'Not acceptable' },
  'body-unreadable': UNREADABLE,
  'body-too-large': { status: 413, code: 'payloadTooLarge', message: 'Payload too large' },
  'request-invalid': UNREADABLE,
  'customer-not-found': { code: 'customerNotFound', message: 'Customer not found.' },
  'address-not-found': { code: 'addressNotFound', message: 'Address not found.' },
  'customer-archived': { code: 'customerArchived', message: 'Customer is archived.' },
  'value-taken': { code: 'customerExists', message: 'Customer exists.' },
  'value-invalid': UNREADABLE,
  'state-conflict': { code: 'stateConflict', message: 'The present state does not allow this.' },
  'too-many-requests': { status: 429, code: 'tooManyRequests', message: 'Too many requests' },
  'too-busy': UNAVAILABLE,
  unavailable: UNAVAILABLE,
  'request-timeout': { status: 408, code: 'requestTimeout', message: 'Request timeout' },
  internal: { status: 500, code: 'internalError', message: 'Internal error' },
};

/** §2.4 [docs]: most business errors, unknown ids too, are 400. */
const STATUS = 400;

/** §2.1 [derived]: a version 1 UUID without its dashes. */
export const requestIdOf = (request: WireRequest): string => request.requestId.replaceAll('-', '');

export function refuse(error: ConcordError, request: WireRequest): WireAnswer {
  const { refusal = {} } = error.context as { refusal?: Partial<Refusal> };
  const { status = STATUS, code, context, message } = { ...REFUSALS[vendorCode(error.code)], ...refusal };
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
    },
    body: {
      requestId: requestIdOf(request),
      code,
      ...(context !== undefined && { context }),
      ...(message !== undefined && { message }),
    },
  };
}

/** An error of which the vendor tells more than its kind. */
const saying = (code: ErrorCode, refusal: Partial<Refusal>): ConcordError =>
  new ConcordError(code, { context: { refusal } });

/** §2.3. */
export const requestValidateError = (entries: readonly Entry[]): ConcordError =>
  saying('request-invalid', { context: entries });

/** §2.4 [docs]. */
export const customerNotFound = (customerId: string): ConcordError =>
  saying('customer-not-found', { context: { customerId } });

/** §4.3: the rule is of the seed, its code and message are a convention. */
export const invalidField = (customerId: string, customerType: string, fields: readonly string[]) =>
  saying('state-conflict', {
    code: 'invalidField',
    context: { customerId, customerType, fields },
    message: 'Invalid field is present for the current customer type.',
  });

/** §4.3 [convention]. */
export const businessRepresentativeNotFound = (customerId: string, id: string): ConcordError =>
  saying('state-conflict', {
    code: 'businessRepresentativeNotFound',
    context: { customerId, id },
    message: 'Business representative not found.',
  });

/** §4.1 [docs]. */
export const referenceExists = (reference: string, entityId: string | undefined): ConcordError =>
  saying('value-taken', {
    code: 'referenceExists',
    context: { reference, entityId },
    message: 'Reference already exists.',
  });

/** §4.1 [docs]. */
export const customerExists = (cFiAggregatorId: string, customerId: string | undefined): ConcordError =>
  saying('value-taken', { context: { cFiAggregatorId, customerId } });

/** §4.4 [convention]: a business has employees, and an individual is one. */
export const wrongCustomerType = (customerId: string, customerType: string): ConcordError =>
  saying('state-conflict', {
    code: 'wrongCustomerType',
    context: { customerId, customerType },
    message: 'Customer has the wrong type.',
  });

/** §4.4 [convention]. */
export const employeeExists = (companyId: string, employeeId: string): ConcordError =>
  saying('state-conflict', {
    code: 'employeeExists',
    context: { companyId, employeeId },
    message: 'Employee exists.',
  });

/** §4.5 [convention]. */
export const employeeNotFound = (companyId: string, employeeId: string): ConcordError =>
  saying('state-conflict', {
    code: 'employeeNotFound',
    context: { companyId, employeeId },
    message: 'Employee not found.',
  });

/** §2.4 [docs]: the code for an answer that would have too many entries, used here before it would [convention]. */
export const tooManyEmployees = (maxNumberOfRecords: number): ConcordError =>
  saying('state-conflict', {
    code: 'greaterMaximumNumberOfRecords',
    context: { maxNumberOfRecords },
    message: 'The business has the maximum number of employees.',
  });

/** §1.4 [docs]: the login is that of the caller's own token. */
export const wrongOldPassword = (login: string): ConcordError =>
  saying('state-conflict', { code: 'wrongOldPassword', message: `Wrong old password (login=${login})` });

/** §1.4: a configured token is nobody's, so there is no password to change [convention]. */
export const userNotFound = (): ConcordError =>
  saying('state-conflict', { code: 'userNotFound', message: 'The token stands for no user.' });
