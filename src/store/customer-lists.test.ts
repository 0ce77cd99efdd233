import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { addAddress, changeAddress, emptyAddress, linkTo } from '../record/address.ts';
import { archived, type Customer, emptyCustomer, restored } from '../record/customer.ts';
import type { CustomerFilter, CustomerOrder, Customers, Origin } from '../record/customers.ts';
import { newId } from '../record/identifier.ts';
import { connect, type Target } from './connection.ts';
import { silent } from './log.ts';
import { MIGRATIONS, migrate } from './migrate.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let customers: Customers;
let origin: Origin;
before(async () => {
  shared = await testStore();
  customers = shared.store.customers;
});
beforeEach(async () => {
  const { id } = await shared.tenant();
  origin = { tenant: id, dialect: 'test', actor: 'tester', requestId: randomUUID() };
});
after(() => shared.close());

const person = (givenName: string, more: Partial<Customer> = {}): Customer => ({
  ...emptyCustomer('individual'),
  givenName,
  ...more,
});
const living = (customer: Customer, ...countries: (string | null)[]): Customer =>
  countries.reduce((each, country) => addAddress(each, linkTo({ ...emptyAddress(), country })), customer);
const add = (customer: Customer, dialect = 'test') => customers.create({ ...origin, dialect }, customer);

async function namesOf(filter: CustomerFilter, order: CustomerOrder = { by: 'number' }): Promise<string> {
  const found = await customers.query(origin.tenant, { filter, order, limit: 100 });
  assert.equal(await customers.count(origin.tenant, filter), found.length);
  return found.map(customer => customer.givenName).join();
}

describe('lists', () => {
  test('by country hold everybody with an address there, once', async () => {
    const ada = await add(living(person('Ada'), 'PT', 'DE', 'PT'));
    await add(living(person('Bo'), null));
    await add(living(person('Cy'), 'DE'));
    assert.equal(await namesOf({ country: 'PT' }), 'Ada');
    assert.equal(await namesOf({ country: 'DE' }), 'Ada,Cy');
    assert.equal(await namesOf({ country: 'DE' }, { by: 'name', descending: true }), 'Cy,Ada');
    assert.equal(await namesOf({ country: 'NZ' }), '');
    const moved = (customer: Customer) =>
      changeAddress(customer, customer.addresses[1]!.address.id, link => ({
        ...link,
        address: { ...link.address, country: 'NZ' },
      }));
    await customers.swap(origin, { id: ada.id }, moved);
    assert.equal(await namesOf({ country: 'DE' }), 'Cy');
    assert.equal(await namesOf({ country: 'NZ' }), 'Ada');
  });

  test('by country page in the same way where many are there', async () => {
    const sql = connect(shared.store.target, { connections: 1, application: 'test' });
    // More addresses than are looked up one by one.
    await sql`
      with made as (
        insert into concord.customer (tenant_id, id, number, created_at, updated_at, created_by, body)
        select ${origin.tenant}, gen_random_uuid(), number, now(), now(), 'test',
          jsonb_build_object('kind', 'individual', 'status', 'active', 'givenName', number::text)
        from generate_series(1, 2100) as number returning id, number
      ), places as (
        insert into concord.address (tenant_id, id, number, created_at, updated_at, body)
        select ${origin.tenant}, id, number, now(), now(),
          jsonb_build_object('country', case when number % 100 = 0 then 'DE' else 'PT' end) from made
      )
      select 1`;
    await sql`
      insert into concord.customer_address (tenant_id, customer_id, address_id, position, rank, main, roles)
      select tenant_id, id, id, 0, 0, true, '{}' from concord.customer where tenant_id = ${origin.tenant}`;
    await sql.end();
    for (const [country, expected] of [
      ['PT', 2_079],
      ['DE', 21],
    ] as const) {
      const filter = { country };
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const query = { filter, order: { by: 'number', descending: true }, limit: 500 } as const;
        const page = await customers.query(origin.tenant, { ...query, ...(after && { after }) });
        seen.push(...page.map(customer => customer.givenName!));
        after = page.at(-1)?.id;
        if (page.length < query.limit) break;
      }
      assert.equal(seen.length, expected);
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => Number(b) - Number(a)),
      );
      assert.equal(await customers.count(origin.tenant, filter), expected);
    }
  });

  test('by archived go by the last of the two times', async () => {
    const at = (day: string) => `2026-01-${day}T00:00:00.000Z`;
    await add(person('never'));
    await add(person('archived', { archivedAt: at('02') }));
    await add(person('restored', { archivedAt: at('02'), restoredAt: at('03') }));
    await add(person('again', { archivedAt: at('04'), restoredAt: at('03') }));
    await add(person('at once', { archivedAt: at('02'), restoredAt: at('02') }));
    assert.equal(await namesOf({ archived: true }), 'archived,again');
    assert.equal(await namesOf({ archived: false }), 'never,restored,at once');
  });

  test('by the API that made them know the first change alone', async () => {
    const ada = await add(person('Ada'), 'one');
    await add(person('Bo'), 'two');
    await customers.swap({ ...origin, dialect: 'two' }, { id: ada.id }, each => ({
      ...each,
      familyName: 'X',
    }));
    assert.equal(await namesOf({ createdThrough: 'one' }), 'Ada');
    assert.equal(await namesOf({ createdThrough: 'two' }), 'Bo');
    assert.equal(await namesOf({ createdThrough: '' }), '');
  });

  test('with all conditions need all of them', async () => {
    await add(living(person('Ada', { status: 'inactive' }), 'PT'), 'one');
    await add(living(person('Bo'), 'PT'), 'one');
    await add(living({ ...person('Cy'), kind: 'business' }, 'PT'), 'one');
    const filter = { kind: 'individual', archived: false, createdThrough: 'one', country: 'PT' } as const;
    assert.equal(await namesOf(filter), 'Ada,Bo');
    assert.equal(await namesOf({ ...filter, status: 'inactive' }), 'Ada');
  });

  test('by name take names of any length', async () => {
    // 2,001 characters of four bytes do not go into an entry of an index.
    const long = '𝔸'.repeat(1_000);
    await add(person(long, { familyName: long }));
    await add(person('Ada'));
    assert.equal(await namesOf({}, { by: 'name' }), `Ada,${long}`);
  });
});

describe('an archived customer', () => {
  const NOW = '2026-02-01T00:00:00.000Z';

  test('can be brought back, and nothing else', async () => {
    const { id } = await add(person('Ada'));
    const swap = (change: (customer: Customer) => Customer) => customers.swap(origin, { id }, change);
    await swap(customer => archived(customer, NOW));
    const forbidden: ((customer: Customer) => Customer)[] = [
      customer => ({ ...customer, givenName: 'Bo' }),
      customer => ({ ...restored(customer, NOW), givenName: 'Bo' }),
      customer => ({ ...customer, archivedAt: null }),
      customer => ({ ...customer, restoredAt: '2026-01-01T00:00:00.000Z' }),
      customer => living(restored(customer, NOW), 'PT'),
    ];
    for (const change of forbidden) await assert.rejects(swap(change), { code: 'customer-archived' });
    assert.equal((await swap(customer => customer)).archivedAt, NOW);
    const back = await swap(customer => restored(customer, NOW));
    // Behind the other time, also where a clock has not moved on.
    assert.deepEqual([back.archivedAt, back.restoredAt], [NOW, '2026-02-01T00:00:00.001Z']);
    assert.equal((await swap(customer => ({ ...customer, givenName: 'Bo' }))).givenName, 'Bo');
    const again = await swap(customer => archived(customer, '2026-01-01T00:00:00.000Z'));
    assert.equal(again.archivedAt, '2026-02-01T00:00:00.002Z');
  });
});

describe('claims', () => {
  const claimsOf = ({ reference }: Customer) =>
    reference === null ? [] : [{ scope: 'reference', value: reference }];
  const named = (id: string, reference: string | null) =>
    customers.swap(origin, { id }, customer => ({ ...customer, reference }), claimsOf);
  const make = (reference: string | null) => {
    const customer = person('Ada', { reference });
    return customers.create(origin, customer, claimsOf(customer));
  };

  test('move with the value: the old one is free, the new one is taken', async () => {
    const [ada, bo] = [await make('A1'), await make(null)];
    await assert.rejects(named(bo.id, 'A1'), { code: 'value-taken' });
    await named(ada.id, 'A2');
    await named(bo.id, 'A1');
    await assert.rejects(named(ada.id, 'A1'), { code: 'value-taken' });
    assert.equal((await customers.find(origin.tenant, { id: ada.id }))?.reference, 'A2');
    await named(bo.id, null);
    await named(ada.id, 'A1');
    await assert.rejects(make('A1'), { code: 'value-taken' });
  });

  test('of customers who all want one value, one gets it', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, (_, at) => make(`B${at}`)));
    const outcomes = await Promise.allSettled(all.map(({ id }) => named(id, 'wanted')));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  });
});

test('customers who are there already get the API of their first change', async () => {
  const administrator = connect(shared.store.target, { connections: 1, application: 'test' });
  const folder = await mkdtemp(join(tmpdir(), 'concord-migrations-'));
  try {
    await administrator.unsafe('create role lister login nosuperuser nocreaterole');
    await administrator.unsafe('create database lists owner lister');
    const embedded = shared.store.target as Extract<Target, { path: string }>;
    const target: Target = { ...embedded, database: 'lists', username: 'lister' };
    await cp(MIGRATIONS, folder, {
      recursive: true,
      filter: source => !/\d{6}\.sql$/.test(source) || Number(source.slice(-10, -4)) < 6,
    });
    // Those of today name tables that are not there yet.
    await writeFile(join(folder, 'grants.sql'), '');
    await migrate(target, silent, folder);
    const sql = connect(target, { connections: 1, application: 'test' });
    const id = newId();
    await sql.unsafe(`
      set concord.directory = 'on';
      insert into concord.tenant (name) values ('one'), ('two');
      set concord.tenant = '2';
      insert into concord.customer (tenant_id, id, number, created_at, updated_at, created_by, body)
      values (2, '${id}', 1, now(), now(), 'x', '{"kind":"individual","status":"active"}');
      insert into concord.change (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, fields)
      values (2, '${id}', 1, 'first', 'x', 'x', now(), '[]'), (2, '${id}', 1, 'second', 'x', 'x', now(), '[]');`);
    await migrate(target, silent);
    const rows = await sql`select created_through, kind, archived from concord.customer`;
    assert.deepEqual([...rows], [{ created_through: 'first', kind: 'individual', archived: false }]);
    await sql.end();
  } finally {
    await administrator.end();
    await rm(folder, { recursive: true, force: true });
  }
});
