/** What no two customers of a tenant may have: the reference, and the number that stands for the person or the business. */
import { type Customer, taxId } from './customer.ts';
import type { Claim } from './customers.ts';

/**
 * The claims of connectFi's registration (connectfi.md §4.1): the reference first; then a person's social security
 * numbers or a business's EIN, not those of representatives. Values are compared as written.
 */
export function claimsOf(customer: Customer): Claim[] {
  const { reference } = customer;
  const own: Claim[] = reference === null ? [] : [{ scope: 'reference', value: reference }];
  if (customer.kind === 'business') {
    const ein = taxId(customer, 'ein');
    return ein === null ? own : [...own, { scope: 'ein', value: ein }];
  }
  const numbers = customer.identityDocuments.flatMap(({ kind, value }) =>
    kind === 'ssn' && value !== null ? [value] : [],
  );
  return [...own, ...[...new Set(numbers)].map(value => ({ scope: 'ssn', value }))];
}
