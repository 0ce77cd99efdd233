/** The services of Concord's own API: those of the dialects, and what only people and administration need. */
import type { Dialect, Services } from '../dialects/contract.ts';
import type { CredentialAdministration, Reveals } from '../record/access.ts';
import type { Changes } from '../record/changes.ts';
import type { Idempotency } from '../record/idempotency.ts';
import type { Search } from '../record/search.ts';
import type { Tenants } from '../record/tenants.ts';

export interface ApiServices extends Services {
  /** What a customer looks like to each of them. */
  readonly dialects: readonly Dialect[];
  readonly changes: Changes;
  readonly search: Search;
  readonly administration: CredentialAdministration;
  readonly tenants: Tenants;
  readonly reveals: Reveals;
  readonly idempotency: Idempotency;
  /** Ends when the server stops, so that streams do not keep it. */
  readonly stopping: AbortSignal;
}
