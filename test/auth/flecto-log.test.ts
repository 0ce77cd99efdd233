/** What a running server writes down of tokens: nothing. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type OpenidProvider, startOpenidProvider } from '../support/openid-provider.ts';
import { runCommand, type Started, startCommand } from '../support/process.ts';
import { forgeries } from './forgeries.ts';

const AUDIENCE = 'https://harbor.example.test/api';
const PERSON = 'kanarienvogel';
/** A piece of a token that is long enough to be of use to somebody. */
const PIECE = 24;

describe('the log', () => {
  let directory: string;
  let provider: OpenidProvider;
  let stranger: OpenidProvider;
  let running: Started;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-auth-'));
    [provider, stranger] = await Promise.all([startOpenidProvider(), startOpenidProvider()]);
    const command = async (...args: string[]) => {
      const { code, errors } = await runCommand([...args, '--data', directory]);
      assert.equal(code, 0, errors);
    };
    await command('tenant', 'create', 'harbor');
    const anchor = ['--issuer', provider.issuer, '--audience', AUDIENCE, '--jwks-url', provider.jwksUrl];
    const credential = ['credential', 'create', '--tenant', 'harbor', '--dialect', 'flecto', '--name', 'n'];
    await command(...credential, ...anchor);
    running = await startCommand(['serve', '--port', '0', '--log-level', 'debug', '--data', directory]);
  });
  after(async () => {
    await Promise.all([running, provider, stranger].map(each => each?.stop()));
    await rm(directory, { recursive: true, force: true });
  });

  it('has neither a token nor a piece of one, and names nobody', async () => {
    const origin = running.line.replace('Concord answers on ', '');
    const { accessToken, idToken } = await provider.logIn(AUDIENCE, PERSON);
    const wrong = await forgeries(provider, stranger, AUDIENCE);
    const tokens = [accessToken, ...wrong.map(each => each.token)];
    const get = async (token: string) => {
      const answer = await fetch(`${origin}/api/saas/me/customers/1/addresses`, {
        headers: { authorization: `Bearer ${token}`, 'Auth0-IdToken': idToken },
      });
      const text = await answer.text();
      for (const each of [token.slice(-PIECE), PERSON]) assert.ok(!text.includes(each), text);
      return answer.status;
    };
    provider.become('gone');
    assert.equal(await get(accessToken), 503);
    provider.become('up');
    await new Promise(resolve => setTimeout(resolve, 2_050));
    assert.equal(await get(accessToken), 404);
    for (const { what, token } of wrong) assert.equal(await get(token), 401, what);
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    await running.stop();
    const log = running.errors();
    assert.ok(log.split('\n').filter(line => line.includes('"status":401')).length >= wrong.length, log);
    assert.match(log, /"code":"unavailable"/);
    for (const text of [log, metrics]) {
      for (const token of [...tokens, idToken]) {
        for (const part of token.split('.').filter(each => each.length >= PIECE)) {
          assert.ok(!text.includes(part.slice(0, PIECE)) && !text.includes(part.slice(-PIECE)));
        }
      }
      assert.ok(!text.includes(PERSON) && !text.includes('warehouse'));
    }
  });
});
