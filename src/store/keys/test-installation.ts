/** For tests: a database of its own, opened with one list of keys after another, as servers of one installation do. */
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { connect, type Sql } from '../connection.ts';
import { type EncryptionKey, openStore, type Store } from '../index.ts';
import type { TestStore } from '../test-store.ts';

export const K1 = { id: 'k1', key: randomBytes(32) };
export const K2 = { id: 'k2', key: randomBytes(32) };

export interface Installation {
  readonly url: string;
  /** Sees and changes everything, as nobody in production does. */
  readonly sql: Sql;
  /** Another server; it is closed with the installation. */
  open(...keys: EncryptionKey[]): Promise<Store>;
  close(): Promise<void>;
}

export async function installation({ store: { target } }: TestStore): Promise<Installation> {
  if (!('path' in target)) throw new Error('the test store is reached through a socket');
  const { path, username } = target;
  const database = `keys_${randomBytes(6).toString('hex')}`;
  const administrator = connect(target, { connections: 1, application: 'test' });
  await administrator.unsafe(`create database ${database}`);
  await administrator.end();
  const sql = connect({ path, username, database }, { connections: 2, application: 'test' });
  const url = `postgres://${username}@localhost/${database}?host=${dirname(path)}`;
  const stores: Store[] = [];
  return {
    url,
    sql,
    async open(...keys) {
      const store = await openStore({ databaseUrl: url, keys });
      stores.push(store);
      return store;
    },
    async close() {
      await sql.end();
      await Promise.all(stores.map(store => store.close()));
    },
  };
}
