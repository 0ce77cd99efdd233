/** Changes: the history of one customer, and the feed of all of a tenant. */
import { type Changes, type FedChange, positionOf } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid } from '../record/identifier.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFromRow } from './change-rows.ts';
import type { Transaction } from './connection.ts';
import type { Lanes } from './customers.ts';
import type { Vault } from './encryption.ts';
import { inTenant } from './in-tenant.ts';

const LIMIT_MAXIMUM = 1_000;
const START = '0-0';

export const openChanges = (lanes: Lanes, vault: Vault): Changes => ({
  async read(tenant, { after = START, limit, dialect }) {
    const position = positionOf(after);
    if (!position) throw new ConcordError('request-invalid', { message: 'The cursor is not one of ours.' });
    const { transaction, sequence } = position;
    const maximum = bounded(limit);
    const { rows, tail } = await inTenant(lanes, tenant, async sql => {
      const end = await horizon(sql);
      const rows = await sql<ChangeRow[]>`
        select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
        where tenant_id = ${tenant}
          and (transaction, sequence) > (${String(transaction)}::text::xid8, ${String(sequence)}::text::bigint)
          and transaction < ${end}::text::xid8
          and (${dialect ?? null}::text is null or dialect = ${dialect ?? null}::text)
        order by transaction, sequence
        limit ${maximum}`;
      // Of one dialect: what is newest of all of them, so that the others are not looked at again.
      const tail =
        dialect === undefined || rows.length === maximum ? rows.at(-1) : await newest(sql, tenant, end);
      return { rows, tail };
    });
    const changes = rows.map(
      (row): FedChange => ({ ...changeFromRow(row, tenant, vault), cursor: cursorOf(row) }),
    );
    return { changes, cursor: tail ? later(after, cursorOf(tail)) : after };
  },

  async latest(tenant) {
    const tail = await inTenant(lanes, tenant, async sql => newest(sql, tenant, await horizon(sql)));
    return tail ? cursorOf(tail) : START;
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
    const [row] = await inTenant(lanes, tenant, sql => {
      return sql<ChangeRow[]>`
        select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
        where tenant_id = ${tenant} and customer_id = ${customerId} and sequence = ${sequence}`;
    });
    return row && changeFromRow(row, tenant, vault, options);
  },
});

type Place = Pick<ChangeRow, 'transaction' | 'sequence'>;

const cursorOf = ({ transaction, sequence }: Place): string => `${transaction}-${sequence}`;

/** A cursor of another tenant or of a database that was restored may be ahead; it never goes back. */
function later(one: string, other: string): string {
  const [a, b] = [positionOf(one)!, positionOf(other)!];
  const isLater =
    b.transaction > a.transaction || (b.transaction === a.transaction && b.sequence > a.sequence);
  return isLater ? other : one;
}

/**
 * The last change that is settled. A cursor names a change and never the horizon: ids of transactions that left
 * nothing behind are lost in a crash or a failover, PostgreSQL gives them again, and whoever had read up to the horizon
 * would miss what then comes with them. A change that can be read is on disk, and on the synchronous standby.
 */
async function newest(sql: Transaction, tenant: TenantId, end: string): Promise<Place | undefined> {
  const [row] = await sql<Place[]>`
    select transaction, sequence from concord.change
    where tenant_id = ${tenant} and transaction < ${end}::text::xid8
    order by transaction desc, sequence desc
    limit 1`;
  return row;
}

/** The oldest transaction that may still commit a change: whatever is before it is settled. */
async function horizon(sql: Transaction): Promise<string> {
  const [row] = await sql<{ end: string }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as end`;
  return row!.end;
}

const bounded = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), LIMIT_MAXIMUM);
