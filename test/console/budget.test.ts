/** What a browser must load before it shows anything, and how it is served. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { clientTypes } from '../../console/generate/client.ts';
import { consoleRoutes } from '../../src/server/console-routes.ts';
import { type Concord, send, startConcord } from '../support/concord.ts';

const DIST = join(import.meta.dirname, '../../console/dist');
/** Bytes of compressed JavaScript: a second on a slow phone. */
const BUDGET = 250 * 1_024;

const INDEX = (): string => readFileSync(join(DIST, 'index.html'), 'utf8');

/** The files that `file` imports without being asked, and theirs. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(join(DIST, 'assets', file), 'utf8');
  for (const [, imported] of source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    withImports(imported!, seen);
  return seen;
}

describe('the console as it is built', () => {
  it('loads at most 250 KB of compressed JavaScript for the sign-in and for the customers', test => {
    const [entry] = [...INDEX().matchAll(/src="\/console\/assets\/([^"]+\.js)"/g)].map(match => match[1]!);
    assert.ok(entry);
    const assets = readdirSync(join(DIST, 'assets'));
    for (const page of ['SignInPage', 'CustomersPage']) {
      const [chunk] = assets.filter(file => file.endsWith('.js') && exportsOf(file).includes(page));
      assert.ok(chunk, `no file exports ${page}`);
      const files = withImports(chunk, withImports(entry));
      const bytes = [...files].reduce(
        (sum, file) => sum + statSync(join(DIST, 'assets', `${file}.br`)).size,
        0,
      );
      test.diagnostic(`${page}: ${Math.round(bytes / 1_024)} KB`);
      assert.ok(bytes <= BUDGET, `${page}: ${bytes} bytes in ${[...files].join(', ')}`);
    }
  });

  it('has a brotli and a gzip twin of every text, with the same content', () => {
    const texts = readdirSync(join(DIST, 'assets')).filter(file => /\.(js|css|svg)$/.test(file));
    assert.ok(texts.length > 5);
    for (const file of texts) {
      const read = (suffix: string): Buffer => readFileSync(join(DIST, 'assets', file + suffix));
      const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
      assert.equal(hash(brotliDecompressSync(read('.br'))), hash(read('')), file);
      assert.equal(hash(gunzipSync(read('.gz'))), hash(read('')), file);
    }
  });

  it('has no inline script', () => {
    assert.deepEqual([...INDEX().matchAll(/<script(?![^>]*\bsrc=)/g)], []);
    assert.deepEqual([...INDEX().matchAll(/\son\w+=/g)], []);
  });
});

const exportsOf = (file: string): string[] =>
  [...readFileSync(join(DIST, 'assets', file), 'utf8').matchAll(/as (\w+)\b/g)].map(match => match[1]!);

describe('the client of Concord’s own API', () => {
  it('has the types of the API as it is: otherwise run `npm run client`', () => {
    const { wanted, written } = clientTypes();
    assert.ok(wanted === written, 'src/client/schema.d.ts is stale: npm run client');
  });
});

describe('the console as it is served', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());
  const get = (path: string, headers: Record<string, string> = {}) =>
    send(`${concord.origin}${path}`, 'GET', {}, { headers });

  it('answers every page with index.html, never kept, under a policy with a fresh nonce', async () => {
    const nonces = new Set<string>();
    for (const path of ['/console/', '/console/customers', '/console/customers/x/history?a=b']) {
      const { status, headers, text } = await get(path);
      assert.equal(status, 200);
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(headers.get('cache-control'), 'no-cache');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      const policy = headers.get('content-security-policy') ?? '';
      const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
      assert.ok(nonce && text.includes(`content="${nonce}"`));
      nonces.add(nonce);
      assert.deepEqual(policy.replace(nonce, '…').split('; '), [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-…'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
      ]);
    }
    assert.equal(nonces.size, 3);
  });

  it('answers assets in the best encoding that is wanted, to be kept for ever', async () => {
    const [asset] = /\/console\/assets\/[^"]+\.js/.exec(INDEX()) ?? [];
    const expected: readonly (readonly [string, string | null])[] = [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, *', 'gzip'],
      ['br;q=0, gzip;q=0', null],
      ['identity', null],
    ];
    for (const [wanted, encoding] of expected) {
      const { status, headers, text } = await get(asset!, { 'accept-encoding': wanted });
      assert.equal(status, 200);
      assert.equal(headers.get('content-encoding'), encoding, wanted);
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.equal(headers.get('vary'), 'accept-encoding');
      assert.equal(headers.get('content-type'), 'text/javascript; charset=utf-8');
      assert.equal(text, readFileSync(join(DIST, asset!.replace('/console/', '')), 'utf8'));
    }
  });

  it('has no file but those that were built', async () => {
    for (const path of [
      '/console/assets/none.js',
      '/console/assets/../../package.json',
      '/console/assets/..%2f..%2f..%2fpackage.json',
      '/console/assets/%2e%2e/%2e%2e/build.ts',
    ]) {
      const { status, text } = await get(path);
      assert.ok(status === 404 || !text.includes('"name": "concord"'), path);
      assert.ok(!text.includes('brotliCompress'), path);
    }
    assert.equal((await get('/console/assets/none.js')).status, 404);
  });

  it('says how to build what was not built', async () => {
    const app = Fastify();
    consoleRoutes(app, '/nowhere');
    const { statusCode, body } = await app.inject('/console/customers');
    assert.equal(statusCode, 503);
    assert.match(body, /npm run console:build/);
  });

  it('leads to the console from the root', async () => {
    const { status, headers } = await get('/');
    assert.equal(status, 302);
    assert.equal(headers.get('location'), '/console/');
  });
});
