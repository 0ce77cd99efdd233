import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { describe, test } from 'node:test';
import { connect } from './connection.ts';
import { readDatabaseUrl } from './database-url.ts';
import { withStore } from './test-store.ts';

describe('DATABASE_URL', () => {
  test('may name the directory of a socket, percent-encoded or as a parameter', () => {
    assert.deepEqual(readDatabaseUrl('postgres://ada:p%40ss@%2Frun%2Fpg/concord?sslmode=disable'), {
      url: 'postgres://ada:p%40ss@localhost/concord?sslmode=disable',
      host: '/run/pg',
    });
    assert.deepEqual(readDatabaseUrl('postgresql://%2frun%2fpg:5433/concord'), {
      url: 'postgresql://localhost:5433/concord',
      host: '/run/pg',
    });
    assert.deepEqual(readDatabaseUrl('postgres:///concord?host=/run/pg&sslmode=disable'), {
      url: 'postgres:///concord?sslmode=disable',
      host: '/run/pg',
    });
  });

  test('may name several hosts as libpq does, of which the driver takes the one that fits', () => {
    const url = 'postgres://ada@localhost/concord?target_session_attrs=read-write';
    assert.deepEqual(readDatabaseUrl(`${url}&host=one,two&port=5433,5434`), {
      url,
      host: 'one:5433,two:5434',
    });
    assert.deepEqual(readDatabaseUrl(`${url}&host=one,two&port=5433`), { url, host: 'one:5433,two:5433' });
    assert.deepEqual(readDatabaseUrl(`${url}&host=one`), { url, host: 'one:5432' });
    const several = 'postgres://ada@one:5433,two:5434/concord?target_session_attrs=read-write';
    assert.deepEqual(readDatabaseUrl(several), { url: several });
  });

  test('is left alone without one', () => {
    for (const url of ['postgres://ada@db.example:5432/concord', 'postgres:///concord', 'no url', '']) {
      assert.deepEqual(readDatabaseUrl(url), { url });
    }
  });

  test('connects through the socket in both ways', async () => {
    await withStore(async ({ store }) => {
      const { path, database, username } = store.target as Extract<typeof store.target, { path: string }>;
      const [directory, port] = [dirname(path), path.slice(path.lastIndexOf('.') + 1)];
      for (const url of [
        `postgres://${username}@${encodeURIComponent(directory)}:${port}/${database}`,
        `postgres://${username}@localhost:${port}/${database}?host=${directory}`,
      ]) {
        const sql = connect({ url }, { connections: 1, application: 'test' });
        try {
          assert.equal((await sql`select current_database() as name`)[0]?.name, database);
        } finally {
          await sql.end();
        }
      }
    });
  });
});
