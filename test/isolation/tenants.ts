/**
 * Three tenants on one database: one who asks, one whose things are asked for, and one who was there once, so that the
 * things of that one are ids of the right form that nobody has.
 */
import { connect, type Sql } from '../../src/store/connection.ts';
import type { Concord, TestTenant } from '../support/concord.ts';

/** Numbers count from 1 in every tenant; apart like this, a number names the things of one tenant alone. */
const NUMBERS_APART = 1_000_000;

/** When a credential was last used is written by and by, whoever asks meanwhile. */
const WRITTEN_LATE = '{last_used_at}';

export interface TenantRows {
  /** All rows of the tenant in all tables that have tenants: equal while nothing changed. */
  of(tenant: TestTenant): Promise<string>;
  /** Equal while no row was written, removed or written again; a tenth of the work of `of`. */
  marksOf(tenant: TestTenant): Promise<string>;
  /** Numbers that the tenant is given from now on are those of no tenant with another `rank`. */
  setApart(tenant: TestTenant, rank: number): Promise<void>;
  /** Takes away all that the tenant has, which no function of Concord does. */
  remove(tenant: TestTenant): Promise<void>;
  /** The tables with a tenant. */
  readonly tables: readonly string[];
  close(): Promise<void>;
}

/** As the owner of the database, so that no rule of Concord's hides anything from the test. */
export async function tenantRows({ store }: Pick<Concord, 'store'>): Promise<TenantRows> {
  const sql = connect(store.target, { connections: 2, application: 'concord test' });
  const tables = await tablesOf(sql);
  const fingerprint = tables
    .map(
      table =>
        `(select coalesce(md5(string_agg(line, chr(10) order by line)), '') from
          (select (to_jsonb(row) - $2::text[])::text as line from concord.${table} as row where tenant_id = $1) as lines)`,
    )
    .join(` || ' ' || `);
  const marks = tables
    .map(
      table =>
        `(select count(*) || '/' || coalesce(max(xmin::text::bigint), 0) from concord.${table} where tenant_id = $1)`,
    )
    .join(` || ' ' || `);
  return {
    tables,
    async marksOf({ id }) {
      const [row] = await sql.unsafe(`select ${marks} as marks`, [id]);
      return String(row!.marks);
    },
    async of({ id }) {
      const [row] = await sql.unsafe(`select ${fingerprint} as rows`, [id, WRITTEN_LATE]);
      return tables.map((table, at) => `${table} ${String(row!.rows).split(' ')[at]}`).join('\n');
    },
    async setApart({ id }, rank) {
      const by = rank * NUMBERS_APART;
      await sql`update concord.counter set customers = customers + ${by}, addresses = addresses + ${by},
        contact_points = contact_points + ${by} where tenant_id = ${id}`;
      await sql`update concord.vendor_object_counter set last = last + ${by} where tenant_id = ${id}`;
    },
    async remove({ id }) {
      await sql.begin(async transaction => {
        // Without looking at foreign keys: all of the tenant goes.
        await transaction`set local session_replication_role = replica`;
        for (const table of tables) {
          await transaction.unsafe(`delete from concord.${table} where tenant_id = $1`, [id]);
        }
      });
    },
    close: () => sql.end(),
  };
}

async function tablesOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ relname: string }[]>`
    select relname from pg_class as class
    where relnamespace = 'concord'::regnamespace and relkind in ('r', 'p') and not relispartition
      and exists (select 1 from pg_attribute where attrelid = class.oid and attname = 'tenant_id')
    order by relname`;
  return rows.map(row => row.relname);
}
