/** A walk through all tenants on a connection of its own: each is seen in its own transactions, as row-level security wants it. */
import type { TenantId } from '../record/customer.ts';
import type { Sql, Transaction } from './connection.ts';

export async function tenantsOf(sql: Sql): Promise<TenantId[]> {
  const rows = await sql.begin(async transaction => {
    await transaction`select set_config('concord.directory', 'on', true)`;
    return transaction<{ tenant_id: number }[]>`select tenant_id from concord.tenant order by tenant_id`;
  });
  return rows.map(row => row.tenant_id);
}

export async function inTenant<T>(
  sql: Sql,
  tenant: TenantId,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const result = await sql.begin(async transaction => {
    await transaction`select set_config('concord.tenant', ${String(tenant)}, true)`;
    return { value: await work(transaction) };
  });
  return (result as { value: T }).value;
}
