/** Changes: the history of one customer, and the feed of all of a tenant. */
import type { TenantId } from '../record/customer.ts';
import type { FieldChange } from '../record/difference.ts';
import { ConcordError } from '../record/errors.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';

export interface Change {
  /** Counts up for one customer; gaps are allowed. */
  readonly sequence: number;
  readonly customerId: string;
  readonly customerNumber: number;
  readonly dialect: string;
  readonly actor: string;
  readonly requestId: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  /** The vendor's name for what happened. */
  readonly event: string | null;
  readonly fields: readonly FieldChange[];
}

export interface Changes {
  /**
   * The changes behind the cursor, oldest first, and the cursor behind the last of them. A change becomes
   * visible once all that began before it have ended, so following the cursor never skips one.
   */
  read(
    tenant: TenantId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly changes: Change[]; readonly cursor: string }>;

  /** The changes of one customer before the sequence given, newest first. */
  history(
    tenant: TenantId,
    customerId: string,
    page: { readonly before?: number; readonly limit: number },
  ): Promise<Change[]>;
}

const LIMIT_MAXIMUM = 1_000;
const START = '0-0';
const CURSOR = /^(\d{1,20})-(\d{1,19})$/;

interface ChangeRow {
  readonly transaction: string;
  readonly sequence: number;
  readonly customer_id: string;
  readonly customer_number: number;
  readonly dialect: string;
  readonly actor: string;
  readonly request_id: string;
  readonly at: Date;
  readonly event: string | null;
  readonly fields: string;
}

const COLUMNS =
  'transaction::text, sequence, customer_id, customer_number, dialect, actor, request_id, at, event, fields';

export const openChanges = (lanes: Lanes): Changes => ({
  async read(tenant, { after = START, limit }) {
    const position = CURSOR.exec(after);
    if (!position) throw new ConcordError('request-invalid', { message: 'The cursor is not one of ours.' });
    const [, transaction, sequence] = position as unknown as [string, string, string];
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<ChangeRow[]>`
        select ${sql.unsafe(COLUMNS)} from concord.change
        where tenant_id = ${tenant}
          and (transaction, sequence) > (${transaction}::text::xid8, ${sequence}::text::bigint)
          and transaction < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction, sequence
        limit ${bounded(limit)}`;
    });
    const last = rows.at(-1);
    return {
      changes: rows.map(changeFromRow),
      cursor: last ? `${last.transaction}-${last.sequence}` : after,
    };
  },

  async history(tenant, customerId, { before = Number.MAX_SAFE_INTEGER, limit }) {
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<ChangeRow[]>`
        select ${sql.unsafe(COLUMNS)} from concord.change
        where tenant_id = ${tenant} and customer_id = ${customerId} and sequence < ${before}
        order by sequence desc
        limit ${bounded(limit)}`;
    });
    return rows.map(changeFromRow);
  },
});

const bounded = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), LIMIT_MAXIMUM);

const changeFromRow = (row: ChangeRow): Change => ({
  sequence: row.sequence,
  customerId: row.customer_id,
  customerNumber: row.customer_number,
  dialect: row.dialect,
  actor: row.actor,
  requestId: row.request_id,
  at: row.at.toISOString(),
  event: row.event,
  fields: JSON.parse(row.fields) as FieldChange[],
});
