/** Media types: what Flecto reads, and what it answers (flecto.md §1 [convention]). */
import { ConcordError } from '../../record/errors.ts';
import { mediaType } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { MEDIA_TYPES } from './wire.ts';

const [JSON_TYPE, JSON_API_TYPE] = MEDIA_TYPES;

const READ = new Set<string>(MEDIA_TYPES);
const SERVED = new Set<string>([...MEDIA_TYPES, 'application/*', '*/*']);

/** The ranges of an `Accept` that are looked at; browsers send fewer than ten. */
const RANGES_MAXIMUM = 20;

/** JSON, or the JSON:API media type where the client's `Accept` names it. */
export const contentTypeOf = (request: WireRequest): string =>
  acceptedBy(request).includes(JSON_API_TYPE) ? JSON_API_TYPE : `${JSON_TYPE}; charset=utf-8`;

/**
 * The checks of flecto.md §5 that come before the body: what the client can read, errors included, and what it sends.
 *
 * @throws ConcordError `not-acceptable`, `unsupported-media-type`.
 */
export function expectMediaTypes(request: WireRequest): void {
  if (!takesAnything(request) && !acceptedBy(request).some(range => SERVED.has(range))) {
    throw fault('not-acceptable', 'Accept', 'json-only');
  }
  if (request.body.length > 0 && !READ.has(mediaType(request))) {
    throw fault('unsupported-media-type', 'Content-Type', 'json-only');
  }
}

/** No `Accept`, or the one that most programs send without being asked. */
const takesAnything = ({ headers: { accept = '' } }: WireRequest): boolean =>
  accept.trim() === '' || accept === '*/*';

/** The media ranges that the client takes, in lower case without parameters. */
function acceptedBy(request: WireRequest): string[] {
  if (takesAnything(request)) return [];
  return (request.headers.accept ?? '')
    .toLowerCase()
    .split(',', RANGES_MAXIMUM)
    .filter(range => !/;\s*q=0(\.0*)?\s*(;|$)/.test(range))
    .map(range => range.split(';', 1)[0]!.trim());
}

const fault = (code: 'not-acceptable' | 'unsupported-media-type', header: string, message: string) =>
  new ConcordError(code, { faults: [{ field: header, message, code: 'header' }] });
