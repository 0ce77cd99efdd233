/** connectFi's checks of a request body: media type, JSON, schema (connectfi.md §2.3). */
import { ConcordError } from '../../record/errors.ts';
import { mediaType, readJson } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { requestValidateError } from './errors.ts';
import type { Check } from './schemas.ts';

/** §1.1 [docs]. */
export const MEDIA_TYPES = ['application/json'] as const;

/** @throws ConcordError `body-unreadable`, `unsupported-media-type`, `request-invalid`. */
export function readBody<Body>(request: WireRequest, check: Check<Body>): Body {
  if (request.body.length === 0) throw new ConcordError('body-unreadable');
  if (mediaType(request) !== 'application/json') throw new ConcordError('unsupported-media-type');
  const body: unknown = readJson(request.body);
  const entries = check(body);
  if (entries.length > 0) throw requestValidateError(entries);
  return body as Body;
}
