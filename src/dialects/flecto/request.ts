/** Flecto's checks of a request body, in the vendor's order (flecto.md §5): shape, type, values. */
import type { ErrorObject } from 'ajv';
import { ConcordError, type Fault } from '../../record/errors.ts';
import { type Json, sameJson } from '../../record/json.ts';
import { isObject, readJson } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { placeOf } from '../schema.ts';

export type Attributes = { readonly [name: string]: Json };

export interface Document {
  readonly type: string;
  readonly id: Json | undefined;
  readonly attributes: Attributes;
}

/** The document with its type checked. @throws ConcordError `body-unreadable`, `request-invalid`, `state-conflict`. */
export function readAttributes(request: WireRequest, type: string, id?: string): Attributes {
  const document = readDocument(request);
  expectIdentity(document, type, id);
  return document.attributes;
}

/** @throws ConcordError `body-unreadable`, `request-invalid`. */
function readDocument(request: WireRequest): Document {
  const root = request.body.length === 0 ? null : readJson(request.body);
  if (!isObject(root)) throw malformed('', 'not-json');
  const data = root.data;
  if (!isObject(data)) throw malformed('/data', 'must-be-object');
  const { type, id, attributes } = data;
  if (typeof type !== 'string') throw malformed('/data/type', 'must-be-string');
  if (!isObject(attributes)) throw malformed('/data/attributes', 'must-be-object');
  return { type, id, attributes };
}

/** A change of state takes an empty body; whatever JSON a client sends says nothing more than the path. */
export function expectNothing(request: WireRequest): void {
  if (request.body.length > 0) readJson(request.body);
}

/** @throws ConcordError `state-conflict`: the vendor answers 409 for a type or id of another resource. */
function expectIdentity(document: Document, type: string, id?: string): void {
  if (document.type !== type) throw conflict('/data/type', 'type-mismatch');
  const { id: sent } = document;
  if (sent === undefined || id === undefined) return;
  if ((typeof sent !== 'string' && typeof sent !== 'number') || String(sent) !== id)
    throw conflict('/data/id', 'id-mismatch');
}

/** @throws ConcordError `value-invalid` with all of the faults. */
export function expectValid(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
}

/** One fault an attribute, except where it is sent as it is shown: what was read may be written back. */
export const faultsOf = (
  errors: readonly ErrorObject[],
  attributes: Attributes,
  shown: Attributes = {},
): Fault[] =>
  errors.flatMap(error => {
    const place = placeOf(error);
    const name = place[0] ?? '';
    return name in attributes && name in shown && sameJson(attributes[name], shown[name])
      ? []
      : [fault(place.join('/'), ruleOf(error, name))];
  });

export const fault = (attribute: string, rule: string): Fault => ({
  field: `/data/attributes/${attribute}`,
  message: rule,
});

const malformed = (field: string, message: string): ConcordError =>
  new ConcordError('request-invalid', { faults: [{ field, message }] });

export const conflict = (field: string, message: string): ConcordError =>
  new ConcordError('state-conflict', { faults: [{ field, message }] });

/** Which sentence tells about a pattern or a format. */
const TEXT_RULES: Readonly<Record<string, string>> = {
  name: 'must-not-be-blank',
  email: 'not-an-email',
  phone_number: 'not-a-phone-number',
  notes: 'not-a-text',
  message: 'not-a-text',
  mailbox: 'not-an-email',
  line: 'not-a-line',
  'date-time': 'not-a-time',
};

function ruleOf({ keyword, params }: ErrorObject, attribute: string): string {
  switch (keyword) {
    case 'required':
      return 'required';
    case 'maxLength':
    case 'maxItems':
      return 'too-long';
    case 'minLength':
      return 'must-not-be-blank';
    case 'pattern':
      return TEXT_RULES[attribute] ?? 'not-a-line';
    case 'format':
      return TEXT_RULES[String(params.format)] ?? 'not-a-line';
    case 'minimum':
    case 'maximum':
      return 'out-of-range';
    case 'enum':
      return attribute === 'address_country_code' ? 'not-a-country' : 'not-a-choice';
    default:
      return `must-be-${[params.type].flat().join('-or-')}`;
  }
}
