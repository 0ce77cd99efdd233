/** Imports in PostgreSQL: each batch one transaction, which also says that its lines are done. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Customer, TenantId } from '../record/customer.ts';
import type { Origin } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import {
  type ImportBatch,
  type ImportCounts,
  type ImportOptions,
  type ImportRun,
  type Imports,
  type LastNumbers,
  type Refusal,
  refusal,
} from '../record/imports.ts';
import { type ConnectionOptions, connect, type Sql, type Target, type Transaction } from './connection.ts';
import { codeOf, isLostRace, toConcordError } from './database-errors.ts';
import type { Vault } from './encryption.ts';
import { type Accepted, type Candidate, candidateOf, examine, readTaken } from './import-known.ts';
import { insertCustomers } from './import-write.ts';
import { inTenantOn } from './in-tenant.ts';
import { type Numbers, numbersNeeded, withNumbers } from './numbering.ts';

/** Against other batches and servers that write the same: each round has a winner. */
const ATTEMPTS_MAXIMUM = 24;
const PAUSE_MAXIMUM_MS = 200;

/** What PostgreSQL says when two transactions want the same key: the second one looks again. */
const UNIQUE_VIOLATION = '23505';

const NAME = /^[\w.:-]{1,100}$/;

/** Any constant number; with a hash of tenant and name it stands for "this import is under way". */
const IMPORT_LOCK = 7_266_726;

const KINDS = ['customers', 'addresses', 'contactPoints'] as const;

type Tell = (refusals: readonly Refusal[]) => Promise<void>;
type Ranges = readonly (readonly [from: number, behind: number])[];

export type ImportConnection = Pick<ConnectionOptions, 'role' | 'pooler'>;

export function openImports(target: Target, connection: ImportConnection, vault: Vault): Imports {
  const open = (connections: number): Sql =>
    connect(target, { ...connection, connections, application: 'concord import', unlimited: true });

  return {
    async begin(origin, options) {
      if (!NAME.test(options.name)) {
        throw new ConcordError('value-invalid', {
          message:
            'The name of an import has 1 to 100 letters, digits, dots, colons, hyphens and underscores.',
        });
      }
      const [locking, sql] = [open(1), open(options.jobs)];
      const end = async () => {
        await Promise.all([locking.end({ timeout: 1 }), sql.end({ timeout: 5 })]);
      };
      try {
        const release = await lock(locking, origin.tenant, options.name);
        const state = await takeUp(sql, origin.tenant, options);
        return run(sql, vault, origin, options, state, async () => {
          release();
          await end();
        });
      } catch (error) {
        await end();
        throw toConcordError(error);
      }
    },

    async check(tenant, entries, existing) {
      const sql = open(1);
      try {
        const candidates = entries.map(entry => candidateOf(entry, tenant, vault));
        const taken = await inTenantOn(sql, tenant, transaction =>
          readTaken(transaction, tenant, candidates, false),
        );
        const { accepted, refused, skipped } = examine(candidates, taken, existing);
        return {
          refusals: refused,
          counts: { imported: accepted.length, skipped, refused: refused.length },
        };
      } catch (error) {
        throw toConcordError(error);
      } finally {
        await sql.end({ timeout: 1 });
      }
    },
  };
}

/**
 * Held by a transaction and not by a session, so that it holds behind a pooler, too. The transaction has no number, so
 * the feed of changes does not wait for it.
 */
async function lock(sql: Sql, tenant: TenantId, name: string): Promise<() => void> {
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  sql
    .begin(async transaction => {
      const [row] = await transaction<{ free: boolean }[]>`
        select pg_try_advisory_xact_lock(hashtextextended(${`${IMPORT_LOCK} ${tenant} ${name}`}, 0)) as free`;
      if (!row?.free) {
        throw new ConcordError('state-conflict', {
          message: `The import "${name}" is under way in another process. Wait for it, or give another name.`,
        });
      }
      held.resolve();
      await released.promise;
    })
    // A lock that is lost later does no harm: the number of the attempt keeps two from writing.
    .catch(held.reject);
  await held.promise;
  return () => released.resolve();
}

interface State {
  readonly attempt: number;
  readonly done: Ranges;
  readonly before: ImportCounts;
}

async function takeUp(sql: Sql, tenant: TenantId, { name, source }: ImportOptions): Promise<State> {
  const [row] = await inTenantOn(
    sql,
    tenant,
    transaction => transaction<
      {
        source: string;
        attempt: number;
        ranges: string;
        imported: number;
        skipped: number;
        refused: number;
      }[]
    >`
      insert into concord.import as import (tenant_id, name, source) values (${tenant}, ${name}, ${source})
      on conflict (tenant_id, name) do update set attempt = import.attempt + 1
      returning source, attempt, imported, skipped, refused,
        (
          select coalesce(json_agg(json_build_array(lower(range), upper(range)) order by range), '[]')::text
          from unnest(done) as range
        ) as ranges`,
  );
  if (row!.source !== source) {
    throw new ConcordError('state-conflict', {
      message: `The import "${name}" is of another file. Give another name.`,
    });
  }
  const { attempt, imported, skipped, refused, ranges } = row!;
  return { attempt, done: JSON.parse(ranges) as Ranges, before: { imported, skipped, refused } };
}

function run(
  sql: Sql,
  vault: Vault,
  origin: Origin,
  options: ImportOptions,
  { attempt, done, before }: State,
  close: () => Promise<void>,
): ImportRun {
  const { tenant } = origin;
  const { name, existing } = options;
  const reached = { customers: 0, addresses: 0, contactPoints: 0 };
  let reserving = Promise.resolve();

  /** The counter goes behind the highest number that lines brought, before anybody else is given one. */
  function reserve(last: LastNumbers): Promise<void> {
    if (KINDS.some(kind => last[kind] > reached[kind])) {
      for (const kind of KINDS) reached[kind] = Math.max(reached[kind], last[kind]);
      const wanted = { ...reached };
      reserving = reserving.then(() => raiseCounter(sql, tenant, wanted));
    }
    return reserving;
  }

  /** Before the transaction, so that nobody waits for the counter until it ends. Gaps are allowed. */
  async function takeNumbers(customers: readonly Customer[]): Promise<Numbers | undefined> {
    await reserve(lastNumbersOf(customers));
    const needed = numbersNeeded(customers);
    if (needed.customers + needed.addresses + needed.points === 0) return undefined;
    const [first] = await sql<{ customer: number; address: number; point: number }[]>`
      select customer, address, point
      from concord.numbers_take(${tenant}, ${needed.customers}, ${needed.addresses}, ${needed.points})`;
    return { customers: first!.customer, addresses: first!.address, points: first!.point };
  }

  function attemptTo(
    batch: ImportBatch,
    candidates: readonly Candidate[],
    numbers: Numbers | undefined,
    tell: Tell,
  ): Promise<ImportCounts> {
    return inTenantOn(sql, tenant, async transaction => {
      const taken = await readTaken(transaction, tenant, candidates, true);
      const { accepted, refused, skipped } = examine(candidates, taken, existing);
      await transaction`select set_config('concord.dialect', ${origin.dialect}, true)`;
      await insertCustomers(transaction, origin, vault, numbers ? numbered(accepted, numbers) : accepted);
      const counts = { imported: accepted.length, skipped, refused: batch.refused + refused.length };
      await tell(refused);
      await markDone(transaction, batch, counts);
      return counts;
    });
  }

  async function markDone(transaction: Transaction, { from, to }: ImportBatch, counts: ImportCounts) {
    const marked = await transaction`
      update concord.import
      set done = done + int8multirange(int8range(${from}, ${to + 1})),
        imported = imported + ${counts.imported}, skipped = skipped + ${counts.skipped},
        refused = refused + ${counts.refused}
      where tenant_id = ${tenant} and name = ${name} and attempt = ${attempt}`;
    if (marked.count === 0) {
      throw new ConcordError('state-conflict', {
        message: `The import "${name}" was taken up by another process meanwhile.`,
      });
    }
  }

  async function write(batch: ImportBatch, tell: Tell): Promise<ImportCounts> {
    const candidates = batch.entries.map(entry => candidateOf(entry, tenant, vault));
    try {
      const numbers = await takeNumbers(batch.entries.map(({ customer }) => customer));
      return await untilNobodyIsFaster(() => attemptTo(batch, candidates, numbers, tell));
    } catch (error) {
      const known = toConcordError(error);
      if (known.code !== 'value-invalid') throw known;
      return withoutTheBad(batch, tell);
    }
  }

  /** PostgreSQL cannot hold one of them: in two halves, until the one is found. */
  async function withoutTheBad(batch: ImportBatch, tell: Tell): Promise<ImportCounts> {
    const { from, to, entries, refused } = batch;
    if (entries.length <= 1) {
      const bad = entries.map(({ line }) => refusal(line, 'value-invalid'));
      return write({ from, to, entries: [], refused: refused + bad.length }, async () => tell(bad));
    }
    const half = entries.length >> 1;
    const border = entries[half]!.line;
    const first = await write({ from, to: border - 1, entries: entries.slice(0, half), refused }, tell);
    const second = await write({ from: border, to, entries: entries.slice(half), refused: 0 }, tell);
    return {
      imported: first.imported + second.imported,
      skipped: first.skipped + second.skipped,
      refused: first.refused + second.refused,
    };
  }

  return {
    before,
    isDone: line => done.some(([from, behind]) => line >= from && line < behind),
    reserve,
    write,
    finish: async () => {
      await inTenantOn(
        sql,
        tenant,
        transaction => transaction`
          update concord.import set finished_at = now()
          where tenant_id = ${tenant} and name = ${name} and attempt = ${attempt}`,
      );
    },
    close,
  };
}

async function raiseCounter(sql: Sql, tenant: TenantId, last: LastNumbers): Promise<void> {
  await inTenantOn(sql, tenant, async transaction => {
    // As in numbers_take: what has these numbers is committed later.
    await transaction`select set_config('synchronous_commit', 'off', true)`;
    await transaction`
      update concord.counter
      set customers = greatest(customers, ${last.customers}), addresses = greatest(addresses, ${last.addresses}),
        contact_points = greatest(contact_points, ${last.contactPoints})
      where tenant_id = ${tenant}`;
  });
}

/** The highest of each kind that the customers bring. */
function lastNumbersOf(customers: readonly Customer[]): LastNumbers {
  const last = { customers: 0, addresses: 0, contactPoints: 0 };
  for (const { number, addresses, contactPoints } of customers) {
    last.customers = Math.max(last.customers, number);
    for (const { address } of addresses) last.addresses = Math.max(last.addresses, address.number ?? 0);
    for (const point of contactPoints) last.contactPoints = Math.max(last.contactPoints, point.number ?? 0);
  }
  return last;
}

function numbered(accepted: readonly Accepted[], first: Numbers): Accepted[] {
  const customers = withNumbers(
    accepted.map(({ customer }) => customer),
    first,
  );
  return accepted.map((each, at) => ({ ...each, customer: customers[at]! }));
}

async function untilNobodyIsFaster<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const isRace = isLostRace(error) || codeOf(error) === UNIQUE_VIOLATION;
      if (!isRace || tries === ATTEMPTS_MAXIMUM) throw error;
      await sleep(Math.random() * Math.min(2 ** tries, PAUSE_MAXIMUM_MS));
    }
  }
}
