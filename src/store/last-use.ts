/** When credentials were used last: remembered in memory, written once a minute, and never while somebody waits. */
import type { TenantId } from '../record/customer.ts';
import { forAll } from '../record/listening.ts';
import type { Lanes } from './customers.ts';

export interface LastUse {
  note(tenant: TenantId, credentialId: string): void;
  /** When this process last saw it used and has not written it yet. ISO 8601 UTC. */
  pending(credentialId: string): string | undefined;
  /** Writes what was noted; a failure keeps it for the next time. */
  flush(): Promise<void>;
  /** Writes for the last time. */
  close(): Promise<void>;
}

/** An hour-old time is what people ask for: a minute is exact enough, and one statement a minute costs nothing. */
const WRITE_EVERY_MS = 60_000;
/** Each costs some 150 bytes. More are in use at once than a row a credential would be worth; the rest waits its turn. */
const PENDING_MAXIMUM = 10_000;

interface Use {
  readonly tenant: TenantId;
  readonly at: number;
}

export function openLastUse({ scan }: Lanes): LastUse {
  let pending = new Map<string, Use>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function note(tenant: TenantId, credentialId: string): void {
    if (closed || (pending.size >= PENDING_MAXIMUM && !pending.has(credentialId))) return;
    pending.set(credentialId, { tenant, at: Date.now() });
    timer ??= forAll(() => setTimeout(flush, WRITE_EVERY_MS)).unref();
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (pending.size === 0) return;
    const uses = pending;
    pending = new Map();
    try {
      const { sql, gate } = scan;
      await gate(async () => await sql`select concord.credential_used(${written(uses)}::jsonb)`);
    } catch {
      // It is worth no failure: the same credentials are most likely used again, or written with the next ones.
      for (const [id, use] of uses)
        if (!pending.has(id) && pending.size < PENDING_MAXIMUM) pending.set(id, use);
      if (!closed) timer ??= forAll(() => setTimeout(flush, WRITE_EVERY_MS)).unref();
    }
  }

  return {
    note,
    pending: credentialId => {
      const use = pending.get(credentialId);
      return use && new Date(use.at).toISOString();
    },
    flush,
    close: () => {
      closed = true;
      return flush();
    },
  };
}

/** By tenant and credential, as `concord.credential_used` takes it. */
function written(uses: ReadonlyMap<string, Use>): string {
  const byTenant: Record<string, Record<string, string>> = {};
  for (const [id, { tenant, at }] of uses) {
    byTenant[tenant] ??= {};
    byTenant[tenant][id] = new Date(at).toISOString();
  }
  return JSON.stringify(byTenant);
}
