/** The OpenAPI 3.1 document of an API, made of its route table and of the schemas that validate. */
import type { Route, Surface } from '../dialects/contract.ts';

type Schema = object;

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Surface<never>['security'];
    readonly responses: Readonly<Record<string, Response>>;
    /** Schemas that have a name, by it. */
    readonly schemas?: Readonly<Record<string, Schema>>;
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
  own: 'Concord’s own',
} as const;

export function openApiOf(surface: Surface<never>, version: string): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of surface.routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(surface, route) };
  }
  const { refusalMediaTypes: refusalTypes = surface.mediaTypes } = surface;
  const own = surface.routes.every(route => route.provenance === 'own');
  return withNamedSchemas({
    openapi: '3.1.0',
    info: {
      title: own ? surface.title : `${surface.title}, as Concord answers it`,
      version,
      description: own
        ? 'The customer record itself: what each system sees of it, who changed it, and who may come in.'
        : `The customer area of ${surface.title}’s API, on the vendor’s own paths.`,
    },
    servers: own ? [{ url: '/' }] : [{ url: '/' }, { url: `/${surface.name}` }],
    tags: [...new Set(surface.routes.map(route => route.group))].map(name => ({ name })),
    security: [Object.fromEntries(Object.keys(surface.security).map(name => [name, []]))],
    paths,
    components: {
      securitySchemes: surface.security,
      responses: Object.fromEntries(
        Object.entries(surface.refusals).map(([status, schema]) => [
          status,
          responseOf(refusalTypes, [schema], `Refused with ${status}`),
        ]),
      ),
    },
  });
}

/** A schema with a `title` is written once, below that name, so that generated clients name its type. */
function withNamedSchemas(document: OpenApiDocument): OpenApiDocument {
  const schemas: Record<string, Schema> = {};
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist);
    if (typeof value !== 'object' || value === null) return value;
    const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hoist(item)]));
    if (typeof plain.title !== 'string' || !('type' in plain || 'anyOf' in plain)) return plain;
    const { title, ...schema } = plain;
    schemas[title] = schema;
    return { $ref: `#/components/schemas/${title}` };
  };
  const { paths, components } = document;
  const hoisted = { paths: hoist(paths), responses: hoist(components.responses) } as Pick<
    OpenApiDocument,
    'paths'
  > &
    Pick<OpenApiDocument['components'], 'responses'>;
  if (Object.keys(schemas).length === 0) return document;
  return {
    ...document,
    paths: hoisted.paths,
    components: { ...components, responses: hoisted.responses, schemas },
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

function operationOf(surface: Surface<never>, route: Route<never>): Operation {
  const { operation, group, provenance, body } = route;
  return {
    operationId: operation.replaceAll(/[^A-Za-z0-9]+/g, '_'),
    summary: operation,
    description: route.description ?? `Method and path are ${PROVENANCE[provenance]}.`,
    tags: [group],
    ...parametersOf(route),
    ...(body && {
      requestBody: {
        content: Object.fromEntries(
          body.mediaTypes.map(type => [type, { schema: plainSchema(body.schema) }]),
        ),
      },
    }),
    responses: responsesOf(surface, route),
    ...(route.open && { security: [] as const }),
  };
}

function parametersOf({ path, query = {}, queryRequired = [] }: Route<never>): Pick<Operation, 'parameters'> {
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
function responsesOf(surface: Surface<never>, { answers, streams }: Route<never>): Operation['responses'] {
  const refused = Object.keys(surface.refusals)
    .filter(status => !(status in answers))
    .map(status => [status, { $ref: `#/components/responses/${status}` }] as const);
  const given = Object.entries(answers).map(([status, schema]) => {
    const refusal = surface.refusals[Number(status)];
    const response = responseOf(surface.mediaTypes, refusal ? [schema, refusal] : [schema], 'Done');
    return [status, streams ? withStream(response) : response] as const;
  });
  return Object.fromEntries([...given, ...refused]);
}

function responseOf(
  mediaTypes: readonly string[],
  bodies: readonly (Schema | null)[],
  description: string,
): Response {
  const schemas = bodies.filter(body => body !== null);
  if (schemas.length === 0) return { description };
  const schema = schemas.length === 1 ? schemas[0]! : { anyOf: schemas };
  return { description, content: Object.fromEntries(mediaTypes.map(type => [type, { schema }])) };
}

const withStream = (response: Response): Response => ({
  ...response,
  content: { ...response.content, 'text/event-stream': { schema: { type: 'string' } } },
});
