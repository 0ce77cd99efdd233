/** The places of a request where a value stands, and the same request with another value in one of them. Pure. */
import type { ExampleRequest } from '../../src/dialects/conformance/examples.ts';
import type { Json } from '../../src/record/json.ts';

/** `params` and a name; `query` and the position of a pair; `body` and the way into it. */
export type Place = readonly ['params' | 'query' | 'body', ...(string | number)[]];

export const nameOfPlace = (place: Place): string => place.join('.');

export function* placesOf({ params = {}, query, body }: ExampleRequest): Generator<Place> {
  for (const name of Object.keys(params)) yield ['params', name];
  for (const position of pairsOf(query).keys()) yield ['query', position];
  if (body !== undefined) yield* leavesOf(body, ['body']);
}

function* leavesOf(value: Json, place: Place): Generator<Place> {
  if (typeof value !== 'object' || value === null) yield place;
  else if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* leavesOf(item as Json, [...place, at]);
  else for (const [name, item] of Object.entries(value)) yield* leavesOf(item as Json, [...place, name]);
}

/** Of a pair of the query its value, decoded. */
export function valueAt(request: ExampleRequest, [part, ...way]: Place): Json | undefined {
  if (part === 'params') return request.params?.[String(way[0])];
  if (part === 'query') return pairsOf(request.query)[Number(way[0])]?.[1];
  let current: unknown = request.body;
  for (const key of way) current = (current as Record<string | number, unknown> | null | undefined)?.[key];
  return current as Json | undefined;
}

export function withValue(request: ExampleRequest, [part, ...way]: Place, value: Json): ExampleRequest {
  if (part === 'params')
    return { ...request, params: { ...request.params, [String(way[0])]: String(value) } };
  if (part === 'query') {
    const pairs = pairsOf(request.query).map(([name, present], at): [string, string] =>
      at === way[0] ? [name, String(value)] : [name, present],
    );
    return {
      ...request,
      query: pairs.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join('&'),
    };
  }
  return { ...request, body: replaced(request.body ?? null, way, value) };
}

/** The places of `request` where `other`, made from the same example, says something else. */
export const differing = (request: ExampleRequest, other: ExampleRequest): Place[] =>
  [...placesOf(request)].filter(
    place => JSON.stringify(valueAt(request, place)) !== JSON.stringify(valueAt(other, place)),
  );

function replaced(value: Json, [key, ...rest]: readonly (string | number)[], replacement: Json): Json {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, at) => (at === key ? replaced(item as Json, rest, replacement) : (item as Json)));
  const object = value as { readonly [name: string]: Json };
  return { ...object, [key]: replaced(object[key] ?? null, rest, replacement) };
}

const pairsOf = (query: string | undefined): [string, string][] =>
  (query ?? '')
    .split('&')
    .filter(pair => pair !== '')
    .map(pair => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    });
