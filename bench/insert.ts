/** Puts customers into the database in bulk: what `customer_write` would have written, without its history. */
import type { Customer } from '../src/record/customer.ts';
import type { Sql } from '../src/store/connection.ts';
import { rowFromAddress, rowFromCustomer } from '../src/store/rows.ts';
import { insertWords } from '../src/store/search-fill.ts';

/** Rows of one statement: large enough that the round trip does not count. */
export const BATCH = 1_000;

/** All have their numbers; nobody shares an address. */
export async function insertCustomers(
  sql: Sql,
  tenant: number,
  customers: readonly Customer[],
): Promise<void> {
  const rows = customers.map(customer => ({
    id: customer.id,
    number: customer.number,
    body: rowFromCustomer(customer).body,
  }));
  await sql`
    insert into concord.customer (tenant_id, id, number, created_at, updated_at, created_by, body)
    select ${tenant}, id, number, now(), now(), 'bench', body
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id uuid, number bigint, body jsonb)`;
  const links = customers.flatMap(customer =>
    customer.addresses.map(({ address, main, roles }, position) => ({
      customer: customer.id,
      id: address.id,
      number: address.number,
      body: rowFromAddress(address),
      position,
      main,
      roles,
    })),
  );
  await sql`
    insert into concord.address (tenant_id, id, number, created_at, updated_at, body)
    select ${tenant}, id, number, now(), now(), body
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as row (id uuid, number bigint, body jsonb)`;
  await sql`
    insert into concord.customer_address (tenant_id, customer_id, address_id, position, rank, main, roles)
    select ${tenant}, customer, id, position, 0, main, roles
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
      as row (customer uuid, id uuid, position integer, main boolean, roles text[])`;
  await insertWords(sql, tenant, customers);
}
