/** Examples of Flecto's operations, and how it refuses (flecto.md §2, §3, §5). */
import type { Json } from '../../record/json.ts';
import type { ObjectBody } from '../../record/objects.ts';
import type { Example, ExampleRequest, Examples, World } from '../conformance/examples.ts';
import type { Services } from '../contract.ts';
import { addressDocument, document } from './example-documents.ts';
import {
  badParameter,
  conflict,
  documentFailures,
  failure,
  notAcceptable,
  notFound,
  UNKNOWN,
  unknownParameter,
} from './example-failures.ts';
import { inquiryExamples } from './examples-inquiries.ts';
import { meExamples } from './examples-me.ts';
import { INQUIRIES, newInquiry } from './inquiry.ts';
import { ADDRESS_TYPE, CUSTOMER_TYPE, DIALECT, USER_ADDRESS_TYPE } from './wire.ts';

const customerOf = (number: number): ExampleRequest => ({ params: { customer_internal_id: number } });
const member = ({ individual }: World) => customerOf(individual.number);
const archived = (world: World) => customerOf(world.archived.number);
const nobody = () => customerOf(UNKNOWN);

const customerBody = (world: World): Json =>
  document(CUSTOMER_TYPE, {
    name: `Vera ${world.unique}`,
    customer_type: 'individual',
    email: `vera@${world.unique}.example`,
    phone_number: '+351 21 123 45 67',
    vat_number: 'PT123456789',
    fiscal_name: null,
    identification_type: 'passport',
    identification_number: `P${world.unique}`,
    id_verified: true,
    locale: 'pt',
    discount_percentage: 12.5,
    notes: '**Pays** on time\n- likes tents',
  });

const createCustomer = (world: World): ExampleRequest => ({ body: customerBody(world) });
const updateCustomer = (world: World): ExampleRequest => ({ ...member(world), body: customerBody(world) });

const customerUpdate: Example = {
  request: updateCustomer,
  status: 200,
  failures: [
    ...documentFailures(updateCustomer, CUSTOMER_TYPE, 'email'),
    failure(
      'a blank name and an impossible phone, both at once',
      422,
      'invalid',
      world => ({ ...member(world), body: document(CUSTOMER_TYPE, { name: ' ', phone_number: '+1' }) }),
      { pointer: '/data/attributes/name' },
    ),
    conflict('another id than in the path', world => ({
      ...member(world),
      body: document(CUSTOMER_TYPE, {}, { id: String(UNKNOWN) }),
    })),
    notFound('an unknown customer', world => ({ ...nobody(), body: customerBody(world) })),
    conflict('an archived customer', world => ({ ...archived(world), body: customerBody(world) })),
    notAcceptable(updateCustomer),
    unknownParameter(updateCustomer),
  ],
};

const customers: Readonly<Record<string, Example>> = {
  'Creates a customer': {
    request: createCustomer,
    status: 201,
    body: world => ({ data: { type: CUSTOMER_TYPE, attributes: { name: `Vera ${world.unique}` } } }),
    stranger: 'own',
    failures: [
      ...documentFailures(createCustomer, CUSTOMER_TYPE, 'notes'),
      failure('no name', 422, 'invalid', () => ({ body: document(CUSTOMER_TYPE, {}) }), {
        pointer: '/data/attributes/name',
      }),
      notAcceptable(createCustomer),
      unknownParameter(createCustomer),
    ],
  },
  'List customers': {
    request: world => ({
      query: `page[number]=1&page[size]=10&sort=-name&filter[search]=${world.unique}&include=addresses&fields[customer]=name,addresses`,
    }),
    status: 200,
    body: () => ({ meta: { total: 3, pages: 1 }, links: { prev: null, next: null } }),
    stranger: 'empty',
    failures: [
      badParameter(() => ({}), 'page[size]=101', 'page[size]'),
      badParameter(() => ({}), 'page[number]=0', 'page[number]'),
      badParameter(() => ({}), 'sort=colour', 'sort'),
      badParameter(() => ({}), 'include=orders', 'include'),
      badParameter(() => ({}), 'fields[customer]=colour', 'fields[customer]'),
      badParameter(() => ({}), 'filter[colour]=red', 'filter[colour]'),
      notAcceptable(() => ({})),
    ],
  },
  'Get customer': {
    request: world => ({ ...member(world), query: 'include=main_address' }),
    status: 200,
    body: ({ individual }) => ({ data: { id: String(individual.number), type: CUSTOMER_TYPE } }),
    failures: [
      notFound('an unknown customer', nobody),
      notFound('an id that is no number', () => ({ params: { customer_internal_id: 'x' } })),
      badParameter(member, 'include=orders', 'include'),
      notAcceptable(member),
    ],
  },
  'Delete customer': {
    request: member,
    status: 204,
    failures: [
      notFound('an unknown customer', nobody),
      conflict('an archived customer', archived),
      notAcceptable(member),
      unknownParameter(member),
    ],
  },
  'Updates customer': customerUpdate,
  'Updates customer (PATCH)': customerUpdate,
};

const addressOf = (world: World): ExampleRequest => ({
  params: {
    customer_internal_id: world.individual.number,
    id: world.individual.addresses[1]!.address.number!,
  },
});
const unknownAddress = (world: World): ExampleRequest => ({
  params: { customer_internal_id: world.individual.number, id: UNKNOWN },
});
/** It is there, but under another customer. */
const addressOfAnother = (world: World): ExampleRequest => ({
  params: {
    customer_internal_id: world.individual.number,
    id: world.business.addresses[0]!.address.number!,
  },
});

const archivedAddress = ({ archived: { number, addresses } }: World): ExampleRequest => ({
  params: { customer_internal_id: number, id: addresses[1]!.address.number! },
});

const addressBody = (world: World): Json => addressDocument(ADDRESS_TYPE, `HQ ${world.unique}`);

const createAddress = (world: World): ExampleRequest => ({ ...member(world), body: addressBody(world) });
const updateAddress = (world: World): ExampleRequest => ({ ...addressOf(world), body: addressBody(world) });

const addressUpdate: Example = {
  request: updateAddress,
  status: 200,
  failures: [
    ...documentFailures(updateAddress, ADDRESS_TYPE, 'address_city'),
    failure(
      'a country that is none, in lower case',
      422,
      'invalid',
      world => ({ ...addressOf(world), body: document(ADDRESS_TYPE, { address_country_code: 'pt' }) }),
      { pointer: '/data/attributes/address_country_code' },
    ),
    failure(
      'half of a position',
      422,
      'invalid',
      world => ({ ...addressOf(world), body: document(ADDRESS_TYPE, { latitude: 1 }) }),
      { pointer: '/data/attributes/longitude' },
    ),
    conflict('another id than in the path', world => ({
      ...addressOf(world),
      body: document(ADDRESS_TYPE, {}, { id: String(UNKNOWN) }),
    })),
    notFound('an unknown address', world => ({ ...unknownAddress(world), body: addressBody(world) })),
    notFound('an address of another customer', world => ({
      ...addressOfAnother(world),
      body: addressBody(world),
    })),
    conflict('an archived customer', world => ({ ...archivedAddress(world), body: addressBody(world) })),
    notAcceptable(updateAddress),
  ],
};

const addresses: Readonly<Record<string, Example>> = {
  'List customer addresses': {
    request: world => ({ ...member(world), query: 'include=customer&sort=-address_city' }),
    status: 200,
    body: ({ individual }) => ({ included: [{ id: String(individual.number), type: CUSTOMER_TYPE }] }),
    failures: [
      notFound('an unknown customer', nobody),
      badParameter(member, 'sort=colour', 'sort'),
      badParameter(member, 'page[size]=0', 'page[size]'),
      badParameter(member, 'include=orders', 'include'),
      notAcceptable(member),
    ],
  },
  'Creates a customer addresses': {
    request: createAddress,
    status: 201,
    body: () => ({ data: { type: ADDRESS_TYPE, attributes: { main: true } } }),
    failures: [
      ...documentFailures(createAddress, ADDRESS_TYPE, 'label'),
      notFound('an unknown customer', world => ({ ...nobody(), body: addressBody(world) })),
      conflict('an archived customer', world => ({ ...archived(world), body: addressBody(world) })),
      notAcceptable(createAddress),
    ],
  },
  'Delete address': {
    request: addressOf,
    status: 204,
    failures: [
      notFound('an unknown address', unknownAddress),
      notFound('an address of another customer', addressOfAnother),
      conflict('an archived customer', archivedAddress),
      notAcceptable(addressOf),
    ],
  },
  'Update address': addressUpdate,
  'Update address (PATCH)': addressUpdate,
};

/** One inquiry in each state, one of a returning customer, and the number of the caller's own address that is made next. */
async function prepare(
  services: Services,
  tenant: number,
  world: Omit<World, 'made'>,
): Promise<World['made']> {
  const { unique, individual } = world;
  const wanted = { name: `Vera ${unique}`, email: `vera@${unique}.example`, message: unique };
  const make = async (part: object, customer?: World['individual']): Promise<number> => {
    const body = { ...newInquiry(wanted, customer), ...part } as unknown as ObjectBody;
    return (await services.objects.create(tenant, INQUIRIES, body)).number;
  };
  const elsewhere = { dialect: DIALECT, kind: USER_ADDRESS_TYPE, owner: unique };
  return {
    open: await make({}),
    approved: await make({ status: 'approved' }),
    rejected: await make({ status: 'rejected' }),
    returning: await make({}, individual),
    // Numbers are given in order, whoever the owner is: this will be the one of the next address.
    address: (await services.objects.create(tenant, elsewhere, {})).number + 1,
  };
}

export const examples: Examples = {
  dialect: DIALECT,
  prepare,
  operations: { ...customers, ...addresses, ...inquiryExamples, ...meExamples },
};
