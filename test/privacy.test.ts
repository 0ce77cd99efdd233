/** Canary values travel through every dialect; afterwards log, metrics and error bodies are searched for them. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Started, startCommand } from './support/process.ts';

const CANARY = 'Zeisigweg-Kanarienvogel';

describe('personal data', () => {
  let directory: string;
  let running: Started;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-privacy-'));
    running = await startCommand([
      'demo',
      '--json',
      '--port',
      '0',
      '--log-level',
      'debug',
      '--data',
      directory,
    ]);
  });
  after(async () => {
    await running.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('reaches neither log nor metrics nor the database’s log, and no error body repeats it', async () => {
    const { origin, tenants } = JSON.parse(running.line);
    const { customers, dialects } = tenants[0];
    const { ids, addresses } = customers[3];
    const [email, phone] = [`${CANARY}@example.test`, '+17175559876'];
    const number = addresses[0].number;
    const requests: [string, string, string, unknown][] = [
      [
        'flecto',
        'PUT',
        `/api/saas/me/customers/${ids.flecto}/addresses/${number}`,
        { data: { type: 'customer_address', attributes: { address_street: CANARY } } },
      ],
      [
        'flecto',
        'PUT',
        `/api/saas/me/customers/${ids.flecto}/addresses/${number}`,
        { data: { type: 'customer_address', attributes: { address_street: CANARY, latitude: CANARY } } },
      ],
      ['flecto', 'GET', `/api/saas/me/customers/${CANARY}/addresses?q=${CANARY}`, undefined],
      [
        'flexportal',
        'PUT',
        `/v1/customers/${ids.flexportal}`,
        { customerId: ids.flexportal, firstName: CANARY, phone },
      ],
      ['flexportal', 'PUT', `/v1/customers/${ids.flexportal}`, { customerId: CANARY, customerType: CANARY }],
      [
        'lightening',
        'POST',
        `/address/${number}`,
        { customer_ids: [ids.lightening], company: CANARY, authorized_email: email },
      ],
      [
        'lightening',
        'POST',
        `/address/${number}`,
        { customer_ids: [ids.lightening], company: CANARY, authorized_email: `${CANARY}@` },
      ],
      ['lightening', 'POST', '/login', { username: CANARY, password: CANARY }],
      ['connectfi', 'POST', '/customer/update', { customerId: ids.connectfi, customer: { email } }],
      [
        'connectfi',
        'POST',
        '/customer/update',
        { customerId: ids.connectfi, customer: { email: `${CANARY}@@` } },
      ],
      ['connectfi', 'POST', '/auth/get-token', { user: { login: 'nobody', password: CANARY } }],
      ['billbee', 'PUT', `/api/v1/customers/${ids.billbee}`, { Name: CANARY, Email: email, Tel1: phone }],
      [
        'billbee',
        'PUT',
        `/api/v1/customers/${ids.billbee}`,
        { Number: CANARY, Type: CANARY, VatId: [CANARY] },
      ],
    ];
    let refused = 0;
    for (const [dialect, method, path, body] of requests) {
      const answer = await fetch(origin + path, {
        method,
        headers: {
          ...dialects[dialect].headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const failed = answer.status >= 400 || text.includes('"result":false');
      if (failed) assert.ok(!text.includes(CANARY), `${dialect} ${answer.status} ${text}`);
      if (failed) refused += 1;
      assert.ok(answer.status < 500);
    }
    assert.ok(refused >= 6 && refused < requests.length, `${refused} of ${requests.length} were refused`);
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    await running.stop();
    const log = running.errors();
    assert.ok(
      log.split('\n').filter(line => line.includes('"event":"request"')).length >= requests.length,
      log,
    );
    const databaseLog = await readFile(join(directory, 'postgres.log'), 'utf8');
    for (const canary of [CANARY, phone, 'Demo-password']) {
      for (const text of [metrics, log, databaseLog]) assert.ok(!text.includes(canary), canary);
    }
  });
});
