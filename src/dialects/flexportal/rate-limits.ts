/** FlexPortal's rate limits: by tier, counted for each API key (flexportal.md §5.5 [docs: overview]). */
import type { Caller, RateLimit } from '../contract.ts';

/** Requests of one key in a minute. The other tiers are unlimited under fair use. */
const REQUESTS_BY_TIER: Readonly<Record<string, number>> = { starter: 100 };
const SECONDS = 60;

/** The tier is a setting of the credential. */
export const TIERS = ['starter', 'growth', 'enterprise'] as const;
const DEFAULT_TIER: (typeof TIERS)[number] = 'starter';

export function rateLimits({ credentialId, settings }: Caller): readonly RateLimit[] {
  const tier = typeof settings.tier === 'string' ? settings.tier : DEFAULT_TIER;
  const maximum = REQUESTS_BY_TIER[tier];
  return maximum === undefined ? [] : [{ key: `flexportal ${credentialId}`, maximum, seconds: SECONDS }];
}
