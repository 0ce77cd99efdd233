/** Puts customers into the database in bulk: what a creation would have written, with a row of history. */
import type { Customer } from '../src/record/customer.ts';
import { fullDifference } from '../src/record/difference.ts';
import type { Sql } from '../src/store/connection.ts';
import { rowFromAddress, rowFromCustomer } from '../src/store/rows.ts';
import { insertWords } from '../src/store/search-fill.ts';

/** Rows of one statement: large enough that the round trip does not count. */
export const BATCH = 1_000;

/** What history and lists say of where the customers came from. */
const DIALECT = 'bench';

/** Loaders that work at once: while PostgreSQL takes one batch in, the next is made. */
const LOADERS = 2;

/**
 * What their history does not tell: with it a row has 4.9 kB, and of a million customers PostgreSQL works two minutes on
 * compressing them. Nothing that is measured reads these rows.
 */
const UNTOLD = { addresses: [], contactPoints: [] } satisfies Partial<Customer>;

/** All have their numbers; nobody shares an address; none has an identity document. */
export async function insertCustomers(
  sql: Sql,
  tenant: number,
  customers: readonly Customer[],
): Promise<void> {
  const rows = customers.map(customer => ({
    id: customer.id,
    number: customer.number,
    body: rowFromCustomer(customer).body,
    fields: fullDifference(undefined, { ...customer, ...UNTOLD }),
  }));
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as row (id uuid, number bigint, body jsonb, fields jsonb)
    ),
    customers as (
      insert into concord.customer (tenant_id, id, number, created_at, updated_at, created_by, body, created_through)
      select ${tenant}, id, number, now(), now(), ${DIALECT}, body, ${DIALECT} from given
    )
    insert into concord.change (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, fields)
    select ${tenant}, id, number, ${DIALECT}, ${DIALECT}, ${DIALECT}, now(), fields from given order by number`;
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
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
        as row (customer uuid, id uuid, number bigint, body jsonb, position integer, main boolean, roles text[])
    ),
    addresses as (
      insert into concord.address (tenant_id, id, number, created_at, updated_at, body)
      select ${tenant}, id, number, now(), now(), body from given
    )
    insert into concord.customer_address (tenant_id, customer_id, address_id, position, rank, main, roles)
    select ${tenant}, customer, id, position, 0, main, roles from given`;
  await insertWords(sql, tenant, customers);
}

/**
 * Fills an empty tenant, and leaves tables and statistics as those of a database that has been at work. The indexes of
 * words are built at the end: of a million customers single entries take an hour, and building them two minutes.
 */
export async function fillTenant(
  sql: Sql,
  tenant: number,
  customers: number,
  make: (index: number) => Customer,
  also: (customers: readonly Customer[], from: number) => Promise<void> = async () => {},
): Promise<void> {
  await sql.unsafe(`
    alter table concord.search_word drop constraint search_word_pkey;
    drop index concord.search_word_customer`);
  let next = 0;
  const loader = async () => {
    for (let from = next; from < customers; from = next) {
      next += BATCH;
      const length = Math.min(BATCH, customers - from);
      const batch = Array.from({ length }, (_, at) => make(from + at));
      await insertCustomers(sql, tenant, batch);
      await also(batch, from);
    }
  };
  await Promise.all(Array.from({ length: LOADERS }, loader));
  await sql.unsafe(`
    set maintenance_work_mem = '1GB';
    alter table concord.search_word add primary key (tenant_id, word, rank, customer_number, source);
    create index search_word_customer on concord.search_word (tenant_id, customer_number);
    reset maintenance_work_mem`);
  await sql`
    update concord.counter set customers = ${customers}, addresses = ${2 * customers}, contact_points = ${3 * customers}
    where tenant_id = ${tenant}`;
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
}
