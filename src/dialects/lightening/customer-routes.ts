/** Lightening's operations on customers: list, and get by internal id (lightening.md §6.2). */
import { mainAddress } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { NUMBER_MAXIMUM, readNumber } from '../path.ts';
import { Type } from '../schema.ts';
import { CustomerEntity, CustomerList } from './answers.ts';
import type { BranchNames } from './branch.ts';
import { readCustomer } from './customer.ts';
import { pairsOf, readPairs } from './form.ts';
import { findBranchNames } from './stored-objects.ts';

/** What the port lists in one statement. */
const PAGE = 1_000;

/** Without paging; one answer of this many has some 13 MB. */
const CUSTOMERS_MAXIMUM = 5_000;

const COLLECTION = '/customer';
const group = 'Customer';

export const customerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: COLLECTION,
    operation: 'Get the list of customers',
    group,
    provenance: 'docs',
    section: 'lightening.md §6.2',
    query: {
      limit: Type.Integer({ minimum: 1, maximum: PAGE }),
      after_id: Type.Integer({ minimum: 1, maximum: NUMBER_MAXIMUM }),
    },
    answers: { 200: CustomerList },
    handle: listCustomers,
  },
  {
    method: 'GET',
    path: `${COLLECTION}/:internal_id`,
    operation: 'Get customer by internal ID',
    group,
    provenance: 'convention',
    section: 'lightening.md §6.2',
    answers: { 200: CustomerEntity },
    handle: getCustomer,
  },
];

/**
 * The vendor documents no paging, so the answer is whole or refused: a list that ends early without a word
 * would read like deletions. Beyond the maximum `limit` (1–1,000) and `after_id` page through [convention].
 */
async function listCustomers(call: Call): Promise<WireAnswer> {
  const query = readPairs(pairsOf(call.request.query), '');
  const limit = pageNumber(query.get('limit'));
  const after = pageNumber(query.get('after_id')) ?? 0;
  const customers =
    limit === undefined ? await all(call, after) : await page(call, after, Math.min(limit, PAGE));
  const branches = await branchesOf(call, customers);
  const entities = customers.map(customer => readCustomer(customer, branches));
  return { status: 200, body: { entities, total: entities.length, result: true } };
}

async function getCustomer(call: Call): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const number = readNumber(request.params.internal_id);
  const customer =
    number === undefined ? undefined : await services.customers.find(caller.tenant, { number });
  if (!customer) throw new ConcordError('customer-not-found');
  const branches = await branchesOf(call, [customer]);
  return { status: 200, body: { entity: readCustomer(customer, branches), result: true } };
}

/** A customer shows the branch of the main address. */
const branchesOf = (call: Call, customers: readonly Customer[]): Promise<BranchNames> =>
  findBranchNames(
    call,
    customers.flatMap(customer => mainAddress(customer)?.address ?? []),
  );

/** Unknown and unusable parameters are ignored, as the vendor ignores unknown names. */
const pageNumber = (value: unknown): number | undefined =>
  typeof value === 'string' ? readNumber(value) : undefined;

const page = ({ caller, services }: Call, after: number, limit: number): Promise<Customer[]> =>
  services.customers.list(caller.tenant, { after, limit });

async function all(call: Call, after: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (;;) {
    const next = await page(call, customers.at(-1)?.number ?? after, PAGE);
    customers.push(...next);
    if (customers.length > CUSTOMERS_MAXIMUM) {
      throw new ConcordError('request-invalid', {
        message: `More than ${CUSTOMERS_MAXIMUM} customers: page with limit and after_id.`,
      });
    }
    if (next.length < PAGE) return customers;
  }
}
