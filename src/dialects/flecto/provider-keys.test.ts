import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { type ProviderKeys, publishedKeys } from './provider-keys.ts';

const MINUTE = 60_000;

describe('keys of a provider', () => {
  let server: Server;
  let url: string;
  let asked: number;
  let now: number;
  let status: number;
  let body: string;
  let keys: ProviderKeys;
  const sets: string[] = [];

  before(async () => {
    for (const kid of ['one', 'two']) {
      const { publicKey } = await generateKeyPair('RS256');
      sets.push(JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256' }] }));
    }
    server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(status, { location: url }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    [asked, now, status, body] = [0, 0, 200, sets[0]!];
    keys = publishedKeys(url, { inHouse: true, clock: () => now });
  });

  const unavailable = { code: 'unavailable', retryAfterSeconds: 2 };

  test('are asked for once, however many wait for them', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => keys.current()));
    assert.equal(new Set(all).size, 1);
    now += 4 * MINUTE;
    assert.equal(await keys.current(), all[0]);
    assert.equal(asked, 1);
  });

  test('are asked for again after five minutes, and stay the same function while they are the same', async () => {
    const first = await keys.current();
    now += 5 * MINUTE;
    assert.equal(await keys.current(), first);
    assert.equal(asked, 2);
    body = sets[1]!;
    now += 5 * MINUTE;
    const second = await keys.current();
    assert.notEqual(second, first);
    await assert.rejects(async () => second({ alg: 'RS256', kid: 'one' }, { payload: '', signature: '' }), {
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  test('are asked for when others are needed, but not more often than every two seconds', async () => {
    const first = await keys.current();
    body = sets[1]!;
    for (let at = 0; at < 100; at++) assert.equal(await keys.insteadOf(first), undefined);
    assert.equal(asked, 1);
    now += 2_000;
    const found = await Promise.all(Array.from({ length: 100 }, () => keys.insteadOf(first)));
    assert.deepEqual([...new Set(found)], [await keys.current()]);
    assert.equal(asked, 2);
  });

  test('stay in use while the provider is away, and nobody waits for it', async () => {
    const first = await keys.current();
    status = 500;
    now += 5 * MINUTE;
    assert.equal(await keys.current(), first);
    assert.equal(keys.away, true);
    for (let at = 0; at < 100; at++) assert.equal(await keys.current(), first);
    assert.equal(asked, 2);
    [status, body] = [200, sets[1]!];
    now += 2_000;
    assert.equal(await keys.current(), first, 'it answers with what it has, and asks meanwhile');
    while (keys.away) await new Promise(setImmediate);
    assert.notEqual(await keys.current(), first);
    assert.equal(asked, 3);
  });

  test('cannot be had from a provider that is away, redirects, or answers with anything else', async () => {
    for (const [code, text] of [
      [500, sets[0]!],
      [302, ''],
      [200, 'no JSON'],
      [200, '{"keys":"none"}'],
      [200, '[]'],
      [200, `{"keys":[],"padding":"${'x'.repeat(300_000)}"}`],
    ] as const) {
      [asked, status, body] = [0, code, text];
      const fresh = publishedKeys(url, { inHouse: true, clock: () => now });
      await assert.rejects(fresh.current(), unavailable);
      await assert.rejects(fresh.current(), unavailable);
      assert.equal(asked, 1, 'not again at once');
      [status, body] = [200, sets[0]!];
      now += 2_000;
      assert.ok(await fresh.current());
    }
    for (const nowhere of ['http://127.0.0.1:1/keys', 'no address', 'file:///keys']) {
      await assert.rejects(publishedKeys(nowhere, { inHouse: true }).current(), unavailable);
    }
  });

  test('are not asked for in the server’s own network, unless that is allowed', async () => {
    const { port } = new URL(url);
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
      const address = `http://${host}:${port}/keys`;
      await assert.rejects(publishedKeys(address).current(), unavailable, host);
    }
    assert.equal(asked, 0);
    assert.ok(await publishedKeys(`http://localhost:${port}/keys`, { inHouse: true }).current());
    assert.equal(asked, 1);
  });
});
