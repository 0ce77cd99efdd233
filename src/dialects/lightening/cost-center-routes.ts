/** Lightening's operations on cost centres: list by customer, and get by internal id (lightening.md §6.4 [docs]). */
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { CostCenterEntity, CostCenterList } from './answers.ts';
import { CUSTOMER_QUERY, CUSTOMER_QUERY_REQUIRED, readCustomerQuery } from './check.ts';
import { COST_CENTERS, customerNumberOf, readCostCenter } from './cost-center.ts';
import { findInPath, listWhole, OBJECTS_MAXIMUM } from './stored-objects.ts';

const COLLECTION = '/cost_center';
const group = 'Cost Center';
const section = 'lightening.md §6.4';

export const costCenterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: COLLECTION,
    operation: 'Get the List of Cost Centers',
    group,
    provenance: 'docs',
    section,
    query: CUSTOMER_QUERY,
    queryRequired: CUSTOMER_QUERY_REQUIRED,
    answers: { 200: CostCenterList },
    handle: list,
  },
  {
    method: 'GET',
    path: `${COLLECTION}/:internal_id`,
    operation: 'Get cost center by internal ID',
    group,
    provenance: 'docs',
    section,
    answers: { 200: CostCenterEntity },
    handle: get,
  },
];

/** What a client does about a list that is too long: one customer has few. */
const ADVICE = `More than ${OBJECTS_MAXIMUM} cost centers: ask for one customer at a time.`;

/** Of the customers asked for that the tenant has, whoever else a cost centre may name; in the order of ids. */
async function list(call: Call): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const numbers = readCustomerQuery(request);
  const [only, ...others] = numbers;
  const match = only !== undefined && others.length === 0 ? { customer: only } : {};
  const [customers, centers] = await Promise.all([
    services.customers.select(caller.tenant, { numbers }),
    listWhole(call, COST_CENTERS, ADVICE, match),
  ]);
  const owners = new Map(customers.map(customer => [customer.number, customer]));
  const entities = centers.flatMap(center => {
    const owner = owners.get(customerNumberOf(center) ?? 0);
    return owner ? [readCostCenter(center, owner)] : [];
  });
  return { status: 200, body: { entities, total: entities.length, result: true } };
}

/** One whose customer is not there is as unknown as one that never was. */
async function get(call: Call): Promise<WireAnswer> {
  const { caller, services } = call;
  const center = await findInPath(call, COST_CENTERS);
  const number = customerNumberOf(center);
  const owner = number === undefined ? undefined : await services.customers.find(caller.tenant, { number });
  if (!owner) throw new ConcordError('customer-not-found');
  return { status: 200, body: { entity: readCostCenter(center, owner), result: true } };
}
