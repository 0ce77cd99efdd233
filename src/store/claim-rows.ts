/** A claim as the database has it: a hash with every key, each saying with which. */
import type { TenantId } from '../record/customer.ts';
import type { Claim } from '../record/customers.ts';
import type { Vault } from './encryption.ts';

export interface ClaimRow {
  readonly scope: string;
  /** Hexadecimal. */
  readonly hash: string;
  /** The id of the customer. */
  readonly customer: string;
  readonly key: string;
  /** The first key, in the rows of the others: it has a row of the same value, so that these can go. */
  readonly beside?: string;
  readonly yields?: true;
}

export const claimRows = (
  vault: Vault,
  tenant: TenantId,
  customer: string,
  { scope, value, yields }: Claim,
): ClaimRow[] =>
  vault.hashes(tenant, scope, value).map(({ keyId, hash }, at) => ({
    scope,
    hash,
    customer,
    key: keyId,
    ...(at > 0 && { beside: vault.keyIds[0] }),
    ...(yields && { yields: true as const }),
  }));
