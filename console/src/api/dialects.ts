/** The dialects of this installation, Concord's own API not among them. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from './client.ts';

export type DialectInfo = Schema<'DialectInfo'>;

export const dialectsQuery = queryOptions({
  queryKey: ['dialects'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/concord/v1/dialects', { signal }))).items,
  // They change with the version of the server only.
  staleTime: Number.POSITIVE_INFINITY,
});
