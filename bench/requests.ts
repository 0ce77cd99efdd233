/** What is measured: one read and one write in each API, each time of another customer, and how a right answer looks. */
import type { Access } from '../src/cli/demo/access.ts';
import type { CredentialSpace } from '../src/dialects/contract.ts';
import { toBase62 } from '../src/record/identifier.ts';
import type { Kind } from './options.ts';
import { addressId, addressNumber, customerId, customerNumber, emailOf, FAMILY_NAME } from './sample.ts';

export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** What the body of a right answer has in it: which customer, or what was just written. Flecto answers with none. */
  readonly expected?: string;
}

export interface Target {
  readonly name: CredentialSpace | 'limit';
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  /** Of the customer at this index. */
  read(index: number): Shot;
  write(index: number): Shot;
}

const JSON_TYPE = 'application/json';

const random = (bound: number): number => Math.floor(Math.random() * bound);
const street = (): string => `${1 + random(999_999)} Market Street`;
const nameOf = (index: number): string => `"${FAMILY_NAME} ${customerNumber(index)}"`;

/** The bare server: the customer's number is the path. */
const limitTarget: Target = {
  name: 'limit',
  headers: {},
  contentType: JSON_TYPE,
  read: index => ({ method: 'GET', path: `/${customerNumber(index)}`, expected: nameOf(index) }),
  write: index => ({
    method: 'PUT',
    path: `/${customerNumber(index)}`,
    body: JSON.stringify({ street: street() }),
    expected: '{}',
  }),
};

export const targetOf = (name: Target['name'], access: Access): Target =>
  name === 'limit' ? limitTarget : targets(access).find(each => each.name === name)!;

export const TARGET_NAMES = [
  'concord',
  'flecto',
  'flexportal',
  'lightening',
  'connectfi',
  'billbee',
] as const satisfies readonly CredentialSpace[];

function targets(access: Access): Target[] {
  const target = (
    name: CredentialSpace,
    read: (at: number) => [path: string, expected: string],
    write: (at: number) => [method: string, path: string, body: unknown, expected?: string],
    contentType = JSON_TYPE,
  ): Target => ({
    name,
    headers: access[name].headers,
    contentType,
    read: index => {
      const [path, expected] = read(index);
      return { method: 'GET', path, expected };
    },
    write: index => {
      const [method, path, body, expected] = write(index);
      return { method, path, body: JSON.stringify(body), ...(expected !== undefined && { expected }) };
    },
  });
  return [
    target(
      'concord',
      at => [`/concord/v1/customers/${customerId(at)}`, nameOf(at)],
      at => {
        const line1 = street();
        const addresses = [{ id: addressId(at, 0), line1 }, { id: addressId(at, 1) }];
        return ['PATCH', `/concord/v1/customers/${customerId(at)}`, { addresses }, line1];
      },
      'application/merge-patch+json',
    ),
    target(
      'flecto',
      at => [`/api/saas/me/customers/${customerNumber(at)}/addresses`, `"${addressNumber(at, 0)}"`],
      at => {
        const address_street = street();
        return [
          'PUT',
          `/api/saas/me/customers/${customerNumber(at)}/addresses/${addressNumber(at, 0)}`,
          { data: { type: 'customer_address', attributes: { address_street } } },
        ];
      },
    ),
    target(
      'flexportal',
      at => [`/v1/customers/cust_${toBase62(customerId(at))}`, nameOf(at)],
      at => {
        const id = `cust_${toBase62(customerId(at))}`;
        const firstName = `Ada ${random(999_999)}`;
        return ['PUT', `/v1/customers/${id}`, { customerId: id, firstName }, firstName];
      },
    ),
    target(
      'lightening',
      at => [`/address/${addressNumber(at, 0)}`, `"${customerNumber(at)}"`],
      at => {
        const street1 = street();
        return [
          'POST',
          `/address/${addressNumber(at, 0)}`,
          { customer_ids: [customerNumber(at)], company: 'Ada Sample', street1 },
          '"result":true',
        ];
      },
    ),
    target(
      'connectfi',
      at => [`/customer/status/cstap_${toBase62(customerId(at))}`, toBase62(customerId(at))],
      at => {
        const id = `cstap_${toBase62(customerId(at))}`;
        // Another mailbox of the same person each time, because an equal one would be no change.
        const email = `${random(999_999)}.${emailOf(at)}`;
        return ['POST', '/customer/update', { customerId: id, customer: { email } }, email];
      },
    ),
    target(
      'billbee',
      at => [`/api/v1/customers/${customerNumber(at)}`, `"Id":${customerNumber(at)},`],
      at => {
        const VatId = `DE${100_000_000 + random(899_999_999)}`;
        return ['PUT', `/api/v1/customers/${customerNumber(at)}`, { VatId }, VatId];
      },
    ),
  ];
}

/** Headers that only changes need. Concord's own API asks for a condition; `*` is met by every state. */
export const writeHeaders = (target: Target, kind: Kind): Readonly<Record<string, string>> =>
  kind === 'read'
    ? {}
    : { 'content-type': target.contentType, ...(target.name === 'concord' && { 'if-match': '*' }) };
