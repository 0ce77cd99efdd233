/** Changes: the history of one customer, and the feed of all of a tenant. */
import type { Changes } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { isUuid } from '../record/identifier.ts';
import { archivedOf, historyArchived } from './archived.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFromRow } from './change-rows.ts';
import type { Transaction } from './connection.ts';
import type { Lanes } from './customers.ts';
import type { Vault } from './encryption.ts';
import { lastOf, readFeed } from './feed.ts';
import { inTenant } from './in-tenant.ts';
import { BLOCK } from './partitions.ts';

const LIMIT_MAXIMUM = 1_000;

export const openChanges = (lanes: Lanes, vault: Vault): Changes => ({
  read(tenant, page) {
    const limit = bounded(page.limit);
    return inTenant(lanes, tenant, sql => readFeed(sql, vault, tenant, { ...page, limit }));
  },

  latest: tenant => inTenant(lanes, tenant, sql => lastOf(sql, tenant)),

  async archivedUntil(tenant) {
    const archived = await inTenant(lanes, tenant, sql => archivedOf(sql, tenant));
    return archived?.until ?? null;
  },

  async history(tenant, customerId, { before = Number.MAX_SAFE_INTEGER, limit }, options) {
    if (!isUuid(customerId)) return [];
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<ChangeRow[]>`
        select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
        where tenant_id = ${tenant} and customer_id = ${customerId} and sequence < ${before}
        order by sequence desc
        limit ${bounded(limit)}`;
    });
    return rows.map(row => changeFromRow(row, tenant, vault, options));
  },

  async find(tenant, customerId, sequence, options) {
    if (!isUuid(customerId) || !Number.isSafeInteger(sequence)) return undefined;
    const row = await inTenant(lanes, tenant, async sql => {
      const archived = await archivedWith(sql, tenant, sequence);
      if (archived) throw historyArchived(archived);
      const [found] = await sql<ChangeRow[]>`
        select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
        where tenant_id = ${tenant} and customer_id = ${customerId} and sequence = ${sequence}`;
      return found;
    });
    return row && changeFromRow(row, tenant, vault, options);
  },
});

/** Until when the tenant's changes were archived, when the partition that the sequence belongs to is one of those. */
async function archivedWith(
  sql: Transaction,
  tenant: TenantId,
  sequence: number,
): Promise<string | undefined> {
  const archived = await archivedOf(sql, tenant);
  if (!archived) return undefined;
  const [row] = await sql`
    select 1 from concord.change_archive
    where tenant_id = ${tenant} and partition = ${Math.floor(Math.max(sequence, 0) / BLOCK)}`;
  return row && archived.until;
}

const bounded = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), LIMIT_MAXIMUM);
