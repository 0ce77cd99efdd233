/** What the address of the customers page says: search, filters and order. */

export const SORTS = ['number', '-number', 'name', '-name', 'createdAt', '-createdAt'] as const;
export type Sort = (typeof SORTS)[number];

export interface CustomersSearch {
  /** What was typed into the search box. */
  readonly query?: string;
  readonly kind?: 'individual' | 'business';
  readonly status?: 'active' | 'inactive';
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** The dialect that the customer came through. */
  readonly through?: string;
  /** Only the archived; without it only those that are not. */
  readonly archived?: true;
  readonly sort?: Sort;
}

/** As much as the server reads. */
export const QUERY_MAXIMUM = 200;

const oneOf = <const Values extends readonly string[]>(values: Values, value: unknown) =>
  values.find(known => known === value) as Values[number] | undefined;

const matching = (pattern: RegExp, value: unknown): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

/** What is not understood is passed over: an old link still opens. */
export function customersSearch(search: Record<string, unknown>): CustomersSearch {
  const query = search.query === undefined ? '' : String(search.query).slice(0, QUERY_MAXIMUM);
  const kind = oneOf(['individual', 'business'], search.kind);
  const status = oneOf(['active', 'inactive'], search.status);
  const sort = oneOf(SORTS, search.sort);
  const country = matching(/^[A-Z]{2}$/, search.country);
  const through = matching(/^[a-z]{1,30}$/, search.through);
  return {
    ...(query !== '' && { query }),
    ...(kind && { kind }),
    ...(status && { status }),
    ...(country && { country }),
    ...(through && { through }),
    ...(search.archived === true && { archived: true }),
    ...(sort && { sort }),
  };
}
