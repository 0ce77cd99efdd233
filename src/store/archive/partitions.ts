/** What there is of history: each partition with its size, and what became of those that were archived. */
import { connect, type Target } from '../connection.ts';
import { tableOf } from '../partitions.ts';

export interface PartitionState {
  readonly number: number;
  readonly table: string;
  /** ISO 8601 UTC; `null` while it is only made ahead. */
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  /** As the planner knows it, which is near what it is; `null` before the first ANALYZE. Exact in an archive. */
  readonly rows: number | null;
  /** With indexes; `null` when it is in the database no more. */
  readonly bytes: number | null;
  readonly archivedAt: string | null;
}

interface Row {
  readonly number: number;
  readonly opened_at: Date | null;
  readonly closed_at: Date | null;
  readonly archived_at: Date | null;
  readonly archived_rows: number | null;
  readonly rows: number | null;
  readonly bytes: number | null;
}

export async function listPartitions(target: Target): Promise<PartitionState[]> {
  const sql = connect(target, { connections: 1, application: 'concord partitions' });
  try {
    const rows = await sql<Row[]>`
      select number, opened_at, closed_at, archived_at, archived_rows,
        case when class.reltuples >= 0 then class.reltuples::bigint end as rows,
        pg_total_relation_size(class.oid) as bytes
      from concord.change_partition
      left join pg_class as class on class.relnamespace = 'concord'::regnamespace
        and class.relname = 'change_' || lpad(number::text, 4, '0')
      order by number`;
    return rows.map(row => ({
      number: row.number,
      table: tableOf(row.number),
      openedAt: row.opened_at?.toISOString() ?? null,
      closedAt: row.closed_at?.toISOString() ?? null,
      rows: row.archived_at ? row.archived_rows : row.rows,
      bytes: row.archived_at ? null : row.bytes,
      archivedAt: row.archived_at?.toISOString() ?? null,
    }));
  } finally {
    await sql.end({ timeout: 1 });
  }
}
