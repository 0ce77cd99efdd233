/** Many servers that start at the same moment on one database that has no schema yet. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from '../../src/store/connection.ts';
import type { TestStore } from '../../src/store/test-store.ts';
import { environmentOf, startCommand } from './process.ts';

export interface StartedAtOnce {
  /** Until the last of them answered. */
  readonly milliseconds: number;
  readonly migrations: number;
}

/** Starts them on a new database of the test store's server, looks at each, and stops them. */
export async function startedAtOnce(test: TestStore, servers: number): Promise<StartedAtOnce> {
  const database = `starts_${randomBytes(4).toString('hex')}`;
  const { target } = test.store;
  const administration = connect(target, { connections: 1, application: 'concord test' });
  await administration.unsafe(`create database ${database}`);
  const environment = environmentOf(test);
  const url = new URL(environment.DATABASE_URL!);
  url.pathname = `/${database}`;
  const started = performance.now();
  const attempts = await Promise.allSettled(
    Array.from({ length: servers }, () =>
      startCommand(['serve', '--port', '0'], { ...environment, DATABASE_URL: url.href }),
    ),
  );
  const running = attempts.flatMap(attempt => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  try {
    for (const attempt of attempts) assert.equal(attempt.status, 'fulfilled', String(Object(attempt).reason));
    const origins = running.map(({ line }) => line.slice(line.indexOf('http')));
    for (const origin of origins) assert.equal((await fetch(`${origin}/ready`)).status, 200);
    const milliseconds = Math.round(performance.now() - started);
    await Promise.all(running.map(server => server.stop()));
    const lines = running.flatMap(server => server.errors().trim().split('\n'));
    assert.deepEqual(
      lines.filter(line => !line.startsWith('{"level":30')),
      [],
    );
    const made = lines.map(line => JSON.parse(line)).filter(({ event }) => event === 'database.migrated');
    const versions = made.map(({ version }) => version);
    assert.equal(new Set(versions).size, versions.length, 'each migration was applied by one server alone');
    return { milliseconds, migrations: versions.length };
  } finally {
    await Promise.all(running.map(server => server.stop('SIGKILL')));
    await administration.unsafe(`drop database ${database} with (force)`);
    await administration.end();
  }
}
