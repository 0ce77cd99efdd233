/** Lightening's operations on addresses (lightening.md §4). */
import { type Address, addressByNumber, emptyAddress } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { readNumber } from '../path.ts';
import { AddressCreated, AddressDeleted, AddressEntity, AddressList, AddressUpdated } from './answers.ts';
import {
  AddressBody,
  CUSTOMER_QUERY,
  CUSTOMER_QUERY_REQUIRED,
  checkAddress,
  REQUEST_NAMES,
  readableIds,
  readCustomerQuery,
} from './check.ts';
import { readContent, readEntity, writeContent } from './lens.ts';
import { expectSomething, MEDIA_TYPES, readBody } from './request.ts';
import { expectAddress, expectCustomers, expectWritable, shareAddress } from './sharing.ts';
import { findBranchNames } from './stored-objects.ts';
import { BODY_MAXIMUM, MESSAGES } from './wire.ts';

const COLLECTION = '/address';
const MEMBER = `${COLLECTION}/:internal_id`;
const DELETION = `${MEMBER}/delete`;

const group = 'Address';
const body = { mediaTypes: MEDIA_TYPES, schema: AddressBody };
const bodyMaximum = BODY_MAXIMUM;

export const addressRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: COLLECTION,
    operation: 'Get the list of addresses',
    group,
    provenance: 'seed',
    section: 'lightening.md §4.1',
    query: CUSTOMER_QUERY,
    queryRequired: CUSTOMER_QUERY_REQUIRED,
    answers: { 200: AddressList },
    handle: listAddresses,
  },
  {
    method: 'GET',
    path: MEMBER,
    operation: 'Get address by internal ID',
    group,
    provenance: 'seed',
    section: 'lightening.md §4.2',
    answers: { 200: AddressEntity },
    handle: getAddress,
  },
  {
    method: 'POST',
    path: COLLECTION,
    operation: 'Adding new address object',
    group,
    provenance: 'seed',
    section: 'lightening.md §4.3',
    body,
    bodyMaximum,
    answers: { 200: AddressCreated },
    handle: createAddress,
  },
  {
    method: 'POST',
    path: MEMBER,
    operation: 'Updating existing address object',
    group,
    provenance: 'seed',
    section: 'lightening.md §4.4',
    body,
    bodyMaximum,
    answers: { 200: AddressUpdated },
    handle: updateAddress,
  },
  {
    method: 'GET',
    path: DELETION,
    operation: 'Deleting the existing address object',
    group,
    provenance: 'seed',
    section: 'lightening.md §4.5',
    answers: { 200: AddressDeleted },
    handle: deleteAddress,
  },
  // For clients that do not like to change things with a GET; what is in the body says nothing.
  {
    method: 'POST',
    path: DELETION,
    operation: 'Deleting the existing address object by POST',
    group,
    provenance: 'convention',
    section: 'lightening.md §4.5',
    bodyMaximum,
    answers: { 200: AddressDeleted },
    handle: deleteAddress,
  },
];

/** One row for each address and each customer asked for who has it (§3.4, §4.1). */
async function listAddresses(call: Call): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const numbers = readCustomerQuery(request);
  const customers = await services.customers.select(caller.tenant, { numbers });
  const places = new Map(numbers.map((number, place) => [number, place]));
  const rows = customers
    .flatMap(customer => customer.addresses.map(({ address }) => ({ customer, address })))
    .sort((a, b) => numberOf(a.address) - numberOf(b.address) || placeOf(a.customer) - placeOf(b.customer));
  const branches = await findBranchNames(
    call,
    rows.map(row => row.address),
  );
  return ok({ entities: rows.map(row => readEntity(row.customer, row.address, branches)), result: true });

  function placeOf(customer: Customer): number {
    return places.get(customer.number) ?? 0;
  }
}

async function getAddress(call: Call): Promise<WireAnswer> {
  const { customer, address } = await findAddress(call, addressNumber(call));
  const branches = await findBranchNames(call, [address]);
  return ok({ entity: readEntity(customer, address, branches), result: true });
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
