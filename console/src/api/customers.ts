/** Lists, counts and searches of customers, and making one. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, type Schema, taggedBodyOf } from './client.ts';
import { customerQuery, customersKey } from './customer.ts';

export type CustomerSummary = Schema<'CustomerSummary'>;
export type SearchMatch = Schema<'SearchMatch'>;
export type NewCustomer = Schema<'NewCustomer'>;

export interface CustomerFilter {
  readonly kind?: 'individual' | 'business';
  readonly status?: 'active' | 'inactive';
  readonly archived?: 'true' | 'false';
  readonly country?: string;
  readonly createdThrough?: string;
}
export type CustomerSort = 'number' | '-number' | 'name' | '-name' | 'createdAt' | '-createdAt';

/** Rows of one request: as many as the server gives, so that a quick scroll seldom waits. */
const PAGE_ROWS = 200;
/** As many as one looks through before typing more. */
const SEARCH_ROWS = 50;

export const customerListQuery = (filter: CustomerFilter, sort: CustomerSort) =>
  infiniteQueryOptions({
    queryKey: [...customersKey, 'list', filter, sort],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/concord/v1/customers', {
          params: {
            query: { ...filter, sort, limit: String(PAGE_ROWS), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
  });

export const customerCountQuery = (filter: CustomerFilter) =>
  queryOptions({
    queryKey: [...customersKey, 'count', filter],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/concord/v1/customers/count', { params: { query: filter }, signal }))).count,
  });

export const customerSearchQuery = (text: string) =>
  queryOptions({
    queryKey: [...customersKey, 'search', text],
    queryFn: async ({ signal }) =>
      (
        await bodyOf(
          api.GET('/concord/v1/customers/search', {
            params: { query: { q: text, limit: String(SEARCH_ROWS) } },
            signal,
          }),
        )
      ).items,
  });

export function useCustomerCreate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (customer: NewCustomer) =>
      taggedBodyOf(api.POST('/concord/v1/customers', { body: customer })),
    onSuccess: async created => {
      client.setQueryData(customerQuery(created.body.id).queryKey, created);
      await client.invalidateQueries({ queryKey: customersKey });
    },
  });
}
