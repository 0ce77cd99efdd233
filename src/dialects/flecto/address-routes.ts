/** Flecto's operations on the addresses of a customer (flecto.md §2.4, §2.5). */
import { addAddress, emptyAddress, linkTo, removeAddress } from '../../record/address.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { addressFaults } from './address-check.ts';
import { listDocument, wholeDocument } from './answers.ts';
import { customerKey, expectAddress, findCustomer } from './customer-key.ts';
import { answer, created, pagedInMemory } from './document.ts';
import { readAddress, writeAddress } from './lens.ts';
import { readQuery } from './query.ts';
import { parametersOf, type QueryShape } from './query-shape.ts';
import { expectValid, readAttributes } from './request.ts';
import { ADDRESS, CUSTOMER, membersOf } from './resource-schemas.ts';
import { addressesInOrder, addressResource, customerResource } from './resources.ts';
import { sorted } from './sort.ts';
import { ADDRESS_TYPE, AddressAttributes, CUSTOMER_TYPE, requestBody } from './wire.ts';

const COLLECTION = '/api/saas/me/customers/:customer_internal_id/addresses';
const MEMBER = `${COLLECTION}/:id`;

const LIST: QueryShape = {
  fields: { [ADDRESS_TYPE]: membersOf(ADDRESS), [CUSTOMER_TYPE]: membersOf(CUSTOMER) },
  include: ['customer'],
  paged: true,
  sort: Object.keys(ADDRESS.attributes),
};

const about = {
  group: 'SaaS - Customer Addresses',
  provenance: 'convention',
  section: 'flecto.md §2.5',
} as const;

export const addressRoutes: readonly Route[] = [
  {
    ...about,
    method: 'GET',
    path: COLLECTION,
    operation: 'List customer addresses',
    query: parametersOf(LIST),
    answers: { 200: listDocument(ADDRESS, CUSTOMER) },
    handle: listAddresses,
  },
  {
    ...about,
    method: 'POST',
    path: COLLECTION,
    operation: 'Creates a customer addresses',
    body: requestBody(ADDRESS_TYPE, AddressAttributes),
    answers: { 201: wholeDocument(ADDRESS) },
    handle: createAddress,
  },
  {
    ...about,
    method: 'DELETE',
    path: MEMBER,
    operation: 'Delete address',
    answers: { 204: null },
    handle: deleteAddress,
  },
  {
    ...about,
    provenance: 'seed',
    section: 'flecto.md §2.4',
    method: 'PUT',
    path: MEMBER,
    operation: 'Update address',
    body: requestBody(ADDRESS_TYPE, AddressAttributes),
    answers: { 200: null },
    handle: updateAddress,
  },
];

async function listAddresses(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, LIST);
  const customer = await findCustomer(call);
  const resources = addressesInOrder(customer).map(link => addressResource(customer, link));
  const included = () => (query.include.has('customer') ? [customerResource(customer)] : []);
  const list = sorted(resources, query.sort);
  return answer(call, 200, pagedInMemory(call.request, query, list, included));
}

async function createAddress(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, ADDRESS_TYPE);
  const address = emptyAddress();
  const stored = await call.services.customers.swap(
    call.origin('CUSTOMER_ADDRESS__CREATED'),
    customerKey(call),
    customer => {
      expectValid(addressFaults(attributes, readAddress(linkTo(address))));
      return writeAddress(addAddress(customer, linkTo(address)), address.id, attributes);
    },
  );
  const link = stored.addresses.find(each => each.address.id === address.id)!;
  const path = COLLECTION.replace(':customer_internal_id', String(stored.number));
  return created(call, addressResource(stored, link), `${path}/${link.address.number}`);
}

async function updateAddress(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, ADDRESS_TYPE, call.request.params.id);
  await call.services.customers.swap(
    call.origin('CUSTOMER_ADDRESS__UPDATED'),
    customerKey(call),
    customer => {
      const link = expectAddress(call, customer);
      expectValid(addressFaults(attributes, readAddress(link)));
      return writeAddress(customer, link.address.id, attributes);
    },
  );
  return { status: 200 };
}

async function deleteAddress(call: Call): Promise<WireAnswer> {
  await call.services.customers.swap(call.origin('CUSTOMER_ADDRESS__DELETED'), customerKey(call), customer =>
    removeAddress(customer, expectAddress(call, customer).address.id),
  );
  return { status: 204 };
}
