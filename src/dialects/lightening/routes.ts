/** Lightening's operations on addresses and customers (lightening.md §4, §6.2). */
import { type Address, addressByNumber, emptyAddress } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { readNumber } from '../path.ts';
import { checkAddress, expectValue, REQUEST_NAMES, readableIds } from './check.ts';
import { getCustomer, listCustomers } from './customer-routes.ts';
import { pairsOf, readPairs } from './form.ts';
import { readContent, readEntity, writeContent } from './lens.ts';
import { expectSomething, readBody } from './request.ts';
import { login, logout } from './session.ts';
import { expectAddress, expectCustomers, expectWritable, shareAddress } from './sharing.ts';
import { ids } from './values.ts';
import { BODY_MAXIMUM, MESSAGES } from './wire.ts';

const COLLECTION = '/address';
const MEMBER = `${COLLECTION}/:internal_id`;
const DELETION = `${MEMBER}/delete`;

const bodyMaximum = BODY_MAXIMUM;

export const routes: readonly Route[] = [
  { method: 'GET', path: COLLECTION, operation: 'Get the list of addresses', handle: listAddresses },
  { method: 'GET', path: MEMBER, operation: 'Get address by internal ID', handle: getAddress },
  {
    method: 'POST',
    path: COLLECTION,
    operation: 'Adding new address object',
    bodyMaximum,
    handle: createAddress,
  },
  {
    method: 'POST',
    path: MEMBER,
    operation: 'Updating existing address object',
    bodyMaximum,
    handle: updateAddress,
  },
  {
    method: 'GET',
    path: DELETION,
    operation: 'Deleting the existing address object',
    handle: deleteAddress,
  },
  // §4.5 [convention]: for clients that do not like to change things with a GET.
  {
    method: 'POST',
    path: DELETION,
    operation: 'Deleting the existing address object',
    bodyMaximum,
    handle: deleteAddress,
  },
  { method: 'GET', path: '/customer', operation: 'Get the list of customers', handle: listCustomers },
  {
    method: 'GET',
    path: '/customer/:internal_id',
    operation: 'Get customer by internal ID',
    handle: getCustomer,
  },
  { method: 'POST', path: '/login', operation: 'Login', open: true, bodyMaximum, handle: login },
  { method: 'POST', path: '/logout', operation: 'Logout', bodyMaximum, handle: logout },
];

/** One row for each address and each customer asked for who has it (§3.4, §4.1). */
async function listAddresses({ request, caller, services }: Call): Promise<WireAnswer> {
  const query = readPairs(pairsOf(request.query), 'customer_id');
  const numbers = expectValue('customer_id', ids(query.get('customer_id') ?? null));
  const customers = await services.customers.select(caller.tenant, { numbers });
  const places = new Map(numbers.map((number, place) => [number, place]));
  const rows = customers
    .flatMap(customer => customer.addresses.map(({ address }) => ({ customer, address })))
    .sort((a, b) => numberOf(a.address) - numberOf(b.address) || placeOf(a.customer) - placeOf(b.customer));
  return ok({
    entities: rows.map(row => readEntity(row.customer, row.address)),
    result: true,
  });

  function placeOf(customer: Customer): number {
    return places.get(customer.number) ?? 0;
  }
}

async function getAddress(call: Call): Promise<WireAnswer> {
  const { customer, address } = await findAddress(call, addressNumber(call));
  return ok({ entity: readEntity(customer, address), result: true });
}

async function createAddress(call: Call): Promise<WireAnswer> {
  const sent = await readBody(call.request);
  expectSomething(sent, REQUEST_NAMES);
  const { numbers, content } = checkAddress(sent);
  const address = writeContent(emptyAddress(), content);
  const stored = await call.services.customers.swapAll(call.origin(), { numbers }, customers => {
    expectCustomers(customers, numbers);
    return expectWritable(customers, shareAddress(customers, address, numbers));
  });
  const link = stored[0]!.addresses.find(each => each.address.id === address.id)!;
  return ok({ msg: MESSAGES.created, id: String(link.address.number), result: true });
}

async function updateAddress(call: Call): Promise<WireAnswer> {
  const sent = await readBody(call.request);
  const number = addressNumber(call);
  const selection = { addressNumber: number, numbers: readableIds(sent) };
  await call.services.customers.swapAll(call.origin(), selection, customers => {
    // The entity comes before the body (§4.4), and "as it reads now" is what it reads at the moment of the write.
    const before = expectAddress(customers, number);
    expectSomething(sent, REQUEST_NAMES);
    const { numbers, content } = checkAddress(sent, readContent(before));
    expectCustomers(customers, numbers);
    return expectWritable(customers, shareAddress(customers, writeContent(before, content), numbers));
  });
  return ok({ msg: MESSAGES.updated, result: true });
}

async function deleteAddress(call: Call): Promise<WireAnswer> {
  const number = addressNumber(call);
  await call.services.customers.swapAll(call.origin(), { addressNumber: number }, customers =>
    shareAddress(customers, expectAddress(customers, number), []),
  );
  // The page shows `false` for a success (§4.5 [seed]); a tenant may ask for what it should be.
  const result = call.caller.settings.delete_success_result === true;
  return { ...ok({ msg: MESSAGES.deleted, result }), headers: { 'cache-control': 'no-store' } };
}

async function findAddress(call: Call, number: number): Promise<{ customer: Customer; address: Address }> {
  const customer = await call.services.customers.find(call.caller.tenant, { addressNumber: number });
  const link = customer && addressByNumber(customer, number);
  if (!link) throw new ConcordError('address-not-found');
  return { customer, address: link.address };
}

function addressNumber(call: Call): number {
  const number = readNumber(call.request.params.internal_id);
  if (number === undefined) throw new ConcordError('address-not-found');
  return number;
}

const numberOf = (address: Address): number => address.number ?? 0;

const ok = (body: unknown): WireAnswer => ({ status: 200, body });
