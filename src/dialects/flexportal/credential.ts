/** FlexPortal's credentials: an API key, which goes with the tenant's name (flexportal.md §1.1, §1.4). */
import { type CredentialForm, newSecret, textOf } from '../credential-form.ts';
import { Type } from '../schema.ts';
import { TIERS } from './rate-limits.ts';

const shown = (secret: string, tenantName: string) => ({ 'API key': secret, 'Tenant-ID': tenantName });

export const credential: CredentialForm = {
  options: {
    tier: {
      description: 'the rate limit of the key',
      schema: Type.Union(TIERS.map(tier => Type.Literal(tier))),
      rule: `must be one of ${TIERS.join(', ')}`,
    },
  },
  prepare(values, tenantName) {
    const [secret, tier] = [newSecret(), textOf(values, 'tier')];
    return {
      identity: { kind: 'key', secret },
      settings: tier === undefined ? {} : { tier },
      shown: shown(secret, tenantName),
    };
  },
  renew(_, tenantName) {
    const secret = newSecret();
    return { secret, shown: shown(secret, tenantName) };
  },
};
