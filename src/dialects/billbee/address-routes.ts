/** Billbee's operations on customer addresses, in both families of paths (billbee.md §5.1: 6–10, 12–14). */
import { addressById, addressByNumber } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { addNewAddress, EMPTIED, newAddress, readAddress, writeAddress } from './address-lens.ts';
import { expectJsonAccepted, page, single } from './answer.ts';
import { expectNotArchived, findCustomer, pathId, swapCustomer } from './ids.ts';
import { type Body, readAddressBody } from './inputs.ts';
import { pagingOf, readPaging, slice } from './paging.ts';
import { expectValues, hasId, invalid } from './request.ts';
import type { AddressInput } from './wire.ts';

const OF_CUSTOMER = '/api/v1/customers/:id/addresses';
const MEMBER = '/api/v1/customers/addresses/:id';
const SISTERS = '/api/v1/customer-addresses';
const SISTER = `${SISTERS}/:id`;

/** The second family lacks PATCH (billbee.md §5.2 [docs: swagger-2024]). */
export const addressRoutes: readonly Route[] = [
  { method: 'GET', path: OF_CUSTOMER, operation: 'Customer_GetCustomerAddresses', handle: listAddresses },
  { method: 'POST', path: OF_CUSTOMER, operation: 'Customer_AddCustomerAddress', handle: addToCustomer },
  { method: 'GET', path: MEMBER, operation: 'Customer_GetCustomerAddress', handle: getAddress },
  { method: 'PUT', path: MEMBER, operation: 'Customer_UpdateAddress', handle: replaceAddress },
  { method: 'PATCH', path: MEMBER, operation: 'Customer_PatchAddress', handle: patchAddress },
  { method: 'POST', path: SISTERS, operation: 'CustomerAddresses_Create', handle: createAddress },
  { method: 'GET', path: SISTER, operation: 'CustomerAddresses_GetOne', handle: getAddress },
  { method: 'PUT', path: SISTER, operation: 'CustomerAddresses_Update', handle: replaceAddress },
];

async function listAddresses(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  expectJsonAccepted(call.request);
  const customer = await findCustomer(call, { number });
  const wanted = readPaging(call.request.query);
  const links = customer.addresses.toSorted((a, b) => (a.address.number ?? 0) - (b.address.number ?? 0));
  const rows = slice(wanted, links).map(link => readAddress(customer, link.address.id));
  return page(call, pagingOf(wanted, links.length), rows);
}

/** The customer is the one in the path, whatever CustomerId says (billbee.md §5.2 (7) [docs: swagger-2024]). */
async function addToCustomer(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  return add(call, number, readAddressBody(call.request), new ConcordError('customer-not-found'));
}

/** The customer is named by the body; none and an unknown one are a broken rule (§5.2 (12) [convention]). */
async function createAddress(call: Call): Promise<WireAnswer> {
  const body = readAddressBody(call.request);
  const { CustomerId: number } = body.input;
  const absent = invalid('CustomerId', 'is not the Id of a customer.');
  if (!hasId(number)) throw absent;
  return add(call, number, body, absent);
}

async function add(
  call: Call,
  number: number,
  { input, bound }: Body<AddressInput>,
  absent: ConcordError,
): Promise<WireAnswer> {
  const address = newAddress();
  const stored = await swapCustomer(
    call,
    { number },
    customer => {
      if (hasId(input.Id)) throw invalid('Id', 'must be null for a new address.');
      expectValues(bound);
      return addNewAddress(customer, input, address);
    },
    absent,
  );
  return single(call, readAddress(stored, address.id));
}

async function getAddress(call: Call): Promise<WireAnswer> {
  const addressNumber = pathId(call);
  expectJsonAccepted(call.request);
  const customer = await findCustomer(call, { addressNumber });
  return single(call, readAddress(customer, idOf(customer, addressNumber)));
}

function replaceAddress(call: Call): Promise<WireAnswer> {
  return change(call, input => ({ ...EMPTIED, ...input }));
}

function patchAddress(call: Call): Promise<WireAnswer> {
  return change(call, input => input);
}

/** Id and CustomerId of the body are ignored (billbee.md §5.2 (9), (10)). */
async function change(call: Call, complete: (input: AddressInput) => AddressInput): Promise<WireAnswer> {
  const addressNumber = pathId(call);
  const { input, bound } = readAddressBody(call.request);
  const stored = await swapCustomer(call, { addressNumber }, customer => {
    const id = idOf(customer, addressNumber);
    expectNotArchived(addressById(customer, id)!.address);
    expectValues(bound);
    return writeAddress(customer, id, complete(input));
  });
  return single(call, readAddress(stored, idOf(stored, addressNumber)));
}

/** @throws ConcordError `address-not-found`, where the address went while it was asked for. */
function idOf(customer: Customer, addressNumber: number): string {
  const link = addressByNumber(customer, addressNumber);
  if (!link) throw new ConcordError('address-not-found');
  return link.address.id;
}
