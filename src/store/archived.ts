/** How far back a tenant's changes reach: what of them was archived. */

import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import type { Transaction } from './connection.ts';

export interface Archived {
  /** No archived change is later. */
  readonly until: string;
  /** The position in the feed of the last of them. */
  readonly cursor: string;
}

/**
 * `undefined` while nothing was. Whoever asks before it reads changes gets both of one state: from the mention of the
 * table on, its partitions stay until the transaction ends (concord.change is locked against the other's `detach`).
 */
export async function archivedOf(sql: Transaction, tenant: TenantId): Promise<Archived | undefined> {
  const [row] = await sql<{ until: Date | null; cursor: string | null }[]>`
    select max(last_at) as until, (
      select last_transaction || '-' || last_sequence from concord.change_archive
      where tenant_id = ${tenant} order by last_transaction desc, last_sequence desc limit 1
    ) as cursor, (select 1 from concord.change where false) as locked
    from concord.change_archive where tenant_id = ${tenant}`;
  if (!row?.until || row.cursor === null) return undefined;
  return { until: row.until.toISOString(), cursor: row.cursor };
}

export const historyArchived = (until: string): ConcordError =>
  new ConcordError('history-archived', {
    message: `Changes until ${until} were archived, and this needs one of them.`,
  });
