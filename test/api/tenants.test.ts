/** Tenants are made and listed by those who run the installation; each begins with an administrator, and empty. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, send, startConcord } from '../support/concord.ts';
import { aCustomer } from '../support/customers.ts';

describe('tenants', () => {
  let concord: Concord;
  let root: Operator;
  before(async () => {
    concord = await startConcord();
    root = await operator(concord, concord.harbor, { role: 'admin', installation: true });
  });
  after(() => concord.stop());

  const create = (name: unknown, operator: object = { name: 'first', login: `${name}@tenants.example` }) =>
    call(root, 'POST', '/tenants', { body: { name, operator } });

  const signIn = (login: string, password: string) =>
    send(`${concord.origin}/concord/v1/session`, 'POST', {}, { body: { login, password } });

  it('are made with their first administrator, who sees nothing of the others', async () => {
    await concord.create(concord.harbor, aCustomer());
    const made = await create('quayside');
    assert.equal(made.status, 201, made.text);
    assert.equal(made.headers.get('cache-control'), 'no-store');
    assert.equal(made.json.tenant.name, 'quayside');
    const { login, password } = made.json.secrets;
    const session = await signIn(login, password);
    assert.deepEqual(
      [session.json.tenant, session.json.role, session.json.reveal, session.json.installation],
      ['quayside', 'admin', true, false],
    );
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    const list = await send(`${concord.origin}/concord/v1/customers/count`, 'GET', { cookie }, {});
    assert.equal(list.json.count, 0);
    const credentials = await send(`${concord.origin}/concord/v1/credentials`, 'GET', { cookie }, {});
    assert.equal(credentials.json.items.length, 1);
    const tenants = await send(`${concord.origin}/concord/v1/tenants`, 'GET', { cookie }, {});
    assert.equal(tenants.status, 403);
    const names = (await call(root, 'GET', '/tenants')).json.items.map((each: { name: string }) => each.name);
    assert.deepEqual(names, [...names].sort());
    assert.ok(names.includes('quayside') && names.includes('meadow'));
  });

  it('have names that are names, once', async () => {
    assert.equal((await create('harbor')).status, 409);
    for (const name of ['Harbor', '-a', 'a b', '', 'ä', 'x'.repeat(63).concat('y'), 1, null]) {
      const answer = await create(name, { name: 'first', login: 'nobody@tenants.example' });
      assert.ok([400, 422].includes(answer.status), `${name} ${answer.text}`);
    }
    assert.equal((await call(root, 'GET', '/tenants')).text.includes('nobody'), false);
  });

  it('are not made twice by the same request, and are gone on with when the login was taken', async () => {
    const headers = { 'idempotency-key': 'make-it' };
    const body = { name: 'twice', operator: { name: 'first', login: 'twice@tenants.example' } };
    const [one, other] = [
      await call(root, 'POST', '/tenants', { body, headers }),
      await call(root, 'POST', '/tenants', { body, headers }),
    ];
    assert.deepEqual(other.json, one.json);
    assert.equal(other.headers.get('idempotency-replayed'), 'true');
    const taken = await create('thrice', { name: 'first', login: 'twice@tenants.example' });
    assert.deepEqual([taken.status, taken.json.code], [409, 'value-taken']);
    const again = await create('thrice', { name: 'first', login: 'thrice@tenants.example' });
    assert.equal(again.status, 201, again.text);
    assert.equal((await create('thrice', { name: 'first', login: 'more@tenants.example' })).status, 409);
  });

  it('are nobody’s business without the right', async () => {
    for (const wish of [{ role: 'admin' }, { role: 'editor', installation: true }] as const) {
      const other = await operator(concord, concord.harbor, wish);
      assert.equal((await call(other, 'GET', '/tenants')).status, 403);
      const body = { name: 'mine', operator: { name: 'x', login: 'mine@tenants.example' } };
      assert.equal((await call(other, 'POST', '/tenants', { body })).status, 403);
      // The right is looked at before what was sent.
      assert.equal((await call(other, 'POST', '/tenants', { body: {} })).status, 403);
    }
    assert.equal((await concord.store.tenants.find('mine')) ?? null, null);
  });
});

describe('dialects', () => {
  it('are listed for everybody who is let in', async () => {
    const concord = await startConcord();
    const viewer = await operator(concord, concord.harbor, { role: 'viewer' });
    const { json } = await call(viewer, 'GET', '/dialects');
    assert.deepEqual(
      json.items,
      DIALECTS.map(({ name, title, routes }) => ({ name, title, operations: routes.length })),
    );
    await concord.stop();
  });
});
