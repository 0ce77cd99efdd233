/** Which hashes of a customer's claims are to be made with the first key, and which can go. Pure. */
import type { Claim } from '../../record/customers.ts';
import type { KeyedHash } from '../encryption.ts';

/** A claim as it stands in the database, where its value is not told. */
export interface HeldClaim {
  readonly scope: string;
  /** Hexadecimal. */
  readonly hash: string;
  /** Null for one from before claims named their key. */
  readonly keyId: string | null;
  readonly beside: string | null;
}

export interface ClaimPlan {
  /** Under the first key already, and now it says so. */
  readonly named: readonly { readonly scope: string; readonly hash: string }[];
  /** To be made, while the claim `instead` of the customer stands. */
  readonly made: readonly { readonly scope: string; readonly hash: string; readonly instead: string }[];
  /** The old ones; when what is made stands, they go. */
  readonly dropped: readonly { readonly scope: string; readonly hash: string }[];
  /** Those whose value nobody tells. */
  readonly unknown: readonly HeldClaim[];
  /** How many are under the first key by this, and were not before. */
  readonly moved: number;
}

/** Hashes of a value with every key, the first key first. */
export type Hashes = (claim: Claim) => readonly KeyedHash[];

/** `values` are what the customer's record, or its history, says that may have been claimed. */
export function planClaims(
  held: readonly HeldClaim[],
  values: readonly Claim[],
  hashes: Hashes,
  first: string,
): ClaimPlan {
  const known = new Map<string, string>();
  for (const value of values) {
    const [own, ...others] = hashes(value).map(({ hash }) => `${value.scope} ${hash}`);
    for (const each of [own!, ...others]) known.set(each, own!);
  }
  const plan = {
    named: [] as ClaimPlan['named'][number][],
    made: [] as ClaimPlan['made'][number][],
    dropped: [] as ClaimPlan['dropped'][number][],
    unknown: [] as HeldClaim[],
    moved: 0,
  };
  const standing = new Set(held.map(({ scope, hash }) => `${scope} ${hash}`));
  for (const claim of held) {
    const { scope, hash, keyId, beside } = claim;
    if (keyId === first) continue;
    const own = known.get(`${scope} ${hash}`);
    if (beside === first) {
      plan.dropped.push({ scope, hash });
      continue;
    }
    if (own === undefined) {
      plan.unknown.push(claim);
      continue;
    }
    plan.moved += 1;
    if (own === `${scope} ${hash}`) {
      plan.named.push({ scope, hash });
      continue;
    }
    if (!standing.has(own)) plan.made.push({ scope, hash: own.slice(scope.length + 1), instead: hash });
    plan.dropped.push({ scope, hash });
  }
  return plan;
}
