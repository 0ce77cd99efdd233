/** Reading and changing one customer. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, type Schema, type Tagged, taggedBodyOf } from './client.ts';

export type Customer = Schema<'Customer'>;
export type CustomerPatch = Schema<'CustomerPatch'>;

/** Everything about one customer has a key that begins so: `invalidateQueries({ queryKey: customerKey(id) })`. */
export const customerKey = (id: string) => ['customer', id] as const;
/** Lists, counts and searches. */
export const customersKey = ['customers'] as const;

/** The record as it is, with its ETag. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: [...customerKey(id), 'record'],
    queryFn: ({ signal }) =>
      taggedBodyOf(api.GET('/concord/v1/customers/{id}', { params: { path: { id } }, signal })),
  });

/** After a change: the answer is the record now; views, history and lists are read anew. */
export function useCustomerChanged(id: string): (changed?: Tagged<Customer>) => Promise<void> {
  const client = useQueryClient();
  return async changed => {
    const { queryKey } = customerQuery(id);
    if (changed) client.setQueryData(queryKey, changed);
    await Promise.all([
      client.invalidateQueries({
        queryKey: customerKey(id),
        predicate: query => !changed || query.queryKey[2] !== queryKey[2],
      }),
      client.invalidateQueries({ queryKey: customersKey }),
    ]);
  };
}

export interface Change {
  readonly patch: CustomerPatch;
  /** Of the state that the change was made on. */
  readonly etag: string;
}

/** Sends a merge patch. Fails with the problem `precondition-failed` (412) when somebody else was faster. */
export function useCustomerPatch(id: string) {
  const changed = useCustomerChanged(id);
  return useMutation({
    mutationFn: ({ patch, etag }: Change) =>
      taggedBodyOf(
        api.PATCH('/concord/v1/customers/{id}', {
          params: { path: { id } },
          body: patch,
          headers: { 'if-match': etag, 'content-type': 'application/merge-patch+json' },
        }),
      ),
    onSuccess: changed,
  });
}

export function useCustomerArchive(id: string) {
  const changed = useCustomerChanged(id);
  return useMutation({
    mutationFn: ({ archive, etag }: { archive: boolean; etag: string }) => {
      const options = { params: { path: { id } }, headers: { 'if-match': etag } };
      return taggedBodyOf(
        archive
          ? api.POST('/concord/v1/customers/{id}/archive', options)
          : api.POST('/concord/v1/customers/{id}/restore', options),
      );
    },
    onSuccess: changed,
  });
}

/** Gone from every list and every view; the history keeps it. */
export function useCustomerDelete(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ etag }: { etag: string }) =>
      api.DELETE('/concord/v1/customers/{id}', {
        params: { path: { id } },
        headers: { 'if-match': etag },
      }),
    onSuccess: async () => {
      client.removeQueries({ queryKey: customerKey(id) });
      await client.invalidateQueries({ queryKey: customersKey });
    },
  });
}

/** Takes the person's values out of record and history for good. */
export function useCustomerErase(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.POST('/concord/v1/customers/{id}/erase', { params: { path: { id } } }),
    onSuccess: async () => {
      client.removeQueries({ queryKey: customerKey(id) });
      await client.invalidateQueries({ queryKey: customersKey });
    },
  });
}

/** Everything about the customer as one document; it is recorded as a reveal. */
export const exportCustomer = (id: string, reason: string): Promise<unknown> =>
  bodyOf(
    api.POST('/concord/v1/customers/{id}/export', {
      params: { path: { id } },
      body: { reason: reason === '' ? null : reason },
    }),
  );
