/** Billbee's operations on customers: create, get, update (billbee.md §5.1: 2, 3, 4). */
import { emptyCustomer } from '../../record/customer.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { addNewAddress, newAddress } from './address-lens.ts';
import { expectJsonAccepted, single } from './answer.ts';
import { findCustomer, pathId, swapCustomer } from './ids.ts';
import { readCustomerBody, readNewCustomerBody } from './inputs.ts';
import { readCustomer, writeCustomer } from './lens.ts';
import { nameOf, withKnownParts } from './naming.ts';
import { expectValues, hasId, invalid } from './request.ts';

const COLLECTION = '/api/v1/customers';
const MEMBER = `${COLLECTION}/:id`;

export const customerRoutes: readonly Route[] = [
  { method: 'POST', path: COLLECTION, operation: 'Customer_Create', handle: createCustomer },
  { method: 'GET', path: MEMBER, operation: 'Customer_GetOne', handle: getCustomer },
  { method: 'PUT', path: MEMBER, operation: 'Customer_Update', handle: updateCustomer },
];

/** Ids of the body and of its Address are ignored: both are new (billbee.md §5.2 (2) [convention]). */
async function createCustomer(call: Call): Promise<WireAnswer> {
  const { input, bound, address } = readNewCustomerBody(call.request);
  expectValues(bound);
  const name = nameOf(input, address);
  const empty = emptyCustomer(input.Type === 1 ? 'business' : 'individual');
  const customer = writeCustomer(withKnownParts(empty, name, address), { ...input, Name: name });
  const stored = await call.services.customers.create(
    call.origin(),
    address ? addNewAddress(customer, address, newAddress()) : customer,
  );
  return single(call, readCustomer(stored));
}

async function getCustomer(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  expectJsonAccepted(call.request);
  return single(call, readCustomer(await findCustomer(call, { number })));
}

async function updateCustomer(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  const { input, bound } = readCustomerBody(call.request);
  const stored = await swapCustomer(call, { number }, customer => {
    if (hasId(input.Id) && input.Id !== number) throw invalid('Id', 'is not the id in the path.');
    expectValues(bound);
    return writeCustomer(customer, input);
  });
  return single(call, readCustomer(stored));
}
