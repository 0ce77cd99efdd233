/** Flecto's bearer tokens, from a real OpenID provider: who is let in, as whom, and who is not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Services, WireRequest } from '../../src/dialects/contract.ts';
import { authenticate, lookupOf, type TrustAnchor } from '../../src/dialects/flecto/auth.ts';
import { readIdToken } from '../../src/dialects/flecto/id-token.ts';
import type { Customer } from '../../src/record/customer.ts';
import { type Answer, type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer } from '../support/customers.ts';
import { CLIENT, type OpenidProvider, startOpenidProvider } from '../support/openid-provider.ts';
import { forgeries } from './forgeries.ts';

const [HARBOR, MEADOW] = ['https://harbor.example.test/api', 'https://meadow.example.test/api'];
const soon = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

describe('Flecto’s tokens', () => {
  let concord: Concord;
  let provider: OpenidProvider;
  let stranger: OpenidProvider;
  let customer: Customer;
  before(async () => {
    [concord, provider, stranger] = await Promise.all([
      startConcord(),
      startOpenidProvider(),
      startOpenidProvider(),
    ]);
    await trust(concord.harbor, { audience: HARBOR });
    await trust(concord.meadow, { audience: MEADOW });
    customer = await concord.create(concord.harbor, aCustomer());
  });
  after(async () => {
    await Promise.all([concord, provider, stranger].map(each => each?.stop()));
  });

  function trust(
    tenant: TestTenant,
    wish: Partial<TrustAnchor> & { audience: string },
  ): Promise<{ id: string }> {
    const anchor = { issuer: provider.issuer, jwksUrl: provider.jwksUrl, inHouse: true, ...wish };
    return concord.store.credentials.create({
      tenant: tenant.id,
      dialect: 'flecto',
      kind: 'issuer',
      name: `provider ${anchor.audience}`,
      lookup: lookupOf(anchor),
      settings: anchor as never,
    });
  }

  const collection = () => `/api/saas/me/customers/${customer.number}/addresses`;
  const use = (authorization: string, method = 'GET', path = collection(), body?: unknown): Promise<Answer> =>
    concord.send(concord.harbor, 'flecto', method, path, { headers: { authorization }, body });
  const get = (token: string) => use(`Bearer ${token}`);
  const services = (): Services => ({ ...concord.store, now: () => new Date().toISOString() });
  const wire = (headers: Record<string, string>): WireRequest => ({
    method: 'GET',
    path: '/',
    params: {},
    query: '',
    headers,
    body: Buffer.alloc(0),
    requestId: 'test',
    baseUrl: 'http://127.0.0.1',
  });

  it('let in a client with its own token, and a person who has logged in', async () => {
    const own = await provider.clientToken(HARBOR);
    const { accessToken } = await provider.logIn(HARBOR, 'ada');
    for (const token of [own, accessToken]) {
      const answer = await get(token);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.json.data.length, 1);
    }
    for (const scheme of ['bearer', 'BEARER', 'Bearer '])
      assert.equal((await use(`${scheme} ${own}`)).status, 200);
  });

  it('are let in with more audiences than ours, and without a key id when there is one key', async () => {
    assert.equal((await get(await provider.sign({ aud: [`${provider.issuer}/me`, HARBOR] }))).status, 200);
    assert.equal((await get(await provider.sign({ aud: HARBOR }, { kid: undefined as never }))).status, 200);
    assert.equal((await get(await provider.sign({ aud: HARBOR, nbf: soon(2), iat: soon(2) }))).status, 200);
  });

  it('keep two tenants of one provider apart by their audiences', async () => {
    assert.equal((await get(await provider.clientToken(MEADOW))).status, 404);
    const theirs = await concord.create(concord.meadow, aCustomer({}, []));
    const path = `/api/saas/me/customers/${theirs.number}/addresses`;
    const answer = await use(`Bearer ${await provider.clientToken(MEADOW)}`, 'GET', path);
    assert.deepEqual(answer.json, { data: [] });
    // A token for both is the tenant's whose audience it names first, and never both at once.
    assert.equal((await get(await provider.sign({ aud: [HARBOR, MEADOW] }))).json.data.length, 1);
    assert.equal((await get(await provider.sign({ aud: [MEADOW, HARBOR] }))).json.data.length, 0);
  });

  it('are refused when they are wrong in any way, and change nothing', async () => {
    const path = `${collection()}/${customer.addresses[0]!.address.number}`;
    const body = { data: { type: 'customer_address', attributes: { address_city: 'Elsewhere' } } };
    const before = await concord.record(concord.harbor, customer.id);
    const asked = stranger.keysAsked();
    const refused = async (authorization: string, what: string) => {
      const answer = await use(authorization, 'PUT', path, body);
      const about = `${what}: ${answer.status} ${answer.text}`;
      assert.equal(answer.status, 401, about);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer', about);
      assert.deepEqual(Object.keys(answer.json), ['errors'], about);
      assert.equal(answer.json.errors[0].code, 'unauthorized', about);
      assert.equal(answer.json.errors[0].status, '401', about);
    };
    for (const { what, token } of await forgeries(provider, stranger, HARBOR))
      await refused(`Bearer ${token}`, what);
    const good = await provider.clientToken(HARBOR);
    for (const header of ['', 'Bearer', 'Bearer ', good, `Basic ${good}`, `Bearer ${good}, Bearer ${good}`])
      await refused(header, header.slice(0, 10));
    assert.deepEqual(await concord.record(concord.harbor, customer.id), before);
    assert.equal(stranger.keysAsked(), asked, 'nobody asks where a token says that its keys are');
    assert.equal((await use(`Bearer ${good}`, 'PUT', path, body)).status, 200);
  });

  it('let in only the subject that a credential names', async () => {
    const audience = 'https://ada.example.test/api';
    await trust(concord.harbor, { audience, subject: 'ada' });
    assert.equal((await get((await provider.logIn(audience, 'ada')).accessToken)).status, 200);
    assert.equal((await get((await provider.logIn(audience, 'eve')).accessToken)).status, 401);
    // Audiences may hold blanks, and this one spells the name by which Ada's credential is found.
    const crafted = await provider.sign({ aud: [`${audience} ada`, audience], sub: 'eve' });
    assert.equal((await get(crafted)).status, 401);
  });

  it('end with their time, also when they were let in just now', async () => {
    const token = await provider.sign({ aud: HARBOR, exp: soon(3) });
    const end = soon(3) * 1_000;
    assert.equal((await get(token)).status, 200);
    assert.equal((await get(token)).status, 200);
    await new Promise(resolve => setTimeout(resolve, end - Date.now() + 50));
    assert.equal((await get(token)).status, 401);
  });

  it('end at once with their credential, and do not outlive its keys in the one that replaces it', async () => {
    const audience = 'https://short.example.test/api';
    const { id } = await trust(concord.harbor, { audience });
    const token = await provider.clientToken(audience);
    assert.equal((await get(token)).status, 200);
    await concord.store.credentials.revoke(concord.harbor.id, id);
    assert.equal((await get(token)).status, 401);
    await trust(concord.harbor, { audience, jwksUrl: stranger.jwksUrl });
    assert.equal((await get(token)).status, 401);
    assert.equal((await get(await stranger.sign({ aud: audience, iss: provider.issuer }))).status, 200);
  });

  it('say who it is, the first time and every other time', async () => {
    const { accessToken } = await provider.logIn(HARBOR, 'ada');
    for (const _ of ['verified', 'remembered']) {
      const caller = await authenticate(wire({ authorization: `Bearer ${accessToken}` }), services());
      assert.equal(caller.subject, 'ada');
      assert.equal(caller.tenantName, 'harbor');
    }
    const own = await authenticate(
      wire({ authorization: `Bearer ${await provider.clientToken(HARBOR)}` }),
      services(),
    );
    assert.equal(own.subject, CLIENT);
  });

  describe('and ID tokens', () => {
    it('tell name and e-mail address of the person behind the access token, and of nobody else', async () => {
      const { accessToken, idToken } = await provider.logIn(HARBOR, 'ada');
      const caller = await authenticate(wire({ authorization: `Bearer ${accessToken}` }), services());
      const profile = (token: string) => readIdToken(wire({ 'auth0-idtoken': token }), services(), caller);
      assert.deepEqual(await profile(idToken), { name: 'ada Sample', email: 'ada@example.test' });
      assert.equal(await profile((await provider.logIn(HARBOR, 'eve')).idToken), undefined);
      assert.deepEqual(
        await profile(await provider.sign({ aud: 'any', sub: 'ada', name: 7, email: '' })),
        {},
      );
      const odd = { aud: 'any', sub: 'ada', name: 'a\0b', email: 'no address' };
      assert.deepEqual(await profile(await provider.sign(odd)), {});
      for (const token of [
        '',
        'nonsense',
        `${idToken}x`,
        await provider.sign({ sub: 'ada', name: 'Ada' }),
        await provider.sign({ aud: 'any', sub: 'ada', name: 'Ada', exp: soon(-60) }),
        await stranger.sign({ aud: 'any', sub: 'ada', name: 'Ada', iss: provider.issuer }),
        await stranger.sign({ aud: 'any', sub: 'ada', name: 'Ada' }),
      ]) {
        assert.equal(await profile(token), undefined);
      }
      assert.equal(await readIdToken(wire({}), services(), caller), undefined);
    });

    it('fill the profile of who has none yet, and a bad one is no error', async () => {
      const { accessToken, idToken } = await provider.logIn(HARBOR, 'ada');
      const me = async (token: string) => {
        const headers = { authorization: `Bearer ${accessToken}`, 'Auth0-IdToken': token };
        const answer = await concord.send(concord.harbor, 'flecto', 'GET', '/api/me', { headers });
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.json.data.id, 'ada');
        const { name, email } = answer.json.data.attributes;
        return { name, email };
      };
      assert.deepEqual(await me(idToken), { name: 'ada Sample', email: 'ada@example.test' });
      for (const bad of ['nonsense', (await provider.logIn(HARBOR, 'eve')).idToken]) {
        assert.deepEqual(await me(bad), { name: null, email: null });
      }
    });
  });
});
