/** Sessions: a cookie that no script reads and no other site uses, that ends when it should. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import { type OperatorRole, OWN_DIALECT } from '../../src/record/access.ts';
import { bearer, call, type Operator, operator } from '../support/api.ts';
import { type Answer, type Concord, send, startConcord, type TestTenant } from '../support/concord.ts';

describe('a session', () => {
  let concord: Concord;
  let admin: Operator;
  before(async () => {
    concord = await startConcord();
    admin = await operator(concord, concord.harbor, { role: 'admin' });
  });
  after(() => concord.stop());

  const url = (path: string): string => `${concord.origin}/concord/v1${path}`;
  const signIn = (login: string, password: string = DEMO_PASSWORD): Promise<Answer> =>
    send(url('/session'), 'POST', {}, { body: { login, password } });

  interface Signed {
    readonly id: string;
    readonly cookie: string;
    readonly csrfToken: string;
  }

  let people = 0;
  /** Somebody new, signed in. */
  async function person(tenant: TestTenant = concord.harbor, role: OperatorRole = 'editor'): Promise<Signed> {
    people += 1;
    const login = `person${people}@sessions.example`;
    const { id } = await concord.store.credentials.create({
      ...{ tenant: tenant.id, dialect: OWN_DIALECT, kind: 'password', name: `person ${people}` },
      ...{ login, secret: DEMO_PASSWORD, settings: { role } },
    });
    const answer = await signIn(login);
    assert.equal(answer.status, 200, answer.text);
    return {
      id,
      cookie: answer.headers.get('set-cookie')!.split(';')[0]!,
      csrfToken: answer.json.csrfToken,
    };
  }

  const create = (headers: Record<string, string>): Promise<Answer> =>
    send(url('/customers'), 'POST', headers, { body: { kind: 'individual', familyName: 'Sample' } });

  it('begins with login and password, and says who one is', async () => {
    const answer = await signIn('harbor');
    assert.deepEqual(
      { ...answer.json, csrfToken: typeof answer.json.csrfToken },
      {
        ...{ name: 'demo operator', tenant: 'harbor', role: 'admin' },
        ...{ reveal: true, installation: true, csrfToken: 'string' },
      },
    );
    const cookie = answer.headers.get('set-cookie')!;
    const again = await send(url('/session'), 'GET', { cookie: cookie.split(';')[0]! }, {});
    assert.deepEqual(again.json, answer.json);
    assert.equal(again.headers.get('cache-control'), 'no-store');
  });

  it('is a cookie that no script reads and no other site sends', async () => {
    const cookie = (await signIn('harbor')).headers.get('set-cookie')!;
    const [value, ...flags] = cookie.split('; ');
    assert.match(value!, /^concord_session=[\w-]{43}$/);
    assert.deepEqual(flags, ['Path=/', 'HttpOnly', 'SameSite=Strict', 'Max-Age=43200']);
    assert.ok(!(await signIn('harbor')).text.includes(value!.slice('concord_session='.length)));
  });

  it('is a cookie for TLS alone where the first proxy was reached by it', async () => {
    const body = { login: 'harbor', password: DEMO_PASSWORD };
    for (const [protocols, isSecure] of [
      ['https', true],
      ['https,http', true],
      ['https , http', true],
      ['http,https', false],
      ['httpsx', false],
    ] as const) {
      const answer = await send(url('/session'), 'POST', { 'x-forwarded-proto': protocols }, { body });
      assert.equal(answer.headers.get('set-cookie')!.includes('; Secure'), isSecure, protocols);
    }
  });

  it('comes in as a cookie alone, and a key as none', async () => {
    const mine = await person();
    const session = mine.cookie.split('=')[1]!;
    assert.equal((await send(url('/session'), 'GET', bearer(session), {})).status, 401);
    const cookie = `concord_session=${admin.key}`;
    assert.equal((await send(url('/session'), 'GET', { cookie }, {})).status, 401);
  });

  it('is what signing out ends, and never a key or the session beside one', async () => {
    const [viewer, mine] = [await operator(concord, concord.harbor, { role: 'viewer' }), await person()];
    for (const cookie of [`concord_session=${admin.key}`, mine.cookie]) {
      assert.equal(
        (await send(url('/session'), 'DELETE', { cookie, ...bearer(viewer.key) }, {})).status,
        204,
      );
    }
    for (const key of [admin.key, viewer.key]) {
      assert.equal((await send(url('/session'), 'GET', bearer(key), {})).status, 200);
    }
    assert.equal((await send(url('/session'), 'GET', { cookie: mine.cookie }, {})).status, 200);
  });

  it('changes nothing without its own CSRF token', async () => {
    const [mine, other] = [await person(), await person()];
    const count = () => call(admin, 'GET', '/customers/count').then(({ json }) => json.count as number);
    const before = await count();
    for (const token of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': other.csrfToken }]) {
      const answer = await create({ cookie: mine.cookie, ...token } as Record<string, string>);
      assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden']);
    }
    assert.equal(await count(), before);
    assert.equal((await create({ cookie: mine.cookie, 'x-csrf-token': mine.csrfToken })).status, 201);
    assert.equal((await send(url('/customers/count'), 'GET', { cookie: mine.cookie }, {})).status, 200);
  });

  it('does not help a wrong key, and is not needed beside a good one', async () => {
    const mine = await person();
    const wrong = { cookie: mine.cookie, 'x-csrf-token': mine.csrfToken, ...bearer('wrong') };
    assert.equal((await create(wrong)).status, 401);
    assert.equal((await create({ cookie: mine.cookie, ...bearer(admin.key) })).status, 201);
    const who = await send(url('/session'), 'GET', { cookie: mine.cookie, ...bearer(admin.key) }, {});
    assert.deepEqual([who.json.name, who.json.csrfToken], [admin.name, null]);
  });

  it('is not begun by a vendor’s key, nor by what only looks like one', async () => {
    const mine = await person();
    for (const dialect of ['flexportal', 'lightening', 'connectfi'] as const) {
      const { headers } = concord.harbor.access[dialect];
      const key = /Bearer (.*)/.exec(headers.Authorization ?? '')?.[1] ?? headers['x-connectfi-token']!;
      assert.equal((await send(url('/session'), 'GET', bearer(key), {})).status, 401, dialect);
    }
    const garbled = `concord_session=; concord_session=${'x'.repeat(43)}`;
    assert.equal((await send(url('/session'), 'GET', { cookie: garbled }, {})).status, 401);
    assert.equal((await send(url('/session'), 'GET', { cookie: `a=b; ${mine.cookie}; c` }, {})).status, 200);
  });

  it('ends at once when one signs out, that one alone', async () => {
    const mine = await person();
    const headers = { cookie: mine.cookie, 'x-csrf-token': mine.csrfToken };
    assert.equal((await send(url('/session'), 'DELETE', { cookie: mine.cookie }, {})).status, 403);
    const other = await person();
    const answer = await send(url('/session'), 'DELETE', headers, {});
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('set-cookie')!, /^concord_session=; .*Max-Age=0/);
    assert.equal((await send(url('/session'), 'GET', { cookie: mine.cookie }, {})).status, 401);
    assert.equal((await send(url('/session'), 'GET', { cookie: other.cookie }, {})).status, 200);
  });

  it('ends when its operator is revoked', async () => {
    const mine = await person();
    assert.equal((await send(url('/session'), 'GET', { cookie: mine.cookie }, {})).status, 200);
    assert.equal((await call(admin, 'DELETE', `/credentials/${mine.id}`)).status, 204);
    assert.equal((await send(url('/session'), 'GET', { cookie: mine.cookie }, {})).status, 401);
  });

  it('ends when its time is over', async () => {
    const { store, harbor } = concord;
    const by = (await store.credentials.byKey(OWN_DIALECT, admin.key))!;
    const caller = { ...by, settings: { ...by.settings, login: 'harbor' } };
    const expiresAt = new Date(Date.now() + 1_200).toISOString();
    await store.credentials.issueToken(OWN_DIALECT, caller, `short-lived-${harbor.name}`, expiresAt);
    const cookie = `concord_session=short-lived-${harbor.name}`;
    assert.equal((await send(url('/session'), 'GET', { cookie }, {})).status, 200);
    await new Promise(resolve => setTimeout(resolve, 1_500));
    assert.equal((await send(url('/session'), 'GET', { cookie }, {})).status, 401);
  });

  it('stays in its tenant', async () => {
    const mine = await person(concord.meadow, 'admin');
    const made = await create(bearer(admin.key));
    const found = await send(url(`/customers/${made.json.id}`), 'GET', { cookie: mine.cookie }, {});
    assert.equal(found.status, 404);
    assert.equal((await send(url('/session'), 'GET', { cookie: mine.cookie }, {})).json.tenant, 'meadow');
  });

  it('is refused alike for an unknown login and a wrong password, and for what is no login at all', async () => {
    const unknown = await signIn('nobody@sessions.example');
    const wrong = await signIn('meadow', 'wrong');
    for (const answer of [unknown, wrong]) {
      assert.deepEqual([answer.status, answer.json.code], [401, 'unauthenticated']);
      assert.equal(answer.headers.get('set-cookie'), null);
    }
    assert.equal(unknown.json.detail, wrong.json.detail);
    for (const body of [{}, { login: 'x' }, { login: '', password: 'x' }, { login: 1, password: 'x' }, []]) {
      assert.equal((await send(url('/session'), 'POST', {}, { body })).status, 400);
    }
    const long = { login: 'x', password: 'x'.repeat(1_001) };
    assert.equal((await send(url('/session'), 'POST', {}, { body: long })).status, 400);
  });

  it('is closed to who guesses, for that login alone, and says for how long', async () => {
    const login = 'guessed@sessions.example';
    await concord.store.credentials.create({
      ...{ tenant: concord.harbor.id, dialect: OWN_DIALECT, kind: 'password', name: 'guessed' },
      ...{ login, secret: DEMO_PASSWORD, settings: { role: 'viewer' } },
    });
    const statuses: number[] = [];
    for (let guess = 0; guess < 10; guess++) statuses.push((await signIn(login, `guess ${guess}`)).status);
    assert.deepEqual([...new Set(statuses)], [401]);
    const closed = await signIn(login);
    assert.deepEqual([closed.status, closed.json.code], [429, 'too-many-requests']);
    const seconds = Number(closed.headers.get('retry-after'));
    assert.ok(seconds > 0 && seconds <= 60);
    assert.equal((await signIn('harbor')).status, 200);
  });
});
