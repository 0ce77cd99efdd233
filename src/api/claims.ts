/** Values that no two customers of a tenant have at the same time, whoever writes them. */
import type { Customer } from '../record/customer.ts';
import type { Claim } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';

export const claimsOf = ({ reference }: Customer): readonly Claim[] =>
  reference === null ? [] : [{ scope: 'reference', value: reference }];

/** Says which value it is. */
export function explainClaim(error: unknown): never {
  if (!(error instanceof ConcordError) || error.code !== 'value-taken') throw error;
  const field = String(error.context.scope);
  throw new ConcordError('value-taken', {
    faults: [{ field, message: 'is that of another customer' }],
    context: error.context,
  });
}
