/** Rate limits counted in the database, so that they hold for all server processes together. */
import type { TenantId } from '../record/customer.ts';
import { openCache } from './cache.ts';
import type { Lanes } from './customers.ts';

export interface RateLimit {
  readonly key: string;
  readonly maximum: number;
  readonly seconds: number;
}

export interface RateLimits {
  take(caller: { readonly tenant: TenantId }, limits: readonly RateLimit[]): Promise<number | undefined>;
}

/** Callers that were told to wait, remembered here so that their next attempts cost the database nothing. */
const REFUSED_MAXIMUM = 10_000;
/** Milliseconds; the longest limit of any vendor is a minute. */
const REFUSED_LIFETIME_MS = 60_000;

export function openRateLimits({ write }: Lanes): RateLimits {
  const refused = openCache<number>(REFUSED_MAXIMUM, REFUSED_LIFETIME_MS);

  return {
    async take({ tenant }, limits) {
      if (limits.length === 0) return undefined;
      const ordered = limits.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const name = `${tenant} ${ordered.map(limit => limit.key).join(' ')}`;
      const left = ((refused.get(name) ?? 0) - performance.now()) / 1_000;
      if (left > 0) return left;
      const { sql, gate } = write;
      const [row] = await gate(
        async () =>
          await sql<{ wait: number | null }[]>`
            select concord.rate_take(${tenant}, ${JSON.stringify(ordered)}::jsonb) as wait`,
      );
      const wait = row?.wait ?? undefined;
      if (wait !== undefined) refused.set(name, performance.now() + wait * 1_000);
      return wait;
    },
  };
}
