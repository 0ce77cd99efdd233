/** JSON:API's query parameters: pages, order, filters, inclusion and sparse fieldsets (flecto.md §3.3 [convention]). */
import { ConcordError, type Fault } from '../../record/errors.ts';
import { faultOf } from '../../record/text.ts';
import type { WireRequest } from '../contract.ts';
import type { TSchema } from '../schema.ts';
import type { QueryShape } from './query-shape.ts';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAXIMUM, SEARCH_MAXIMUM, SEARCH_WORDS_MAXIMUM } from './query-shape.ts';

/** Where a page begins must stay a number that the store can count to. */
const PAGE_NUMBER = /^0*[1-9][0-9]{0,8}$/;

/** Names that an error may show: what else a client sends as one is not given back. */
const PARAMETER_NAME = /^[A-Za-z0-9_.[\]-]{1,64}$/;

export interface SortKey {
  readonly name: string;
  readonly descending: boolean;
}

export interface Page {
  /** From 1. */
  readonly number: number;
  readonly size: number;
}

export interface Query {
  /** Absent when no parameter of the page was sent. */
  readonly page?: Page;
  readonly sort: readonly SortKey[];
  readonly include: ReadonlySet<string>;
  /** The members that are wanted, by resource type; a type without an entry shows all of them. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly search?: string;
  readonly status?: string;
}

export const FIRST_PAGE: Page = { number: 1, size: PAGE_SIZE_DEFAULT };

const EVERYTHING: Query = { sort: [], include: new Set(), fields: new Map() };

/**
 * JSON:API 1.1, query parameters: what a server does not know it must refuse.
 *
 * @throws ConcordError `request-invalid` with one fault a parameter.
 */
export function expectParameters(request: WireRequest, known: Readonly<Record<string, TSchema>>): void {
  if (request.query === '') return;
  const unknown = new Set([...readParameters(request).keys()].filter(name => !Object.hasOwn(known, name)));
  expectNoFaults([...unknown].map(name => fault(PARAMETER_NAME.test(name) ? name : '', 'unknown-parameter')));
}

/** @throws ConcordError `request-invalid` with one fault a parameter. */
export function readQuery(request: WireRequest, shape: QueryShape): Query {
  if (request.query === '') return EVERYTHING;
  const parameters = readParameters(request);
  const faults: Fault[] = [];
  const one = (name: string): string | undefined => {
    const values = parameters.get(name) ?? [];
    if (values.length > 1) faults.push(fault(name, 'given-twice'));
    return values[0];
  };
  const many = (name: string, allowed: readonly string[], rule: string): string[] => {
    const names = (parameters.get(name) ?? []).flatMap(value => value.split(',')).filter(each => each !== '');
    if (names.some(each => !allowed.includes(each))) faults.push(fault(name, rule));
    return names;
  };
  const number = one('page[number]');
  const size = one('page[size]');
  if (number !== undefined && !PAGE_NUMBER.test(number)) faults.push(fault('page[number]', 'not-a-page'));
  if (size !== undefined && !isPageSize(size)) faults.push(fault('page[size]', 'not-a-page-size'));
  const keys = (shape.sort ?? []).flatMap(name => [name, `-${name}`]);
  const sort = many('sort', keys, 'unknown-sort').map(key => ({
    name: key.replace(/^-/, ''),
    descending: key.startsWith('-'),
  }));
  if (shape.sortable && !shape.sortable(sort)) faults.push(fault('sort', 'unknown-order'));
  const include = new Set(many('include', shape.include ?? [], 'unknown-include'));
  const fields = new Map(
    Object.entries(shape.fields)
      .filter(([type]) => parameters.has(`fields[${type}]`))
      .map(([type, names]) => [type, new Set(many(`fields[${type}]`, names, 'unknown-field'))]),
  );
  const search = one('filter[search]');
  const unsearchable = search === undefined ? undefined : searchFault(search);
  if (unsearchable !== undefined) faults.push(fault('filter[search]', unsearchable));
  const status = one('filter[status]');
  if (status !== undefined && !shape.statuses?.includes(status)) {
    faults.push(fault('filter[status]', 'not-a-choice'));
  }
  expectNoFaults(faults);
  const page = number === undefined && size === undefined ? undefined : pageOf(number, size);
  return {
    sort,
    include,
    fields,
    ...(page && { page }),
    ...(search !== undefined && { search }),
    ...(status !== undefined && { status }),
  };
}

/** By name, in the order sent; a parameter may be repeated. */
export function readParameters({ query }: WireRequest): Map<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  return parameters;
}

function searchFault(search: string): string | undefined {
  if (wordsOf(search).length > SEARCH_WORDS_MAXIMUM) return 'too-long';
  const found = faultOf(search, SEARCH_MAXIMUM);
  return found && (found === 'long' ? 'too-long' : 'not-a-line');
}

export const wordsOf = (search: string): string[] => search.split(/\s+/).filter(word => word !== '');

const isPageSize = (text: string): boolean =>
  /^[0-9]{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= PAGE_SIZE_MAXIMUM;

const pageOf = (number: string | undefined, size: string | undefined): Page => ({
  number: number === undefined ? FIRST_PAGE.number : Number(number),
  size: size === undefined ? FIRST_PAGE.size : Number(size),
});

export const fault = (parameter: string, rule: string): Fault => ({
  field: parameter,
  message: rule,
  code: 'parameter',
});

export function expectNoFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ConcordError('request-invalid', { faults });
}
