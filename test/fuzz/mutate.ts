/** Mutations of a valid request: along its schemas where it has them, and past them. */

import type { Random } from '../../src/cli/demo/random.ts';
import type { ExampleRequest } from '../../src/dialects/conformance/examples.ts';
import type { Route } from '../../src/dialects/contract.ts';
import type { Json } from '../../src/record/json.ts';

/** What a fuzzed request is, ready to be sent. */
export interface FuzzedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: string | undefined;
  /** Bytes as they go, or none. */
  readonly body: string | Uint8Array | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

type Schema = { readonly [keyword: string]: unknown };
type Place = readonly (string | number)[];

const MUTATIONS_MAXIMUM = 3;

/** Longer than any limit of a text and shorter than any limit of a body. */
const LONG = 'x'.repeat(2_000);

const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\nb',
  '\ud800',
  '\u202e',
  'ß',
  '😀'.repeat(300),
  LONG,
  '<script>alert(1)</script>',
  "'; drop table concord.customer; --",
  '%00',
  '../..',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-0',
  '1e309',
  '9'.repeat(40),
  '٣',
  'true',
  '[]',
  '{}',
  '2026-02-30',
  '0x10',
  '+49 30 123456',
];
const ODD_NUMBERS = [0, -0, -1, 1.5, 1e-7, 2 ** 31, 2 ** 32, 2 ** 53, 1e21, -1e308, 4_294_967_296];
const ODD_VALUES: readonly Json[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { '': '' },
  { length: 3 },
  ['a', 'a'],
  Array.from({ length: 300 }, (_, at) => at),
];

/** Bodies that are no JSON, or hardly. */
const RAW_BODIES: readonly (string | Uint8Array)[] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '1',
  '{"a":1e999}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{}}}',
  `${'['.repeat(200)}${']'.repeat(200)}`,
  `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
  Uint8Array.from([0xff, 0xfe, 0x7b]),
  '{"a":1,"a":2}',
  '\ufeff{}',
  'a=1&a=2&b[]=3&c[x][y]=4&%ff',
  '--x\r\n\r\nx',
];

const MEDIA_TYPES = [
  'application/json',
  'text/plain',
  'application/xml',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  '',
  'x',
];
const ODD_SEGMENTS = [
  '0',
  '-1',
  '1e3',
  '4294967295',
  '4294967296',
  '9'.repeat(30),
  '%00',
  '%ff',
  '..%2f',
  'a b',
  '😀',
  "'",
  'cust_',
  'cstap_1',
  'null',
  '',
];

export function mutate(route: Route, request: ExampleRequest, random: Random): FuzzedRequest {
  const draft: Draft = {
    params: Object.fromEntries(
      Object.entries(request.params ?? {}).map(([name, value]) => [name, encodeURIComponent(value)]),
    ),
    query: request.query,
    value: request.body,
    raw: undefined,
    headers: { ...request.headers },
  };
  for (let count = random.below(MUTATIONS_MAXIMUM + 1); count > 0; count -= 1) {
    random.pick(mutationsFor(route, draft))(draft, route, random);
  }
  return finish(draft);
}

interface Draft {
  params: Record<string, string>;
  query: string | undefined;
  value: Json | undefined;
  raw: string | Uint8Array | undefined;
  headers: Record<string, string | undefined>;
}

type Mutation = (draft: Draft, route: Route, random: Random) => void;

function mutationsFor(route: Route, { params, value }: Draft): readonly Mutation[] {
  return [
    // Bodies are where most code is, so most mutations go there.
    ...(typeof value === 'object' && value !== null
      ? [byValue, byValue, bySchema, bySchema, byRemoval, byRepetition]
      : []),
    ...(route.body ? [byRawBody, byMediaType] : []),
    ...(Object.keys(params).length > 0 ? [bySegment] : []),
    ...(route.query ? [byParameter, byParameter] : []),
    byQueryText,
    byHeader,
  ];
}

const byValue: Mutation = (draft, _route, random) => {
  draft.value = replaceAt(draft.value!, anyPlace(draft.value!, random), oddValue(random));
};

/** A value at the edge of what the schema says of the place, or a property that the body does not have yet. */
const bySchema: Mutation = (draft, route, random) => {
  const place = anyPlace(draft.value!, random);
  const schema = schemaAt(route.body?.schema as Schema | undefined, place);
  const here = valueAt(draft.value!, place);
  const properties = Object.entries((schema?.properties ?? {}) as Record<string, Schema>);
  if (properties.length > 0 && isObject(here)) {
    const [name, inner] = random.pick(properties);
    draft.value = replaceAt(draft.value!, [...place, name], edgeOf(inner, random));
  } else draft.value = replaceAt(draft.value!, place, edgeOf(schema ?? {}, random));
};

const byRemoval: Mutation = (draft, _route, random) => {
  const place = anyPlace(draft.value!, random);
  if (place.length > 0) draft.value = replaceAt(draft.value!, place, undefined);
};

const byRepetition: Mutation = (draft, _route, random) => {
  const place = anyPlace(draft.value!, random);
  const here = valueAt(draft.value!, place) ?? null;
  draft.value = replaceAt(
    draft.value!,
    place,
    Array.from({ length: random.pick([2, 3, 101]) }, () => here),
  );
};

const byRawBody: Mutation = (draft, _route, random) => {
  const text = JSON.stringify(draft.value ?? {});
  draft.raw = random.chance(40) ? text.slice(0, random.below(text.length + 1)) : random.pick(RAW_BODIES);
};

const byMediaType: Mutation = (draft, _route, random) => {
  draft.headers['content-type'] = random.pick(MEDIA_TYPES);
};

const bySegment: Mutation = (draft, _route, random) => {
  draft.params[random.pick(Object.keys(draft.params))] = random.pick(ODD_SEGMENTS);
};

const byParameter: Mutation = (draft, route, random) => {
  const [name, schema] = random.pick(Object.entries(route.query!));
  const value = random.chance(50) ? edgeOf(schema as Schema, random) : random.pick(ODD_TEXTS);
  const pair = `${encodeText(name)}=${encodeText(typeof value === 'string' ? value : JSON.stringify(value))}`;
  draft.query = draft.query && random.chance(60) ? `${draft.query}&${pair}` : pair;
};

const byQueryText: Mutation = (draft, _route, random) => {
  draft.query = random.pick([
    '%',
    '%ff=%fe',
    'a[b][c]=1',
    '=',
    '&&&',
    `a=${LONG}`,
    'page[number]=x',
    'filter[]=1',
    '__proto__=1',
  ]);
};

const byHeader: Mutation = (draft, _route, random) => {
  const [name, values] = random.pick([
    [
      'accept',
      [
        'application/xml',
        '*/*',
        'text/html',
        '',
        'application/vnd.api+json; charset=utf-8',
        `${'a/b,'.repeat(50)}`,
      ],
    ],
    ['accept-language', ['pt', 'es-AR;q=0.5, en;q=0', '*', 'xx', ';;;,', 'de,'.repeat(40)]],
    ['authorization', ['', 'Bearer', 'Bearer x.y.z', 'Basic eDp5', 'Token x', `Bearer ${LONG}`]],
    ['content-type', MEDIA_TYPES],
    ['if-match', ['*']],
  ] as [string, string[]][]);
  draft.headers[name] = random.pick(values);
};

function finish({ params, query, value, raw, headers }: Draft): FuzzedRequest {
  const body =
    raw ?? (value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value));
  const json = body !== undefined && headers['content-type'] === undefined;
  return {
    params,
    query,
    body,
    headers: json ? { ...headers, 'content-type': 'application/json' } : headers,
  };
}

const oddValue = (random: Random): Json =>
  random.pick<Json>(random.pick<readonly Json[]>([ODD_TEXTS, ODD_TEXTS, ODD_NUMBERS, ODD_VALUES]));

/** On the boundary of the schema, one step over it, or of another type. */
function edgeOf(schema: Schema, random: Random): Json {
  const {
    enum: values,
    const: constant,
    maxLength,
    minLength,
    minimum,
    maximum,
    anyOf,
    oneOf,
    items,
    properties,
  } = schema;
  const alternatives = (anyOf ?? oneOf) as Schema[] | undefined;
  if (alternatives && alternatives.length > 0) return edgeOf(random.pick(alternatives), random);
  const edges: Json[] = [];
  if (Array.isArray(values)) edges.push(...(values as Json[]), 'none of these');
  if (constant !== undefined) edges.push(constant as Json);
  if (typeof maxLength === 'number')
    edges.push('x'.repeat(maxLength), 'x'.repeat(maxLength + 1), '😀'.repeat(maxLength));
  if (typeof minLength === 'number')
    edges.push('x'.repeat(minLength), 'x'.repeat(Math.max(0, minLength - 1)));
  if (typeof minimum === 'number') edges.push(minimum, minimum - 1);
  if (typeof maximum === 'number') edges.push(maximum, maximum + 1, maximum + 0.5);
  if (items) edges.push([], [edgeOf(items as Schema, random)]);
  if (properties) {
    edges.push(
      Object.fromEntries(
        Object.entries(properties as Record<string, Schema>)
          .filter(() => random.chance(60))
          .map(([name, inner]) => [name, edgeOf(inner, random)]),
      ),
    );
  }
  return edges.length === 0 || random.chance(20) ? oddValue(random) : random.pick(edges);
}

function schemaAt(schema: Schema | undefined, place: Place): Schema | undefined {
  let current = schema;
  for (const key of place) {
    const alternatives = (current?.anyOf ?? current?.oneOf) as Schema[] | undefined;
    const options = alternatives ?? (current ? [current] : []);
    current = options
      .map(each =>
        typeof key === 'number' ? each.items : (each.properties as Record<string, Schema> | undefined)?.[key],
      )
      .find(each => each !== undefined) as Schema | undefined;
  }
  return current;
}

/** Every place in the value, the root among them. */
function* placesIn(value: Json, place: Place = []): Generator<Place> {
  yield place;
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) yield* placesIn(item as Json, [...place, at]);
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) yield* placesIn(item, [...place, name]);
}

const anyPlace = (value: Json, random: Random): Place => random.pick([...placesIn(value)]);

function valueAt(value: Json, place: Place): Json | undefined {
  let current: unknown = value;
  for (const key of place) current = (current as Record<string | number, unknown> | null)?.[key];
  return current as Json | undefined;
}

/** The value with another one at the place; `undefined` takes it away. */
function replaceAt(value: Json, place: Place, replacement: Json | undefined): Json {
  const [key, ...rest] = place;
  if (key === undefined) return replacement ?? null;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (rest.length === 0 && replacement === undefined) return list.filter((_, at) => at !== key);
    return list.map((item, at) => (at === key ? replaceAt(item, rest, replacement) : item));
  }
  const object = isObject(value) ? value : {};
  if (rest.length === 0 && replacement === undefined) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  }
  return { ...object, [key]: replaceAt(object[key] ?? null, rest, replacement) };
}

const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const encodeText = (text: string): string => encodeURIComponent(text.toWellFormed());
