/** What is under which key, counted. */
import type { Sql, Transaction } from '../connection.ts';
import { inTenant, tenantsOf } from '../tenant-walk.ts';

/** Where keys are used: identity documents, what history hides, answers kept for repetition, values that are unique. */
export const KINDS = ['documents', 'history', 'answers', 'claims'] as const;
export type Kind = (typeof KINDS)[number];

export interface KeyUse {
  readonly kind: Kind;
  /** Null for claims from before claims named their key. */
  readonly keyId: string | null;
  readonly count: number;
  /** Those that would be lost with the key, because nothing stands beside them under the first key. */
  readonly left: number;
}

interface Counted {
  readonly key: string | null;
  readonly count: number;
  readonly left: number;
}

/** In the order of kinds, the first key first. */
export async function keyUses(sql: Sql, first: string): Promise<KeyUse[]> {
  const sums = new Map<string, KeyUse>();
  for (const tenant of await tenantsOf(sql)) {
    for (const kind of KINDS) {
      const rows = await inTenant(sql, tenant, transaction => COUNTS[kind](transaction, tenant, first));
      for (const { key, count, left } of rows) {
        const place = JSON.stringify([kind, key]);
        const sum = sums.get(place);
        sums.set(place, {
          kind,
          keyId: key,
          count: (sum?.count ?? 0) + count,
          left: (sum?.left ?? 0) + left,
        });
      }
    }
  }
  const rank = ({ kind, keyId }: KeyUse) =>
    `${KINDS.indexOf(kind)} ${keyId === first ? 0 : 1} ${keyId ?? '~'}`;
  return [...sums.values()].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}

export const leftOf = (uses: readonly KeyUse[]): number => uses.reduce((sum, { left }) => sum + left, 0);

type Count = (sql: Transaction, tenant: number, first: string) => Promise<Counted[]>;

const COUNTS: Readonly<Record<Kind, Count>> = {
  documents: (sql, tenant, first) => sql<Counted[]>`
    select split_part(sealed, '.', 2) as key, count(*) as count,
      count(*) filter (where split_part(sealed, '.', 2) <> ${first}) as left
    from concord.customer where tenant_id = ${tenant} and sealed is not null group by 1`,
  history: (sql, tenant, first) => sql<Counted[]>`
    select split_part(sealed, '.', 2) as key, count(*) as count,
      count(*) filter (where split_part(sealed, '.', 2) <> ${first}) as left
    from concord.change where tenant_id = ${tenant} and sealed is not null group by 1`,
  answers: (sql, tenant, first) => sql<Counted[]>`
    select split_part(answer, '.', 2) as key, count(*) as count,
      count(*) filter (where split_part(answer, '.', 2) <> ${first}) as left
    from concord.idempotency where tenant_id = ${tenant} and answer is not null group by 1`,
  claims: (sql, tenant, first) => sql<Counted[]>`
    select key_id as key, count(*) as count,
      count(*) filter (where key_id is distinct from ${first} and beside is distinct from ${first}) as left
    from concord.claim where tenant_id = ${tenant} group by 1`,
};
