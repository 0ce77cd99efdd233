/** The OpenAPI documents of all APIs, to hold answers against: which operation a request is for, and what it may answer. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { concord } from '../../src/api/index.ts';
import type { Route, Surface } from '../../src/dialects/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type OpenApiDocument, openApiOf, type Response } from '../../src/server/openapi.ts';
import { ownerOf } from '../../src/server/ownership.ts';

/** Formats of the record that are checked where texts come in. */
const OWN_FORMATS = ['line', 'mailbox', 'text'];

const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true });
formats.default(ajv);
for (const name of OWN_FORMATS) ajv.addFormat(name, true);

export interface Matched {
  readonly surface: Surface<never>;
  /** Absent for a path of the vendor that no operation has. */
  readonly route?: Route<never>;
  /** Whether the path is known, but not with this method. */
  readonly otherMethod: boolean;
}

interface Answered {
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/** Concord's own first, as the server has them. */
const SURFACES: readonly Surface<never>[] = [concord, ...DIALECTS];

const documents = new Map<Surface<never>, OpenApiDocument>();
const validators = new Map<string, ValidateFunction>();

export function documentOf(surface: Surface<never>): OpenApiDocument {
  const known = documents.get(surface) ?? openApiOf(surface, 'test');
  documents.set(surface, known);
  return known;
}

/** As the router has it: a parameter may be empty, and a trailing slash is a part of the path. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]*')}$`);

/** As the server finds it: the path with the fewest parameters first, whosever it is; unknown paths by their prefix. */
export function matchOperation(method: string, path: string): Matched | undefined {
  const plain = path.replaceAll(/\/{2,}/g, '/');
  const owner = ownerOf(SURFACES, plain);
  const local = plain.slice(owner?.mount.length ?? 0);
  const [best] = (owner?.mount ? [owner.surface] : SURFACES)
    .flatMap(surface => surface.routes.map(route => ({ surface, path: route.path })))
    .filter(each => canBeDecoded(local) && patternOf(each.path).test(local))
    .toSorted((a, b) => parametersIn(a.path) - parametersIn(b.path));
  if (best) {
    const route = best.surface.routes.find(each => each.path === best.path && each.method === method);
    return { surface: best.surface, ...(route && { route }), otherMethod: !route };
  }
  return owner && { surface: owner.surface, otherMethod: false };
}

/** A path that cannot be decoded names nothing. */
function canBeDecoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const parametersIn = (path: string): number => path.split(':').length;

/** What is wrong with the answer according to the document; an empty list when nothing is. */
export function faultsOfAnswer(answered: Answered): string[] {
  const matched = matchOperation(answered.method, answered.path);
  if (!matched || answered.method === 'HEAD' || isStream(answered)) return [];
  const { surface, route } = matched;
  const place = `${surface.title} ${route?.operation ?? (matched.otherMethod ? '405' : '404')} → ${answered.status}`;
  const response = responseFor(surface, route, answered.status);
  if (!response) return [`${place}: the status is not in the document`];
  if (!response.content) {
    return answered.text === '' ? [] : [`${place}: a body where the document has none`];
  }
  const mediaType = (answered.contentType ?? '').split(';', 1)[0]!;
  const content = response.content[mediaType];
  if (!content) return [`${place}: the media type "${mediaType}" is not in the document`];
  let body: unknown;
  try {
    body = JSON.parse(answered.text);
  } catch {
    return [`${place}: the body is no JSON`];
  }
  const name = `${surface.name} ${route?.operation} ${answered.status}`;
  const validate = validators.get(name) ?? ajv.compile(selfContained(surface, content.schema));
  validators.set(name, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    error => `${place}: ${error.instancePath || 'the body'} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** Events are held against their schema by the tests that read them. */
const isStream = ({ contentType }: Answered): boolean =>
  contentType?.startsWith('text/event-stream') === true;

/** With the named schemas of its document beside it, so that references lead somewhere. */
const selfContained = (surface: Surface<never>, schema: object): object => {
  const { schemas } = documentOf(surface).components;
  return schemas ? { allOf: [schema], components: { schemas } } : schema;
};

function responseFor(
  surface: Surface<never>,
  route: Route<never> | undefined,
  status: number,
): Response | undefined {
  const document = documentOf(surface);
  if (!route) return document.components.responses[status];
  const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
  const response = document.paths[path]?.[route.method.toLowerCase()]?.responses[status];
  return response && '$ref' in response ? document.components.responses[status] : response;
}
