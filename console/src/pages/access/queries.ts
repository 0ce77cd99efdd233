/** Credentials, tenants and looks at documents: reading and changing them. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../../api/client.ts';

export type Credential = Schema<'Credential'>;
export type NewCredential = Schema<'NewCredential'>;
export type NewTenant = Schema<'NewTenant'>;
export type Reveal = Schema<'Reveal'>;
export type Secrets = Schema<'IssuedCredential'>['secrets'];

/** The time of the last use is told to the minute. */
const REFRESH_MILLISECONDS = 30_000;

export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: async ({ signal }): Promise<readonly Credential[]> =>
    (await bodyOf(api.GET('/concord/v1/credentials', { signal }))).items as readonly Credential[],
  refetchInterval: REFRESH_MILLISECONDS,
});

export interface CredentialForm {
  readonly dialect: string;
  readonly title: string;
  /** JSON Schema. */
  readonly options: unknown;
}

export const credentialFormsQuery = queryOptions({
  queryKey: ['credential-forms'],
  queryFn: async ({ signal }): Promise<readonly CredentialForm[]> =>
    (await bodyOf(api.GET('/concord/v1/credential-forms', { signal }))).items as readonly CredentialForm[],
  // They change with the version of the server only.
  staleTime: Number.POSITIVE_INFINITY,
});

export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: async ({ signal }): Promise<readonly Schema<'Tenant'>[]> =>
    (await bodyOf(api.GET('/concord/v1/tenants', { signal }))).items as readonly Schema<'Tenant'>[],
});

export const revealsQuery = infiniteQueryOptions({
  queryKey: ['reveals'],
  queryFn: async ({ pageParam, signal }) => {
    const query = pageParam === undefined ? {} : { cursor: pageParam };
    const { items, next } = await bodyOf(api.GET('/concord/v1/reveals', { params: { query }, signal }));
    return { items: items as readonly Reveal[], next: next as string | null };
  },
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

/** One for what a person wants once: however often it is sent, it is done once. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

export interface Once<Body> {
  readonly body: Body;
  readonly key: string;
}

/** Made when the person decides, not when it is sent. */
export const once = <Body>(body: Body): Once<Body> => ({ body, key: newKey() });

const keyed = (key: string) => ({ 'idempotency-key': key });

/** Secrets are not kept longer than the dialog that shows them. */
const FORGETFUL = { gcTime: 0 } as const;

export function useCredentialCreate() {
  const client = useQueryClient();
  return useMutation({
    ...FORGETFUL,
    mutationFn: ({ body, key }: Once<NewCredential>) =>
      bodyOf(api.POST('/concord/v1/credentials', { body, headers: keyed(key) })),
    onSuccess: () => client.invalidateQueries({ queryKey: credentialsQuery.queryKey }),
  });
}

export function useCredentialRotate(id: string) {
  const client = useQueryClient();
  return useMutation({
    ...FORGETFUL,
    mutationFn: ({ body, key }: Once<Schema<'Rotation'>>) =>
      bodyOf(
        api.POST('/concord/v1/credentials/{id}/rotate', {
          params: { path: { id } },
          body,
          headers: keyed(key),
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: credentialsQuery.queryKey }),
  });
}

export function useCredentialRevoke(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/concord/v1/credentials/{id}', { params: { path: { id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: credentialsQuery.queryKey }),
  });
}

export function useTenantCreate() {
  const client = useQueryClient();
  return useMutation({
    ...FORGETFUL,
    mutationFn: ({ body, key }: Once<NewTenant>) =>
      bodyOf(api.POST('/concord/v1/tenants', { body, headers: keyed(key) })),
    onSuccess: () => client.invalidateQueries({ queryKey: tenantsQuery.queryKey }),
  });
}
