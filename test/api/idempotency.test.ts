/** A POST that is sent again with its key is answered again, and nothing is made twice. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '../../src/record/identifier.ts';
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
