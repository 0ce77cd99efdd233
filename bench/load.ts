/** Fills a database with customers, two addresses and three contact points each. A child process of the benchmark. */

import { type Access, demoAccess } from '../src/cli/demo/access.ts';
import { demoIssuer } from '../src/cli/demo/openid.ts';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import { connect, type Target } from '../src/store/connection.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { rowFromAddress, rowFromCustomer } from '../src/store/rows.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../test/support/customers.ts';

/** Rows of one statement: large enough that the round trip does not count. */
const BATCH = 1_000;

/** The tenant that is measured. */
const TENANT = 'bench';

/** What the benchmark has to know of the data. */
export interface Loaded {
  readonly access: Access;
  /** Where the database will be again when a server has started it. */
  readonly target: Target;
  /** The customers' ids in order of number, from 1. */
  readonly ids: readonly string[];
}

async function idsOf(store: Store): Promise<string[]> {
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  const rows = await sql<{ id: string }[]>`select id from concord.customer order by number`;
  await sql.end();
  return rows.map(row => row.id);
}

/** Adds the customers that are missing. */
async function load(store: Store, tenant: number, customers: number): Promise<void> {
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  const count = await store.customers.count(tenant);
  for (let from = count; from < customers; from += BATCH) {
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
  }
  await sql`
    update concord.counter set customers = ${customers}, addresses = ${2 * customers}, contact_points = ${3 * customers}
    where tenant_id = ${tenant}`;
  await sql.unsafe('vacuum analyze concord.customer, concord.address, concord.customer_address');
  await sql.end();
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

const { data, customers } = JSON.parse(process.argv[2]!) as { data: string; customers: number };
const store = await openStore({ directory: data, keys: [await ownEncryptionKey(data)] });
const tenant = (await store.tenants.find(TENANT)) ?? (await store.tenants.create(TENANT));
await load(store, tenant.id, customers);
const loaded: Loaded = {
  access: await demoAccess(store, tenant, await demoIssuer(data)),
  target: store.target,
  ids: await idsOf(store),
};
await store.close();
process.send!(loaded);
process.on('disconnect', () => process.exit(0));
