import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addAddress, emptyAddress, linkTo } from '../record/address.ts';
import { emptyCustomer } from '../record/customer.ts';
import { newId } from '../record/identifier.ts';
import type { Tenant } from '../record/tenants.ts';
import { connect, type Sql } from './connection.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let sql: Sql;
let owner: Tenant;
let stranger: Tenant;

const TABLES = [
  'tenant',
  'counter',
  'customer',
  'address',
  'customer_address',
  'claim',
  'change',
  'credential',
  'idempotency',
  'reveal',
];

before(async () => {
  shared = await testStore();
  sql = connect(shared.store.target, { connections: 1, application: 'test', role: APPLICATION_ROLE });
  [owner, stranger] = [await shared.tenant(), await shared.tenant()];
  const origin = { tenant: owner.id, dialect: 'test', actor: 'test', requestId: '1' };
  const customer = addAddress(emptyCustomer('individual'), linkTo(emptyAddress()));
  await shared.store.customers.create(origin, customer, [{ scope: 'reference', value: 'R' }]);
  await shared.store.credentials.create({ tenant: owner.id, dialect: 'd', kind: 'key', name: 'k' });
  await shared.store.idempotency.begin(owner.id, 'k', 'h');
  await shared.store.reveals.record({
    tenant: owner.id,
    actor: 'test',
    credentialId: newId(),
    customerId: newId(),
    documentId: null,
    requestId: '1',
  });
});

after(async () => {
  await sql.end();
  await shared.close();
});

/** How many rows of the owner's a statement without a tenant condition sees. */
async function seen(table: string, tenant: string): Promise<number> {
  return sql.begin(async transaction => {
    await transaction`select set_config('concord.tenant', ${tenant}, true)`;
    const [row] = await transaction.unsafe(
      `select count(*) as count from concord.${table} where tenant_id = ${owner.id}`,
    );
    return row?.count as number;
  });
}

describe('row-level security', () => {
  test('is on, and forced, for every table with a tenant', async () => {
    const open = await sql`
      select relname from pg_class as c
      where relnamespace = 'concord'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
        and exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'tenant_id')`;
    assert.deepEqual([...open], []);
  });

  for (const table of TABLES) {
    test(`${table}: visible to its tenant, to no other, and to nobody without one`, async () => {
      assert.ok((await seen(table, String(owner.id))) > 0);
      assert.equal(await seen(table, String(stranger.id)), 0);
      assert.equal(await seen(table, ''), 0);
    });
  }

  test('refuses a row for another tenant', async () => {
    const forged = sql.begin(async transaction => {
      await transaction`select set_config('concord.tenant', ${String(stranger.id)}, true)`;
      await transaction`insert into concord.claim (tenant_id, scope, hash, customer_id)
        values (${owner.id}, 's', '\\x00', gen_random_uuid())`;
    });
    await assert.rejects(forged, { code: '42501' });
  });

  test('history can be neither changed nor removed', async () => {
    await assert.rejects(sql`update concord.change set actor = 'x'`, { code: '42501' });
    await assert.rejects(sql`delete from concord.change`, { code: '42501' });
  });

  test('the partitions of history are there for their owner alone, who is held by the same policy', async () => {
    const partitions = await sql<{ name: string; granted: boolean; policies: number }[]>`
      select relid::text as name,
        has_table_privilege(${APPLICATION_ROLE}, relid, 'select, insert, update, delete') as granted,
        (select count(*) from pg_policy where polrelid = relid) as policies
      from pg_partition_tree('concord.change') where isleaf`;
    assert.ok(partitions.length >= 2, 'one that is written into, and one made ahead');
    for (const { name, granted, policies } of partitions) {
      assert.deepEqual([granted, policies], [false, 1], name);
      await assert.rejects(sql.unsafe(`select 1 from ${name}`), { code: '42501' });
    }
  });

  test('nor can the log of reveals', async () => {
    await assert.rejects(sql`update concord.reveal set actor = 'x'`, { code: '42501' });
    await assert.rejects(sql`delete from concord.reveal`, { code: '42501' });
  });

  test('the tenant does not outlast its transaction', async () => {
    await sql`select concord.customers_count(${owner.id}, '{}')`;
    const [row] = await sql`select count(*) as count from concord.customer`;
    assert.equal(row?.count, 0);
  });
});
