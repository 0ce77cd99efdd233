/** The keys of Flecto's provider: rotation, withdrawal, a provider that is away, and one that is not to be flooded. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookupOf } from '../../src/dialects/flecto/auth.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import {
  type OpenidProvider,
  type OpenidProviderOptions,
  startOpenidProvider,
} from '../support/openid-provider.ts';

const AUDIENCE = 'https://harbor.example.test/api';
/** A provider is not asked again within two seconds of the last time. */
const PAUSE_MS = 2_050;

/** Each test has a provider of its own, and most of its time is waiting for the pause to pass. */
describe('the keys of Flecto’s provider', { concurrency: true }, () => {
  let concord: Concord;
  const providers: OpenidProvider[] = [];
  before(async () => {
    concord = await startConcord();
  });
  after(async () => {
    await Promise.all([concord, ...providers].map(each => each?.stop()));
  });

  /** A provider that harbor trusts. */
  async function trusted(options?: OpenidProviderOptions): Promise<OpenidProvider> {
    const provider = await startOpenidProvider(options);
    providers.push(provider);
    await trust(provider, { inHouse: true });
    return provider;
  }

  async function trust({ issuer, jwksUrl }: OpenidProvider, wish: object): Promise<void> {
    const anchor = { issuer, audience: AUDIENCE, jwksUrl, ...wish };
    await concord.store.credentials.create({
      tenant: concord.harbor.id,
      dialect: 'flecto',
      kind: 'issuer',
      name: 'provider',
      lookup: lookupOf(anchor),
      settings: anchor,
    });
  }

  /** The path exists for nobody, so a token that is let in gets 404. */
  const get = (token: string) =>
    concord.send(concord.harbor, 'flecto', 'GET', '/api/saas/me/customers/4000000000/addresses', {
      headers: { authorization: `Bearer ${token}` },
    });
  const statusOf = async (token: string) => (await get(token)).status;
  const LET_IN = 404;

  it('are not fetched from the server’s own network for a credential that may not, whatever another has fetched', async () => {
    const provider = await trusted();
    const audience = 'https://harbor.example.test/outside';
    await trust(provider, { audience });
    assert.equal(await statusOf(await provider.clientToken(audience)), 503);
    assert.equal(provider.keysAsked(), 0);
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
    assert.equal(await statusOf(await provider.clientToken(audience)), 503);
    assert.equal(provider.keysAsked(), 1);
  });

  it('are used at once after a rotation, and the old ones until they are withdrawn', async () => {
    const provider = await trusted();
    const [before, unused] = [await provider.clientToken(AUDIENCE), await provider.clientToken(AUDIENCE)];
    assert.equal(await statusOf(before), LET_IN);
    await sleep(PAUSE_MS);
    await provider.rotate();
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
    assert.equal(await statusOf(before), LET_IN);
    assert.equal(await statusOf(unused), LET_IN);
    assert.equal(await statusOf(await provider.sign({ aud: AUDIENCE }, { kid: undefined as never })), LET_IN);
    await sleep(PAUSE_MS);
    await provider.rotate('withdrawn');
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
    assert.equal(
      await statusOf(before),
      401,
      'it was let in before, and its key is no longer the provider’s',
    );
    assert.equal(await statusOf(unused), 401);
    assert.equal(provider.keysAsked(), 3);
  });

  it('are found by their signature when a provider gives each the same id', async () => {
    const provider = await trusted({ keyId: 'the-key' });
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
    await sleep(PAUSE_MS);
    await provider.rotate('withdrawn');
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
  });

  it('are not asked for as often as strangers would like', async () => {
    const [provider, stranger] = [await trusted(), await startOpenidProvider()];
    providers.push(stranger);
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
    const began = performance.now();
    let sent = 0;
    for (; performance.now() - began < PAUSE_MS * 2; sent += 20) {
      const claims = { iss: provider.issuer, aud: AUDIENCE };
      const tokens = await Promise.all(
        Array.from({ length: 20 }, () => stranger.sign(claims, { kid: randomUUID() })),
      );
      assert.deepEqual([...new Set(await Promise.all(tokens.map(statusOf)))], [401]);
    }
    const most = 1 + (performance.now() - began) / 2_000;
    assert.ok(provider.keysAsked() <= most, `${provider.keysAsked()} times for ${sent} tokens`);
    assert.ok(provider.keysAsked() >= 2, 'a new key would be found');
    assert.equal(await statusOf(await provider.clientToken(AUDIENCE)), LET_IN);
  });

  for (const state of ['gone', 'failing', 'moved', 'silent'] as const) {
    it(`are missing while the provider is ${state}, which is no fault of the token`, async () => {
      const provider = await trusted();
      const token = await provider.clientToken(AUDIENCE);
      provider.become(state);
      const began = performance.now();
      const answer = await get(token);
      assert.equal(answer.status, 503, answer.text);
      assert.equal(answer.headers.get('retry-after'), '2');
      assert.equal(answer.json.errors[0].code, 'service_unavailable');
      assert.ok(performance.now() - began < 5_000, 'nobody waits for long');
      assert.equal(await statusOf(token), 503);
      assert.equal(await statusOf('a.b.c'), 401, 'a token of nobody we know needs no provider');
      assert.equal(provider.keysAsked(), 1);
      provider.become('up');
      await sleep(PAUSE_MS);
      assert.equal(await statusOf(token), LET_IN);
    });
  }

  it('stay in use while the provider is away', async () => {
    const provider = await trusted();
    const token = await provider.clientToken(AUDIENCE);
    assert.equal(await statusOf(token), LET_IN);
    provider.become('gone');
    assert.equal(await statusOf(token), LET_IN);
    assert.equal(await statusOf(await provider.sign({ aud: AUDIENCE })), LET_IN);
    await sleep(PAUSE_MS);
    await provider.rotate();
    const newer = await provider.sign({ aud: AUDIENCE });
    assert.equal(await statusOf(newer), 503, 'its key may be a new one');
    assert.equal(await statusOf(token), LET_IN);
    provider.become('up');
    await sleep(PAUSE_MS);
    assert.equal(await statusOf(newer), LET_IN);
  });
});
