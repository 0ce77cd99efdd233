/** What each system is answered. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../../../api/client.ts';
import { customerKey } from '../../../api/customer.ts';

export type View = Schema<'View'>;

export const viewsQuery = (id: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'views'],
    queryFn: async ({ signal }): Promise<readonly View[]> =>
      (await bodyOf(api.GET('/concord/v1/customers/{id}/views', { params: { path: { id } }, signal }))).views,
    // What a system sees now, also after an edit in another window.
    refetchOnWindowFocus: 'always',
  });
