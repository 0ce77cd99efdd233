/** Values that no two customers of a tenant have at the same time, as this API claims them. */
import * as record from '../record/claims.ts';
import type { Customer } from '../record/customer.ts';
import type { Claim } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';

/**
 * A social security number that somebody has already is not refused: with the last four digits in sight, whoever may not
 * see the rest could try it out until one is refused.
 */
export const claimsOf = (customer: Customer): readonly Claim[] =>
  record.claimsOf(customer).map(claim => (claim.scope === 'ssn' ? { ...claim, yields: true } : claim));

const FIELDS: Readonly<Record<string, string>> = { ein: 'taxIds' };

/** Says which value it is. */
export function explainClaim(error: unknown): never {
  if (!(error instanceof ConcordError) || error.code !== 'value-taken') throw error;
  const scope = String(error.context.scope);
  throw new ConcordError('value-taken', {
    faults: [{ field: FIELDS[scope] ?? scope, message: 'is that of another customer' }],
    context: error.context,
  });
}
