/** What the driver does when the database ends a connection in a transaction; a fault in its callbacks fails this file. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql, type Transaction } from './connection.ts';
import { type TestStore, testStore } from './test-store.ts';

/** Longer than the driver waits before it connects again. */
const RECONNECTED_MS = 300;

describe('a connection that the database ends in a transaction', () => {
  let shared: TestStore;
  let sql: Sql;
  let killer: Sql;
  before(async () => {
    shared = await testStore();
    const target = shared.store.target;
    sql = connect(target, { connections: 1, application: 'test' });
    killer = connect(target, { connections: 1, application: 'test' });
    await killer`create table public.written (by text)`;
  });
  after(async () => {
    await Promise.all([sql.end(), killer.end()]);
    await shared.close();
  });

  async function endConnection(transaction: Transaction): Promise<void> {
    const [row] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await killer`select pg_terminate_backend(${row!.pid})`;
  }

  const isWell = async (): Promise<void> => {
    const [row] = await sql`select 1 as one`;
    assert.equal(row?.one, 1);
  };

  for (let round = 0; round < 5; round++) {
    test(`rejects a statement under way, and the pool goes on (${round})`, async () => {
      await assert.rejects(
        sql.begin(async transaction => {
          const ended = endConnection(transaction);
          await Promise.all([ended, transaction`select pg_sleep(5)`]);
        }),
      );
      await isWell();
    });
  }

  test('rejects what comes after, and runs none of it outside the transaction', async () => {
    let inner: unknown;
    await assert.rejects(
      sql.begin(async transaction => {
        await endConnection(transaction);
        const others = [isWell(), isWell(), isWell()];
        await sleep(RECONNECTED_MS);
        await transaction`insert into public.written values ('transaction')`.catch(error => {
          inner = error;
        });
        await Promise.all(others);
      }),
    );
    await sleep(RECONNECTED_MS);
    await isWell();
    assert.match((inner as { code: string }).code, /^(CONNECTION_CLOSED|57P01)$/);
    const [row] = await killer`select count(*) as count from public.written`;
    assert.equal(row?.count, 0);
  });
});
