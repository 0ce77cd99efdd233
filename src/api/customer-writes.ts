/** Writing customers: a new one, and changes that say which state they are about. */
import type { WireAnswer } from '../dialects/contract.ts';
import { type Customer, isArchived } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { claimsOf, explainClaim } from './claims.ts';
import { customerAnswer, customerKey } from './customer-answer.ts';
import { expectNoNewStrangers, strangersAmong } from './employees.ts';
import { preconditionOf } from './etag.ts';
import { customerFrom, patched } from './patch.ts';
import { readBody } from './request.ts';
import { type ApiCall, BASE } from './route.ts';
import { CustomerPatch, NewCustomer } from './schemas/customer-input.ts';
import type { CustomerSent } from './sent.ts';

/** The two names of a merge patch; clients that know no patch types send plain JSON. */
export const PATCH_TYPES = ['application/merge-patch+json', 'application/json'];

export async function createCustomer(call: ApiCall): Promise<WireAnswer> {
  const { request, services, newId } = call;
  const sent = readBody(request, NewCustomer) as CustomerSent & { kind: Customer['kind'] };
  const customer = customerFrom(sent, services.now(), newId);
  expectNoNewStrangers(undefined, customer, await strangersAmong(call, sent.employees));
  const stored =
    (await madeBefore(call)) ??
    (await services.customers.create(call.origin(), customer, claimsOf(customer)).catch(explainClaim));
  const { headers, body } = customerAnswer(call, stored);
  const location = `${request.baseUrl}${BASE}/customers/${stored.id}`;
  return { status: 201, headers: { ...headers, location }, body };
}

/** By an attempt with the same idempotency key that died before it could answer. */
async function madeBefore({ caller, services, newId }: ApiCall): Promise<Customer | undefined> {
  return newId === undefined ? undefined : services.customers.find(caller.tenant, { id: newId });
}

export async function patchCustomer(call: ApiCall): Promise<WireAnswer> {
  const sent = readBody(call.request, CustomerPatch, PATCH_TYPES) as CustomerSent;
  const strangers = await strangersAmong(call, sent.employees);
  return changeCustomer(call, customer => {
    expectOpen(customer);
    const after = patched(customer, sent, call.services.now());
    expectNoNewStrangers(customer, after, strangers);
    return after;
  });
}

/**
 * Before anything is compared: refused for what differs alone, a change would tell the number of a document to whoever
 * tries one out.
 *
 * @throws ConcordError `customer-archived`.
 */
export function expectOpen(customer: Customer): void {
  if (isArchived(customer)) throw new ConcordError('customer-archived');
}

/** The condition is asked of the very state that is changed, so that nobody's change slips in between. */
export async function changeCustomer(
  call: ApiCall,
  change: (customer: Customer) => Customer,
): Promise<WireAnswer> {
  const precondition = preconditionOf(call.request);
  const stored = await call.services.customers
    .swap(
      call.origin(),
      customerKey(call),
      customer => {
        precondition(customer);
        return change(customer);
      },
      claimsOf,
    )
    .catch(explainClaim);
  return customerAnswer(call, stored);
}

export async function deleteCustomer(call: ApiCall): Promise<WireAnswer> {
  const precondition = preconditionOf(call.request);
  await call.services.customers.remove(call.origin(), customerKey(call), precondition);
  return { status: 204 };
}
