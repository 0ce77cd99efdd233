/** How examples of Billbee's operations are made, and the failures that many of them share (billbee.md §2.4). */
import type { Json } from '../../record/json.ts';
import type { Example, ExampleFailure, ExampleRequest, World } from '../conformance/examples.ts';

/** What to send in this world. */
export type Build = (world: World) => ExampleRequest;

/** No tenant of a test comes this far. */
export const UNKNOWN = 4_000_000_000;

export const NO_ERROR = { ErrorMessage: null, ErrorCode: 0, ErrorDescription: 'NoError' };
const INVALID = { ErrorCode: 11, ErrorDescription: 'InvalidData', Data: null };
const JSON_TYPE = { 'content-type': 'application/json' };

/** A request that names nothing. */
export const NOWHERE: Build = () => ({});

export const ofCustomer = ({ individual }: World) => ({ params: { id: individual.number } });
export const addressOf = ({ individual }: World): number => individual.addresses[0]!.address.number!;
export const ofAddress = (world: World) => ({ params: { id: addressOf(world) } });

export const invalid = (name: string, request: Build, message?: string): ExampleFailure => ({
  name,
  request,
  status: 400,
  body: message === undefined ? INVALID : { ...INVALID, ErrorMessage: message },
});

export const unbound = (name: string, request: Build): ExampleFailure => ({
  name,
  request,
  status: 400,
  body: { Message: 'The request is invalid.' },
});

/** What every operation owes. */
export const unacceptable = (request: Build): ExampleFailure => ({
  name: 'an answer in XML alone',
  request: world => {
    const wanted = request(world);
    return { ...wanted, headers: { ...wanted.headers, accept: 'application/xml' } };
  },
  status: 406,
});

/** What every operation with a body owes; `place` is the request without one. */
export const unreadable = (place: Build): readonly ExampleFailure[] => [
  unbound('no body', place),
  unbound('a body that is no JSON', world => ({ ...place(world), body: '{', headers: JSON_TYPE })),
  unbound('a body that is no object', world => ({ ...place(world), body: [] })),
  {
    name: 'a body in XML',
    request: world => ({ ...place(world), body: '<x/>', headers: { 'content-type': 'application/xml' } }),
    status: 415,
  },
];

/** What every path with an id owes. */
export const absent = (
  what: 'customer' | 'customer address',
  rest: ExampleRequest = {},
): readonly ExampleFailure[] => [
  {
    name: `an unknown ${what}`,
    request: () => ({ ...rest, params: { id: UNKNOWN } }),
    status: 404,
    body: { ...INVALID, ErrorMessage: `There is no ${what} with the id ${UNKNOWN}.` },
  },
  {
    name: 'an id that is no number',
    request: () => ({ ...rest, params: { id: 'abc' } }),
    status: 404,
    body: { Message: 'There is no such path.' },
  },
];

export const reading = (
  what: 'customer' | 'customer address' | undefined,
  request: Build,
  example: Omit<Example, 'request' | 'status' | 'failures'>,
): Example => ({
  request,
  status: 200,
  failures: [...(what ? absent(what) : []), unacceptable(request)],
  ...example,
});

interface Writing {
  readonly place: Build;
  readonly body: (world: World) => Json;
  readonly shows: (world: World) => Json;
  readonly failures: readonly ExampleFailure[];
  readonly stranger?: 'refused' | 'own';
}

export function writing({ place, body, shows, failures, stranger }: Writing): Example {
  const request: Build = world => ({ ...place(world), body: body(world) });
  return {
    request,
    status: 200,
    body: world => ({ ...NO_ERROR, Data: shows(world) }),
    failures: [...failures, ...unreadable(place), unacceptable(request)],
    ...(stranger && { stranger }),
  };
}
