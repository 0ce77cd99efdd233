/** connectFi's operations on customers (connectfi.md §4.1–§4.3). */
import { claimsOf } from '../../record/claims.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { CustomerRecord } from './answers.ts';
import { customerRecord } from './customer-record.ts';
import { businessRepresentativeNotFound, customerExists, invalidField, referenceExists } from './errors.ts';
import { findCustomer, swapCustomer } from './find.ts';
import { customerIdOf, representativeIdOf } from './identifiers.ts';
import { checkInit, Init } from './init-schema.ts';
import { writeCustomer } from './lens.ts';
import { customerFrom } from './registration.ts';
import { MEDIA_TYPES, readBody } from './request.ts';
import { checkUpdate, Update } from './schemas.ts';

const group = 'Customer';
const answers = { 200: CustomerRecord };

export const customerRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/customer/init',
    operation: 'Create',
    group,
    provenance: 'docs',
    section: 'connectfi.md §4.1',
    body: { mediaTypes: MEDIA_TYPES, schema: Init },
    answers,
    handle: initCustomer,
  },
  {
    method: 'GET',
    path: '/customer/status/:customerId',
    operation: 'Get Customer',
    group,
    provenance: 'docs',
    section: 'connectfi.md §4.2',
    answers,
    handle: getCustomer,
  },
  {
    method: 'POST',
    path: '/customer/update',
    operation: 'Update',
    group,
    provenance: 'seed',
    section: 'connectfi.md §4.3',
    body: { mediaTypes: MEDIA_TYPES, schema: Update },
    answers,
    handle: updateCustomer,
  },
];

async function initCustomer(call: Call): Promise<WireAnswer> {
  const init = readBody(call.request, checkInit);
  try {
    const { customers } = call.services;
    const customer = customerFrom(init);
    const stored = await customers.create(call.origin(), customer, claimsOf(customer));
    return await customerRecord(call, stored);
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
  return customerRecord(call, await findCustomer(call, call.request.params.customerId ?? ''));
}

async function updateCustomer(call: Call): Promise<WireAnswer> {
  const update = readBody(call.request, checkUpdate);
  const stored = await swapCustomer(call, update.customerId, customer => {
    expectAllowed(customer, update);
    expectRepresentatives(customer, update);
    return writeCustomer(customer, update);
  });
  return customerRecord(call, stored);
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
