/** Examples of FlexPortal's operations, and how it refuses (flexportal.md §3, §5). */
import { newId } from '../../record/identifier.ts';
import type { Example, Examples, World } from '../conformance/examples.ts';
import { error, notAnId, notFound, strangers, UNKNOWN } from './examples-failures.ts';
import { customerId } from './identifiers.ts';

const member = ({ individual }: World) => ({ params: { customerId: customerId(individual) } });

const list: Example = {
  request: () => ({ query: 'limit=10&status=active&sortBy=lastName&sortDir=asc' }),
  status: 200,
  body: () => ({ limit: 10 }),
  stranger: 'empty',
  failures: [
    {
      name: 'unknown filters',
      request: () => ({
        query: 'status=gone&customerType=robot&sortBy=x&sortDir=up&limit=0&hasActiveRentals=1',
      }),
      status: 400,
      body: error('VALIDATION_ERROR'),
    },
    {
      name: 'a limit that is no number',
      request: () => ({ query: 'limit=ten' }),
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ path: 'limit', code: 'invalid_string' }] } },
    },
    {
      name: 'an unknown cursor',
      request: () => ({ query: `startAfter=${UNKNOWN}` }),
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ path: 'startAfter' }] } },
    },
    {
      name: 'an e-mail of blanks',
      request: () => ({ query: 'email=%20' }),
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ path: 'email', code: 'too_small' }] } },
    },
    {
      name: 'a parameter given twice',
      request: () => ({ query: 'status=active&status=inactive' }),
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ path: 'status', code: 'custom' }] } },
    },
    ...strangers,
  ],
};

const update: Example = {
  request: world => ({
    ...member(world),
    body: {
      customerId: customerId(world.individual),
      firstName: 'Ada',
      lastName: 'Sample',
      company: 'Harbor Tools',
      phone: '+17175550123',
      customerType: 'individual',
      status: 'active',
      billingAddress: {
        contactName: 'Ada Sample',
        streetAddress: '12 Quay Rd',
        city: 'Cork',
        country: 'Ireland',
        company: 'Harbor Tools',
        buildingInfo: 'Floor 2',
        locality: 'Centre',
        adminArea: 'Munster',
        postalCode: null,
      },
    },
  }),
  status: 200,
  body: world => ({
    success: true,
    customerId: customerId(world.individual),
    customer: { lastBillingAddress: { streetAddress: '12 Quay Rd', postalCode: null } },
  }),
  failures: [
    {
      name: 'an unknown customer',
      request: () => ({ params: { customerId: UNKNOWN }, body: { customerId: UNKNOWN } }),
      status: 404,
      body: error('NOT_FOUND'),
    },
    {
      name: 'another customerId than in the path',
      request: world => ({ ...member(world), body: { customerId: UNKNOWN } }),
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ path: 'customerId' }] } },
    },
    {
      name: 'an address without its required members',
      request: world => ({
        ...member(world),
        body: { customerId: customerId(world.individual), billingAddress: { city: 'Cork' } },
      }),
      status: 400,
      body: error('VALIDATION_ERROR'),
    },
    {
      name: 'an archived customer',
      request: ({ archived }) => ({
        params: { customerId: customerId(archived) },
        body: { customerId: customerId(archived), firstName: 'Bo' },
      }),
      status: 409,
      body: error('CUSTOMER_ARCHIVED'),
    },
    {
      name: 'no customerId in the body',
      request: world => ({ ...member(world), body: {} }),
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ path: 'customerId', code: 'invalid_type' }] } },
    },
    {
      name: 'values that no field takes',
      request: world => ({
        ...member(world),
        body: {
          customerId: '',
          firstName: '',
          lastName: 'x'.repeat(1001),
          company: 'a\nb',
          phone: null,
          customerType: 'robot',
          status: 'gone',
          shippingAddress: null,
        },
      }),
      status: 400,
      body: {
        error: {
          code: 'VALIDATION_ERROR',
          details: [
            { path: 'customerId', code: 'too_small' },
            { path: 'firstName', code: 'too_small' },
            { path: 'lastName', code: 'too_big' },
            { path: 'company', code: 'invalid_string' },
            { path: 'phone', code: 'invalid_type' },
            { path: 'customerType', code: 'invalid_enum_value' },
            { path: 'status', code: 'invalid_enum_value' },
            { path: 'shippingAddress', code: 'invalid_type' },
          ],
        },
      },
    },
    {
      name: 'no body',
      request: member,
      status: 400,
      body: error('VALIDATION_ERROR'),
    },
    {
      name: 'a body that is no JSON object',
      request: world => ({ ...member(world), body: [] }),
      status: 400,
      body: error('VALIDATION_ERROR'),
    },
    {
      name: 'another media type',
      request: world => ({ ...member(world), body: '{}', headers: { 'content-type': 'text/plain' } }),
      status: 400,
      body: error('VALIDATION_ERROR'),
    },
    ...strangers,
  ],
};

export const examples: Examples = {
  dialect: 'flexportal',
  async prepare(services, tenant, { individual }) {
    const origin = { tenant, dialect: 'flexportal', actor: 'example', requestId: 'example' };
    const renting = await services.customers.create(origin, {
      ...individual,
      id: newId(),
      addresses: [],
      contactPoints: [],
      orders: [{ id: 'ord_1', status: 'fulfilled' }],
      subscriptions: [{ id: 'sub_1', status: 'active', monthlyAmount: '29.90' }],
    });
    const ordering = await services.customers.create(origin, {
      ...individual,
      id: newId(),
      addresses: [],
      contactPoints: [],
      orders: [{ id: 'ord_2', status: 'pending' }],
    });
    return { renting: customerId(renting), ordering: customerId(ordering) };
  },
  operations: {
    'List customers': list,
    'Get a customer': {
      request: member,
      status: 200,
      body: world => ({ customerId: customerId(world.individual), firstName: world.individual.givenName }),
      failures: [notFound, notAnId, ...strangers],
    },
    'Update a customer': update,
    'Delete a customer': {
      request: member,
      status: 200,
      body: world => ({ success: true, customerId: customerId(world.individual) }),
      failures: [
        notFound,
        notAnId,
        {
          name: 'a customer with an active subscription',
          request: world => ({ params: { customerId: world.made.renting! } }),
          status: 409,
          body: error('CUSTOMER_HAS_ACTIVE_SUBSCRIPTIONS'),
        },
        {
          name: 'a customer with a pending order',
          request: world => ({ params: { customerId: world.made.ordering! } }),
          status: 409,
          body: error('CUSTOMER_HAS_PENDING_ORDERS'),
        },
        {
          name: 'an archived customer',
          request: ({ archived }) => ({ params: { customerId: customerId(archived) } }),
          status: 409,
          body: error('CUSTOMER_ARCHIVED'),
        },
        ...strangers,
      ],
    },
  },
};
