/** TypeScript types of an OpenAPI document, in the form that openapi-fetch reads: one interface `paths`, one `components`. */
import type { OpenApiDocument, Operation } from '../../src/server/openapi.ts';

/**
 * The JSON Schema that Concord's own routes use. Not openapi-typescript, because it works through the compiler API of
 * TypeScript 5, which TypeScript 7 no longer has.
 */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export function typesOf(document: OpenApiDocument): string {
  const { schemas = {}, responses } = document.components;
  return [
    '/** The types of Concord’s own API, made from its OpenAPI document by `npm run client`. Not edited by hand. */',
    '',
    `export interface paths ${record(
      Object.entries(document.paths).map(([path, operations]) => [quoted(path), pathOf(operations)]),
    )}`,
    '',
    `export interface components ${record([
      ['schemas', record(Object.entries(schemas).map(([name, schema]) => [name, typeOf(schema as Schema)]))],
      [
        'responses',
        record(Object.entries(responses).map(([name, response]) => [name, responseOf(response)])),
      ],
    ])}`,
    '',
  ].join('\n');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;

/** Names with `?` are optional. */
const record = (members: readonly (readonly [string, string])[]): string =>
  members.length === 0
    ? '{}'
    : `{\n${members.map(([name, type]) => `  ${keyOf(name)}: ${type.replaceAll('\n', '\n  ')};`).join('\n')}\n}`;

const keyOf = (name: string): string => (/^('.*'|\w+\??|\d+)$/.test(name) ? name : quoted(name));

function pathOf(operations: Readonly<Record<string, Operation>>): string {
  return record([
    ['parameters', '{ query?: never; header?: never; path?: never; cookie?: never }'],
    ...METHODS.map((method): [string, string] =>
      operations[method] ? [method, operationOf(operations[method])] : [`${method}?`, 'never'],
    ),
  ]);
}

function operationOf(operation: Operation): string {
  const parameters = (operation.parameters ?? []) as readonly Parameter[];
  const { content } = (operation.requestBody ?? {}) as { content?: Content };
  return record([
    [
      'parameters',
      record([
        parametersIn(parameters, 'query'),
        parametersIn(parameters, 'header'),
        parametersIn(parameters, 'path'),
        ['cookie?', 'never'],
      ]),
    ],
    content ? ['requestBody', record([['content', contentOf(content)]])] : ['requestBody?', 'never'],
    [
      'responses',
      record(
        Object.entries(operation.responses).map(([status, response]) => [
          status,
          '$ref' in response ? pointed(response.$ref) : responseOf(response),
        ]),
      ),
    ],
  ]);
}

function parametersIn(parameters: readonly Parameter[], place: Parameter['in']): [string, string] {
  const here = parameters.filter(parameter => parameter.in === place);
  if (here.length === 0) return [`${place}?`, 'never'];
  return [
    here.some(parameter => parameter.required) ? place : `${place}?`,
    record(
      here.map(({ name, required, schema }) => [`${keyOf(name)}${required ? '' : '?'}`, typeOf(schema)]),
    ),
  ];
}

const responseOf = (response: { readonly content?: object }): string =>
  record([
    ['headers', '{ [name: string]: unknown }'],
    response.content ? ['content', contentOf(response.content as Content)] : ['content?', 'never'],
  ]);

/** A stream is read as it comes, not by this client. */
const STREAM = 'text/event-stream';

const contentOf = (content: Content): string =>
  record(
    Object.entries(content)
      .filter(([type]) => type !== STREAM)
      .map(([type, { schema }]) => [quoted(type), typeOf(schema)]),
  );

/** `#/components/schemas/Customer` as TypeScript reaches it. */
const pointed = (reference: string): string => {
  const [root, ...rest] = reference.replace('#/', '').split('/');
  return `${root}${rest.map(name => `[${/^\d+$/.test(name) ? name : quoted(name)}]`).join('')}`;
};

function typeOf(schema: Schema): string {
  if (schema.$ref) return pointed(schema.$ref);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return union(schema.enum.map(literal));
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return union(alternatives.map(typeOf));
  if (schema.allOf) return schema.allOf.map(part => `(${typeOf(part)})`).join(' & ');
  if (schema.type === undefined) return schema.properties ? objectOf(schema) : 'unknown';
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return union(types.map(type => singleOf(type, schema)));
}

function singleOf(type: string, schema: Schema): string {
  switch (type) {
    case 'integer':
      return 'number';
    case 'array':
      return `(${schema.items ? typeOf(schema.items) : 'unknown'})[]`;
    case 'object':
      return objectOf(schema);
    default:
      return type;
  }
}

function objectOf({ properties, required = [], additionalProperties, patternProperties }: Schema): string {
  const [pattern] = Object.values(patternProperties ?? {});
  const others = pattern ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  if (!properties || Object.keys(properties).length === 0) {
    if (others) return `{ [name: string]: ${typeOf(others)} }`;
    return additionalProperties === false ? 'Record<string, never>' : '{ [name: string]: unknown }';
  }
  return record(
    Object.entries(properties).map(([name, schema]) => [
      `${keyOf(name)}${required.includes(name) ? '' : '?'}`,
      typeOf(schema),
    ]),
  );
}

const literal = (value: unknown): string =>
  typeof value === 'string' ? quoted(value) : JSON.stringify(value);

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');
