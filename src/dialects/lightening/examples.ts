/** Examples of Lightening's operations, and how it refuses (lightening.md §4, §6). */
import type { Example, Examples } from '../conformance/examples.ts';
import { logIn } from '../login.ts';
import { BRANCHES } from './branch.ts';
import { COST_CENTERS } from './cost-center.ts';
import { addressOperations } from './examples-address.ts';
import {
  customerQueryFailures,
  NOT_FOUND,
  UNKNOWN,
  unknownToken,
  unreadableQuery,
} from './examples-failures.ts';
import { sessionOperations } from './examples-session.ts';
import { newToken } from './session.ts';
import { DIALECT } from './wire.ts';

const listCustomers: Example = {
  request: ({ individual }) => ({ query: `limit=1&after_id=${individual.number - 1}` }),
  status: 200,
  body: ({ individual }) => ({ entities: [{ id: String(individual.number) }], total: 1, result: true }),
  stranger: 'empty',
  failures: [unreadableQuery, unknownToken],
};

/** Getting by id is the same for all kinds of entities. */
const get = (id: Example['request'], body: NonNullable<Example['body']>): Example => ({
  request: id,
  status: 200,
  body,
  failures: [
    { name: 'an unknown id', request: () => ({ params: { internal_id: UNKNOWN } }), ...NOT_FOUND },
    { name: 'what is no id', request: () => ({ params: { internal_id: '1.5' } }), ...NOT_FOUND },
    { name: 'the id of none', request: () => ({ params: { internal_id: 0 } }), ...NOT_FOUND },
    unknownToken,
  ],
});

const listBranches: Example = {
  request: () => ({}),
  status: 200,
  body: () => ({ result: true }),
  stranger: 'own',
  failures: [unknownToken],
};

const listCostCenters: Example = {
  request: ({ individual }) => ({ query: `customer_id[]=${individual.number}` }),
  status: 200,
  body: ({ individual, made }) => ({
    entities: [
      {
        id: String(made.costCenter),
        customer_id: String(individual.number),
        account: individual.accountNumber,
      },
    ],
    total: 1,
    result: true,
  }),
  stranger: 'empty',
  failures: customerQueryFailures,
};

export const examples: Examples = {
  dialect: DIALECT,
  async prepare(services, tenant, { individual, login, unique }) {
    const branch = await services.objects.create(tenant, BRANCHES, {
      name: `Cape ${unique}`,
      is_active: true,
    });
    const costCenter = await services.objects.create(tenant, COST_CENTERS, {
      name: `Freight ${unique}`,
      is_active: true,
      customer: individual.number,
      code1: 'F-1',
      code2: '',
      pp_id: '',
    });
    const { token } = await logIn(services, DIALECT, login, 'Demo-password-1!', newToken);
    return { branch: branch.number, costCenter: costCenter.number, token };
  },
  operations: {
    ...addressOperations,
    'Get the list of customers': listCustomers,
    'Get customer by internal ID': get(
      ({ individual }) => ({ params: { internal_id: individual.number } }),
      ({ individual }) => ({
        entity: { id: String(individual.number), physical_city: 'Harrisburg' },
        result: true,
      }),
    ),
    'Get the list of branches': listBranches,
    'Get branch by internal ID': get(
      ({ made }) => ({ params: { internal_id: made.branch! } }),
      ({ made, unique }) => ({
        entity: { id: String(made.branch), name: `Cape ${unique}`, is_active: '1' },
        result: true,
      }),
    ),
    'Get the List of Cost Centers': listCostCenters,
    'Get cost center by internal ID': get(
      ({ made }) => ({ params: { internal_id: made.costCenter! } }),
      ({ made, individual }) => ({
        entity: { id: String(made.costCenter), customer_id: String(individual.number), code1: 'F-1' },
        result: true,
      }),
    ),
    ...sessionOperations,
  },
};
