/** Billbee's operations: the customer area, search, and the connection test (billbee.md §5.1, §6, §7). */
import type { Route } from '../contract.ts';
import {
  addToCustomer,
  createAddress,
  getAddress,
  listAddresses,
  listAllAddresses,
  patchAddress,
  replaceAddress,
} from './addresses.ts';
import { Address, Customer, pageOf, SearchResult, ShortOrder, singleOf } from './answers.ts';
import { createCustomer, getCustomer, listCustomers, listOrders, updateCustomer } from './customers.ts';
import { ADDRESS, CUSTOMER, NEW_CUSTOMER, SEARCH } from './model.ts';
import { PAGING } from './paging.ts';
import { bodyOf } from './request.ts';
import { search } from './search.ts';
import { ping } from './shipments.ts';

const customer = { 200: singleOf(Customer) };
const address = { 200: singleOf(Address) };
const addresses = { 200: pageOf(Address) };
const addressBody = bodyOf(ADDRESS);

const customers = [
  {
    method: 'GET',
    path: '/api/v1/customers',
    operation: 'Customer_GetAll',
    provenance: 'docs',
    section: 'billbee.md §5.2 (1)',
    query: PAGING,
    answers: { 200: pageOf(Customer) },
    handle: listCustomers,
  },
  {
    method: 'POST',
    path: '/api/v1/customers',
    operation: 'Customer_Create',
    provenance: 'docs',
    section: 'billbee.md §5.2 (2)',
    body: bodyOf(NEW_CUSTOMER),
    answers: customer,
    handle: createCustomer,
  },
  {
    method: 'GET',
    path: '/api/v1/customers/:id',
    operation: 'Customer_GetOne',
    provenance: 'docs',
    section: 'billbee.md §5.2 (3)',
    answers: customer,
    handle: getCustomer,
  },
  {
    method: 'PUT',
    path: '/api/v1/customers/:id',
    operation: 'Customer_Update',
    provenance: 'seed',
    section: 'billbee.md §5.2 (4)',
    body: bodyOf(CUSTOMER),
    answers: customer,
    handle: updateCustomer,
  },
  {
    method: 'GET',
    path: '/api/v1/customers/:id/orders',
    operation: 'Customer_GetCustomerOrders',
    provenance: 'docs',
    section: 'billbee.md §5.2 (5)',
    query: PAGING,
    answers: { 200: pageOf(ShortOrder, { maxItems: 0 }) },
    handle: listOrders,
  },
  {
    method: 'GET',
    path: '/api/v1/customers/:id/addresses',
    operation: 'Customer_GetCustomerAddresses',
    provenance: 'docs',
    section: 'billbee.md §5.2 (6)',
    query: PAGING,
    answers: addresses,
    handle: listAddresses,
  },
  {
    method: 'POST',
    path: '/api/v1/customers/:id/addresses',
    operation: 'Customer_AddCustomerAddress',
    provenance: 'docs',
    section: 'billbee.md §5.2 (7)',
    body: addressBody,
    answers: address,
    handle: addToCustomer,
  },
  {
    method: 'GET',
    path: '/api/v1/customers/addresses/:id',
    operation: 'Customer_GetCustomerAddress',
    provenance: 'docs',
    section: 'billbee.md §5.2 (8)',
    answers: address,
    handle: getAddress,
  },
  {
    method: 'PUT',
    path: '/api/v1/customers/addresses/:id',
    operation: 'Customer_UpdateAddress',
    provenance: 'docs',
    section: 'billbee.md §5.2 (9)',
    body: addressBody,
    answers: address,
    handle: replaceAddress,
  },
  {
    method: 'PATCH',
    path: '/api/v1/customers/addresses/:id',
    operation: 'Customer_PatchAddress',
    provenance: 'docs',
    section: 'billbee.md §5.2 (10)',
    body: addressBody,
    answers: address,
    handle: patchAddress,
  },
] as const;

/** The same addresses in a second family of paths, which lacks PATCH (billbee.md §5.2 [docs: swagger-2024]). */
const customerAddresses = [
  {
    method: 'GET',
    path: '/api/v1/customer-addresses',
    operation: 'CustomerAddresses_GetAll',
    provenance: 'docs',
    section: 'billbee.md §5.2 (11)',
    query: PAGING,
    answers: addresses,
    handle: listAllAddresses,
  },
  {
    method: 'POST',
    path: '/api/v1/customer-addresses',
    operation: 'CustomerAddresses_Create',
    provenance: 'docs',
    section: 'billbee.md §5.2 (12)',
    body: addressBody,
    answers: address,
    handle: createAddress,
  },
  {
    method: 'GET',
    path: '/api/v1/customer-addresses/:id',
    operation: 'CustomerAddresses_GetOne',
    provenance: 'docs',
    section: 'billbee.md §5.2 (13)',
    answers: address,
    handle: getAddress,
  },
  {
    method: 'PUT',
    path: '/api/v1/customer-addresses/:id',
    operation: 'CustomerAddresses_Update',
    provenance: 'docs',
    section: 'billbee.md §5.2 (14)',
    body: addressBody,
    answers: address,
    handle: replaceAddress,
  },
] as const;

const searches = [
  {
    method: 'POST',
    path: '/api/v1/search',
    operation: 'Search_Search',
    provenance: 'docs',
    section: 'billbee.md §6',
    body: bodyOf(SEARCH),
    answers: { 200: SearchResult },
    handle: search,
  },
] as const;

const shipments = [
  {
    method: 'GET',
    path: '/api/v1/shipment/ping',
    operation: 'Shipment_GetPing',
    provenance: 'docs',
    section: 'billbee.md §7',
    answers: { 200: null },
    handle: ping,
  },
] as const;

const inGroup = (group: string, routes: readonly Omit<Route, 'group'>[]): Route[] =>
  routes.map(route => ({ ...route, group }));

export const routes: readonly Route[] = [
  ...inGroup('Customers', customers),
  ...inGroup('CustomerAddresses', customerAddresses),
  ...inGroup('Search', searches),
  ...inGroup('Shipments', shipments),
];
