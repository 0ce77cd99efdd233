/** One customer of a request: by the id in its path, and as an answer with its state. */
import type { Customer } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid } from '../record/identifier.ts';
import { etagOf } from './etag.ts';
import { customerResource } from './resource.ts';
import type { ApiCall } from './route.ts';

/** A person's browser may keep what it was shown, and asks each time whether it still stands. */
export const OWN_CACHE = { 'cache-control': 'private, no-cache' };

export const customerAnswer = ({ services }: ApiCall, customer: Customer) => ({
  status: 200,
  headers: { etag: etagOf(customer), ...OWN_CACHE },
  body: customerResource(customer, services.dialects),
});

/** What cannot be an id names nobody. @throws ConcordError `customer-not-found`. */
export function customerKey({ request }: ApiCall): { readonly id: string } {
  const { id = '' } = request.params;
  if (!isUuid(id)) throw new ConcordError('customer-not-found');
  return { id };
}

/** @throws ConcordError `customer-not-found`. */
export function expectFound(customer: Customer | undefined): Customer {
  if (!customer) throw new ConcordError('customer-not-found');
  return customer;
}
