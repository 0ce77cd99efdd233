/** Flecto's operations on customer addresses (flecto.md §2.4, §2.5). */
import {
  type AddressLink,
  addAddress,
  addressByNumber,
  emptyAddress,
  linkTo,
  mainAddress,
  removeAddress,
} from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { readNumber } from '../path.ts';
import { contentTypeOf } from './errors.ts';
import { languageOf } from './language.ts';
import { readAddress, writeAddress } from './lens.ts';
import { expectIdentity, expectValid, invalid, pointer, readDocument } from './request.ts';
import { ADDRESS_TYPE, type AddressAttributes, checkAddressAttributes, type ResourceObject } from './wire.ts';

const COLLECTION = '/api/saas/me/customers/:customer_internal_id/addresses';
const MEMBER = `${COLLECTION}/:id`;

export const routes: readonly Route[] = [
  { method: 'GET', path: COLLECTION, operation: 'List customer addresses', handle: listAddresses },
  { method: 'POST', path: COLLECTION, operation: 'Creates a customer addresses', handle: createAddress },
  { method: 'PUT', path: MEMBER, operation: 'Update address', handle: updateAddress },
  { method: 'DELETE', path: MEMBER, operation: 'Delete address', handle: deleteAddress },
];

async function listAddresses(call: Call): Promise<WireAnswer> {
  const customer = await findCustomer(call);
  const main = mainAddress(customer);
  const links = customer.addresses
    .filter(link => link !== main)
    .sort((a, b) => (a.address.number ?? 0) - (b.address.number ?? 0));
  return document(call, 200, {
    data: [...(main ? [main] : []), ...links].map(link => resource(customer, link)),
  });
}

async function createAddress(call: Call): Promise<WireAnswer> {
  const { attributes, ...identity } = readDocument(call.request);
  expectIdentity(identity, ADDRESS_TYPE);
  await findCustomer(call);
  expectValid(checkAddressAttributes(attributes));
  const address = emptyAddress();
  const stored = await call.services.customers.swap(
    call.origin('CUSTOMER_ADDRESS__CREATED'),
    customerKey(call),
    customer => write(addAddress(customer, linkTo(address)), address.id, attributes),
  );
  const link = stored.addresses.find(each => each.address.id === address.id)!;
  const location = `${call.request.baseUrl}${call.request.path}/${link.address.number}`;
  return document(call, 201, { data: resource(stored, link) }, { location });
}

async function updateAddress(call: Call): Promise<WireAnswer> {
  const body = readDocument(call.request);
  expectIdentity(body, ADDRESS_TYPE, call.request.params.id);
  let checked = false;
  await call.services.customers.swap(
    call.origin('CUSTOMER_ADDRESS__UPDATED'),
    customerKey(call),
    customer => {
      const link = expectAddress(call, customer);
      if (!checked) expectValid(checkAddressAttributes(body.attributes));
      checked = true;
      return write(customer, link.address.id, body.attributes);
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

/** Writes the attributes; a changed position must be whole (flecto.md §2.1: one null and the other not is a 422). */
function write(customer: Customer, addressId: string, attributes: Partial<AddressAttributes>): Customer {
  const before = customer.addresses.find(link => link.address.id === addressId)!.address;
  const after = writeAddress(customer, addressId, attributes);
  const { latitude, longitude } = after.addresses.find(link => link.address.id === addressId)!.address;
  const moved = latitude !== before.latitude || longitude !== before.longitude;
  if (moved && (latitude === null) !== (longitude === null)) {
    const missing = latitude === null ? 'latitude' : 'longitude';
    throw invalid([{ field: pointer(missing), message: 'coordinates-are-a-pair' }]);
  }
  return after;
}

function customerKey(call: Call): { number: number } {
  const number = readNumber(call.request.params.customer_internal_id);
  if (number === undefined) throw new ConcordError('customer-not-found');
  return { number };
}

async function findCustomer(call: Call): Promise<Customer> {
  const customer = await call.services.customers.find(call.caller.tenant, customerKey(call));
  if (!customer) throw new ConcordError('customer-not-found');
  return customer;
}

function expectAddress(call: Call, customer: Customer): AddressLink {
  const number = readNumber(call.request.params.id);
  const link = number === undefined ? undefined : addressByNumber(customer, number);
  if (!link) throw new ConcordError('address-not-found');
  return link;
}

function resource(customer: Customer, link: AddressLink): ResourceObject {
  const { number, createdAt, updatedAt } = link.address;
  return {
    id: String(number),
    type: ADDRESS_TYPE,
    attributes: { ...readAddress(link), created_at: createdAt, updated_at: updatedAt },
    relationships: { customer: { data: { id: String(customer.number), type: 'customer' } } },
  };
}

const document = (
  call: Call,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer => ({
  status,
  headers: {
    'content-type': contentTypeOf(call.request),
    'content-language': languageOf(call.request),
    ...headers,
  },
  body,
});
