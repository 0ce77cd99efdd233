/** Refusals that several of FlexPortal's operations have in common (flexportal.md §1.4, §5). */
import type { ExampleFailure } from '../conformance/examples.ts';

/** Well-formed, and nobody's. */
export const UNKNOWN = 'cust_1';
export const error = (code: string) => ({ error: { code } });

export const notFound: ExampleFailure = {
  name: 'an unknown customer',
  request: () => ({ params: { customerId: UNKNOWN } }),
  status: 404,
  body: error('NOT_FOUND'),
};

export const notAnId: ExampleFailure = {
  name: 'an id that no customer can have',
  request: () => ({ params: { customerId: '42' } }),
  status: 404,
  body: error('NOT_FOUND'),
};

const withHeaders = (headers: Readonly<Record<string, string>>) => () => ({
  params: { customerId: UNKNOWN },
  headers,
});

/** §1.4: the key and the tenant come before everything else. */
export const strangers: readonly ExampleFailure[] = [
  {
    name: 'no key',
    request: withHeaders({ Authorization: '' }),
    status: 401,
    body: error('AUTH_REQUIRED'),
    headers: { 'www-authenticate': 'Bearer' },
  },
  {
    name: 'an unknown key',
    request: withHeaders({ Authorization: 'Bearer unknown' }),
    status: 401,
    body: error('INVALID_TOKEN'),
    headers: { 'www-authenticate': 'Bearer' },
  },
  {
    name: 'a tenant that is not the one of the key',
    request: withHeaders({ 'Tenant-ID': 'elsewhere' }),
    status: 403,
    body: error('NO_TENANT_ACCESS'),
  },
];
