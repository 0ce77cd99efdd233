/** FlexPortal's operations on customers (flexportal.md §3). */
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import { activeSubscriptions, hasPendingOrder } from '../../record/trade.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { CustomerDeleted, CustomerList, CustomerObject, CustomerUpdated } from './answers.ts';
import { customerId, customerUuid } from './identifiers.ts';
import { readCustomer, writeCustomer } from './lens.ts';
import { cursorUnknown, ListParameters, readListQuery } from './query.ts';
import { readUpdate } from './request.ts';
import { CustomerUpdate } from './wire.ts';

const COLLECTION = '/v1/customers';
const MEMBER = `${COLLECTION}/:customerId`;
const group = 'Customers';

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: COLLECTION,
    operation: 'List customers',
    group,
    provenance: 'docs',
    section: 'flexportal.md §3.1',
    query: ListParameters.properties,
    answers: { 200: CustomerList },
    handle: listCustomers,
  },
  {
    method: 'GET',
    path: MEMBER,
    operation: 'Get a customer',
    group,
    provenance: 'docs',
    section: 'flexportal.md §3.2',
    answers: { 200: CustomerObject },
    handle: getCustomer,
  },
  {
    method: 'PUT',
    path: MEMBER,
    operation: 'Update a customer',
    group,
    provenance: 'seed',
    section: 'flexportal.md §3.3',
    body: { mediaTypes: ['application/json'], schema: CustomerUpdate },
    answers: { 200: CustomerUpdated },
    handle: updateCustomer,
  },
  {
    method: 'DELETE',
    path: MEMBER,
    operation: 'Delete a customer',
    group,
    provenance: 'docs',
    section: 'flexportal.md §3.4',
    answers: { 200: CustomerDeleted },
    handle: deleteCustomer,
  },
];

/** One customer more than the page is asked for, to know whether there is another page. */
async function listCustomers(call: Call): Promise<WireAnswer> {
  const { limit, ...query } = readListQuery(call.request);
  const found = await call.services.customers
    .query(call.caller.tenant, { ...query, limit: limit + 1 })
    .catch(error => {
      const unknown = error instanceof ConcordError && error.code === 'customer-not-found';
      throw unknown ? cursorUnknown() : error;
    });
  const page = found.slice(0, limit);
  const hasMore = found.length > limit;
  return {
    status: 200,
    body: {
      customers: page.map(customer => customerObject(call, customer)),
      count: page.length,
      limit,
      hasMore,
      nextCursor: hasMore ? customerId(page.at(-1)!) : null,
    },
  };
}

async function getCustomer(call: Call): Promise<WireAnswer> {
  const customer = await call.services.customers.find(call.caller.tenant, customerKey(call));
  if (!customer) throw new ConcordError('customer-not-found');
  return { status: 200, body: customerObject(call, customer) };
}

async function updateCustomer(call: Call): Promise<WireAnswer> {
  const update = readUpdate(call.request);
  const customer = await call.services.customers.swap(call.origin(), customerKey(call), before =>
    writeCustomer(before, update),
  );
  return {
    status: 200,
    body: {
      success: true,
      message: 'Customer updated',
      customerId: customerId(customer),
      customer: customerObject(call, customer),
    },
  };
}

/** Soft: the customer becomes inactive and keeps everything; one that is inactive already stays so (§3.4). */
async function deleteCustomer(call: Call): Promise<WireAnswer> {
  const customer = await call.services.customers.swap(call.origin(), customerKey(call), before => {
    if (before.status === 'inactive') return before;
    expectIdle(before);
    return { ...before, status: 'inactive' };
  });
  return {
    status: 200,
    body: { success: true, message: 'Customer deleted', customerId: customerId(customer) },
  };
}

/** The two guards, in the order of the page (§3.4 [docs: customers/delete (p)]); their status is a convention. */
function expectIdle(customer: Customer): void {
  if (activeSubscriptions(customer).length > 0) {
    throw new ConcordError('state-conflict', {
      message: 'The customer has active subscriptions.',
      context: { code: 'CUSTOMER_HAS_ACTIVE_SUBSCRIPTIONS' },
    });
  }
  if (hasPendingOrder(customer)) {
    throw new ConcordError('state-conflict', {
      message: 'The customer has pending orders.',
      context: { code: 'CUSTOMER_HAS_PENDING_ORDERS' },
    });
  }
}

/** An id that no customer can have looks like one that no customer has (§1.3 [convention]). */
function customerKey(call: Call): { id: string } {
  const id = customerUuid(call.request.params.customerId ?? '');
  if (id === undefined) throw new ConcordError('customer-not-found');
  return { id };
}

/** The keys in the page's order (§2.1 [seed]). */
function customerObject(call: Call, customer: Customer): object {
  const { customerId, ...rest } = readCustomer(customer);
  return { customerId, tenantId: call.caller.tenantName, ...rest };
}
