/** connectFi's operations on customers (connectfi.md §4.1–§4.3) and its login (§1.3). */
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { success } from './answer.ts';
import {
  businessRepresentativeNotFound,
  customerExists,
  customerNotFound,
  invalidField,
  referenceExists,
} from './errors.ts';
import { customerIdOf, customerUuid, representativeIdOf } from './identifiers.ts';
import { checkInit } from './init-schema.ts';
import { readCustomer, writeCustomer } from './lens.ts';
import { claimsOf, customerFrom } from './registration.ts';
import { readBody } from './request.ts';
import { checkUpdate, type Update } from './schemas.ts';
import { getToken } from './session.ts';

export const routes: readonly Route[] = [
  { method: 'POST', path: '/auth/get-token', operation: 'Get Access Token', open: true, handle: getToken },
  { method: 'POST', path: '/customer/init', operation: 'Create', handle: initCustomer },
  { method: 'GET', path: '/customer/status/:customerId', operation: 'Get Customer', handle: getCustomer },
  { method: 'POST', path: '/customer/update', operation: 'Update', handle: updateCustomer },
];

async function initCustomer(call: Call): Promise<WireAnswer> {
  const init = readBody(call.request, checkInit);
  try {
    const { customers } = call.services;
    const stored = await customers.create(call.origin(), customerFrom(init), claimsOf(init));
    return success(call.request, readCustomer(stored));
  } catch (error) {
    if (!(error instanceof ConcordError) || error.code !== 'value-taken') throw error;
    const holder = await holderOf(call, error);
    throw error.context.scope === 'reference'
      ? referenceExists(init.customerReference, holder)
      : customerExists(call.caller.tenantName, holder);
  }
}

/** The id of the customer who has the value. */
async function holderOf(call: Call, { context }: ConcordError): Promise<string | undefined> {
  if (typeof context.customerId !== 'string') return undefined;
  const holder = await call.services.customers.find(call.caller.tenant, { id: context.customerId });
  return holder && customerIdOf(holder);
}

async function getCustomer(call: Call): Promise<WireAnswer> {
  const { customerId = '' } = call.request.params;
  const id = customerUuid(customerId);
  const customer =
    id === undefined ? undefined : await call.services.customers.find(call.caller.tenant, { id });
  if (!customer) throw customerNotFound(customerId);
  expectId(customer, customerId);
  return success(call.request, readCustomer(customer));
}

async function updateCustomer(call: Call): Promise<WireAnswer> {
  const update = readBody(call.request, checkUpdate);
  const { customerId } = update;
  const id = customerUuid(customerId);
  if (id === undefined) throw customerNotFound(customerId);
  const change = (customer: Customer): Customer => {
    expectId(customer, customerId);
    expectAllowed(customer, update);
    expectRepresentatives(customer, update);
    return writeCustomer(customer, update);
  };
  try {
    const stored = await call.services.customers.swap(call.origin(), { id }, change);
    return success(call.request, readCustomer(stored));
  } catch (error) {
    const unknown = error instanceof ConcordError && error.code === 'customer-not-found';
    throw unknown ? customerNotFound(customerId) : error;
  }
}

/** The prefix of an id is a part of it: the right UUID behind the wrong one names nobody. */
function expectId(customer: Customer, customerId: string): void {
  if (customerIdOf(customer) !== customerId) throw customerNotFound(customerId);
}

/** §4.3 [seed]: mere presence is refused, in the order of the page. */
function expectAllowed(
  customer: Customer,
  { customerId, customer: sent, businessRepresentatives }: Update,
): void {
  const forbidden =
    customer.kind === 'business'
      ? (['email', 'addresses', 'phones'] as const)
      : (['businessAddresses', 'businessPhones'] as const);
  const fields: string[] = forbidden.filter(name => Object.hasOwn(sent, name));
  if (customer.kind === 'individual' && businessRepresentatives !== undefined) {
    fields.push('businessRepresentatives');
  }
  if (fields.length > 0) throw invalidField(customerId, customer.kind, fields);
}

function expectRepresentatives(
  customer: Customer,
  { customerId, businessRepresentatives = [] }: Update,
): void {
  const known = new Set(customer.representatives.map(representativeIdOf));
  const stranger = businessRepresentatives.find(each => !known.has(each.id));
  if (stranger) throw businessRepresentativeNotFound(customerId, stranger.id);
}
