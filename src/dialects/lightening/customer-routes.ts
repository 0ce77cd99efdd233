/** Lightening's operations on customers: list, and get by internal id (lightening.md §6.2). */
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, WireAnswer } from '../contract.ts';
import { readNumber } from '../path.ts';
import { readCustomer } from './customer.ts';
import { pairsOf, readPairs } from './form.ts';

/** What the port lists in one statement. */
const PAGE = 1_000;

/** Without paging; one answer of this many has some 13 MB. */
const CUSTOMERS_MAXIMUM = 5_000;

/**
 * The vendor documents no paging, so the answer is whole or refused: a list that ends early without a word
 * would read like deletions. Beyond the maximum `limit` (1–1,000) and `after_id` page through [convention].
 */
export async function listCustomers(call: Call): Promise<WireAnswer> {
  const query = readPairs(pairsOf(call.request.query), '');
  const limit = pageNumber(query.get('limit'));
  const after = pageNumber(query.get('after_id')) ?? 0;
  const customers =
    limit === undefined ? await all(call, after) : await page(call, after, Math.min(limit, PAGE));
  return {
    status: 200,
    body: { entities: customers.map(readCustomer), total: customers.length, result: true },
  };
}

export async function getCustomer({ request, caller, services }: Call): Promise<WireAnswer> {
  const number = readNumber(request.params.internal_id);
  const customer =
    number === undefined ? undefined : await services.customers.find(caller.tenant, { number });
  if (!customer) throw new ConcordError('customer-not-found');
  return { status: 200, body: { entity: readCustomer(customer), result: true } };
}

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
