/** Customers in PostgreSQL: the port of the record, with every hot operation one statement. */
import { setTimeout as sleep } from 'node:timers/promises';
import { addressById } from '../record/address.ts';
import { expectBounded } from '../record/bounds.ts';
import { type Customer, isArchived, isRestoration, type TenantId } from '../record/customer.ts';
import type {
  Claim,
  CustomerFilter,
  CustomerKey,
  CustomerSelection,
  Customers,
  Origin,
} from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid } from '../record/identifier.ts';
import { sameJson } from '../record/json.ts';
import { contentOf } from './change-rows.ts';
import type { Sql } from './connection.ts';
import { isLostRace } from './database-errors.ts';
import type { Vault } from './encryption.ts';
import { eraseCustomer } from './erasure.ts';
import type { Gate } from './gate.ts';
import { customerAt } from './history.ts';
import { numbersNeeded, withNumbers } from './numbering.ts';
import { openQueue } from './queue.ts';
import type { Reads } from './replicas.ts';
import { customerFromRow } from './rows.ts';
import { changedWords } from './search-words.ts';
import { writeSet } from './write-set.ts';

/** Where statements go; see pools.ts. */
export interface Lanes {
  readonly read: { readonly sql: Sql; readonly gate: Gate };
  readonly write: { readonly sql: Sql; readonly gate: Gate };
  readonly scan: { readonly sql: Sql; readonly gate: Gate };
  /** What takes longer and changes nothing: from a replica where there is one, and never older than an answer. */
  readonly reads: Reads;
}

/** A page: one statement of this size takes some 30 ms and 4 MB. */
const LIST_MAXIMUM = 1_000;

/** Attempts against writers in other processes. Each round has one winner, so this is far beyond any cluster. */
const ATTEMPTS_MAXIMUM = 24;
const PAUSE_FIRST_MS = 1;
const PAUSE_MAXIMUM_MS = 100;

/** Scopes whose values are no secret and may be named in an error. */
const OPEN_SCOPES = new Set(['reference']);

/** Each word is one pass over the text of a customer. */
const WORDS_MAXIMUM = 20;

interface RecordRow {
  readonly record: string | null;
}

export function openCustomers(lanes: Lanes, vault: Vault): Customers {
  const { read, write, scan, reads } = lanes;
  const queue = openQueue();

  async function find(tenant: TenantId, key: CustomerKey): Promise<Customer | undefined> {
    const { sql, gate } = read;
    let rows: readonly RecordRow[];
    if ('id' in key) {
      if (!isUuid(key.id)) return undefined;
      rows = await gate(
        async () => await sql<RecordRow[]>`select concord.customer_by_id(${tenant}, ${key.id}) as record`,
      );
    } else if ('number' in key) {
      if (!isNumber(key.number)) return undefined;
      rows = await gate(
        async () =>
          await sql<RecordRow[]>`select concord.customer_by_number(${tenant}, ${key.number}) as record`,
      );
    } else {
      if (!isNumber(key.addressNumber)) return undefined;
      rows = await gate(
        async () =>
          await sql<
            RecordRow[]
          >`select concord.customer_by_address(${tenant}, ${key.addressNumber}) as record`,
      );
    }
    const record = rows[0]?.record;
    return typeof record === 'string' ? customerFromRow(record, tenant, vault) : undefined;
  }

  /** What is to be changed comes from the primary, whatever the replicas know. */
  const onPrimary: Reads = work => scan.gate(async () => await work(scan.sql));

  async function select(
    tenant: TenantId,
    { addressNumber, numbers = [], ids = [] }: CustomerSelection,
    from: Reads = reads,
  ) {
    if (numbers.length + ids.length > LIST_MAXIMUM) throw new ConcordError('request-invalid');
    const address = addressNumber !== undefined && isNumber(addressNumber) ? addressNumber : null;
    const list = `{${numbers.filter(isNumber).join(',')}}`;
    const uuids = `{${ids.filter(isUuid).join(',')}}`;
    const rows = await from(
      async sql =>
        await sql<RecordRow[]>`
          select record
          from concord.customers_select(${tenant}, ${address}, ${list}::bigint[], ${uuids}::uuid[]) as record`,
    );
    return fromRows(rows, tenant);
  }

  const fromRows = (rows: readonly RecordRow[], tenant: TenantId): Customer[] =>
    rows.map(row => customerFromRow(row.record ?? '', tenant, vault));

  /** The customers as stored, or `undefined` when somebody else was faster. */
  async function store(
    origin: Origin,
    before: readonly (Customer | undefined)[],
    wanted: readonly Customer[],
    { claims = [], released = [] }: ClaimChange = {},
  ): Promise<Customer[] | undefined> {
    const { tenant } = origin;
    for (const [at, customer] of wanted.entries()) expectBounded(before[at], customer);
    const now = new Date().toISOString();
    const after = await numbered(tenant, wanted);
    const seal = (id: string, values: Readonly<Record<string, string>>) => vault.seal(tenant, id, values);
    const { written, stored } = writeSet(origin, before, after, now, seal);
    if (written === undefined) return stored;
    const rowsOf = ({ scope, value, yields }: Claim) =>
      vault
        .hashes(tenant, scope, value)
        .map(hash => ({ scope, hash, customer: after[0]!.id, ...(yields && { yields }) }));
    if (claims.length > 0) written.claims = claims.flatMap(rowsOf);
    const payload = JSON.stringify(written);
    const changed = changedWords(before, after, stored);
    const words = changed && JSON.stringify(changed);
    const { sql, gate } = write;
    return gate(async () => {
      try {
        if (released.length > 0 || before.includes(undefined)) {
          const given = JSON.stringify(released.flatMap(rowsOf));
          await sql`
            select concord.customer_write_claiming(${tenant}, ${payload}, ${words ?? null}, ${given})`;
        } else if (words === undefined) await sql`select concord.customer_write(${tenant}, ${payload})`;
        else await sql`select concord.customer_write_with_words(${tenant}, ${payload}, ${words})`;
        return stored;
      } catch (error) {
        if (isLostRace(error)) return undefined;
        throw error;
      }
    });
  }

  async function numbered(tenant: TenantId, customers: readonly Customer[]): Promise<readonly Customer[]> {
    const needed = numbersNeeded(customers);
    if (needed.customers + needed.addresses + needed.points === 0) return customers;
    const { sql, gate } = write;
    const [first] = await gate(
      async () =>
        await sql<{ customer: number; address: number; point: number }[]>`
          select customer, address, point
          from concord.numbers_take(${tenant}, ${needed.customers}, ${needed.addresses}, ${needed.points})`,
    );
    if (!first) throw new ConcordError('internal', { detail: 'there is no such tenant' });
    return withNumbers(customers, {
      customers: first.customer,
      addresses: first.address,
      points: first.point,
    });
  }

  /** Applies the function until nobody else was faster. `again` reads what there is by then. */
  async function swapUntilStored(
    origin: Origin,
    first: readonly Customer[],
    again: () => Promise<readonly Customer[]>,
    change: (customers: readonly Customer[]) => readonly Customer[],
    claimsOf: (customer: Customer) => readonly Claim[] = () => [],
  ): Promise<Customer[]> {
    let before = first;
    for (let attempt = 0; attempt < ATTEMPTS_MAXIMUM; attempt++) {
      if (attempt > 0) {
        await pause(attempt);
        before = await again();
      }
      const after = change(before);
      if (after.length !== before.length || after.some((customer, at) => customer.id !== before[at]!.id)) {
        throw new ConcordError('internal', { detail: 'a change must give back the customers that it got' });
      }
      if (after.some((customer, at) => customer !== before[at] && isFixed(before[at]!, customer))) {
        throw new ConcordError('customer-archived');
      }
      const stored = await store(origin, before, after, claimChange(before[0], after[0], claimsOf));
      if (stored) return stored;
    }
    throw tooBusy();
  }

  /** False when somebody else was faster. */
  async function removed(origin: Origin, customer: Customer): Promise<boolean> {
    const { tenant, event = null, dialect, actor, requestId } = origin;
    const { id, number, version } = customer;
    const at = new Date().toISOString();
    const content = contentOf(id, customer, undefined, (place, values) => vault.seal(tenant, place, values));
    // An address that somebody else changed meanwhile would be told with what it said before.
    const addresses = customer.addresses.map(({ address }) => ({ id: address.id, version: address.version }));
    const own = { id, number, version, addresses };
    const payload = JSON.stringify({ ...own, dialect, actor, requestId, at, event, ...content });
    const { sql, gate } = write;
    return gate(async () => {
      try {
        await sql`select concord.customer_remove(${tenant}, ${payload})`;
        return true;
      } catch (error) {
        if (isLostRace(error)) return false;
        throw error;
      }
    });
  }

  const lineOf = (tenant: TenantId, customer: Customer): string => `${tenant}:${customer.id}`;

  return {
    find,
    select: (tenant, selection) => select(tenant, selection),

    async list(tenant, { after = 0, limit }) {
      const rows = await reads(
        async sql =>
          await sql<RecordRow[]>`
            select record from concord.customers_list(${tenant}, ${after}, ${pageOf(limit)}) as record`,
      );
      return fromRows(rows, tenant);
    },

    async query(tenant, { filter = {}, order = { by: 'number' }, after, offset = 0, limit }) {
      if (after !== undefined && !isUuid(after)) throw new ConcordError('customer-not-found');
      const rows = await reads(
        async sql =>
          await sql<RecordRow[]>`
            select record from concord.customers_query(${tenant}, ${filterJson(filter)}::jsonb, ${order.by},
              ${order.descending === true}, ${after ?? null}, ${skipped(offset)}, ${pageOf(limit)}) as record`,
      );
      return fromRows(rows, tenant);
    },

    async count(tenant, filter = {}) {
      const [row] = await reads(
        async sql =>
          await sql<{ count: number }[]>`
            select concord.customers_count(${tenant}, ${filterJson(filter)}::jsonb) as count`,
      );
      return row?.count ?? 0;
    },

    async listAddresses(tenant, { offset = 0, limit }) {
      const rows = await reads(
        async sql =>
          await sql<{ address: string; customer: string; record: string | null }[]>`
            select address, customer, record
            from concord.addresses_list(${tenant}, ${skipped(offset)}, ${pageOf(limit)})`,
      );
      const owners = new Map<string, Customer>();
      return rows.flatMap(({ address, customer: owner, record }) => {
        if (record !== null) owners.set(owner, customerFromRow(record, tenant, vault));
        const customer = owners.get(owner);
        const link = customer && addressById(customer, address);
        return link ? [{ customer, link }] : [];
      });
    },

    async countAddresses(tenant) {
      const [row] = await reads(
        async sql => await sql<{ count: number }[]>`select concord.addresses_count(${tenant}) as count`,
      );
      return row?.count ?? 0;
    },

    async create(origin, customer, claims = []) {
      try {
        const stored = await store(origin, [undefined], [{ ...customer, number: 0, version: 0 }], {
          claims,
        });
        if (!stored) throw tooBusy();
        return stored[0]!;
      } catch (error) {
        throw withClaim(error, claims);
      }
    },

    async swap(origin, key, change, claimsOf) {
      const found = await find(origin.tenant, key);
      if (!found) throw new ConcordError('customer-not-found');
      const again = async (): Promise<readonly Customer[]> => {
        const customer = await find(origin.tenant, { id: found.id });
        if (!customer) throw new ConcordError('customer-not-found');
        return [customer];
      };
      const [stored] = await queue.run([lineOf(origin.tenant, found)], async waited =>
        swapUntilStored(
          origin,
          waited ? await again() : [found],
          again,
          ([customer]) => [change(customer!)],
          claimsOf,
        ),
      );
      return stored!;
    },

    async remove(origin, key, expect = () => {}) {
      const found = await find(origin.tenant, key);
      if (!found) throw new ConcordError('customer-not-found');
      const { id } = found;
      await queue.run([lineOf(origin.tenant, found)], async waited => {
        let customer: Customer | undefined = found;
        for (let attempt = 0; attempt < ATTEMPTS_MAXIMUM; attempt++) {
          if (attempt > 0) await pause(attempt);
          if (waited || attempt > 0) customer = await find(origin.tenant, { id });
          if (!customer) throw new ConcordError('customer-not-found');
          if (isArchived(customer)) throw new ConcordError('customer-archived');
          expect(customer);
          if (await removed(origin, customer)) return;
        }
        throw tooBusy();
      });
    },

    at: (tenant, id, time) => customerAt(lanes, vault, tenant, id, time),

    async erase(origin, key, options = {}) {
      // Of one who was removed the id alone leads to the history.
      const found = await find(origin.tenant, key);
      const id = found?.id ?? ('id' in key ? key.id : undefined);
      if (id === undefined) throw new ConcordError('customer-not-found');
      await queue.run([`${origin.tenant}:${id}`], () => eraseCustomer(lanes, origin, id, options));
    },

    async swapAll(origin, selection, change) {
      const again = () => select(origin.tenant, selection, onPrimary);
      const found = await again();
      const lines = found.map(customer => lineOf(origin.tenant, customer));
      return queue.run(lines, async waited =>
        swapUntilStored(origin, waited ? await again() : found, again, change),
      );
    },
  };
}

const isFixed = (before: Customer, after: Customer): boolean =>
  isArchived(before) && !isRestoration(before, after);

const tooBusy = (): ConcordError => new ConcordError('too-busy', { retryAfterSeconds: 1 });

const pause = (attempt: number): Promise<void> =>
  sleep(Math.random() * Math.min(PAUSE_FIRST_MS * 2 ** attempt, PAUSE_MAXIMUM_MS));

const pageOf = (limit: number): number => Math.min(Math.max(Math.trunc(limit), 1), LIST_MAXIMUM);

/** More rows than any tenant has; it keeps a silly offset inside a `bigint`. */
const skipped = (offset: number): number =>
  Math.min(Math.max(Math.trunc(offset), 0), Number.MAX_SAFE_INTEGER);

/** Conditions that are absent leave no key, which is how the schema's functions know them. */
const filterJson = ({ words, ...filter }: CustomerFilter): string =>
  JSON.stringify({ ...filter, ...(words && words.length > 0 && { words: words.slice(0, WORDS_MAXIMUM) }) });

/** What a `bigint` column can hold of a JavaScript number. */
const isNumber = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

/** What a write claims, and what its one customer claims no more. */
interface ClaimChange {
  readonly claims?: readonly Claim[];
  readonly released?: readonly Claim[];
}

function claimChange(
  before: Customer | undefined,
  after: Customer | undefined,
  claimsOf: (customer: Customer) => readonly Claim[],
): ClaimChange {
  const [held, wanted] = [before, after].map(customer => (customer ? claimsOf(customer) : []));
  const isIn =
    (list: readonly Claim[] = []) =>
    (one: Claim) =>
      list.some(each => sameJson(each, one));
  return {
    claims: wanted!.filter(claim => !isIn(held)(claim)),
    released: held!.filter(claim => !isIn(wanted)(claim)),
  };
}

/** Adds the value of the claim, which the database does not know. */
function withClaim(error: unknown, claims: readonly Claim[]): unknown {
  if (!(error instanceof ConcordError) || error.code !== 'value-taken') return error;
  const scope = error.context.scope;
  const claim = claims.find(one => one.scope === scope);
  if (!claim || !OPEN_SCOPES.has(claim.scope)) return error;
  return new ConcordError('value-taken', { context: { ...error.context, value: claim.value } });
}
