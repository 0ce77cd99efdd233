/** Flecto's checks of a request body, in the vendor's order (flecto.md §5): media type, shape, type, values. */
import type { ErrorObject } from 'ajv';
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { isObject, mediaType, readJson } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { placeOf } from '../schema.ts';

const MEDIA_TYPES = new Set(['application/json', 'application/vnd.api+json']);

export interface Document {
  readonly type: string;
  readonly id: Json | undefined;
  readonly attributes: { readonly [name: string]: Json };
}

/** @throws ConcordError `unsupported-media-type`, `body-unreadable`, `request-invalid`. */
export function readDocument(request: WireRequest): Document {
  if (!MEDIA_TYPES.has(mediaType(request))) throw new ConcordError('unsupported-media-type');
  const root = request.body.length === 0 ? null : readJson(request.body);
  if (!isObject(root)) throw malformed('', 'not-json');
  const data = root.data;
  if (!isObject(data)) throw malformed('/data', 'must-be-object');
  const { type, id, attributes } = data;
  if (typeof type !== 'string') throw malformed('/data/type', 'must-be-string');
  if (!isObject(attributes)) throw malformed('/data/attributes', 'must-be-object');
  return { type, id, attributes };
}

/** @throws ConcordError `state-conflict`: the vendor answers 409 for a type or id of another resource. */
export function expectIdentity(document: Omit<Document, 'attributes'>, type: string, id?: string): void {
  if (document.type !== type) throw conflict('/data/type', 'type-mismatch');
  if (document.id === undefined || id === undefined) return;
  if (String(document.id) !== id) throw conflict('/data/id', 'id-mismatch');
}

/** @throws ConcordError `value-invalid` with one fault an attribute. */
export function expectValid(errors: readonly ErrorObject[]): void {
  if (errors.length === 0) return;
  throw invalid(errors.map(error => ({ field: pointer(placeOf(error).join('/')), message: ruleOf(error) })));
}

export const invalid = (faults: readonly Fault[]): ConcordError =>
  new ConcordError('value-invalid', { faults });

export const pointer = (attribute: string): string => `/data/attributes/${attribute}`;

const malformed = (field: string, message: string): ConcordError =>
  new ConcordError('request-invalid', { faults: [{ field, message }] });

const conflict = (field: string, message: string): ConcordError =>
  new ConcordError('state-conflict', { faults: [{ field, message }] });

function ruleOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'maxLength':
      return 'too-long';
    case 'format':
      return 'not-a-line';
    case 'minimum':
    case 'maximum':
      return 'out-of-range';
    case 'enum':
      return 'not-a-country';
    default: {
      const type = [error.params.type].flat().join('-or-');
      return `must-be-${type}`;
    }
  }
}
