/** What lets the schema be distributed by tenant (docs/scaling.md, Citus): every key begins with it, and what does not is named. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, type Sql } from './connection.ts';
import { type TestStore, testStore } from './test-store.ts';

/** Tables without a tenant, each with its reason: they would be reference tables, a copy on every node. */
const WITHOUT_TENANT: Readonly<Record<string, string>> = {
  migration: 'the version of the schema, written by a migration alone',
};

/** Unique keys and foreign keys that do not begin with the tenant. Citus allows them on reference tables alone. */
const KEYS_WITHOUT_TENANT: Readonly<Record<string, string>> = {
  migration_pkey: 'of a table without a tenant',
  tenant_name: 'a name is given once in all the installation: `tenant` has to be a reference table',
};

/** Values that one sequence gives to all tenants. */
const IDENTITIES: Readonly<Record<string, string>> = {
  'tenant.tenant_id': 'tenants are made one at a time, by administration',
  'change.sequence':
    'it orders the history of a customer: one coordinator gives it, or the order is that of the nodes',
};

/** A table whose rows are lost with the server, and which no replica has. */
const UNLOGGED: Readonly<Record<string, string>> = {
  rate: 'a limit that is counted anew after a crash lets one burst more through',
};

describe('the schema', () => {
  let shared: TestStore;
  let sql: Sql;
  before(async () => {
    shared = await testStore();
    sql = connect(shared.store.target, { connections: 1, application: 'test' });
  });
  after(async () => {
    await sql.end();
    await shared.close();
  });

  const names = (rows: readonly { name: string }[]): string[] => rows.map(row => row.name).sort();

  test('has a tenant in every table, as a column that is never null', async () => {
    const rows = await sql<{ name: string }[]>`
      select relname as name from pg_class as c
      where relnamespace = 'concord'::regnamespace and relkind in ('r', 'p') and not relispartition
        and not exists (
          select 1 from pg_attribute
          where attrelid = c.oid and attname = 'tenant_id' and atttypid = 'integer'::regtype and attnotnull
        )`;
    assert.deepEqual(names(rows), Object.keys(WITHOUT_TENANT).sort());
  });

  test('has a primary key in every table', async () => {
    const rows = await sql<{ name: string }[]>`
      select relname as name from pg_class as c
      where relnamespace = 'concord'::regnamespace and relkind in ('r', 'p')
        and not exists (select 1 from pg_index where indrelid = c.oid and indisprimary)`;
    assert.deepEqual(names(rows), []);
  });

  test('begins every primary and unique key with the tenant', async () => {
    const rows = await sql<{ name: string }[]>`
      select i.relname as name
      from pg_index as x
      join pg_class as i on i.oid = x.indexrelid
      join pg_class as c on c.oid = x.indrelid and not c.relispartition
      left join pg_attribute as a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
      where c.relnamespace = 'concord'::regnamespace and x.indisunique and a.attname is distinct from 'tenant_id'`;
    assert.deepEqual(names(rows), Object.keys(KEYS_WITHOUT_TENANT).sort());
  });

  test('begins every foreign key with the tenant, on both sides', async () => {
    const rows = await sql<{ name: string }[]>`
      select f.conname as name
      from pg_constraint as f
      join pg_attribute as own on own.attrelid = f.conrelid and own.attnum = f.conkey[1]
      join pg_attribute as other on other.attrelid = f.confrelid and other.attnum = f.confkey[1]
      where f.contype = 'f' and f.connamespace = 'concord'::regnamespace
        and (own.attname, other.attname) is distinct from ('tenant_id', 'tenant_id')`;
    assert.deepEqual(names(rows), []);
  });

  test('names what one sequence gives to all tenants, and what is lost with the server', async () => {
    const identities = await sql<{ name: string }[]>`
      select c.relname || '.' || a.attname as name
      from pg_attribute as a join pg_class as c on c.oid = a.attrelid and not c.relispartition
      where c.relnamespace = 'concord'::regnamespace and c.relkind in ('r', 'p')
        and (a.attidentity <> '' or exists (
          select 1 from pg_attrdef as d
          where d.adrelid = c.oid and d.adnum = a.attnum and pg_get_expr(d.adbin, d.adrelid) like 'nextval%'
        ))`;
    assert.deepEqual(names(identities), Object.keys(IDENTITIES).sort());
    const unlogged = await sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'concord'::regnamespace and relkind = 'r' and relpersistence <> 'p'`;
    assert.deepEqual(names(unlogged), Object.keys(UNLOGGED).sort());
  });
});
