/** FlexPortal's operations on one customer (flexportal.md §3.2, §3.3). */
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import { fromBase62 } from '../../record/identifier.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { customerId, ID_PREFIX, readCustomer, writeCustomer } from './lens.ts';
import { readUpdate } from './request.ts';

const MEMBER = '/v1/customers/:customerId';

export const routes: readonly Route[] = [
  { method: 'GET', path: MEMBER, operation: 'Get a customer', handle: getCustomer },
  { method: 'PUT', path: MEMBER, operation: 'Update a customer', handle: updateCustomer },
];

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

/** An id that no customer can have looks like one that no customer has (§1.3 [convention]). */
function customerKey(call: Call): { id: string } {
  const { customerId = '' } = call.request.params;
  const id = customerId.startsWith(ID_PREFIX) ? fromBase62(customerId.slice(ID_PREFIX.length)) : undefined;
  if (id === undefined) throw new ConcordError('customer-not-found');
  return { id };
}

/** The keys in the page's order (§2.1 [seed]). */
function customerObject(call: Call, customer: Customer): object {
  const { customerId, ...rest } = readCustomer(customer);
  return { customerId, tenantId: call.caller.tenantName, ...rest };
}
