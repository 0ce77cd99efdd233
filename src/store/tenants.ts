/** Tenants in PostgreSQL. */
import { ConcordError } from '../record/errors.ts';
import type { Tenant, Tenants } from '../record/tenants.ts';
import type { Lanes } from './customers.ts';
import { inDirectory } from './in-tenant.ts';

/** Tenant names stand in headers and URLs. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Administration lists them on one page. */
const LIST_MAXIMUM = 10_000;

interface TenantRow {
  readonly tenant_id: number;
  readonly name: string;
  readonly created_at: Date;
}

export const openTenants = (lanes: Lanes): Tenants => ({
  async create(name) {
    if (!NAME.test(name)) {
      throw new ConcordError('value-invalid', {
        message: 'A tenant name has 1 to 63 lower-case letters, digits and inner hyphens.',
      });
    }
    return inDirectory(lanes, async sql => {
      const rows = await sql<TenantRow[]>`
        insert into concord.tenant (name) values (${name}) returning tenant_id, name, created_at`;
      const tenant = tenantFromRow(rows[0]!);
      await sql`select set_config('concord.tenant', ${String(tenant.id)}, true)`;
      await sql`insert into concord.counter (tenant_id) values (${tenant.id})`;
      return tenant;
    });
  },

  async find(name) {
    const rows = await inDirectory(lanes, sql => {
      return sql<TenantRow[]>`select tenant_id, name, created_at from concord.tenant where name = ${name}`;
    });
    return rows[0] && tenantFromRow(rows[0]);
  },

  async list() {
    const rows = await inDirectory(lanes, sql => {
      return sql<TenantRow[]>`
        select tenant_id, name, created_at from concord.tenant order by name limit ${LIST_MAXIMUM}`;
    });
    return rows.map(tenantFromRow);
  },
});

const tenantFromRow = (row: TenantRow): Tenant => ({
  id: row.tenant_id,
  name: row.name,
  createdAt: row.created_at.toISOString(),
});
