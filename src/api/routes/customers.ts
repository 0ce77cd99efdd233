/** Customers: list, count, search, create, read, patch, delete, archive and restore. */
import { archived, restored } from '../../record/customer.ts';
import { FILTER_PARAMETERS, LIST_PARAMETERS } from '../customer-list.ts';
import {
  AT_PARAMETERS,
  countCustomers,
  getCustomer,
  listCustomers,
  SEARCH_PARAMETERS,
  searchCustomers,
} from '../customer-reads.ts';
import {
  changeCustomer,
  createCustomer,
  deleteCustomer,
  PATCH_TYPES,
  patchCustomer,
} from '../customer-writes.ts';
import { type ApiRoute, ownRoute } from '../route.ts';
import { Count, CustomerPage, Customer as CustomerSchema, SearchResult } from '../schemas/customer.ts';
import { CustomerPatch, NewCustomer } from '../schemas/customer-input.ts';

const GROUP = 'Customers';
const COLLECTION = '/customers';
const MEMBER = `${COLLECTION}/:id`;

export const customerRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'GET',
    path: COLLECTION,
    operation: 'List customers',
    group: GROUP,
    query: LIST_PARAMETERS,
    answers: { 200: CustomerPage },
    handle: listCustomers,
  }),
  ownRoute({
    method: 'GET',
    path: `${COLLECTION}/count`,
    operation: 'Count customers',
    group: GROUP,
    query: FILTER_PARAMETERS,
    answers: { 200: Count },
    handle: countCustomers,
  }),
  ownRoute({
    method: 'GET',
    path: `${COLLECTION}/search`,
    operation: 'Search customers',
    group: GROUP,
    description:
      'By name, company, e-mail, phone in any form, city, postal code, tax id, account number, reference, or an id of any ' +
      'dialect. The last word may be incomplete, and a typo is forgiven.',
    query: SEARCH_PARAMETERS,
    queryRequired: ['q'],
    answers: { 200: SearchResult },
    handle: searchCustomers,
  }),
  ownRoute({
    method: 'POST',
    path: COLLECTION,
    operation: 'Create a customer',
    group: GROUP,
    role: 'editor',
    body: NewCustomer,
    about: 'new customer',
    answers: { 201: CustomerSchema },
    handle: createCustomer,
  }),
  ownRoute({
    method: 'GET',
    path: MEMBER,
    operation: 'Get a customer',
    group: GROUP,
    description:
      'Numbers of identity documents are masked. `If-None-Match` saves the body of a state that is known.',
    query: AT_PARAMETERS,
    answers: { 200: CustomerSchema, 304: null },
    handle: getCustomer,
  }),
  ownRoute({
    method: 'PATCH',
    path: MEMBER,
    operation: 'Change a customer',
    group: GROUP,
    description:
      'A JSON Merge Patch (RFC 7396): what is not sent stays as it is, and a list is sent whole. An entry with the id of one ' +
      'that is there keeps what is not sent of it; one without an id is new. Texts are kept without blanks at their ends, and ' +
      'an empty one is `null`. Read-only fields may be sent back and are passed over. `If-Match` is required.',
    role: 'editor',
    body: CustomerPatch,
    bodyTypes: PATCH_TYPES,
    answers: { 200: CustomerSchema },
    handle: patchCustomer,
  }),
  ownRoute({
    method: 'DELETE',
    path: MEMBER,
    operation: 'Delete a customer',
    group: GROUP,
    description: 'The history stays; to take that too, erase the customer. `If-Match` is required.',
    role: 'editor',
    answers: { 204: null },
    handle: deleteCustomer,
  }),
  ownRoute({
    method: 'POST',
    path: `${MEMBER}/archive`,
    operation: 'Archive a customer',
    group: GROUP,
    description: 'Nobody can change an archived customer, through whichever API. `If-Match` is required.',
    role: 'editor',
    answers: { 200: CustomerSchema },
    about: 'customer',
    handle: call => changeCustomer(call, customer => archived(customer, call.services.now())),
  }),
  ownRoute({
    method: 'POST',
    path: `${MEMBER}/restore`,
    operation: 'Restore a customer',
    group: GROUP,
    description: 'Takes an archived customer back. `If-Match` is required.',
    role: 'editor',
    answers: { 200: CustomerSchema },
    about: 'customer',
    handle: call => changeCustomer(call, customer => restored(customer, call.services.now())),
  }),
];
