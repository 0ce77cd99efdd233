/** Refusals that several of Lightening's operations have in common (lightening.md §2.2, §4.3, §5). */
import type { ExampleFailure } from '../conformance/examples.ts';
import { BODY_MAXIMUM, IDS_MAXIMUM } from './wire.ts';

/** In the range of ids, and far beyond any that was given. */
export const UNKNOWN = 4_000_000_000;

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export const NOT_FOUND = { status: 200, body: { msg: 'Entity not found.', result: false } };
export const NOTHING_SENT = { status: 200, body: { error: 'Nothing sent for request.', result: false } };
export const REQUIRED = 'Field is required.';
export const NOT_IDS = 'Must be an array of integers.';

export const errors = (fields: Record<string, string>) => ({
  status: 200,
  body: { errors: fields, result: false },
});

const UNUSABLE = { result: false };

export const unknownToken: ExampleFailure = {
  name: 'an unknown token',
  request: () => ({ params: { internal_id: UNKNOWN }, headers: { Authorization: 'Bearer unknown' } }),
  status: 401,
  body: UNUSABLE,
  headers: { 'www-authenticate': 'Bearer' },
};

export const unreadableQuery: ExampleFailure = {
  name: 'a query that is not UTF-8',
  request: () => ({ query: 'customer_id=%FF' }),
  status: 400,
  body: UNUSABLE,
};

const tooMany = Array.from({ length: IDS_MAXIMUM + 1 }, (_, at) => at + 1);

/** §4.1, §5.1. */
export const customerQueryFailures: readonly ExampleFailure[] = [
  { name: 'no customer_id', request: () => ({}), ...errors({ customer_id: REQUIRED }) },
  {
    name: 'an empty customer_id',
    request: () => ({ query: 'customer_id[]=' }),
    ...errors({ customer_id: REQUIRED }),
  },
  {
    name: 'a customer_id that is no integer',
    request: () => ({ query: 'customer_id[]=1&customer_id[]=x' }),
    ...errors({ customer_id: NOT_IDS }),
  },
  {
    name: 'a customer_id that is nested deeper',
    request: () => ({ query: 'customer_id[a][b]=1' }),
    ...errors({ customer_id: NOT_IDS }),
  },
  {
    name: 'too many ids',
    request: () => ({ query: `customer_id=${tooMany.join(',')}` }),
    ...errors({ customer_id: `Must have at most ${IDS_MAXIMUM} entries.` }),
  },
  unreadableQuery,
  unknownToken,
];

/** §5.2: of every operation that reads a body; `params` are those of a path that is there. */
export const bodyFailures = (
  params: (world: Parameters<ExampleFailure['request']>[0]) => Record<string, string | number>,
): readonly ExampleFailure[] => [
  { name: 'no field', request: world => ({ params: params(world), body: {} }), ...NOTHING_SENT },
  {
    name: 'an empty form',
    request: world => ({ params: params(world), body: '', headers: FORM }),
    ...NOTHING_SENT,
  },
  {
    name: 'only fields that are not known',
    request: world => ({ params: params(world), body: { id: '5', colour: 'red' } }),
    ...NOTHING_SENT,
  },
  {
    name: 'a body that is no JSON',
    request: world => ({
      params: params(world),
      body: '{',
      headers: { 'content-type': 'application/json' },
    }),
    status: 400,
    body: UNUSABLE,
  },
  {
    name: 'JSON that is no object',
    request: world => ({ params: params(world), body: [] }),
    status: 400,
    body: UNUSABLE,
  },
  {
    name: 'another media type',
    request: world => ({
      params: params(world),
      body: 'company=x',
      headers: { 'content-type': 'text/plain' },
    }),
    status: 415,
    body: UNUSABLE,
  },
  {
    name: 'more than 64 KiB',
    request: world => ({ params: params(world), body: { company: 'x'.repeat(BODY_MAXIMUM) } }),
    status: 413,
    body: UNUSABLE,
  },
];
