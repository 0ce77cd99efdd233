/** A POST that is sent again with its key is answered again, and nothing is made twice. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '../../src/record/identifier.ts';
import { connect } from '../../src/store/connection.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord } from '../support/concord.ts';

describe('a request with an idempotency key', () => {
  let concord: Concord;
  let editor: Operator;
  before(async () => {
    concord = await startConcord();
    editor = await operator(concord, concord.harbor, { role: 'editor' });
  });
  after(() => concord.stop());

  const create = (who: Operator, key: string, familyName = 'Sample') =>
    call(who, 'POST', '/customers', {
      body: { kind: 'individual', familyName },
      headers: { 'idempotency-key': key },
    });
  const lastSequence = async (who: Operator, id: string): Promise<number> =>
    (await call(who, 'GET', `/customers/${id}/history`)).json.items[0].sequence;
  const count = async (): Promise<number> => (await call(editor, 'GET', '/customers/count')).json.count;

  it('is answered as the first time, headers included, and makes nothing more', async () => {
    const [key, before] = [newId(), await count()];
    const first = await create(editor, key);
    const second = await create(editor, key);
    assert.deepEqual([second.status, second.json], [first.status, first.json]);
    for (const name of ['location', 'etag', 'content-type']) {
      assert.equal(second.headers.get(name), first.headers.get(name));
      assert.ok(first.headers.has(name));
    }
    assert.equal(first.headers.get('idempotency-replayed'), null);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal(await count(), before + 1);
  });

  it('makes one thing when it is sent many times at once', async () => {
    const [key, before] = [newId(), await count()];
    const answers = await Promise.all(Array.from({ length: 12 }, () => create(editor, key)));
    const made = answers.filter(({ status }) => status === 201);
    assert.ok(made.length >= 1);
    assert.equal(new Set(made.map(({ json }) => json.id)).size, 1);
    for (const { status, json, headers } of answers.filter(answer => answer.status !== 201)) {
      assert.deepEqual([status, json.code], [409, 'idempotency-key-busy']);
      assert.ok(Number(headers.get('retry-after')) > 0);
    }
    assert.equal(await count(), before + 1);
  });

  it('stands for one request alone', async () => {
    const key = newId();
    await create(editor, key, 'One');
    const other = await create(editor, key, 'Other');
    assert.deepEqual([other.status, other.json.code], [422, 'idempotency-key-reused']);
    const colleague = await operator(concord, concord.harbor, { role: 'editor' });
    assert.equal((await create(colleague, key, 'One')).status, 422);
    // Another tenant has keys of its own.
    const stranger = await operator(concord, concord.meadow, { role: 'editor' });
    const elsewhere = await create(stranger, key, 'One');
    assert.deepEqual([elsewhere.status, elsewhere.headers.get('idempotency-replayed')], [201, null]);
  });

  it('is free again when the request was refused', async () => {
    const key = newId();
    const refused = await call(editor, 'POST', '/customers', {
      body: { kind: 'neither' },
      headers: { 'idempotency-key': key },
    });
    assert.equal(refused.status, 400);
    assert.equal((await create(editor, key)).status, 201);
  });

  it('has a key of a length that is kept', async () => {
    for (const key of ['x'.repeat(256), '']) {
      const answer = await create(editor, key);
      assert.ok([422, 400].includes(answer.status), answer.text);
    }
    assert.equal((await create(editor, 'x'.repeat(255))).status, 201);
  });

  it('keeps nothing of a customer who was erased, while it was under way or later, however its path is spelt', async () => {
    const admin = await operator(concord, concord.harbor, { role: 'admin' });
    const erase = async (id: string) =>
      assert.equal((await call(admin, 'POST', `/customers/${id}/erase`)).status, 204);
    const keyed = (path: string, key: string, body?: object) =>
      call(admin, 'POST', path, {
        ...(body && { body }),
        headers: { 'idempotency-key': key, 'if-match': '*' },
      });

    const [key, person] = [newId(), { kind: 'individual', familyName: 'Zeisig' }];
    const made = await keyed('/%63ustomers', key, person);
    assert.equal((await keyed('/%63ustomers', key, person)).json.id, made.json.id);
    await erase(made.json.id);
    const afresh = await keyed('/%63ustomers', key, person);
    assert.notEqual(afresh.json.id, made.json.id);

    const { id } = afresh.json;
    await call(admin, 'PATCH', `/customers/${id}`, {
      body: { familyName: 'Zeisiger' },
      headers: { 'if-match': '*' },
    });
    const change = { sequence: await lastSequence(admin, id) };
    const later: [string, object?][] = [
      [`/customers/${id}/archive`],
      [`/customers/${id}/restore`],
      [`/%63ustomers/${id}/archive`],
      [`/customers/${id}/restore`],
      [`/customers/${id}/revert?preview=true`, change],
      [`/customers/${id}/revert`, change],
    ];
    const keys: string[] = [];
    for (const [path, body] of later) {
      keys.push(newId());
      const answer = await keyed(path, keys.at(-1)!, body);
      assert.equal(answer.status, 200, answer.text);
    }
    await erase(id);
    for (const [at, [path, body]] of later.entries()) {
      const answer = await keyed(path, keys[at]!, body);
      assert.doesNotMatch(answer.text, /Zeisig/, path);
      assert.ok(answer.status >= 400, answer.text);
    }
  });

  it('keeps nothing when the erasure comes between the change and its answer', async () => {
    const admin = await operator(concord, concord.harbor, { role: 'admin' });
    const administrator = connect(concord.store.target, { connections: 1, application: 'test' });
    try {
      for (let round = 0; round < 10; round++) {
        const { id } = (await create(editor, newId(), 'Zeisig')).json;
        const archive = () =>
          call(admin, 'POST', `/customers/${id}/archive`, {
            headers: { 'idempotency-key': `archive ${id}`, 'if-match': '*' },
          });
        // Both wait for the row, so that the erasure comes right behind the change.
        const [first, erased] = await administrator.begin(async sql => {
          await sql`select from concord.customer where id = ${id} for update`;
          const changing = archive();
          await new Promise(resolve => setTimeout(resolve, 30));
          const erasing = call(admin, 'POST', `/customers/${id}/erase`);
          await new Promise(resolve => setTimeout(resolve, 30));
          return [() => changing, () => erasing] as const;
        });
        assert.deepEqual([(await first()).status, (await erased()).status], [200, 204]);
        const again = await archive();
        assert.deepEqual([again.status, again.json.code], [404, 'customer-not-found']);
      }
    } finally {
      await administrator.end();
    }
  });

  it('shows a secret again only to who asked for it', async () => {
    const [one, other] = [
      await operator(concord, concord.harbor, { role: 'admin' }),
      await operator(concord, concord.harbor, { role: 'admin' }),
    ];
    const make = (who: Operator, key: string) =>
      call(who, 'POST', '/credentials', {
        body: { dialect: 'flexportal', name: 'shop' },
        headers: { 'idempotency-key': key },
      });
    const key = newId();
    const first = await make(one, key);
    const again = await make(one, key);
    assert.deepEqual(again.json, first.json);
    assert.equal(again.headers.get('cache-control'), 'no-store');
    assert.equal((await make(other, key)).status, 422);
  });
});
