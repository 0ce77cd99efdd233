/**
 * Fills a database for the speed benchmark: Concord's tables, and beside them the limit's: the same customers, each as one
 * document in one row. A child process of the benchmark, so that the memory of the server is that of serving.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Access, demoAccess } from '../src/cli/demo/access.ts';
import { demoIssuer } from '../src/cli/demo/openid.ts';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import type { Customer } from '../src/record/customer.ts';
import { connect, type Sql, type Target } from '../src/store/connection.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { rowFromAddress, rowFromCustomer } from '../src/store/rows.ts';
import { fillTenant } from './insert.ts';
import { sample, TENANT } from './sample.ts';

export interface LoadOrder {
  readonly directory: string;
  readonly customers: number;
  /** The statements are going to be measured, for which PostgreSQL loads a library at its start. */
  readonly statements: boolean;
}

/** What the benchmark has to know of the data. */
export interface Loaded {
  readonly access: Access;
  /** Where the database will be again when a server has started it. */
  readonly target: Target;
  /** False when the directory held it already. */
  readonly fresh: boolean;
}

/** Says that a directory holds all of a data set, and which. */
const MARKER = 'bench.json';

const LIMIT_TABLE = `
  create schema concord_bench;
  create table concord_bench.customer (number bigint primary key, body jsonb not null) with (fillfactor = 70)`;

/** Settings that are read at the next start of the database, which is that of the server. */
const COUNT_STATEMENTS = [
  "alter system set shared_preload_libraries = 'pg_stat_statements'",
  "alter system set pg_stat_statements.track = 'all'",
];
const COUNT_NOTHING = [
  'alter system reset shared_preload_libraries',
  'alter system reset pg_stat_statements.track',
];

async function holdsAlready(store: Store, { directory, customers }: LoadOrder): Promise<boolean> {
  const text = await readFile(join(directory, MARKER), 'utf8').catch(() => undefined);
  const tenant = await store.tenants.find(TENANT);
  if (text === undefined && tenant === undefined) return false;
  if (text !== markerOf(store, customers)) {
    throw new Error(
      `${directory} holds other data than ${customers} customers of this version. Remove it, or name another.`,
    );
  }
  return true;
}

const markerOf = (store: Store, customers: number): string =>
  `${JSON.stringify({ customers, schemaVersion: store.schemaVersion })}\n`;

/** A document of all that Concord keeps of the customer in three tables. */
const documentOf = (customer: Customer): object => ({
  ...rowFromCustomer(customer).body,
  street: customer.addresses[0]!.address.line1,
  addresses: customer.addresses.map(({ address }) => rowFromAddress(address)),
});

async function fill(store: Store, sql: Sql, tenant: number, customers: number): Promise<void> {
  await sql.unsafe(LIMIT_TABLE);
  await fillTenant(sql, tenant, customers, sample, async batch => {
    const rows = batch.map(customer => ({ number: customer.number, body: documentOf(customer) }));
    await sql`
      insert into concord_bench.customer (number, body)
      select number, body from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (number bigint, body jsonb)`;
  });
  const count = await store.customers.count(tenant);
  if (count !== customers) throw new Error(`${count} customers are there, and not ${customers}.`);
}

const order = JSON.parse(process.argv[2]!) as LoadOrder;
const { directory, customers } = order;
const store = await openStore({ directory, keys: [await ownEncryptionKey(directory)] });
// Left alone before it is done, when the benchmark is interrupted: the database must not stay behind.
process.once('disconnect', () => {
  store.close().finally(() => process.exit(0));
});
const fresh = !(await holdsAlready(store, order));
const tenant = (await store.tenants.find(TENANT)) ?? (await store.tenants.create(TENANT));
const sql = connect(store.target, { connections: 2, application: 'concord bench', unlimited: true });
if (fresh) await fill(store, sql, tenant.id, customers);
for (const statement of order.statements ? COUNT_STATEMENTS : COUNT_NOTHING) await sql.unsafe(statement);
await sql.end();
const access = await demoAccess(store, tenant, await demoIssuer(directory));
if (fresh) await writeFile(join(directory, MARKER), markerOf(store, customers));
const loaded: Loaded = { access, target: store.target, fresh };
await store.close();
process.removeAllListeners('disconnect');
process.once('disconnect', () => process.exit(0));
process.send!(loaded);
