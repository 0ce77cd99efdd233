/** Billbee's answers: the envelope, the page, and the headers on everything (billbee.md §1.4, §2.1, §2.2). */
import { ConcordError } from '../../record/errors.ts';
import type { WireAnswer, WireRequest } from '../contract.ts';
import type { Envelope, Paging } from './wire.ts';

/** As seen on live answers (billbee.md §1.4 [docs: csharp-sdk#81]). */
const UNCACHED = { 'cache-control': 'no-cache', pragma: 'no-cache', expires: '-1' } as const;

export const ERROR_NAMES = {
  0: 'NoError',
  1: 'ApiNotActivated',
  8: 'InternalError',
  11: 'InvalidData',
} as const;
export type EnvelopeCode = keyof typeof ERROR_NAMES;

export const envelope = (code: EnvelopeCode, message: string | null, data: unknown): Envelope => ({
  ErrorMessage: message,
  ErrorCode: code,
  ErrorDescription: ERROR_NAMES[code],
  Data: data,
});

export const single = (request: WireRequest, data: unknown): WireAnswer =>
  bare(request, envelope(0, null, data));

export const page = (request: WireRequest, paging: Paging, rows: readonly unknown[]): WireAnswer =>
  bare(request, { Paging: paging, ...envelope(0, null, rows) });

/** Without an envelope: a search (billbee.md §6 [docs: csharp-sdk#73]). */
export const bare = (request: WireRequest, body: object): WireAnswer => ({
  status: 200,
  headers: headersFor(request),
  body,
});

/** A status and nothing else. */
export const bodiless = (): WireAnswer => ({ status: 200, headers: UNCACHED });

export const headersFor = (request: WireRequest): Readonly<Record<string, string>> => ({
  'content-type': `${contentTypeOf(request)}; charset=utf-8`,
  ...UNCACHED,
});

/** More ranges than this in one `Accept` are not looked at; browsers send fewer than ten. */
const RANGES_MAXIMUM = 20;
const XML = new Set(['application/xml', 'text/xml']);

/**
 * XML is documented and not offered, so a client that reads nothing else is told so (billbee.md §1.4 [convention]);
 * any other `Accept` gets JSON, as the vendor's platform falls back to it.
 * @throws ConcordError `not-acceptable`.
 */
export function expectJsonAccepted(request: WireRequest): void {
  const ranges = acceptedBy(request);
  if (ranges.length > 0 && ranges.every(range => XML.has(range))) {
    throw new ConcordError('not-acceptable', { message: 'XML is not offered; ask for application/json.' });
  }
}

function contentTypeOf(request: WireRequest): string {
  const ranges = acceptedBy(request);
  return ranges.includes('text/json') && !ranges.includes('application/json')
    ? 'text/json'
    : 'application/json';
}

const acceptedBy = (request: WireRequest): string[] =>
  (request.headers.accept ?? '')
    .split(',', RANGES_MAXIMUM)
    .map(range => range.split(';', 1)[0]!.trim().toLowerCase())
    .filter(range => range !== '');
