/** Which query parameters an operation takes: one description for reading them and for the document of the API. */
import { type TSchema, Type } from '../schema.ts';
import type { SortKey } from './query.ts';
import { choice } from './wire.ts';

/** flecto.md §3.3 [convention]. */
export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_MAXIMUM = 100;
/** Longer than any name, e-mail, phone or VAT number that somebody would look for. */
export const SEARCH_MAXIMUM = 254;
/** What the record looks for at once; the words of a name are fewer. */
export const SEARCH_WORDS_MAXIMUM = 20;

export interface QueryShape {
  /** The members of each type that the answer may show. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly include?: readonly string[];
  readonly paged?: true;
  readonly sort?: readonly string[];
  /** Whether this order can be had, where not every combination of keys can. */
  readonly sortable?: (keys: readonly SortKey[]) => boolean;
  readonly search?: true;
  readonly statuses?: readonly string[];
}

/** The schemas of the parameters by name, as `Route.query` has them. */
export function parametersOf(shape: QueryShape): Record<string, TSchema> {
  const parameters: Record<string, TSchema> = {};
  if (shape.paged) {
    parameters['page[number]'] = Type.Integer({ minimum: 1, default: 1 });
    parameters['page[size]'] = Type.Integer({
      minimum: 1,
      maximum: PAGE_SIZE_MAXIMUM,
      default: PAGE_SIZE_DEFAULT,
    });
  }
  if (shape.sort) parameters.sort = listOf(shape.sort, '-?');
  if (shape.search) parameters['filter[search]'] = Type.String({ maxLength: SEARCH_MAXIMUM });
  if (shape.statuses) parameters['filter[status]'] = choice(...shape.statuses);
  if (shape.include) parameters.include = listOf(shape.include);
  for (const [type, names] of Object.entries(shape.fields)) parameters[`fields[${type}]`] = listOf(names);
  return parameters;
}

/** Names joined by commas, each with what may stand before it. */
const listOf = (names: readonly string[], before = ''): TSchema => {
  const name = `${before}(${names.join('|')})`;
  return Type.String({ pattern: `^(${name}(,${name})*)?$` });
};
