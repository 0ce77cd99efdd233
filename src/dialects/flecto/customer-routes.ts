/** Flecto's operations on customers (flecto.md §3). */
import { emptyCustomer } from '../../record/customer.ts';
import type { CustomerFilter, CustomerOrder } from '../../record/customers.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { oneDocument, pagedDocument, wholeDocument } from './answers.ts';
import { customerFaults, newCustomerFaults } from './customer-check.ts';
import { customerKey, findCustomer } from './customer-key.ts';
import { readCustomer, writeCustomer } from './customer-lens.ts';
import { answer, compose, created, offsetOf, paged, pageOf } from './document.ts';
import { type Query, readQuery, type SortKey, wordsOf } from './query.ts';
import { parametersOf, type QueryShape } from './query-shape.ts';
import { expectValid, readAttributes } from './request.ts';
import { ADDRESS, CUSTOMER, membersOf } from './resource-schemas.ts';
import { customerResource, includedWith } from './resources.ts';
import {
  ADDRESS_TYPE,
  CUSTOMER_TYPE,
  CustomerAttributes,
  NewCustomerAttributes,
  requestBody,
} from './wire.ts';

const COLLECTION = '/api/saas/me/customers';
const MEMBER = `${COLLECTION}/:customer_internal_id`;

const fields = { [CUSTOMER_TYPE]: membersOf(CUSTOMER), [ADDRESS_TYPE]: membersOf(ADDRESS) };

const ONE: QueryShape = { fields, include: ['addresses', 'main_address'] };

const ORDERS: Readonly<Record<string, CustomerOrder['by']>> = {
  name: 'name',
  created_at: 'createdAt',
  internal_id: 'number',
};

/** The store orders by one key and settles ties by number in the same direction. */
const sortable = ([first, second, third]: readonly SortKey[]): boolean =>
  third === undefined &&
  (second === undefined || (second.name === 'internal_id' && second.descending === first?.descending));

const LIST: QueryShape = { ...ONE, paged: true, sort: Object.keys(ORDERS), sortable, search: true };

const about = { group: 'SaaS - Customers', provenance: 'convention', section: 'flecto.md §3' } as const;

export const customerRoutes: readonly Route[] = [
  {
    ...about,
    method: 'POST',
    path: COLLECTION,
    operation: 'Creates a customer',
    body: requestBody(CUSTOMER_TYPE, NewCustomerAttributes),
    answers: { 201: wholeDocument(CUSTOMER) },
    handle: createCustomer,
  },
  {
    ...about,
    method: 'GET',
    path: COLLECTION,
    operation: 'List customers',
    query: parametersOf(LIST),
    answers: { 200: pagedDocument(CUSTOMER, ADDRESS) },
    handle: listCustomers,
  },
  {
    ...about,
    method: 'GET',
    path: MEMBER,
    operation: 'Get customer',
    query: parametersOf(ONE),
    answers: { 200: oneDocument(CUSTOMER, ADDRESS) },
    handle: getCustomer,
  },
  {
    ...about,
    method: 'DELETE',
    path: MEMBER,
    operation: 'Delete customer',
    answers: { 204: null },
    handle: deleteCustomer,
  },
  {
    ...about,
    method: 'PUT',
    path: MEMBER,
    operation: 'Updates customer',
    body: requestBody(CUSTOMER_TYPE, CustomerAttributes),
    answers: { 200: null },
    handle: updateCustomer,
  },
];

async function createCustomer(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, CUSTOMER_TYPE);
  expectValid(newCustomerFaults(attributes));
  const kind = attributes.customer_type === 'company' ? 'business' : 'individual';
  const stored = await call.services.customers.create(
    call.origin('CUSTOMER__CREATED'),
    writeCustomer(emptyCustomer(kind), attributes),
  );
  return created(call, customerResource(stored), `${COLLECTION}/${stored.number}`);
}

async function listCustomers(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, LIST);
  const page = pageOf(query);
  const filter = filterOf(query);
  const { customers } = call.services;
  const { tenant } = call.caller;
  const [found, total] = await Promise.all([
    customers.query(tenant, { filter, order: orderOf(query), offset: offsetOf(page), limit: page.size }),
    customers.count(tenant, filter),
  ]);
  const document = compose(query, found.map(customerResource), includedWith(query, found));
  return answer(call, 200, paged(call.request, document, page, total));
}

/** Every word must occur somewhere: a name in either order, a phone in its groups of digits (flecto.md §3.3). */
const filterOf = ({ search = '' }: Query): CustomerFilter => {
  const words = wordsOf(search);
  return words.length > 0 ? { words } : {};
};

function orderOf({ sort: [key] }: Query): CustomerOrder {
  return key ? { by: ORDERS[key.name] ?? 'number', descending: key.descending } : { by: 'number' };
}

async function getCustomer(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, ONE);
  const customer = await findCustomer(call);
  return answer(call, 200, compose(query, customerResource(customer), includedWith(query, [customer])));
}

async function updateCustomer(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, CUSTOMER_TYPE, call.request.params.customer_internal_id);
  await call.services.customers.swap(call.origin('CUSTOMER__UPDATED'), customerKey(call), customer => {
    expectValid(customerFaults(attributes, { ...readCustomer(customer) }));
    return writeCustomer(customer, attributes);
  });
  return { status: 200 };
}

async function deleteCustomer(call: Call): Promise<WireAnswer> {
  await call.services.customers.remove(call.origin('CUSTOMER__DELETED'), customerKey(call));
  return { status: 204 };
}
