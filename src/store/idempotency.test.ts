import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  type AnswerAbout,
  type Attempt,
  IDEMPOTENCY_KEY_MAXIMUM,
  type Idempotency,
} from '../record/idempotency.ts';
import { isUuid, newId } from '../record/identifier.ts';
import { connect, type Sql } from './connection.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let idempotency: Idempotency;
let administrator: Sql;

before(async () => {
  shared = await testStore();
  idempotency = shared.store.idempotency;
  administrator = connect(shared.store.target, { connections: 1, application: 'test' });
});
after(async () => {
  await administrator.end();
  await shared.close();
});

const newTenant = async () => (await shared.tenant()).id;
const ANSWER = { status: 201, headers: { location: '/x' }, body: { givenName: 'Janice', secret: 's3cret' } };

async function begin(tenant: number, key = 'k', hash = 'h', about?: AnswerAbout): Promise<Attempt> {
  const beginning = await idempotency.begin(tenant, key, hash, about);
  assert.equal(beginning.state, 'new');
  return (beginning as { attempt: Attempt }).attempt;
}

const state = async (tenant: number, key = 'k', hash = 'h') =>
  (await idempotency.begin(tenant, key, hash)).state;

/** As if the time had passed. */
const age = (tenant: number, column: 'started_at' | 'created_at', interval: string) =>
  administrator.unsafe(
    `update concord.idempotency set ${column} = ${column} - interval '${interval}' where tenant_id = ${tenant}`,
  );

describe('a request that may be sent again', () => {
  test('is done once, and answered the same again', async () => {
    const tenant = await newTenant();
    const attempt = await begin(tenant);
    assert.ok(isUuid(attempt.id));
    assert.equal(attempt.number, 1);
    assert.equal(await state(tenant), 'running');
    await idempotency.finish(attempt, ANSWER);
    assert.deepEqual(await idempotency.begin(tenant, 'k', 'h'), { state: 'done', answer: ANSWER });
    await idempotency.abandon(attempt);
    await idempotency.finish(attempt, { status: 500, headers: {} });
    assert.deepEqual(await idempotency.begin(tenant, 'k', 'h'), { state: 'done', answer: ANSWER });
  });

  test('keeps an answer without a body', async () => {
    const tenant = await newTenant();
    await idempotency.finish(await begin(tenant), { status: 204, headers: {} });
    assert.deepEqual(await idempotency.begin(tenant, 'k', 'h'), {
      state: 'done',
      answer: { status: 204, headers: {} },
    });
  });

  test('with another body is another request, under way or done; with another key or tenant, too', async () => {
    const [tenant, other] = [await newTenant(), await newTenant()];
    const attempt = await begin(tenant);
    assert.equal(await state(tenant, 'k', 'other'), 'different');
    await idempotency.finish(attempt, ANSWER);
    assert.equal(await state(tenant, 'k', 'other'), 'different');
    assert.equal(await state(tenant, 'k2', 'other'), 'new');
    assert.equal(await state(other, 'k', 'other'), 'new');
  });

  test('of ten at once one is let in', async () => {
    const tenant = await newTenant();
    const states = await Promise.all(Array.from({ length: 10 }, () => state(tenant)));
    assert.deepEqual(states.filter(each => each === 'new').length, 1);
    assert.deepEqual(new Set(states), new Set(['new', 'running']));
  });

  test('that failed begins anew, with another id', async () => {
    const tenant = await newTenant();
    const attempt = await begin(tenant);
    await idempotency.abandon(attempt);
    const again = await begin(tenant, 'k', 'another body');
    assert.notEqual(again.id, attempt.id);
  });

  test('that died is taken up by one, with the same id; the dead one has no say any more', async () => {
    const tenant = await newTenant();
    const dead = await begin(tenant);
    await age(tenant, 'started_at', '29 seconds');
    assert.equal(await state(tenant), 'running');
    await age(tenant, 'started_at', '2 seconds');
    assert.equal(await state(tenant, 'k', 'other'), 'different');
    const beginnings = await Promise.all([1, 2, 3].map(() => idempotency.begin(tenant, 'k', 'h')));
    const taken = beginnings.filter(each => each.state === 'new');
    assert.equal(taken.length, 1);
    const { attempt } = taken[0]!;
    assert.deepEqual({ id: attempt.id, number: attempt.number }, { id: dead.id, number: 2 });
    await idempotency.abandon(dead);
    await idempotency.finish(dead, ANSWER);
    assert.equal(await state(tenant), 'running');
    await idempotency.finish(attempt, ANSWER);
    assert.equal(await state(tenant), 'done');
  });

  test('is forgotten after a day, and expired ones are removed a few at a time', async () => {
    const tenant = await newTenant();
    for (let at = 0; at < 30; at++) await idempotency.finish(await begin(tenant, `k${at}`), ANSWER);
    await age(tenant, 'created_at', '23 hours 59 minutes');
    assert.equal(await state(tenant, 'k0'), 'done');
    await age(tenant, 'created_at', '2 minutes');
    const again = await begin(tenant, 'k0', 'another body');
    assert.equal(again.number, 2);
    const rows = async () =>
      (await administrator`select count(*) as count from concord.idempotency where tenant_id = ${tenant}`)[0]
        ?.count;
    assert.equal(await rows(), 10);
    await state(tenant, 'one more');
    assert.equal(await rows(), 2);
  });

  test('holds neither key nor answer in the clear, and an answer opens in its own place alone', async () => {
    const [tenant, other] = [await newTenant(), await newTenant()];
    await idempotency.finish(await begin(tenant, 'janice@example.test'), ANSWER);
    const [row] = await administrator<{ text: string }[]>`
      select row_to_json(idempotency)::text as text from concord.idempotency where tenant_id = ${tenant}`;
    assert.doesNotMatch(row!.text, /Janice|janice|s3cret/);
    await idempotency.finish(await begin(other, 'janice@example.test'), { status: 200, headers: {} });
    await administrator`
      update concord.idempotency as target set answer = source.answer from concord.idempotency as source
      where target.tenant_id = ${other} and source.tenant_id = ${tenant}`;
    await assert.rejects(idempotency.begin(other, 'janice@example.test', 'h'), { code: 'internal' });
  });

  test('an answer beyond the limit is not kept: the next attempt has the same id', async () => {
    const tenant = await newTenant();
    const attempt = await begin(tenant);
    await idempotency.finish(attempt, { status: 200, headers: {}, body: 'x'.repeat(1_048_577) });
    await age(tenant, 'started_at', '31 seconds');
    assert.equal((await begin(tenant)).id, attempt.id);
  });

  test('is forgotten with the customer whose data it holds', async () => {
    const tenant = await newTenant();
    const [gone, stays] = [newId(), newId()];
    await idempotency.finish(await begin(tenant, 'a', 'h', { customerId: gone }), ANSWER);
    await idempotency.finish(await begin(tenant, 'b', 'h', { customerId: stays }), ANSWER);
    await idempotency.finish(await begin(tenant, 'c', 'h', { customerId: 'no id' }), ANSWER);
    await idempotency.forget(tenant, gone);
    assert.equal(await state(tenant, 'a'), 'new');
    assert.equal(await state(tenant, 'b'), 'done');
    assert.equal(await state(tenant, 'c'), 'done');
  });

  test('keeps no answer when its customer is erased before there is one, in whichever attempt', async () => {
    const tenant = await newTenant();
    const gone = newId();
    const change = await begin(tenant, 'change', 'h', { customerId: gone });
    await idempotency.forget(tenant, gone);
    await idempotency.finish(change, ANSWER);
    assert.equal(await state(tenant, 'change'), 'new');

    const dead = await begin(tenant, 'creation', 'h', 'new customer');
    await age(tenant, 'started_at', '31 seconds');
    const creation = await begin(tenant, 'creation', 'h', 'new customer');
    assert.equal(creation.id, dead.id);
    await idempotency.forget(tenant, creation.id);
    await idempotency.finish(creation, ANSWER);
    assert.equal(await state(tenant, 'creation'), 'new');

    await begin(tenant, 'expired', 'h', { customerId: newId() });
    await age(tenant, 'created_at', '25 hours');
    const again = await begin(tenant, 'expired', 'other', { customerId: gone });
    assert.equal(again.number, 2);
    await idempotency.forget(tenant, gone);
    await idempotency.finish(again, ANSWER);
    assert.equal(await state(tenant, 'expired'), 'new');
  });

  test('says how long an attempt may still take', async () => {
    const tenant = await newTenant();
    await begin(tenant);
    await age(tenant, 'started_at', '10 seconds');
    const beginning = await idempotency.begin(tenant, 'k', 'h');
    assert.ok(beginning.state === 'running');
    assert.ok(
      beginning.retryAfterSeconds > 10 && beginning.retryAfterSeconds <= 20,
      `${beginning.retryAfterSeconds}`,
    );
  });

  test('has a key of 1 to 255 characters', async () => {
    const tenant = await newTenant();
    for (const key of ['', 'x'.repeat(IDEMPOTENCY_KEY_MAXIMUM + 1)])
      await assert.rejects(idempotency.begin(tenant, key, 'h'), { code: 'value-invalid' });
    assert.equal(await state(tenant, 'é'.repeat(IDEMPOTENCY_KEY_MAXIMUM)), 'new');
  });
});
