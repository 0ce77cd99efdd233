/** Changes: the history of one customer, and the feed of all of a tenant. */
import { type Changes, type FedChange, positionOf } from '../record/changes.ts';
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
    const { rows, end } = await inTenant(lanes, tenant, async sql => {
      const end = await horizon(sql);
      const rows = await sql<ChangeRow[]>`
        select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
        where tenant_id = ${tenant}
          and (transaction, sequence) > (${String(transaction)}::text::xid8, ${String(sequence)}::text::bigint)
          and transaction < ${end}::text::xid8
          and (${dialect ?? null}::text is null or dialect = ${dialect ?? null}::text)
        order by transaction, sequence
        limit ${maximum}`;
      return { rows, end };
    });
    const last = rows.at(-1);
    const changes = rows.map(
      (row): FedChange => ({ ...changeFromRow(row, tenant, vault), cursor: cursorOf(row) }),
    );
    if (rows.length === maximum && last) return { changes, cursor: cursorOf(last) };
    // All before the horizon was looked at, so that those of other dialects are not looked at again.
    return { changes, cursor: BigInt(end) > transaction ? `${end}-0` : after };
  },

  async latest(tenant) {
    return `${await inTenant(lanes, tenant, horizon)}-0`;
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

const cursorOf = ({ transaction, sequence }: ChangeRow): string => `${transaction}-${sequence}`;

/** The oldest transaction that may still commit a change: whatever is before it is settled. */
async function horizon(sql: Transaction): Promise<string> {
  const [row] = await sql<{ end: string }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as end`;
  return row!.end;
}

const bounded = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), LIMIT_MAXIMUM);
