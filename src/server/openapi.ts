/** The OpenAPI 3.1 document of a dialect, made of its route table and of the schemas that validate. */
import type { Answers, Dialect, Route } from '../dialects/contract.ts';

type Schema = object;

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Dialect['security'];
    readonly responses: Readonly<Record<string, Response>>;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, Response | { readonly $ref: string }>>;
  readonly security?: readonly [];
}

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** What vouches for an operation, as the specifications mark it. */
const PROVENANCE = {
  seed: 'given by the vendor’s document',
  docs: 'on a public page of the vendor',
  convention: 'a convention of Concord, where the vendor publishes nothing',
} as const;

export function openApiOf(dialect: Dialect, version: string): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of dialect.routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(dialect, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${dialect.title}, as Concord answers it`,
      version,
      description: `The customer area of ${dialect.title}’s API, on the vendor’s own paths.`,
    },
    servers: [{ url: '/' }, { url: `/${dialect.name}` }],
    tags: [...new Set(dialect.routes.map(route => route.group))].map(name => ({ name })),
    security: [Object.fromEntries(Object.keys(dialect.security).map(name => [name, []]))],
    paths,
    components: {
      securitySchemes: dialect.security,
      responses: Object.fromEntries(
        Object.entries(dialect.refusals).map(([status, schema]) => [
          status,
          responseOf(dialect, [schema], `Refused with ${status}`),
        ]),
      ),
    },
  };
}

/**
 * The schema as JSON Schema 2020-12 writes it: `nullable` is of OpenAPI 3.0, and of the vendor who validates with it
 * (connectfi.md §2.3 [seed]).
 */
function plainSchema(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value !== 'object' || value === null || value.nullable !== true) return value;
    const { nullable: _nullable, ...rest } = value;
    return { ...rest, type: [value.type, 'null'] };
  }) as Schema;
}

function operationOf(dialect: Dialect, route: Route): Operation {
  const { operation, group, provenance, body } = route;
  return {
    operationId: operation.replaceAll(/[^A-Za-z0-9]+/g, '_'),
    summary: operation,
    description: `Method and path are ${PROVENANCE[provenance]}.`,
    tags: [group],
    ...parametersOf(route),
    ...(body && {
      requestBody: {
        content: Object.fromEntries(
          body.mediaTypes.map(type => [type, { schema: plainSchema(body.schema) }]),
        ),
      },
    }),
    responses: responsesOf(dialect, route.answers),
    ...(route.open && { security: [] as const }),
  };
}

function parametersOf({ path, query = {}, queryRequired = [] }: Route): Pick<Operation, 'parameters'> {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: queryRequired.includes(name),
    schema,
  }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length === 0 ? {} : { parameters };
}

/** A vendor that refuses with the status of a success has both bodies under it. */
function responsesOf(dialect: Dialect, answers: Answers): Operation['responses'] {
  const refused = Object.keys(dialect.refusals)
    .filter(status => !(status in answers))
    .map(status => [status, { $ref: `#/components/responses/${status}` }] as const);
  const given = Object.entries(answers).map(([status, schema]) => {
    const refusal = dialect.refusals[Number(status)];
    return [status, responseOf(dialect, refusal ? [schema, refusal] : [schema], 'Done')] as const;
  });
  return Object.fromEntries([...given, ...refused]);
}

function responseOf(dialect: Dialect, bodies: readonly (Schema | null)[], description: string): Response {
  const schemas = bodies.filter(body => body !== null);
  if (schemas.length === 0) return { description };
  const schema = schemas.length === 1 ? schemas[0]! : { anyOf: schemas };
  return { description, content: Object.fromEntries(dialect.mediaTypes.map(type => [type, { schema }])) };
}
