/** How Billbee says no: the envelope for rules, Message alone for the rest, ModelState for bodies (billbee.md §2.4). */
import { type ConcordError, type Fault, type VendorErrorCode, vendorCode } from '../../record/errors.ts';
import type { Answers, WireAnswer, WireRequest } from '../contract.ts';
import { type TSchema, Type } from '../schema.ts';
import { type EnvelopeCode, envelope, headersFor } from './answer.ts';
import { Message, ModelState, refusedWith } from './answers.ts';
import { isId } from './ids.ts';

/** The vendor's two body shapes, and the code of the envelope. */
type Body = 'message' | 'model' | EnvelopeCode;

const KINDS: Readonly<Record<VendorErrorCode, readonly [status: number, body: Body]>> = {
  unauthenticated: [401, 'message'],
  forbidden: [403, 1],
  'tenant-mismatch': [403, 1],
  'route-not-found': [404, 'message'],
  'object-not-found': [404, 'message'],
  'method-not-allowed': [405, 'message'],
  'unsupported-media-type': [415, 'message'],
  'not-acceptable': [406, 'message'],
  'body-unreadable': [400, 'model'],
  'body-too-large': [413, 'message'],
  'request-invalid': [400, 'model'],
  'customer-not-found': [404, 11],
  'address-not-found': [404, 11],
  'customer-archived': [400, 11],
  'value-taken': [400, 11],
  'value-invalid': [400, 11],
  'state-conflict': [400, 11],
  'too-many-requests': [429, 'message'],
  'too-busy': [503, 8],
  unavailable: [503, 8],
  'request-timeout': [408, 'message'],
  internal: [500, 8],
};

/** One status may have both shapes. */
export const refusals: Answers = Object.fromEntries(
  Map.groupBy(Object.values(KINDS), ([status]) => status)
    .entries()
    .map(([status, kinds]) => {
      const schemas = [...new Set(kinds.map(([, body]) => body))].map(schemaOf);
      return [status, schemas.length === 1 ? schemas[0]! : Type.Union(schemas)] as const;
    }),
);

function schemaOf(body: Body): TSchema {
  if (body === 'message') return Message;
  return body === 'model' ? ModelState : refusedWith(body);
}

export function refuse(error: ConcordError, request: WireRequest): WireAnswer {
  const [status, body] = KINDS[vendorCode(error.code)];
  return {
    status,
    headers: {
      ...headersFor(request),
      ...(status === 401 && { 'www-authenticate': 'Basic realm="Billbee API", charset="UTF-8"' }),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(typeof error.context.allow === 'string' && { allow: error.context.allow }),
    },
    body: bodyOf(body, error, request),
  };
}

function bodyOf(body: Body, error: ConcordError, request: WireRequest): unknown {
  if (body === 'message') return { Message: error.message };
  if (body === 'model') return { Message: 'The request is invalid.', ModelState: modelState(error) };
  return envelope(body, messageOf(error, request), null);
}

/** The path of the property in front of the texts about it (billbee.md §2.4 [docs: csharp-sdk#81]). */
function modelState(error: ConcordError): Record<string, string[]> {
  if (error.faults.length === 0) return { model: [error.message] };
  const state = new Map<string, string[]>();
  for (const { field, message } of error.faults) state.set(field, [...(state.get(field) ?? []), message]);
  return Object.fromEntries(state);
}

function messageOf(error: ConcordError, request: WireRequest): string {
  if (error.faults.length > 0) return error.faults.map(sentence).join(' ');
  const id = request.params.id ?? '';
  if (!isId(id)) return error.message;
  if (error.code === 'customer-not-found') return `There is no customer with the id ${id}.`;
  if (error.code === 'address-not-found') return `There is no customer address with the id ${id}.`;
  return error.message;
}

const sentence = (fault: Fault): string => `${fault.field} ${fault.message}`;
