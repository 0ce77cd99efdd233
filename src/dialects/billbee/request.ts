/** Reading a request: media types, JSON, then binding, in that order (billbee.md §1.4, §2.4). */
import { ConcordError, type Fault } from '../../record/errors.ts';
import { isObject, mediaType, readJson } from '../body.ts';
import type { RequestBody, WireRequest } from '../contract.ts';
import { expectJsonAccepted } from './answer.ts';
import { type Bound, bindObject } from './bind.ts';
import type { Model } from './model.ts';
import { schemaOf } from './model-schema.ts';

/** Of requests and answers. XML and forms are documented too and not offered (billbee.md §1.4 [convention]). */
export const MEDIA_TYPES = ['application/json', 'text/json'];

export const bodyOf = (model: Model): RequestBody => ({ mediaTypes: MEDIA_TYPES, schema: schemaOf(model) });

/** @throws ConcordError `unsupported-media-type`, `not-acceptable`, `body-unreadable`, `request-invalid`. */
export function readBody(request: WireRequest, model: Model): Bound {
  expectJsonAccepted(request);
  const media = mediaType(request);
  const empty = request.body.length === 0;
  if (!MEDIA_TYPES.includes(media) && !(empty && media === '')) {
    throw new ConcordError('unsupported-media-type');
  }
  const value = empty ? null : readJson(request.body);
  if (value === null) throw new ConcordError('body-unreadable', { message: 'A request body is required.' });
  if (!isObject(value)) {
    throw new ConcordError('body-unreadable', { message: 'The body must be a JSON object.' });
  }
  const faults: Fault[] = [];
  const bound = bindObject(model, value, '', faults);
  if (faults.length > 0) throw new ConcordError('request-invalid', { faults });
  return bound;
}

/** Ids of new things: absent, null and 0 all mean none (billbee.md §5.2 (7) [convention]). */
export const hasId = (id: number | null | undefined): id is number =>
  id !== undefined && id !== null && id !== 0;
