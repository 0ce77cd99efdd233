import assert from 'node:assert/strict';
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { emptyCustomer } from '../record/customer.ts';
import { connect, type Target } from './connection.ts';
import { openCredentialAdministration } from './credential-administration.ts';
import { openCredentials } from './credentials.ts';
import { openCustomers } from './customers.ts';
import { openVault } from './encryption.ts';
import { silent } from './log.ts';
import { MIGRATIONS, migrate, readMigrations } from './migrate.ts';
import { openPools, POOL_SIZES } from './pools.ts';
import { verifyRole, workingRole } from './roles.ts';
import { openTenants } from './tenants.ts';
import { TEST_KEY, type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let administrator: ReturnType<typeof connect>;
let folder: string;

before(async () => {
  shared = await testStore();
  administrator = connect(shared.store.target, { connections: 1, application: 'test' });
  folder = await mkdtemp(join(tmpdir(), 'concord-migrations-'));
});

after(async () => {
  await administrator.end();
  await shared.close();
  await rm(folder, { recursive: true, force: true });
});

async function database(name: string, username = 'postgres'): Promise<Target> {
  await administrator.unsafe(`create database ${name} owner ${username}`);
  return { ...(shared.store.target as Extract<Target, { path: string }>), database: name, username };
}

describe('migrations', () => {
  test('twenty servers that start at once apply each of them once', async () => {
    const target = await database('twenty');
    const applied = await Promise.all(Array.from({ length: 20 }, () => migrate(target, silent)));
    assert.equal(applied.filter(count => count > 0).length, 1);
    assert.equal(await migrate(target, silent), 0);
  });

  test('a file that was changed after it was applied is refused', async () => {
    const target = await database('changed');
    await cp(MIGRATIONS, folder, { recursive: true });
    await migrate(target, silent, folder);
    await writeFile(join(folder, '000001.sql'), 'select 1');
    await assert.rejects(migrate(target, silent, folder), { code: 'migration-changed' });
  });

  test('a database that is newer than the program is refused', async () => {
    const target = await database('newer');
    await migrate(target, silent);
    const sql = connect(target, { connections: 1, application: 'test' });
    await sql`insert into concord.migration (version, checksum) values (999999, '')`;
    await sql.end();
    await assert.rejects(migrate(target, silent), { code: 'database-newer' });
  });

  test('a migration that fails leaves nothing', async () => {
    const target = await database('failing');
    await copyFile(join(MIGRATIONS, '000001.sql'), join(folder, '000001.sql'));
    await writeFile(join(folder, '000002.sql'), 'create table concord.half (); select 1 / 0');
    await assert.rejects(migrate(target, silent, folder));
    const sql = connect(target, { connections: 1, application: 'test' });
    const [row] = await sql`select to_regclass('concord.migration') as present`;
    await sql.end();
    assert.equal(row?.present, null);
    await rm(join(folder, '000002.sql'));
  });

  test('every primary, unique and foreign key begins with the tenant', async () => {
    const keys = await administrator`
      select c.conrelid::regclass::text || ' ' || c.conname as name
      from pg_constraint as c join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.connamespace = 'concord'::regnamespace and c.contype in ('p', 'u', 'f')
        and a.attname <> 'tenant_id'
        and c.conrelid not in ('concord.migration'::regclass, 'concord.encryption_key'::regclass)
      union all
      select i.indexrelid::regclass::text from pg_index as i
      join pg_class as t on t.oid = i.indrelid and t.relnamespace = 'concord'::regnamespace
      join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indisunique and a.attname <> 'tenant_id'
        and t.relname not in ('migration', 'tenant', 'encryption_key')`;
    assert.deepEqual([...keys], []);
  });

  test('issuers that were made before they could be made through the API may be asked in the own network', async () => {
    await administrator.unsafe('create role early login nosuperuser nocreaterole');
    const target = await database('issuers', 'early');
    const owner = connect(target, { connections: 1, application: 'test' });
    const observer = connect({ ...target, username: 'postgres' }, { connections: 1, application: 'test' });
    const pools = openPools(target, {}, POOL_SIZES);
    try {
      await owner.unsafe(
        'create schema concord; create table concord.migration (version int, checksum text)',
      );
      for (const { version, sql, checksum } of (await readMigrations()).slice(0, 2)) {
        await owner.unsafe(sql);
        await owner`insert into concord.migration values (${version}, ${checksum})`;
      }
      const { id: tenant } = await openTenants(pools).create('one');
      const { create } = openCredentialAdministration(pools, () => {});
      const issuer = { tenant, dialect: 'd', kind: 'issuer', name: 'n' } as const;
      await create({ ...issuer, lookup: 'asked', settings: { jwksUrl: 'https://id.example' } });
      await create({ ...issuer, lookup: 'store', settings: { store: true } });
      await migrate(target, silent);
      const rows = await observer<{ settings: string }[]>`
        select settings from concord.credential order by settings ? 'store'`;
      assert.deepEqual(
        rows.map(({ settings }) => JSON.parse(settings)),
        [{ jwksUrl: 'https://id.example', inHouse: true }, { store: true }],
      );
    } finally {
      await Promise.all([owner.end(), observer.end(), pools.end()]);
    }
  });

  test('an owner without special rights runs it as itself, held by row-level security', async () => {
    await administrator.unsafe('create role plain login nosuperuser nocreaterole');
    const target = await database('plain', 'plain');
    await migrate(target, silent);
    assert.equal(await workingRole(target, false), undefined);
    const pools = openPools(target, {}, POOL_SIZES);
    try {
      await verifyRole(pools.read.sql);
      const [one, two] = [await openTenants(pools).create('one'), await openTenants(pools).create('two')];
      assert.deepEqual(
        (await openTenants(pools).list()).map(tenant => tenant.name),
        ['one', 'two'],
      );
      const customers = openCustomers(pools, openVault([TEST_KEY]));
      const origin = { tenant: one.id, dialect: 'test', actor: 'test', requestId: '1' };
      const customer = await customers.create(origin, emptyCustomer('business'));
      assert.equal((await customers.find(one.id, { id: customer.id }))?.number, 1);
      assert.equal(await customers.find(two.id, { id: customer.id }), undefined);
      const [hidden] = await pools.read.sql`select count(*) as count from concord.customer`;
      assert.equal(hidden?.count, 0);
      const credentials = openCredentials(pools);
      const administration = openCredentialAdministration(pools, credentials.forget);
      const { secret } = await administration.create({
        tenant: two.id,
        dialect: 'd',
        kind: 'key',
        name: 'k',
      });
      assert.equal((await credentials.byKey('d', secret!))?.tenantName, 'two');
    } finally {
      await pools.end();
    }
  });

  test('a login that could see every tenant is refused', async () => {
    await assert.rejects(verifyRole(administrator), { code: 'role-unsafe' });
  });
});
