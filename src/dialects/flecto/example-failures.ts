/** How Flecto refuses, as examples that several operations share (flecto.md §5). */
import type { Json } from '../../record/json.ts';
import type { ExampleFailure, ExampleRequest, World } from '../conformance/examples.ts';
import { document } from './example-documents.ts';

type Request = (world: World) => ExampleRequest;

/** No tenant has as many. */
export const UNKNOWN = 4_000_000_000;

const error = (status: number, code: string, source?: Json): Json => ({
  errors: [{ status: String(status), code, ...(source !== undefined && { source }) }],
});

export const failure = (
  name: string,
  status: number,
  code: string,
  request: Request,
  source?: Json,
): ExampleFailure => ({ name, status, request, body: error(status, code, source) });

export const notFound = (name: string, request: Request): ExampleFailure =>
  failure(name, 404, 'not_found', request);

export const conflict = (name: string, request: Request): ExampleFailure =>
  failure(name, 409, 'conflict', request);

export const unknownParameter = (of: Request): ExampleFailure =>
  failure('an unknown parameter', 400, 'bad_request', world => ({ ...of(world), query: 'colour=red' }), {
    parameter: 'colour',
  });

export const badParameter = (of: Request, query: string, parameter: string): ExampleFailure =>
  failure(`a bad ${parameter}`, 400, 'bad_request', world => ({ ...of(world), query }), { parameter });

export const notAcceptable = (of: Request): ExampleFailure =>
  failure(
    'an Accept of neither JSON type',
    406,
    'not_acceptable',
    world => ({ ...of(world), headers: { ...of(world).headers, accept: 'text/html' } }),
    { header: 'Accept' },
  );

/** What every operation that takes a body refuses, in the order of the checks. */
export const bodyFailures = (of: Request): readonly ExampleFailure[] => [
  failure(
    'another media type',
    415,
    'unsupported_media_type',
    world => ({ ...of(world), body: 'x', headers: { 'content-type': 'text/plain' } }),
    { header: 'Content-Type' },
  ),
  failure('a body that is no JSON', 400, 'bad_request', world => ({
    ...of(world),
    body: '{',
    headers: { 'content-type': 'application/json' },
  })),
];

/** What every operation with a document in its body refuses, in the order of the checks. */
export const documentFailures = (of: Request, type: string, faulty: string): readonly ExampleFailure[] => [
  ...bodyFailures(of),
  failure('no body', 400, 'bad_request', world => withoutBody(of(world)), { pointer: '' }),
  failure('no attributes', 400, 'bad_request', world => ({ ...of(world), body: { data: { type } } }), {
    pointer: '/data/attributes',
  }),
  failure('another type', 409, 'conflict', world => ({ ...of(world), body: document('booking', {}) }), {
    pointer: '/data/type',
  }),
  failure(
    `a list as ${faulty}`,
    422,
    'invalid',
    world => ({ ...of(world), body: document(type, { ...attributesOf(of(world)), [faulty]: ['x'] }) }),
    { pointer: `/data/attributes/${faulty}` },
  ),
];

const withoutBody = ({ body: _body, ...request }: ExampleRequest): ExampleRequest => request;

const attributesOf = ({ body }: ExampleRequest): { readonly [name: string]: Json } =>
  (body as { readonly data: { readonly attributes: { readonly [name: string]: Json } } }).data.attributes;
