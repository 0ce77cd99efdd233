/** Credentials and the tokens of logins on two servers with one database: made, used, and revoked for both. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DialectName } from '../../src/dialects/contract.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { type OpenidProvider, startOpenidProvider } from '../support/openid-provider.ts';
import { environmentOf, runCommand, type Started, startCommand } from '../support/process.ts';

const AUDIENCE = 'https://harbor.example.test/api';
/** The promise is five seconds; the rest is for a machine that is busy with other tests. */
const PROMISED_MS = 5_000;
const BUSY_MS = 1_500;
const POLL_MS = 100;
const BOTH = [0, 1];

type Headers = Record<string, string>;
/** What the command line shows of a new credential. */
type Shown = Record<string, string>;

/** What a client of each dialect asks for; whoever is let in is told that there is no such thing. */
const REQUESTS: Readonly<Record<DialectName, { method: string; path: string; body?: string }>> = {
  flecto: { method: 'GET', path: '/api/saas/me/customers/4000000000/addresses' },
  flexportal: { method: 'GET', path: '/v1/customers/cust_nobody' },
  lightening: { method: 'POST', path: '/address/4000000000', body: '{}' },
  connectfi: { method: 'GET', path: '/customer/status/00000000-0000-4000-8000-000000000000' },
  billbee: { method: 'GET', path: '/api/v1/customers/4000000000' },
};

interface Credential {
  readonly dialect: DialectName;
  readonly id: string;
  readonly headers: Headers;
}

describe('revocation', () => {
  let database: TestStore;
  let provider: OpenidProvider;
  let environment: NodeJS.ProcessEnv;
  const servers: Started[] = [];
  let credentials: Credential[] = [];
  let logins: { connectfi: Shown; lightening: Shown };

  before(async () => {
    [database, provider] = await Promise.all([testStore(), startOpenidProvider()]);
    environment = environmentOf(database);
    await database.tenant('harbor');
    for (const _ of BOTH) {
      const options = ['--port', '0', '--log-level', 'warn', '--no-rate-limits'];
      servers.push(await startCommand(['serve', ...options], environment));
    }
    await makeCredentials();
  });
  after(async () => {
    await Promise.all(servers.map(server => server.stop()));
    await Promise.all([database?.close(), provider?.stop()]);
  });

  async function command(...args: string[]): Promise<string> {
    const { code, output, errors } = await runCommand(args, environment);
    assert.equal(code, 0, errors);
    return output;
  }

  async function create(dialect: DialectName, ...args: string[]): Promise<Shown> {
    const common = ['--tenant', 'harbor', '--dialect', dialect, '--name', 'test', '--json'];
    return JSON.parse(await command('credential', 'create', ...common, ...args));
  }

  async function makeCredentials(): Promise<void> {
    const anchor = ['--issuer', provider.issuer, '--audience', AUDIENCE, '--jwks-url', provider.jwksUrl];
    const [flecto, flexportal] = await Promise.all([create('flecto', ...anchor), create('flexportal')]);
    const [key, lightening] = await Promise.all([
      create('lightening'),
      create('lightening', '--login', 'ada'),
    ]);
    const [connectfi, billbee] = await Promise.all([
      create('connectfi', '--login', 'ada'),
      create('billbee', '--login', 'ada@example.test'),
    ]);
    logins = { connectfi, lightening };
    const basic = Buffer.from(`${billbee.username}:${billbee.password}`).toString('base64');
    const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });
    const as = (dialect: DialectName, { id = '' }: Shown, headers: Headers) => ({ dialect, id, headers });
    credentials = [
      as('flecto', flecto, bearer(await provider.clientToken(AUDIENCE))),
      as('flexportal', flexportal, { ...bearer(flexportal['API key']), 'tenant-id': 'harbor' }),
      as('lightening', key, bearer(key.token)),
      as('lightening', lightening, (await logIn('lightening', 0))!),
      as('connectfi', connectfi, (await logIn('connectfi', 0))!),
      as('billbee', billbee, {
        'x-billbee-api-key': billbee['X-Billbee-Api-Key']!,
        authorization: `Basic ${basic}`,
      }),
    ];
  }

  const post = (server: number, path: string, body: unknown, headers: Headers = {}) =>
    fetch(originOf(server) + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const originOf = (server: number) => servers[server]!.line.replace('Concord answers on ', '');

  /** The headers of a client that has just logged in, unless the server refuses. */
  async function logIn(dialect: 'connectfi' | 'lightening', server: number): Promise<Headers | undefined> {
    if (dialect === 'connectfi') {
      const { login, password } = logins.connectfi;
      const answer = await post(server, '/auth/get-token', { user: { login, password } });
      const { data } = (await answer.json()) as { data?: { token: string } };
      return answer.status === 200 && data ? { 'x-connectfi-token': data.token } : undefined;
    }
    const { username, password } = logins.lightening;
    const answer = await post(server, '/login', { username, password });
    const { token } = (await answer.json()) as { token?: string };
    return answer.status === 200 ? { authorization: `Bearer ${token}` } : undefined;
  }

  async function isLetIn(server: number, dialect: DialectName, headers: Headers): Promise<boolean> {
    const { method, path, body } = REQUESTS[dialect];
    const answer = await fetch(originOf(server) + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    });
    await answer.arrayBuffer();
    assert.ok(answer.status < 500, `${dialect}: ${answer.status}`);
    return answer.status !== 401 && answer.status !== 403;
  }

  /** Milliseconds until the server refuses. */
  async function untilRefused(server: number, dialect: DialectName, headers: Headers): Promise<number> {
    const began = performance.now();
    while (await isLetIn(server, dialect, headers)) {
      const passed = performance.now() - began;
      assert.ok(passed < PROMISED_MS + BUSY_MS, `${dialect} is let in after ${passed} ms`);
      await sleep(POLL_MS);
    }
    return performance.now() - began;
  }

  it('is not there yet: every credential and every token of a login is good on both', async () => {
    for (const server of BOTH) {
      for (const { dialect, headers } of credentials) {
        assert.ok(await isLetIn(server, dialect, headers), `${dialect} on ${server}`);
      }
      for (const dialect of Object.keys(REQUESTS) as DialectName[]) {
        assert.ok(!(await isLetIn(server, dialect, {})), `${dialect} without a credential on ${server}`);
      }
    }
  });

  it('by a logout ends that token, here at once and there in time, and no other', async () => {
    const [token, other] = [(await logIn('lightening', 0))!, (await logIn('lightening', 1))!];
    for (const server of BOTH) assert.ok(await isLetIn(server, 'lightening', token));
    assert.equal((await post(0, '/logout', {}, token)).status, 200);
    assert.equal(await isLetIn(0, 'lightening', token), false);
    await untilRefused(1, 'lightening', token);
    for (const server of BOTH) assert.ok(await isLetIn(server, 'lightening', other));
  });

  it('by the command line ends each credential, with the tokens issued for it, on both in time', async () => {
    const revoke = async ({ dialect, id, headers }: Credential) => {
      const sessions = [headers];
      const isLogin = id === logins.connectfi.id || id === logins.lightening.id;
      const session = async () => {
        if (!isLogin || (dialect !== 'connectfi' && dialect !== 'lightening')) return;
        const given = await logIn(dialect, 1);
        if (given) sessions.push(given);
      };
      await session();
      for (const server of BOTH) {
        for (const each of sessions)
          assert.ok(await isLetIn(server, dialect, each), `${dialect} on ${server}`);
      }
      assert.match(await command('credential', 'revoke', id, '--tenant', 'harbor'), /within seconds/);
      // A server that has not heard of it may still answer a login, with a token that is good for nothing.
      await session();
      await Promise.all(sessions.flatMap(each => BOTH.map(server => untilRefused(server, dialect, each))));
    };
    await Promise.all(credentials.map(revoke));
    for (const server of BOTH) {
      for (const { dialect, headers } of credentials) assert.ok(!(await isLetIn(server, dialect, headers)));
    }
    for (const server of servers) assert.equal(server.errors(), '');
  });
});
