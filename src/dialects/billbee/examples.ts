/** Examples of Billbee's operations, and how it refuses (billbee.md §2.4, §5, §6). */
import type { Json } from '../../record/json.ts';
import type { Example, Examples, World } from '../conformance/examples.ts';
import { ADDRESS, addAddress, createAddress, getAddress, writeAddress } from './example-addresses.ts';
import {
  absent,
  invalid,
  NO_ERROR,
  NOWHERE,
  ofCustomer,
  reading,
  UNKNOWN,
  unacceptable,
  unbound,
  unreadable,
  writing,
} from './example-cases.ts';
import { DIALECT } from './wire.ts';

const PAGE = { query: 'page=1&pageSize=250' };

const CUSTOMER = {
  Name: 'Ada Beispiel',
  Email: 'ada@example.test',
  Tel1: '+49 30 1',
  Tel2: null,
  PriceGroupId: 1818,
  LanguageId: 3,
  VatId: 'DE811569869',
  Type: 0,
};

const createCustomer = writing({
  place: NOWHERE,
  body: () => ({ ...CUSTOMER, Address: ADDRESS }),
  shows: () => CUSTOMER,
  stranger: 'own',
  failures: [
    unbound('a text where a number belongs', () => ({ body: { Number: 'x' } })),
    unbound('an Address that is none', () => ({ body: { Address: 'x' } })),
    invalid('an unknown Type', () => ({ body: { Type: 2 } }), 'Type must be 0 or 1.'),
    invalid('an entry without a value', () => ({ body: { MetaData: [{ TypeId: 1 }] } })),
    invalid('a line break', () => ({ body: { Address: { City: 'a\nb' } } })),
  ],
});

const updateCustomer = writing({
  place: ofCustomer,
  body: ({ individual }) => ({ ...CUSTOMER, Id: individual.number }),
  shows: ({ individual }) => ({ ...CUSTOMER, Id: individual.number }),
  failures: [
    ...absent('customer', { body: CUSTOMER }),
    unbound('a text where a number belongs', world => ({ ...ofCustomer(world), body: { Number: 'x' } })),
    unbound('entries that are none', world => ({ ...ofCustomer(world), body: { MetaData: [null] } })),
    invalid(
      'another Id than in the path',
      world => ({ ...ofCustomer(world), body: { Id: UNKNOWN } }),
      'Id is not the id in the path.',
    ),
    invalid(
      'an unknown Type',
      world => ({ ...ofCustomer(world), body: { Type: 2 } }),
      'Type must be 0 or 1.',
    ),
    invalid('an unknown entry', world => ({
      ...ofCustomer(world),
      body: { DefaultMailAddress: { Id: UNKNOWN } },
    })),
    invalid('an archived customer', ({ archived }) => ({ params: { id: archived.number }, body: CUSTOMER })),
  ],
});

/** The e-mail and the Id, so that nobody else is meant. */
const searchBody = ({ individual }: World): Json => ({
  Type: ['customer'],
  Term: `Id:${individual.number} AND "${individual.contactPoints[0]!.value}"`,
  SearchMode: 2,
});

const search: Example = {
  request: world => ({ body: searchBody(world) }),
  status: 200,
  body: ({ individual }) => ({ Products: [], Orders: [], Customers: [{ Id: individual.number }] }),
  reads: true,
  stranger: 'empty',
  failures: [
    invalid('an unknown Type', () => ({ body: { Type: ['invoice'], Term: 'x' } })),
    invalid('an unknown SearchMode', () => ({ body: { Term: 'x', SearchMode: 5 } })),
    invalid(
      'too many words',
      () => ({ body: { Term: 'x '.repeat(21) } }),
      'Term must have at most 20 words.',
    ),
    unbound('a Type that is no list', () => ({ body: { Type: 'customer', Term: 'x' } })),
    ...unreadable(NOWHERE),
    unacceptable(world => ({ body: searchBody(world) })),
  ],
};

export const examples: Examples = {
  dialect: DIALECT,
  operations: {
    Customer_GetAll: reading(undefined, () => PAGE, {
      body: () => ({ ...NO_ERROR, Paging: { Page: 1, PageSize: 250 } }),
      stranger: 'own',
    }),
    Customer_Create: createCustomer,
    Customer_GetOne: reading('customer', ofCustomer, {
      body: ({ individual }) => ({ ...NO_ERROR, Data: { Id: individual.number } }),
    }),
    Customer_Update: updateCustomer,
    Customer_GetCustomerOrders: reading('customer', world => ({ ...ofCustomer(world), ...PAGE }), {
      body: () => ({
        ...NO_ERROR,
        Paging: { Page: 1, TotalPages: 0, TotalRows: 0, PageSize: 250 },
        Data: [],
      }),
    }),
    Customer_GetCustomerAddresses: reading('customer', world => ({ ...ofCustomer(world), ...PAGE }), {
      body: ({ individual }) => ({
        ...NO_ERROR,
        Paging: { Page: 1, TotalRows: individual.addresses.length, PageSize: 250 },
      }),
    }),
    Customer_AddCustomerAddress: addAddress,
    Customer_GetCustomerAddress: getAddress,
    Customer_UpdateAddress: writeAddress(ADDRESS),
    Customer_PatchAddress: writeAddress({ FirstName: 'Eva', AddressType: 1 }),
    CustomerAddresses_GetAll: reading(undefined, () => PAGE, {
      body: () => ({ ...NO_ERROR, Paging: { Page: 1, PageSize: 250 } }),
      stranger: 'own',
    }),
    CustomerAddresses_Create: createAddress,
    CustomerAddresses_GetOne: getAddress,
    CustomerAddresses_Update: writeAddress(ADDRESS),
    Search_Search: search,
    Shipment_GetPing: reading(undefined, NOWHERE, { stranger: 'own' }),
  },
};
