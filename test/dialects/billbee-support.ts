/** What Billbee's tests share: a Concord of their own, requests to the vendor's paths, and how it says no. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { type Answer, type Concord, type SendOptions, startConcord } from '../support/concord.ts';
import { type AddressWish, aCustomer } from '../support/customers.ts';

const FIXTURES = join(import.meta.dirname, '../../src/dialects/billbee/fixtures');

export const fixture = (name: string) => JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Starts a Concord for the suite that calls this, and stops it afterwards. */
export function useBillbee(options: { readonly rateLimits?: boolean } = {}) {
  let started: Concord;
  before(async () => {
    started = await startConcord(options);
  });
  after(() => started.stop());

  const send = (method: string, path: string, sent: SendOptions = {}): Promise<Answer> =>
    started.send(started.harbor, 'billbee', method, `/api/v1${path}`, sent);
  return {
    concord: () => started,
    send,
    fresh: (wish: Partial<Customer> = {}, ...addresses: AddressWish[]): Promise<Customer> =>
      started.create(started.harbor, aCustomer(wish, addresses)),
    put: (customer: Pick<Customer, 'number'>, body: unknown, headers = {}) =>
      send('PUT', `/customers/${customer.number}`, { body, headers }),
    get: async (customer: Pick<Customer, 'number'>) =>
      (await send('GET', `/customers/${customer.number}`)).json.Data,
    post: (body: unknown) => send('POST', '/customers', { body }),
    record: (customer: Customer) => started.record(started.harbor, customer.id),
  };
}

export const addressOf = (customer: Customer, index = 0): number =>
  customer.addresses[index]!.address.number!;

/** A rule is broken: the envelope. */
export function invalid(answer: Pick<Answer, 'status' | 'json'>, message: RegExp): void {
  assert.equal(answer.status, 400);
  const { ErrorMessage, ...rest } = answer.json as { ErrorMessage: string };
  assert.deepEqual(rest, { ErrorCode: 11, ErrorDescription: 'InvalidData', Data: null });
  assert.match(ErrorMessage, message);
}

/** A body does not fit the model: Message and ModelState. */
export function unbound(answer: Pick<Answer, 'status' | 'json'>, state: object): void {
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.json, { Message: 'The request is invalid.', ModelState: state });
}
