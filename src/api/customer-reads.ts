/** Reading customers: lists, counts, searches, and one of them. */
import type { WireAnswer } from '../dialects/contract.ts';
import { Type } from '../dialects/schema.ts';
import { ConcordError } from '../record/errors.ts';
import { customerAnswer, customerKey, expectFound, OWN_CACHE } from './customer-answer.ts';
import { FILTER_PARAMETERS, filterOf, LIST_PARAMETERS, listQueryOf } from './customer-list.ts';
import { etagOf, isKnown } from './etag.ts';
import { isIdOf, keysIn } from './identifiers.ts';
import { instantOf } from './instant.ts';
import { cursorTo, invalidCursor, invalidParameter, limitOf, pageAnswer } from './pagination.ts';
import { readQuery } from './request.ts';
import { customerResource } from './resource.ts';
import type { ApiCall } from './route.ts';
import { Limit } from './schemas/values.ts';
import { matchOf } from './search-match.ts';
import { customerSummary } from './summary.ts';

/** What fits below a box without scrolling. */
const SEARCH_USUAL = 20;
/** Candidates are ranked as they are found, so more would not be the better ones. */
const SEARCH_MAXIMUM = 100;
/** More than a name with an address, in code points. */
const SEARCH_TEXT_MAXIMUM = 200;

export const SEARCH_PARAMETERS = {
  q: Type.String({ minLength: 1, maxLength: SEARCH_TEXT_MAXIMUM }),
  limit: Limit,
};
export const AT_PARAMETERS = {
  at: Type.String({
    format: 'date-time',
    description: 'The record as it was at this time, without an ETag.',
  }),
};

/** One customer more than the page holds, to know whether there is another page. */
export async function listCustomers({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const { limit, ...query } = listQueryOf(readQuery(request, LIST_PARAMETERS));
  const found = await services.customers.query(caller.tenant, { ...query, limit: limit + 1 }).catch(error => {
    const gone = error instanceof ConcordError && error.code === 'customer-not-found';
    throw gone ? invalidCursor() : error;
  });
  const page = found.slice(0, limit);
  const next = found.length > limit ? cursorTo(page.at(-1)!.id) : null;
  return pageAnswer(request, page.map(customerSummary), next);
}

export async function countCustomers({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const filter = filterOf(readQuery(request, FILTER_PARAMETERS));
  return { status: 200, body: { count: await services.customers.count(caller.tenant, filter) } };
}

export async function searchCustomers({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const { q, limit } = readQuery(request, SEARCH_PARAMETERS);
  if (q === undefined) throw invalidParameter('q', 'is missing');
  const text = q.trim();
  const keys = keysIn(text, services.dialects);
  const hits = await services.search.find(caller.tenant, text, {
    limit: Math.min(limitOf(limit, SEARCH_USUAL), SEARCH_MAXIMUM),
    ids: keys.flatMap(key => ('id' in key ? [key.id] : [])),
    numbers: keys.flatMap(key => ('number' in key ? [key.number] : [])),
  });
  const items = hits.map(hit => ({
    customer: customerSummary(hit.customer),
    ...matchOf(hit, isIdOf(hit.customer, text, services.dialects)),
  }));
  return { status: 200, body: { items } };
}

export async function getCustomer(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const { at } = readQuery(request, AT_PARAMETERS);
  const key = customerKey(call);
  if (at !== undefined) {
    const time = instantOf(at);
    if (time === undefined) throw invalidParameter('at', 'must be a time that a clock can show');
    const then = await services.customers.at(caller.tenant, key.id, time);
    return { status: 200, body: customerResource(expectFound(then), services.dialects) };
  }
  const customer = expectFound(await services.customers.find(caller.tenant, key));
  const etag = etagOf(customer);
  return isKnown(request, etag)
    ? { status: 304, headers: { etag, ...OWN_CACHE } }
    : customerAnswer(call, customer);
}
