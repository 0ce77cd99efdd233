/** The feed of a tenant's changes, read from a cursor on. */
import { type FedChange, type FeedPage, isBehind, positionOf } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { archivedOf } from './archived.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFromRow } from './change-rows.ts';
import type { Transaction } from './connection.ts';
import type { Vault } from './encryption.ts';
import { BLOCK } from './partitions.ts';

/** Before everything. */
const START = '0-0';

/** Changes of all dialects that one page for a dialect looks at; some 20 ms. */
const LOOKED_AT_MAXIMUM = 10_000;

/** Only the place of a row. */
type PlaceRow = Pick<ChangeRow, 'transaction' | 'sequence'>;

interface Range {
  readonly tenant: TenantId;
  readonly after: string;
  /** The oldest transaction that may still commit a change: whatever is before it is settled. */
  readonly end: string;
  /** All behind the cursor have at least this sequence, so that PostgreSQL leaves partitions before it alone. */
  readonly from: number;
  readonly limit: number;
}

/**
 * The cursor that comes with a page is always the place of a change. The end of what was looked at would do as well, were it not
 * that a database that crashes gives out numbers of transactions again which nothing durable has had: a cursor beyond the last
 * change might then be beyond changes to come.
 */
export async function readFeed(
  sql: Transaction,
  vault: Vault,
  tenant: TenantId,
  page: { readonly after?: string; readonly limit: number; readonly dialect?: string },
): Promise<FeedPage> {
  const { after, limit, dialect } = page;
  if (after !== undefined && !positionOf(after)) {
    throw new ConcordError('request-invalid', { message: 'The cursor is not one of ours.' });
  }
  const archived = await archivedOf(sql, tenant);
  if (after !== undefined && archived && isBehind(archived.cursor, after)) throw expired(archived.until);
  const begin = after ?? archived?.cursor ?? START;
  const { end, isForeign, from } = await rangeFrom(sql, begin);
  if (isForeign) throw foreign();
  const range: Range = { tenant, after: begin, end, from, limit };
  const fed = (row: ChangeRow): FedChange => ({
    ...changeFromRow(row, tenant, vault),
    cursor: cursorOf(row),
  });
  if (dialect === undefined) {
    const rows = await behind(sql, range);
    const last = rows.at(-1);
    return {
      changes: rows.map(fed),
      cursor: last ? cursorOf(last) : begin,
      hasMore: rows.length === limit,
    };
  }
  const { rows, last, hasMore } = await throughDialect(sql, range, dialect);
  return { changes: rows.map(fed), cursor: last ? cursorOf(last) : begin, hasMore };
}

/** The place of the tenant's last settled change. */
export async function lastOf(sql: Transaction, tenant: TenantId): Promise<string> {
  const archived = await archivedOf(sql, tenant);
  const { end } = await rangeFrom(sql, START);
  const [last] = await sql<PlaceRow[]>`
    select transaction::text, sequence from concord.change
    where tenant_id = ${tenant} and transaction < ${end}::text::xid8
    order by change.transaction desc, change.sequence desc
    limit 1`;
  return last ? cursorOf(last) : (archived?.cursor ?? START);
}

const cursorOf = ({ transaction, sequence }: PlaceRow): string => `${transaction}-${sequence}`;

/** A replica may be behind the database that gave the cursor, and gets there. */
async function rangeFrom(
  sql: Transaction,
  after: string,
): Promise<{ end: string; isForeign: boolean; from: number }> {
  const transaction = String(positionOf(after)!.transaction);
  const [row] = await sql<{ end: string; foreign: boolean; first: number | null }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as end,
      not pg_is_in_recovery() and ${transaction}::text::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as foreign,
      (
        select min(number) from concord.change_partition
        where closed_transaction is null or closed_transaction > ${transaction}::text::xid8
      ) as first`;
  return { end: row!.end, isForeign: row!.foreign, from: (row!.first ?? 0) * BLOCK };
}

/** The order names the table, because `transaction` alone would be the text that is selected. */
function behind(sql: Transaction, { tenant, after, end, from, limit }: Range): Promise<ChangeRow[]> {
  const { transaction, sequence } = positionOf(after)!;
  return sql<ChangeRow[]>`
    select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
    where tenant_id = ${tenant}
      and (transaction, sequence) > (${String(transaction)}::text::xid8, ${String(sequence)}::text::bigint)
      and transaction < ${end}::text::xid8
      and sequence >= ${from}
    order by change.transaction, change.sequence
    limit ${limit}`;
}

/** What came through others is looked at once, a bounded number at a time: the next page goes on behind it. */
async function throughDialect(
  sql: Transaction,
  { tenant, after, end, from, limit }: Range,
  dialect: string,
): Promise<{ rows: readonly ChangeRow[]; last: PlaceRow | undefined; hasMore: boolean }> {
  const { transaction, sequence } = positionOf(after)!;
  const places = await sql<(PlaceRow & { ours: boolean; looked: number })[]>`
    with looked as (
      select transaction, sequence, dialect, row_number() over (order by transaction, sequence) as place
      from concord.change
      where tenant_id = ${tenant}
        and (transaction, sequence) > (${String(transaction)}::text::xid8, ${String(sequence)}::text::bigint)
        and transaction < ${end}::text::xid8
        and sequence >= ${from}
      order by transaction, sequence
      limit ${LOOKED_AT_MAXIMUM}
    )
    (
      select transaction::text, sequence, true as ours, place as looked from looked
      where dialect = ${dialect} order by place limit ${limit}
    )
    union all
    (select transaction::text, sequence, false, place from looked order by place desc limit 1)`;
  const ours = places.filter(place => place.ours);
  const looked = places.find(place => !place.ours);
  if (!looked) return { rows: [], last: undefined, hasMore: false };
  const isFull = ours.length === limit;
  const last = isFull ? ours.at(-1)! : looked;
  const rows = ours.length === 0 ? [] : await rowsAt(sql, tenant, ours);
  return { rows, last, hasMore: isFull || looked.looked === LOOKED_AT_MAXIMUM };
}

function rowsAt(sql: Transaction, tenant: TenantId, places: readonly PlaceRow[]): Promise<ChangeRow[]> {
  const list = JSON.stringify(places.map(({ transaction, sequence }) => ({ t: transaction, s: sequence })));
  return sql<ChangeRow[]>`
    select ${sql.unsafe(CHANGE_COLUMNS)}
    from jsonb_to_recordset(${list}::jsonb) as place (t text, s bigint)
    cross join lateral (
      select * from concord.change as each
      where each.tenant_id = ${tenant} and each.transaction = place.t::xid8
        and each.sequence = place.s
    ) as change
    order by change.transaction, change.sequence`;
}

const expired = (until: string): ConcordError =>
  new ConcordError('cursor-expired', {
    message: `Changes until ${until} were archived, some of them behind this cursor. Read all anew.`,
  });

const foreign = (): ConcordError =>
  new ConcordError('cursor-expired', {
    message: 'This cursor is ahead of the feed: the database is another one than it was. Read all anew.',
  });
