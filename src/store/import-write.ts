/** Writes the customers of an import's batch: what customer_write would have written, a statement a table. */
import type { Customer } from '../record/customer.ts';
import type { Origin } from '../record/customers.ts';
import type { Transaction } from './connection.ts';
import type { Vault } from './encryption.ts';
import type { Accepted } from './import-known.ts';
import { insertWords } from './search-fill.ts';
import { writeSet } from './write-set.ts';

/** The tenant of the transaction and the dialect of the first change are set already. All have their numbers. */
export async function insertCustomers(
  sql: Transaction,
  origin: Origin,
  vault: Vault,
  accepted: readonly Accepted[],
): Promise<void> {
  const { tenant } = origin;
  const customers = accepted.map(({ customer }) => customer);
  const now = new Date().toISOString();
  const { written, stored } = writeSet(origin, customers.map(nobody), customers, now, (id, values) =>
    vault.seal(tenant, id, values),
  );
  if (written === undefined) return;
  const { newCustomers = [], newAddresses = [], links = [], changes, at } = written;
  const claims = accepted.flatMap(each => each.claims);
  await Promise.all([
    sql`
      insert into concord.customer (tenant_id, id, number, created_at, updated_at, created_by, body, sealed)
      select ${tenant}, id, number, "createdAt", "updatedAt", "createdBy", body, sealed
      from jsonb_to_recordset(${JSON.stringify(newCustomers)}::jsonb) as given (
        id uuid, number bigint, "createdAt" timestamptz, "updatedAt" timestamptz, "createdBy" text, body jsonb,
        sealed text
      )`,
    sql`
      insert into concord.address (tenant_id, id, number, created_at, updated_at, body)
      select ${tenant}, id, number, "createdAt", "updatedAt", body
      from jsonb_to_recordset(${JSON.stringify(newAddresses)}::jsonb) as given (
        id uuid, number bigint, "createdAt" timestamptz, "updatedAt" timestamptz, body jsonb
      )`,
    sql`
      insert into concord.customer_address
        (tenant_id, customer_id, address_id, position, rank, main, roles, label)
      select ${tenant}, customer, address, position, rank, main, roles, label
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as given (
        customer uuid, address uuid, position integer, rank integer, main boolean, roles text[], label text
      )`,
    sql`
      insert into concord.claim (tenant_id, scope, hash, customer_id)
      select ${tenant}, scope, decode(hash, 'hex'), customer
      from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as given (scope text, hash text, customer uuid)
      order by scope, hash`,
    sql`
      insert into concord.change
        (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields, sealed)
      select ${tenant}, customer, number, ${origin.dialect}, ${origin.actor}, ${origin.requestId},
        ${at}::timestamptz, ${origin.event ?? null}, fields, sealed
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given (
        customer uuid, number bigint, fields jsonb, sealed text
      )`,
    insertWords(sql, tenant, stored),
  ]);
}

const nobody = (_: Customer): undefined => undefined;
