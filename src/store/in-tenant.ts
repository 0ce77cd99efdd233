/** Transactions for what is not on the hot path: they set whose rows they see before anything else. */
import type { TenantId } from '../record/customer.ts';
import type { Sql, Transaction } from './connection.ts';
import type { Lanes } from './customers.ts';

type Work<T> = (sql: Transaction) => Promise<T>;

/** Row-level security shows this tenant's rows, and no others, until the end of the transaction. */
export const inTenant = <T>({ scan }: Lanes, tenant: TenantId, work: Work<T>): Promise<T> =>
  inSetting(scan, 'concord.tenant', String(tenant), work);

/** Administration: the list of tenants, which holds nothing of a customer. */
export const inDirectory = <T>({ scan }: Lanes, work: Work<T>): Promise<T> =>
  inSetting(scan, 'concord.directory', 'on', work);

/** The same on connections of one's own, which take as long as they take. */
export const inTenantOn = <T>(sql: Sql, tenant: TenantId, work: Work<T>): Promise<T> =>
  withSetting(sql, 'concord.tenant', String(tenant), work);

const inSetting = <T>({ sql, gate }: Lanes['scan'], name: string, value: string, work: Work<T>): Promise<T> =>
  gate(() => withSetting(sql, name, value, work));

async function withSetting<T>(sql: Sql, name: string, value: string, work: Work<T>): Promise<T> {
  const result = await sql.begin(async transaction => {
    await transaction`select set_config(${name}, ${value}, true)`;
    return { value: await work(transaction) };
  });
  return (result as { value: T }).value;
}
