/** JSON:API documents: resources with their compound, their fieldsets, and the links of a page (flecto.md §1, §3.3). */
import type { Call, WireAnswer, WireRequest } from '../contract.ts';
import { languageOf } from './language.ts';
import { contentTypeOf } from './negotiation.ts';
import { FIRST_PAGE, type Page, type Query, readParameters } from './query.ts';

export interface ResourceIdentifier {
  readonly id: string;
  readonly type: string;
}

/** One resource object of a document. */
export interface ResourceObject extends ResourceIdentifier {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<
    Record<string, { readonly data: ResourceIdentifier | readonly ResourceIdentifier[] | null }>
  >;
}

export interface ApiDocument {
  readonly data: ResourceObject | readonly ResourceObject[];
  readonly included?: readonly ResourceObject[];
  readonly meta?: { readonly total: number; readonly pages: number };
  readonly links?: Readonly<Record<'self' | 'first' | 'prev' | 'next' | 'last', string | null>>;
}

export const identifier = (type: string, number: number | string): ResourceIdentifier => ({
  id: String(number),
  type,
});

/** `included` is there when something was asked to be, without anything that the document has already. */
export function compose(
  query: Query,
  data: ApiDocument['data'],
  included: readonly ResourceObject[] = [],
): ApiDocument {
  const told = new Set([data].flat().map(nameOf));
  const others = included.filter(each => !told.has(nameOf(each)) && told.add(nameOf(each)));
  const shown = (each: ResourceObject) => withFields(each, query.fields.get(each.type));
  return {
    data: isList(data) ? data.map(shown) : shown(data),
    ...(query.include.size > 0 && { included: others.map(shown) }),
  };
}

const isList = (data: ApiDocument['data']): data is readonly ResourceObject[] => Array.isArray(data);

const nameOf = ({ type, id }: ResourceIdentifier): string => `${type} ${id}`;

/** A fieldset names attributes and relationships alike. */
function withFields(resource: ResourceObject, wanted: ReadonlySet<string> | undefined): ResourceObject {
  if (!wanted) return resource;
  const only = <Value>(members: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(members).filter(([name]) => wanted.has(name)));
  const { id, type, attributes, relationships = {} } = resource;
  const related = only(relationships);
  return {
    id,
    type,
    attributes: only(attributes),
    ...(Object.keys(related).length > 0 && { relationships: related }),
  };
}

/** The document as one page of `total` resources. */
export function paged(
  request: WireRequest,
  document: ApiDocument,
  { number, size }: Page,
  total: number,
): ApiDocument {
  const pages = Math.ceil(total / size);
  const last = Math.max(pages, 1);
  const at = (page: number): string => linkTo(request, { number: page, size });
  return {
    ...document,
    meta: { total, pages },
    links: {
      self: at(number),
      first: at(1),
      prev: number > 1 ? at(Math.min(number - 1, last)) : null,
      next: number < last ? at(number + 1) : null,
      last: at(last),
    },
  };
}

/** The same request for another page, with all of its other parameters. */
function linkTo(request: WireRequest, page: Page): string {
  const parameters = readParameters(request);
  parameters.set('page[number]', [String(page.number)]);
  parameters.set('page[size]', [String(page.size)]);
  const query = [...parameters].flatMap(([name, values]) =>
    values.map(value => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return `${request.baseUrl}${request.path}?${query.join('&')}`;
}

/** The part of a small list that the page shows; all of it without one (flecto.md §2.5). */
export function pagedInMemory(
  request: WireRequest,
  query: Query,
  resources: readonly ResourceObject[],
  included: (shown: readonly ResourceObject[]) => readonly ResourceObject[] = () => [],
): ApiDocument {
  const { page } = query;
  if (!page) return compose(query, resources, included(resources));
  const from = offsetOf(page);
  const shown = resources.slice(from, from + page.size);
  return paged(request, compose(query, shown, included(shown)), page, resources.length);
}

export const offsetOf = ({ number, size }: Page): number => (number - 1) * size;

export const pageOf = (query: Query): Page => query.page ?? FIRST_PAGE;

/** An answer with a document, in the caller's language and media type. */
export const answer = (
  call: Call,
  status: number,
  document: ApiDocument,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer => ({
  status,
  headers: {
    'content-type': contentTypeOf(call.request),
    'content-language': languageOf(call.request),
    ...headers,
  },
  body: document,
});

/** 201 with the new resource; `location` is its path below the origin. */
export const created = (call: Call, resource: ResourceObject, location: string): WireAnswer =>
  answer(call, 201, { data: resource }, { location: `${call.request.baseUrl}${location}` });
