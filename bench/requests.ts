/** What is measured: one read and one write in each dialect, each time of another customer. */
import type { Access } from '../src/cli/demo/access.ts';
import type { DialectName } from '../src/dialects/contract.ts';
import { toBase62 } from '../src/record/identifier.ts';

export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export interface Target {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  read(): Shot;
  write(): Shot;
}

const random = (bound: number): number => Math.floor(Math.random() * bound);
const street = (): string => `${1 + random(99_999)} Market Street`;

/** The bare server: the customer's number is the path. */
export const limitTarget = (customers: number): Target => ({
  name: 'limit',
  headers: {},
  read: () => ({ method: 'GET', path: `/${1 + random(customers)}` }),
  write: () => ({
    method: 'PUT',
    path: `/${1 + random(customers)}`,
    body: JSON.stringify({ street: street() }),
  }),
});

export function dialectTargets(ids: readonly string[], access: Access): Target[] {
  const index = () => random(ids.length);
  const target = (
    name: DialectName,
    read: (at: number) => string,
    write: (at: number) => [method: string, path: string, body: unknown],
  ): Target => ({
    name,
    headers: access[name].headers,
    read: () => ({ method: 'GET', path: read(index()) }),
    write: () => {
      const [method, path, body] = write(index());
      return { method, path, body: JSON.stringify(body) };
    },
  });
  return [
    target(
      'flecto',
      at => `/api/saas/me/customers/${at + 1}/addresses`,
      at => [
        'PUT',
        `/api/saas/me/customers/${at + 1}/addresses/${2 * at + 1}`,
        { data: { type: 'customer_address', attributes: { address_street: street() } } },
      ],
    ),
    target(
      'flexportal',
      at => `/v1/customers/cust_${toBase62(ids[at]!)}`,
      at => {
        const customerId = `cust_${toBase62(ids[at]!)}`;
        return ['PUT', `/v1/customers/${customerId}`, { customerId, firstName: `Ada ${random(99_999)}` }];
      },
    ),
    target(
      'lightening',
      at => `/address/${2 * at + 1}`,
      at => [
        'POST',
        `/address/${2 * at + 1}`,
        { customer_ids: [at + 1], company: 'Ada Sample', street1: street() },
      ],
    ),
    target(
      'connectfi',
      at => `/customer/status/cstap_${toBase62(ids[at]!)}`,
      at => [
        'POST',
        '/customer/update',
        {
          customerId: `cstap_${toBase62(ids[at]!)}`,
          customer: { email: `sample${random(99_999)}@example.test` },
        },
      ],
    ),
    target(
      'billbee',
      at => `/api/v1/customers/${at + 1}`,
      at => ['PUT', `/api/v1/customers/${at + 1}`, { VatId: `DE${100_000_000 + random(899_999_999)}` }],
    ),
  ];
}
