/** Fills a database with customers, two addresses and three contact points each. A child process of the benchmark. */

import { type Access, demoAccess } from '../src/cli/demo/access.ts';
import { demoIssuer } from '../src/cli/demo/openid.ts';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import type { Customer } from '../src/record/customer.ts';
import { connect, type Target } from '../src/store/connection.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../test/support/customers.ts';
import { BATCH, insertCustomers } from './insert.ts';

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
    await insertCustomers(sql, tenant, batch);
  }
  await sql`
    update concord.counter set customers = ${customers}, addresses = ${2 * customers}, contact_points = ${3 * customers}
    where tenant_id = ${tenant}`;
  await sql.unsafe(
    'vacuum analyze concord.customer, concord.address, concord.customer_address, concord.search_word',
  );
  await sql.end();
}

function sample(index: number): Customer {
  const number = index + 1;
  const customer = aCustomer(
    {
      number,
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
  const addresses = customer.addresses.map((link, position) => ({
    ...link,
    address: { ...link.address, number: 2 * index + position + 1 },
  }));
  return { ...customer, addresses };
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
