/** Fills a database with customers, in batches of rows: two addresses and three contact points each. */
import { connect } from '../src/store/connection.ts';
import type { Store } from '../src/store/index.ts';
import { rowFromAddress, rowFromCustomer } from '../src/store/rows.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../test/support/customers.ts';

/** Rows of one statement: large enough that the round trip does not count. */
const BATCH = 1_000;

export interface Loaded {
  readonly tenant: number;
  /** The ids in order of number, from 1. */
  readonly ids: readonly string[];
}

export async function load(store: Store, customers: number): Promise<Loaded> {
  const present = await store.tenants.find('bench');
  const tenant = (present ?? (await store.tenants.create('bench'))).id;
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  const ids = (
    await sql<{ id: string }[]>`select id from concord.customer where tenant_id = ${tenant} order by number`
  ).map(row => row.id);
  for (let from = ids.length; from < customers; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, customers - from) }, (_, index) =>
      sample(from + index),
    );
    await sql`
      insert into concord.customer (tenant_id, id, number, created_at, updated_at, created_by, body)
      select ${tenant}, id, number, now(), now(), 'bench', body
      from jsonb_to_recordset(${JSON.stringify(batch.map(each => each.row))}::jsonb) as row (id uuid, number bigint, body jsonb)`;
    const links = batch.flatMap(each => each.links);
    await sql`
      insert into concord.address (tenant_id, id, number, created_at, updated_at, body)
      select ${tenant}, id, number, now(), now(), body
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as row (id uuid, number bigint, body jsonb)`;
    await sql`
      insert into concord.customer_address (tenant_id, customer_id, address_id, position, rank, main, roles)
      select ${tenant}, customer, id, position, 0, main, roles
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
        as row (customer uuid, id uuid, position integer, main boolean, roles text[])`;
    ids.push(...batch.map(each => each.row.id));
  }
  await sql`
    update concord.counter set customers = ${ids.length}, addresses = ${2 * ids.length}, contact_points = ${3 * ids.length}
    where tenant_id = ${tenant}`;
  await sql.unsafe('vacuum analyze concord.customer, concord.address, concord.customer_address');
  await sql.end();
  return { tenant, ids };
}

function sample(index: number) {
  const number = index + 1;
  const customer = aCustomer(
    {
      familyName: `Sample ${number}`,
      accountNumber: String(number),
      contactPoints: [
        { ...email(`sample${number}@example.test`), number: 3 * index + 1 },
        { ...phone(`+1717${2_000_000 + number}`), number: 3 * index + 2 },
        { ...phone(`+1717${3_000_000 + number}`, ['mobile']), number: 3 * index + 3 },
      ],
    },
    [
      { ...HARRISBURG, roles: ['billing'] },
      { ...LISBON, roles: ['shipping'] },
    ],
  );
  return {
    row: { id: customer.id, number, body: rowFromCustomer(customer).body },
    links: customer.addresses.map(({ address, main, roles }, position) => ({
      customer: customer.id,
      id: address.id,
      number: 2 * index + position + 1,
      body: rowFromAddress(address),
      position,
      main,
      roles,
    })),
  };
}
