/** `node bench/search.ts`: how long the search box takes, by what is typed, and what it costs those who write. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import type { Customer } from '../src/record/customer.ts';
import { connect } from '../src/store/connection.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { type Clock, processorClock, wallClock } from './clock.ts';
import { BATCH, fillTenant } from './insert.ts';
import { person, pick, random } from './people.ts';

const TENANT = 'search';
const LIMIT = 20;

const whole = (text: string) => Math.max(1, Math.trunc(Number(text)) || 1);
const options = new Command('search')
  .option('--customers <number>', 'customers in the tenant', whole, 1_000_000)
  .option('--searches <number>', 'searches of each kind', whole, 500)
  .option('--at-once <number>', 'searches under way at once', whole, 1)
  .option('--processor', 'measure the time of processors, not that on the wall')
  .option('--json <file>', 'also write the results as JSON')
  .option('--data <directory>', 'keep the loaded database here for the next time')
  .parse()
  .opts<{
    customers: number;
    searches: number;
    atOnce: number;
    processor?: true;
    json?: string;
    data?: string;
  }>();

let clock: Clock = wallClock;

const say = (text: string) => process.stderr.write(`${text}\n`);

async function load(store: Store, tenant: number): Promise<void> {
  const sql = connect(store.target, { connections: 2, application: 'concord bench', unlimited: true });
  // A kept database has those as well that were made when writes were measured.
  const present = await store.customers.count(tenant);
  if (present > 0 && present < options.customers) {
    throw new Error(`${data} holds ${present} customers. Remove it, or name another.`);
  }
  if (present === 0) {
    await fillTenant(sql, tenant, options.customers, person, async (batch, from) => {
      if ((from + batch.length) % 50_000 < BATCH) say(`  ${from + batch.length}`);
    });
  }
  const sizes = await sql<{ name: string; size: string }[]>`
    select relname as name, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class
    where relnamespace = 'concord'::regnamespace and relkind = 'r' order by pg_total_relation_size(oid) desc limit 4`;
  say(sizes.map(({ name, size }) => `${name} ${size}`).join(', '));
  await sql.end();
}

/** One letter more, less, other, or two in the other order. */
function mistyped(text: string, next: () => number): string {
  const at = 1 + Math.floor(next() * (text.length - 2));
  const [before, after] = [text.slice(0, at), text.slice(at)];
  return pick(
    [
      before + after.slice(1),
      before + pick([...'aeinrst'], next) + after,
      before + pick([...'aeinrst'], next) + after.slice(1),
      before + after.charAt(1) + after.charAt(0) + after.slice(2),
    ],
    next,
  );
}

const emailOf = ({ contactPoints }: Customer) => contactPoints[0]!.value;
const nationalOf = ({ contactPoints }: Customer) => contactPoints[1]!.value.replace('+49', '0');
const placeOf = ({ addresses }: Customer) => addresses[0]!.address;

/** What is typed by whoever looks for the customer. */
const KINDS: Readonly<Record<string, (customer: Customer, next: () => number) => string>> = {
  'given and family name': ({ givenName, familyName }) => `${givenName} ${familyName}`,
  'family name': ({ familyName }) => familyName!,
  'given name': ({ givenName }) => givenName!,
  'company, or name': ({ company, familyName }) => company ?? familyName!,
  'name, one letter': ({ familyName }) => familyName!.slice(0, 1),
  'name, two letters': ({ familyName }) => familyName!.slice(0, 2),
  'name, three letters': ({ familyName }) => familyName!.slice(0, 3),
  'name, as far as typed': ({ givenName, familyName }, next) =>
    `${givenName} ${familyName}`.slice(0, 1 + Math.floor(next() * (givenName!.length + familyName!.length))),
  'name with a typo': ({ familyName }, next) => mistyped(familyName!, next),
  'two names, two typos': ({ givenName, familyName }, next) =>
    `${mistyped(givenName!, next)} ${mistyped(familyName!, next)}`,
  'e-mail': emailOf,
  'e-mail, as far as typed': (customer, next) =>
    emailOf(customer).slice(0, 1 + Math.floor(next() * emailOf(customer).length)),
  phone: customer => nationalOf(customer).replace(/^(....)(....)/, '$1 $2 '),
  'phone, as far as typed': (customer, next) => nationalOf(customer).slice(0, 2 + Math.floor(next() * 9)),
  'city and family name': customer => `${placeOf(customer).city} ${customer.familyName}`,
  'city and given name': customer => `${customer.givenName} ${placeOf(customer).city}`,
  city: customer => placeOf(customer).city!,
  'postal code': customer => placeOf(customer).postalCode!,
  'city and an initial': customer => `${placeOf(customer).city} ${customer.familyName!.slice(0, 1)}`,
  'big domain and given name': customer => `${customer.givenName} @mail.test`,
  'form and letter': customer => `gmbh ${customer.familyName!.slice(0, 2)}`,
  nobody: (_, next) => `${Math.floor(next() * 1e9).toString(36)}x ${Math.floor(next() * 1e9).toString(36)}`,
};

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;

const summary = (times: readonly number[]) => {
  const sorted = [...times].sort((one, other) => one - other);
  const round = (time: number) => Math.round(time * 100) / 100;
  return {
    p50: round(quantile(sorted, 0.5)),
    p95: round(quantile(sorted, 0.95)),
    p99: round(quantile(sorted, 0.99)),
    max: round(sorted.at(-1)!),
  };
};

async function timed(
  store: Store,
  tenant: number,
  texts: readonly string[],
): Promise<{ times: number[]; slowest: string }> {
  const times: number[] = [];
  let [slowest, longest] = ['', 0];
  const queue = [...texts];
  const worker = async () => {
    for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
      const start = clock();
      await store.search.find(tenant, text, { limit: LIMIT });
      const time = clock() - start;
      times.push(time);
      if (time > longest) [slowest, longest] = [text, time];
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, worker));
  return { times, slowest };
}

/** What is written, and whether it changes a word. One after the other, so that nothing but the write is measured. */
async function writes(store: Store, tenant: number, next: () => number): Promise<object[]> {
  const origin = { tenant, dialect: 'bench', actor: 'bench', requestId: '1' };
  const swap = (change: (customer: Customer) => Customer) => () =>
    store.customers.swap(origin, { number: 1 + Math.floor(next() * options.customers) }, change);
  const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
    'write: language (no word)': swap(customer => ({
      ...customer,
      language: customer.language === 'de' ? 'en' : 'de',
    })),
    'write: street (no word)': swap(customer =>
      withPlace(customer, { line1: `Straße ${Math.floor(next() * 1e6)}` }),
    ),
    'write: family name': swap(customer => ({
      ...customer,
      familyName: person(Math.floor(next() * 1e6)).familyName,
    })),
    'write: city': swap(customer =>
      withPlace(customer, { city: placeOf(person(Math.floor(next() * 1e6))).city }),
    ),
    'write: new customer': () => store.customers.create(origin, asNew(person(Math.floor(next() * 1e6)))),
  };
  const rows: object[] = [];
  for (const [kind, write] of Object.entries(kinds)) {
    for (let at = 0; at < 20; at++) await write();
    if (options.processor) clock = await processorClock(store);
    const times: number[] = [];
    for (let at = 0; at < options.searches; at++) {
      const start = clock();
      await write();
      times.push(clock() - start);
    }
    rows.push({ kind, ...summary(times) });
    say(`${kind.padEnd(28)} ${JSON.stringify(summary(times))}`);
  }
  return rows;
}

/** The first searches read pages from the disk and open connections, which a server at work has done. */
async function warmUp(store: Store, tenant: number, next: () => number): Promise<void> {
  for (const typed of Object.values(KINDS)) {
    const texts = Array.from({ length: options.searches }, () =>
      typed(person(Math.floor(next() * options.customers)), next),
    );
    await timed(store, tenant, texts);
  }
  const origin = { tenant, dialect: 'bench', actor: 'bench', requestId: '1' };
  const write = (number: number) =>
    store.customers.swap(origin, { number }, customer => ({ ...customer, priceGroup: String(next()) }));
  await Promise.all(Array.from({ length: 40 }, (_, at) => write(at + 1)));
  await Promise.all(Array.from({ length: 40 }, () => store.search.find(tenant, 'warm up', { limit: LIMIT })));
}

const withPlace = (customer: Customer, change: Partial<Customer['addresses'][0]['address']>): Customer => ({
  ...customer,
  addresses: customer.addresses.map(link => ({ ...link, address: { ...link.address, ...change } })),
});

const asNew = (customer: Customer): Customer => ({
  ...withPlace(customer, { number: null }),
  accountNumber: null,
  contactPoints: customer.contactPoints.map(point => ({ ...point, number: null })),
});

const data = options.data ?? (await mkdtemp(join(tmpdir(), 'concord-bench-search-')));
const store = await openStore({ directory: data, keys: [await ownEncryptionKey(data)] });
try {
  const tenant = (await store.tenants.find(TENANT)) ?? (await store.tenants.create(TENANT));
  say(`Loading ${options.customers} customers …`);
  await load(store, tenant.id);
  const next = random(42);
  const someone = () => person(Math.floor(next() * options.customers));
  const all: number[] = [];
  const rows: object[] = [];
  await warmUp(store, tenant.id, next);
  if (options.processor) clock = await processorClock(store);
  for (const [kind, typed] of Object.entries(KINDS)) {
    const { times, slowest } = await timed(
      store,
      tenant.id,
      Array.from({ length: options.searches }, () => typed(someone(), next)),
    );
    all.push(...times);
    rows.push({ kind, ...summary(times) });
    say(`${kind.padEnd(28)} ${JSON.stringify(summary(times))} ${slowest}`);
  }
  rows.push({ kind: 'all', ...summary(all) });
  say(`all ${JSON.stringify(summary(all))}`);
  // Another seed on every run: on a kept database the same changes would change nothing.
  rows.push(...(await writes(store, tenant.id, random(Date.now()))));
  if (options.json) await writeFile(options.json, `${JSON.stringify({ ...options, rows }, null, 2)}\n`);
} finally {
  await store.close();
  if (options.data === undefined) await rm(data, { recursive: true, force: true });
}
