/** What reading and writing changes costs, as a server does it: the feed from three cursors, a history, one write. */
import { emptyCustomer } from '../src/record/customer.ts';
import { connect, type Sql } from '../src/store/connection.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { monthPasses } from '../src/store/test-months.ts';
import type { Clock } from './clock.ts';
import { pick, random } from './people.ts';

/** The first ones are planned and read from the disk. */
const WARM_UP = 30;
const FEED_PAGE = 100;
const HISTORY_PAGE = 50;

export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

export const OPERATIONS = [
  'feed, recent cursor',
  'feed, cursor in the middle',
  'feed, nothing new',
  'history, newest 50',
  'one write',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export type Measured = Readonly<Record<Operation, Quantiles>>;

export interface Subject {
  readonly store: Store;
  readonly tenant: number;
  /** Those who exist, and are written to. */
  readonly customers: readonly string[];
}

export async function openSubject(
  directory: string,
  key: { readonly id: string; readonly key: Buffer },
  customers: number,
): Promise<Subject> {
  const store = await openStore({ directory, keys: [key] });
  const { id: tenant } = await store.tenants.create('year');
  const ids: string[] = [];
  while (ids.length < customers) {
    const origin = { tenant, dialect: 'bench', actor: 'bench', requestId: 'bench' };
    const length = Math.min(MADE_AT_ONCE, customers - ids.length);
    const made = await Promise.all(
      Array.from({ length }, () => store.customers.create(origin, emptyCustomer('individual'))),
    );
    ids.push(...made.map(({ id }) => id));
  }
  return { store, tenant, customers: ids };
}

/** Each `samples` times; in milliseconds of the clock. */
export async function measure(subject: Subject, samples: number, clock: Clock): Promise<Measured> {
  const { store, tenant, customers } = subject;
  const next = random(samples);
  const end = await store.changes.latest(tenant);
  const cursors = await cursorsOf(subject);
  const read = async (after: string) => {
    const { changes } = await store.changes.read(tenant, { after, limit: FEED_PAGE });
    return changes.length;
  };
  let written = 0;
  const work: Readonly<Record<Operation, () => Promise<unknown>>> = {
    'feed, recent cursor': () => read(cursors.recent),
    'feed, cursor in the middle': () => read(cursors.middle),
    'feed, nothing new': () => read(end),
    'history, newest 50': () => store.changes.history(tenant, pick(customers, next), { limit: HISTORY_PAGE }),
    'one write': () => {
      written += 1;
      const origin = { tenant, dialect: 'bench', actor: 'bench', requestId: 'bench' };
      return store.customers.swap(origin, { id: pick(customers, next) }, one => ({
        ...one,
        familyName: `Name ${written} ${next()}`,
      }));
    },
  };
  const measured: [Operation, Quantiles][] = [];
  for (const operation of OPERATIONS) {
    const times: number[] = [];
    for (let sample = -WARM_UP; sample < samples; sample += 1) {
      const start = clock();
      await work[operation]();
      if (sample >= 0) times.push(clock() - start);
    }
    measured.push([operation, quantilesOf(times)]);
  }
  return Object.fromEntries(measured) as Record<Operation, Quantiles>;
}

const quantilesOf = (times: readonly number[]): Quantiles => {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number) => Math.round(1_000 * sorted[Math.floor(part * sorted.length)]!) / 1_000;
  return { p50: at(0.5), p99: at(0.99) };
};

/** A page before the end, and the place of a change halfway through the time that is kept. */
async function cursorsOf({ store, tenant }: Subject): Promise<{ recent: string; middle: string }> {
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  try {
    const place = async (condition: string, order: string, skipped: number) => {
      const [row] = await sql.unsafe<{ cursor: string }[]>(`
        select each.transaction || '-' || each.sequence as cursor from concord.change as each
        where tenant_id = ${tenant} ${condition}
        order by each.transaction ${order}, each.sequence ${order} offset ${skipped} limit 1`);
      return row!.cursor;
    };
    const [bounds] = await sql.unsafe<{ middle: string }[]>(`
      select ((
        select each.transaction from concord.change as each where tenant_id = ${tenant}
        order by each.transaction limit 1
      )::text::bigint + (
        select each.transaction from concord.change as each where tenant_id = ${tenant}
        order by each.transaction desc limit 1
      )::text::bigint) / 2 as middle`);
    return {
      recent: await place('', 'desc', FEED_PAGE),
      middle: await place(`and transaction >= '${bounds!.middle}'::xid8`, 'asc', 0),
    };
  } finally {
    await sql.end();
  }
}

/** Transactions of so many rows: each is a cursor's place of its own, and a transaction of one row would take an hour a month. */
const ROWS_OF_TRANSACTION = 50;
const TRANSACTIONS_AT_ONCE = 8;
/** A prime, so that everybody has a turn. */
const LEAP = 7_919;
/** Customers that are made at once. */
const MADE_AT_ONCE = 32;

/** Changes of the customers in turn, at even steps from one time to the other, by the table that every change is written into. */
export async function insertChanges(
  { store, tenant, customers }: Subject,
  { rows, from, to }: { readonly rows: number; readonly from: Date; readonly to: Date },
): Promise<void> {
  const sql = connect(store.target, {
    connections: TRANSACTIONS_AT_ONCE / 2,
    application: 'concord bench',
    unlimited: true,
  });
  const step = (to.getTime() - from.getTime()) / rows;
  let begun = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const first = begun;
      if (first >= rows) return;
      begun += ROWS_OF_TRANSACTION;
      const length = Math.min(ROWS_OF_TRANSACTION, rows - first);
      // In leaps, as customers who change have nothing to do with each other.
      const ids = Array.from({ length }, (_, at) => customers[((first + at) * LEAP) % customers.length]!);
      await insertBatch(sql, tenant, { first, ids, from: from.toISOString(), step });
    }
  };
  await Promise.all(Array.from({ length: TRANSACTIONS_AT_ONCE }, worker));
  await sql.end();
}

interface Batch {
  readonly first: number;
  /** Whose changes they are, in turn. */
  readonly ids: readonly string[];
  readonly from: string;
  /** In milliseconds. */
  readonly step: number;
}

const insertBatch = (sql: Sql, tenant: number, { first, ids, from, step }: Batch) =>
  sql.begin(async transaction => {
    await transaction`select set_config('concord.tenant', ${String(tenant)}, true),
      set_config('synchronous_commit', 'off', true)`;
    await transaction`
      insert into concord.change
        (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
      select ${tenant}::integer, customer, 1, (array['flecto', 'billbee', 'connectfi'])[1 + place % 3],
        'bench', '0190c2a2-c8f4-71f0-8a57-0242ac120002',
        ${from}::text::timestamptz + (place * ${step}::float8) * interval '1 millisecond', null,
        jsonb_build_array(
          jsonb_build_object('path', 'familyName', 'before', 'Name ' || place, 'after', 'Name ' || place + 1),
          jsonb_build_object(
            'path', 'addresses/0190c2a2-c8f4-71f0-8a57-0242ac120002/address/line1',
            'before', place || ' Long Street, apt 8', 'after', place + 1 || ' Long Street, apt 9'
          )
        )
      from (
        select customer, ${first}::bigint + at - 1 as place
        from unnest(${`{${ids.join(',')}}`}::text::uuid[]) with ordinality as given (customer, at)
      ) as given`;
  });

/** As autovacuum leaves the table in the course of a month; and what was written just now is of the simulated time. */
export async function settle({ store, tenant }: Subject, now: Date): Promise<void> {
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  await sql`
    update concord.change set at = ${now.toISOString()}::text::timestamptz
    where tenant_id = ${tenant} and at > ${now.toISOString()}::text::timestamptz`;
  await sql.unsafe('vacuum (analyze) concord.change');
  await sql.end();
}

/** The next partition begins, and the one before it ended at the simulated time. */
export async function nextMonth({ store }: Subject, now: Date): Promise<void> {
  await monthPasses(store);
  const sql = connect(store.target, { connections: 1, application: 'concord bench', unlimited: true });
  await sql`
    update concord.change_partition set closed_at = ${now.toISOString()}::text::timestamptz
    where number = (select max(number) from concord.change_partition where closed_at is not null)`;
  await sql.end();
}
