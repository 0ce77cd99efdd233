import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import { type Answer, send as sendAs, type TestTenant } from '../support/concord.ts';
import { useBillbee } from './billbee-support.ts';

/** Milliseconds: longer and shorter than the second in which requests are counted. */
const OVER_MS = 1_100;
const WITHIN_MS = 900;
const ATTEMPTS_MAXIMUM = 5;

const PING = '/api/v1/shipment/ping';

/** All at once, after a second of silence; again where the machine was too busy to send them in one second. */
async function burst(requests: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
  for (let attempt = 0; attempt < ATTEMPTS_MAXIMUM; attempt += 1) {
    await sleep(OVER_MS);
    const started = performance.now();
    const answers = await Promise.all(requests.map(request => request()));
    if (performance.now() - started < WITHIN_MS) return answers;
  }
  return assert.fail('The requests took longer than a second.');
}

const statuses = (answers: readonly Answer[]) => answers.map(answer => answer.status).sort();

describe('billbee rate limits', () => {
  const { concord } = useBillbee({ rateLimits: true });
  let logins = 0;

  /** A further user of the account, with the given API key. */
  async function user(tenant: TestTenant, apiKey: string) {
    logins += 1;
    const login = `user${logins}@example.test`;
    await concord().store.credentials.create({
      tenant: tenant.id,
      dialect: 'billbee',
      kind: 'password',
      name: `user ${logins}`,
      login,
      secret: DEMO_PASSWORD,
      settings: { apiKeySha256: createHash('sha256').update(apiKey).digest('hex') },
    });
    const basic = Buffer.from(`${login}:${DEMO_PASSWORD}`).toString('base64');
    const headers = { 'X-Billbee-Api-Key': apiKey, Authorization: `Basic ${basic}` };
    const get = (path: string) => sendAs(`${concord().origin}${path}`, 'GET', headers, {});
    // The first request verifies the password, which takes a while.
    assert.equal((await get('/api/v1/customers/addresses/900001')).status, 404);
    return { get };
  }

  it('lets two requests a second through to one endpoint, and says when to come again', async () => {
    const { get } = await user(concord().harbor, 'endpoint');
    const three = await burst([PING, PING, PING].map(path => () => get(path)));
    assert.deepEqual(statuses(three), [200, 200, 429]);
    const refused = three.find(answer => answer.status === 429)!;
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.equal(refused.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.deepEqual(refused.json, { Message: 'There were too many requests in a short time.' });
    await sleep(OVER_MS);
    assert.equal((await get(PING)).status, 200);
  });

  it('counts each endpoint, each user and each tenant alone', async () => {
    const { get } = await user(concord().harbor, 'others');
    const other = await user(concord().harbor, 'others');
    const stranger = await user(concord().meadow, 'others');
    assert.deepEqual(statuses(await burst([PING, PING, PING].map(path => () => get(path)))), [200, 200, 429]);
    assert.equal((await get('/api/v1/customers')).status, 200);
    assert.equal((await other.get(PING)).status, 200);
    assert.equal((await stranger.get(PING)).status, 200);
  });

  it('counts an endpoint whatever the id in its path', async () => {
    const { get } = await user(concord().harbor, 'ids');
    const paths = [1, 2, 3].map(id => `/api/v1/customers/${900_000 + id}`);
    assert.deepEqual(statuses(await burst(paths.map(path => () => get(path)))), [404, 404, 429]);
  });

  it('lets ten requests a second through for one user', async () => {
    const { get } = await user(concord().harbor, 'user');
    const paths = [
      PING,
      '/api/v1/customers',
      '/api/v1/customer-addresses',
      '/api/v1/customers/900001',
      '/api/v1/customers/900001/orders',
      '/api/v1/customers/900001/addresses',
    ];
    const answers = await burst([...paths, ...paths].map(path => () => get(path)));
    assert.equal(answers.filter(answer => answer.status === 429).length, 2);
  });

  it('lets fifty requests a second through for one API key, whoever uses it', async () => {
    const users = await Promise.all([1, 2, 3, 4, 5, 6].map(() => user(concord().harbor, 'shared')));
    const alone = await user(concord().harbor, 'alone');
    const paths = [
      PING,
      '/api/v1/customers/900001',
      '/api/v1/customers/900001/orders',
      '/api/v1/customers/900001/addresses',
      '/api/v1/customer-addresses/900001',
    ];
    const answers = await burst(
      users.flatMap(({ get }) => [...paths, ...paths].map(path => () => get(path))),
    );
    const passed = answers.filter(answer => answer.status !== 429).length;
    assert.equal(passed, 50);
    assert.equal((await alone.get(PING)).status, 200);
  });
});
