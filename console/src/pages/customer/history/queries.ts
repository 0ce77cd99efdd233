/** What this page reads: the history in pages, the record at a moment, and what a revert would do. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schema, type Tagged, taggedBodyOf } from '../../../api/client.ts';
import { type Customer, customerKey } from '../../../api/customer.ts';

export type Change = Schema<'Change'>;
export type RevertPreview = Schema<'RevertPreview'>;

/** Changes of one page. */
const PAGE = 100;

export const historyKey = (id: string) => [...customerKey(id), 'history'] as const;

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: historyKey(id),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/concord/v1/customers/{id}/history', {
          params: {
            path: { id },
            query: { limit: String(PAGE), ...(pageParam !== null && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  });

/** The record as it was; what was cannot change. */
export const customerAtQuery = (id: string, at: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'at', at],
    queryFn: ({ signal }): Promise<Customer> =>
      bodyOf(api.GET('/concord/v1/customers/{id}', { params: { path: { id }, query: { at } }, signal })),
  });

export interface Revert {
  readonly sequence: number;
  /** Only this field, or the whole change. */
  readonly path?: string;
}

const bodyFor = ({ sequence, path }: Revert, force?: boolean): Schema<'RevertRequest'> => ({
  sequence,
  ...(path !== undefined && { paths: [path] }),
  ...(force && { force }),
});

/** `etag` of the record that the preview is of: another record, another preview. */
export const revertPreviewQuery = (id: string, revert: Revert, etag: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'revert', revert.sequence, revert.path ?? null, etag],
    queryFn: async ({ signal }): Promise<RevertPreview> =>
      (await bodyOf(
        api.POST('/concord/v1/customers/{id}/revert', {
          params: { path: { id }, query: { preview: 'true' } },
          body: bodyFor(revert),
          signal,
        }),
      )) as RevertPreview,
    gcTime: 0,
  });

export const sendRevert = async (
  id: string,
  revert: Revert,
  etag: string,
  force: boolean,
): Promise<Tagged<Customer>> =>
  (await taggedBodyOf(
    api.POST('/concord/v1/customers/{id}/revert', {
      params: { path: { id } },
      body: bodyFor(revert, force),
      headers: { 'if-match': etag },
    }),
  )) as Tagged<Customer>;

/** The newest change: after a revert, the one that it made. */
export const newestChange = async (id: string): Promise<Change | undefined> =>
  (
    await bodyOf(
      api.GET('/concord/v1/customers/{id}/history', { params: { path: { id }, query: { limit: '1' } } }),
    )
  ).items[0];
