/** The dialects' OpenAPI documents, to hold answers against: which operation a request is for, and what it may answer. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Dialect, Route } from '../../src/dialects/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type OpenApiDocument, openApiOf, type Response } from '../../src/server/openapi.ts';
import { ownerOf } from '../../src/server/ownership.ts';

/** Formats of the record that are checked where texts come in. */
const OWN_FORMATS = ['line', 'mailbox', 'text'];

const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true });
formats.default(ajv);
for (const name of OWN_FORMATS) ajv.addFormat(name, true);

export interface Matched {
  readonly dialect: Dialect;
  /** Absent for a path of the vendor that no operation has. */
  readonly route?: Route;
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

const documents = new Map<Dialect, OpenApiDocument>();
const validators = new Map<string, ValidateFunction>();

export function documentOf(dialect: Dialect): OpenApiDocument {
  const known = documents.get(dialect) ?? openApiOf(dialect, 'test');
  documents.set(dialect, known);
  return known;
}

/** As the router has it: a parameter may be empty, and a trailing slash is a part of the path. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]*')}$`);

/** As the server finds it: the path with the fewest parameters first, whosever it is; unknown paths by their prefix. */
export function matchOperation(method: string, path: string): Matched | undefined {
  const plain = path.replaceAll(/\/{2,}/g, '/');
  const owner = ownerOf(DIALECTS, plain);
  const local = plain.slice(owner?.mount.length ?? 0);
  const [best] = (owner?.mount ? [owner.dialect] : DIALECTS)
    .flatMap(dialect => dialect.routes.map(route => ({ dialect, path: route.path })))
    .filter(each => canBeDecoded(local) && patternOf(each.path).test(local))
    .toSorted((a, b) => parametersIn(a.path) - parametersIn(b.path));
  if (best) {
    const route = best.dialect.routes.find(each => each.path === best.path && each.method === method);
    return { dialect: best.dialect, ...(route && { route }), otherMethod: !route };
  }
  return owner && { dialect: owner.dialect, otherMethod: false };
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
  if (!matched || answered.method === 'HEAD') return [];
  const { dialect, route } = matched;
  const place = `${dialect.title} ${route?.operation ?? (matched.otherMethod ? '405' : '404')} → ${answered.status}`;
  const response = responseFor(dialect, route, answered.status);
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
  const name = `${dialect.name} ${route?.operation} ${answered.status}`;
  const validate = validators.get(name) ?? ajv.compile(content.schema);
  validators.set(name, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(
    error => `${place}: ${error.instancePath || 'the body'} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

function responseFor(dialect: Dialect, route: Route | undefined, status: number): Response | undefined {
  const document = documentOf(dialect);
  if (!route) return document.components.responses[status];
  const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
  const response = document.paths[path]?.[route.method.toLowerCase()]?.responses[status];
  return response && '$ref' in response ? document.components.responses[status] : response;
}
