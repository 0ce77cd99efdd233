/** How long the first pages of Concord's own lists take, and counts, in a tenant of 100,000 customers (or `--customers`). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import type { Customer } from '../src/record/customer.ts';
import type { CustomerFilter, CustomerOrder } from '../src/record/customers.ts';
import { connect } from '../src/store/connection.ts';
import { openStore } from '../src/store/index.ts';
import { aCustomer, email, HARRISBURG, LISBON } from '../test/support/customers.ts';
import { BATCH, insertCustomers } from './insert.ts';

const PAGE = 51;
const ROUNDS = 20;

const { values } = parseArgs({ options: { customers: { type: 'string', default: '100000' } } });
const total = Number(values.customers);

/** Countries from the most common to one that nobody has. */
const COUNTRIES = [
  ['US', 1],
  ['PT', 2],
  ['DE', 100],
  ['IS', 10_000],
] as const;

function sample(index: number): Customer {
  const number = index + 1;
  const [country] = COUNTRIES.findLast(([, every]) => index % every === 0)!;
  const customer = aCustomer(
    {
      kind: index % 10 === 0 ? 'business' : 'individual',
      number,
      company: index % 10 === 0 ? `Works ${(number * 7_919) % total}` : null,
      familyName: `Sample ${(number * 7_919) % total}`,
      status: index % 500 === 0 ? 'inactive' : 'active',
      archivedAt: index % 1_000 === 0 ? '2026-01-15T09:00:00.000Z' : null,
      contactPoints: [{ ...email(`sample${number}@example.test`), number }],
    },
    [
      { ...HARRISBURG, roles: ['billing'] },
      { ...LISBON, country },
    ],
  );
  const addresses = customer.addresses.map((link, position) => ({
    ...link,
    address: { ...link.address, number: 2 * index + position + 1 },
  }));
  return { ...customer, addresses };
}

const FILTERS: readonly CustomerFilter[] = [
  {},
  { kind: 'business' },
  { status: 'inactive' },
  { archived: true },
  { archived: false },
  { createdThrough: 'concord' },
  { createdThrough: 'rare' },
  { createdThrough: 'nobody' },
  { country: 'US' },
  { country: 'DE' },
  { country: 'IS' },
  { country: 'NZ' },
  { kind: 'business', status: 'inactive', archived: false, country: 'PT', createdThrough: 'concord' },
];
const ORDERS: readonly CustomerOrder[] = [
  { by: 'number' },
  { by: 'number', descending: true },
  { by: 'name' },
  { by: 'name', descending: true },
  { by: 'createdAt', descending: true },
];

const directory = await mkdtemp(join(tmpdir(), 'concord-bench-'));
const store = await openStore({ directory, keys: [await ownEncryptionKey(directory)] });
try {
  const { id: tenant } = await store.tenants.create('bench');
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  for (let from = 0; from < total; from += BATCH) {
    const size = Math.min(BATCH, total - from);
    await insertCustomers(
      sql,
      tenant,
      Array.from({ length: size }, (_, at) => sample(from + at)),
    );
  }
  await sql`update concord.customer set created_through = case when number % 5000 = 1 then 'rare' else 'concord' end`;
  await sql.unsafe('vacuum analyze concord.customer, concord.address, concord.customer_address');
  await sql.end();
  for (const filter of FILTERS) {
    for (const order of ORDERS) {
      const query = { filter, order, limit: PAGE };
      await report(`${JSON.stringify(filter)} by ${order.descending ? '-' : ''}${order.by}`, () =>
        store.customers.query(tenant, query),
      );
    }
    await report(`${JSON.stringify(filter)} count`, () => store.customers.count(tenant, filter));
  }
} finally {
  await store.close();
  await rm(directory, { recursive: true, force: true });
}

async function report(name: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  console.log(`${name}: median ${times[ROUNDS / 2]!.toFixed(1)} ms, worst ${times.at(-1)!.toFixed(1)} ms`);
}
