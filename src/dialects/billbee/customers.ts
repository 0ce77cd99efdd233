/** Billbee's operations on customers (billbee.md §5.2: 1–5). */
import { emptyCustomer } from '../../record/customer.ts';
import type { Call, WireAnswer } from '../contract.ts';
import { addNewAddress, newAddress } from './address-lens.ts';
import { expectJsonAccepted, page, single } from './answer.ts';
import { findCustomer, pathId, swapCustomer } from './ids.ts';
import { readCustomerBody, readNewCustomerBody } from './inputs.ts';
import { readCustomer, writeCustomer } from './lens.ts';
import { nameOf, withKnownParts } from './naming.ts';
import { offsetOf, pagingOf, readPaging } from './paging.ts';
import { hasId } from './request.ts';
import { expectNoFaults, invalid } from './values.ts';

export async function listCustomers({ request, caller, services }: Call): Promise<WireAnswer> {
  expectJsonAccepted(request);
  const wanted = readPaging(request.query);
  const [total, customers] = await Promise.all([
    services.customers.count(caller.tenant),
    services.customers.query(caller.tenant, { offset: offsetOf(wanted), limit: wanted.size }),
  ]);
  return page(request, pagingOf(wanted, total), customers.map(readCustomer));
}

/** Ids of the body and of its Address are ignored: both are new (billbee.md §5.2 (2) [convention]). */
export async function createCustomer(call: Call): Promise<WireAnswer> {
  const { input, faults, address } = readNewCustomerBody(call.request);
  expectNoFaults(faults);
  const name = nameOf(input, address);
  const empty = emptyCustomer(input.Type === 1 ? 'business' : 'individual');
  const customer = writeCustomer(withKnownParts(empty, name, address), { ...input, Name: name });
  const stored = await call.services.customers.create(
    call.origin(),
    address ? addNewAddress(customer, address, newAddress()) : customer,
  );
  return single(call.request, readCustomer(stored));
}

export async function getCustomer(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  expectJsonAccepted(call.request);
  return single(call.request, readCustomer(await findCustomer(call, { number })));
}

export async function updateCustomer(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  const { input, faults } = readCustomerBody(call.request);
  const stored = await swapCustomer(call, { number }, customer => {
    if (hasId(input.Id) && input.Id !== number) throw invalid('Id', 'is not the id in the path.');
    expectNoFaults(faults);
    return writeCustomer(customer, input);
  });
  return single(call.request, readCustomer(stored));
}

/**
 * An empty page: an order of the record is a reference of another system, a text and a state, and neither the integer
 * Id nor the shop, the dates and the total of a short order can be made of it (billbee.md §5.2 (5) [convention]).
 */
export async function listOrders(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  expectJsonAccepted(call.request);
  await findCustomer(call, { number });
  return page(call.request, pagingOf(readPaging(call.request.query), 0), []);
}
