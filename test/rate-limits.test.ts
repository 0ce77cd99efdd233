/** The vendors' limits on two server processes with one database: counted together, on by default, off with one setting. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type TestStore, testStore } from '../src/store/test-store.ts';
import { environmentOf, type Started, startCommand } from './support/process.ts';

const API_KEY = 'a-starter-key';
const HEADERS = { authorization: `Bearer ${API_KEY}`, 'tenant-id': 'quay' };

describe('rate limits of two servers', () => {
  let database: TestStore;
  let environment: NodeJS.ProcessEnv;
  let servers: Started[];
  let unlimited: Started;
  before(async () => {
    database = await testStore();
    environment = environmentOf(database);
    const tenant = (await database.tenant('quay')).id;
    const credential = {
      tenant,
      dialect: 'flexportal',
      kind: 'key',
      name: 'portal',
      secret: API_KEY,
    } as const;
    await database.store.credentials.create(credential);
    const start = (more: NodeJS.ProcessEnv = {}) =>
      startCommand(['serve', '--port', '0', '--log-level', 'warn'], { ...environment, ...more });
    servers = [await start(), await start()];
    unlimited = await start({ CONCORD_RATE_LIMITS: 'off' });
  });
  after(async () => {
    await Promise.all([...servers, unlimited].map(server => server.stop()));
    await database.close();
  });

  const originOf = (server: Started) => server.line.replace('Concord answers on ', '');
  const send = (server: Started) => fetch(`${originOf(server)}/v1/customers?limit=1`, { headers: HEADERS });
  const statuses = async (answers: Promise<Response>[]) => {
    const counts: Record<number, number> = {};
    for (const { status } of await Promise.all(answers)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  it('let 100 requests a minute through in all, whichever server they come to, and the third does not count', async () => {
    assert.deepEqual(await statuses(Array.from({ length: 120 }, () => send(unlimited))), { 200: 120 });
    const answers = Array.from({ length: 120 }, (_, at) => send(servers[at % 2]!));
    assert.deepEqual(await statuses(answers), { 200: 100, 429: 20 });
    for (const server of servers) {
      const answer = await send(server);
      assert.equal(answer.status, 429);
      const seconds = Number(answer.headers.get('retry-after'));
      assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, String(seconds));
    }
  });
});
