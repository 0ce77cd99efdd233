import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { claimsOf } from '../../record/claims.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import { newId } from '../../record/identifier.ts';
import type { Store } from '../index.ts';
import { type TestStore, testStore } from '../test-store.ts';
import { type Installation, installation, K1, K2 } from './test-installation.ts';

let shared: TestStore;
let place: Installation;
before(async () => {
  shared = await testStore();
});
after(() => shared.close());
beforeEach(async () => {
  place = await installation(shared);
});
afterEach(() => place.close());

const originOf = (tenant: number) => ({ tenant, dialect: 'test', actor: 'test', requestId: '1' });

const withNumber = (customer: Customer, value: string): Customer => ({
  ...customer,
  identityDocuments: [
    {
      id: customer.identityDocuments[0]?.id ?? newId(),
      ...{ kind: 'ssn', value, issuingCountry: 'US', issuingRegion: null, expiryDate: null },
    },
  ],
});

const person = (number: string): Customer =>
  withNumber({ ...emptyCustomer('individual'), givenName: 'Ada', reference: `R-${number}` }, number);

const business = (ein: string): Customer => ({
  ...emptyCustomer('business'),
  taxIds: [{ kind: 'ein', value: ein }],
});

const register = (store: Store, tenant: number, customer: Customer) =>
  store.customers.create(originOf(tenant), customer, claimsOf(customer));

/** What is under which key, such as `documents k1 2`. */
const usesOf = async (store: Store): Promise<string[]> =>
  (await store.keys.uses()).map(({ kind, keyId, count }) => `${kind} ${keyId} ${count}`);

/** Everything that a change of keys must not change, in every tenant. */
async function everythingElse() {
  const customers = await place.sql`
    select tenant_id, id, number, version, created_at, updated_at, body from concord.customer order by id`;
  const changes = await place.sql`
    select tenant_id, transaction::text, sequence, customer_id, at, actor, event, fields from concord.change
    order by tenant_id, transaction, sequence`;
  return { customers: [...customers], changes: [...changes] };
}

describe('a change of the encryption key', () => {
  test('puts every ciphertext and every claim of every tenant under the new key, and the old one can go', async () => {
    const old = await place.open(K1);
    const [one, two] = [await old.tenants.create('one'), await old.tenants.create('two')];
    const ada = await register(old, one.id, person('111'));
    await old.customers.swap(originOf(one.id), { id: ada.id }, now => withNumber(now, '222'));
    await register(old, two.id, business('33'));
    await register(old, two.id, person('111'));
    const begun = await old.idempotency.begin(one.id, 'again', 'hash');
    assert.equal(begun.state, 'new');
    if (begun.state === 'new')
      await old.idempotency.finish(begun.attempt, { status: 200, headers: {}, body: 7 });
    const was = await everythingElse();

    const both = await place.open(K2, K1);
    assert.deepEqual(await usesOf(both), ['documents k1 2', 'history k1 3', 'answers k1 1', 'claims k1 5']);
    const report = await both.keys.rotate();
    assert.deepEqual(
      { ...report, uses: [] },
      { resealed: 11, released: 0, unreadable: 0, left: 0, uses: [] },
    );
    assert.deepEqual(await usesOf(both), ['documents k2 2', 'history k2 3', 'answers k2 1', 'claims k2 5']);
    assert.deepEqual(await everythingElse(), was);
    assert.equal((await both.keys.rotate()).resealed, 0, 'a second time there is nothing to do');

    const fresh = await place.open(K2);
    assert.equal((await fresh.customers.find(one.id, { id: ada.id }))?.identityDocuments[0]?.value, '222');
    const history = await fresh.changes.history(one.id, ada.id, { limit: 9 }, { inFull: true });
    assert.match(JSON.stringify(history), /"222"/);
    const repeated = await fresh.idempotency.begin(one.id, 'again', 'hash');
    assert.deepEqual(repeated.state === 'done' && repeated.answer.body, 7);
    // The number that Ada was registered with is told by her history alone, and still nobody else can have it.
    for (const [tenant, customer] of [
      [one.id, person('111')],
      [two.id, business('33')],
    ] as const) {
      await assert.rejects(register(fresh, tenant, { ...customer, reference: null }), {
        code: 'value-taken',
      });
    }
    await assert.rejects(place.open(K1), { code: 'encryption-key-missing', message: /key k2,/ });
  });

  test('servers on both sides of the change see each other’s claims, and so does the one after it', async () => {
    const [before, during] = [await place.open(K1, K2), await place.open(K2, K1)];
    const { id } = await before.tenants.create('one');
    await register(before, id, person('1'));
    await register(during, id, person('2'));
    await assert.rejects(register(during, id, person('1')), { code: 'value-taken' });
    await assert.rejects(register(before, id, person('2')), { code: 'value-taken' });
    const uses = await during.keys.uses();
    // Of the four old hashes those that the second server made stand beside new ones.
    assert.deepEqual(
      uses.find(use => use.kind === 'claims' && use.keyId === 'k1'),
      {
        kind: 'claims',
        keyId: 'k1',
        count: 4,
        left: 2,
      },
    );
    assert.equal((await during.keys.rotate()).left, 0);
    assert.deepEqual(
      (await usesOf(during)).filter(use => use.startsWith('claims')),
      ['claims k2 4'],
    );
    const fresh = await place.open(K2);
    for (const number of ['1', '2']) {
      await assert.rejects(register(fresh, id, person(number)), { code: 'value-taken' });
    }
  });

  test('a claim of two values keeps both, and one that was given up stays given up', async () => {
    const old = await place.open(K1);
    const { id } = await old.tenants.create('one');
    const ada = await register(old, id, person('1'));
    await old.customers.swap(originOf(id), { id: ada.id }, now => withNumber(now, '2'), claimsOf);
    const both = await place.open(K2, K1);
    assert.equal((await both.keys.rotate()).left, 0);
    const fresh = await place.open(K2);
    await register(fresh, id, { ...person('1'), reference: null });
    await assert.rejects(register(fresh, id, { ...person('2'), reference: null }), { code: 'value-taken' });
  });

  test('what was written before claims named their key, and keys were written down, moves as well', async () => {
    const old = await place.open(K1);
    const { id } = await old.tenants.create('one');
    await register(old, id, person('1'));
    await place.sql`update concord.claim set key_id = null`;
    await place.sql`update concord.encryption_key set proof = null`;
    await assert.rejects(place.open({ ...K2, id: 'k1' }), { code: 'encryption-key-wrong' });
    const both = await place.open(K2, K1);
    const [row] = await place.sql`select count(*) as count from concord.encryption_key where proof is null`;
    assert.equal(row?.count, 0);
    assert.equal((await both.keys.rotate()).left, 0);
    const fresh = await place.open(K2);
    await assert.rejects(register(fresh, id, person('1')), { code: 'value-taken' });
  });

  test('a claim on a value that nobody tells is given up, and said to be', async () => {
    const old = await place.open(K1);
    const { id } = await old.tenants.create('one');
    const ada = await register(old, id, person('1'));
    await old.customers.swap(originOf(id), { id: ada.id }, now => withNumber(now, '2'));
    // As an archive of old changes leaves it.
    await place.sql`delete from concord.change`;
    const both = await place.open(K2, K1);
    const { released, left } = await both.keys.rotate();
    assert.deepEqual({ released, left }, { released: 1, left: 0 });
    // The scope was claimed, so what the record says now is.
    await assert.rejects(register(both, id, { ...person('2'), reference: null }), { code: 'value-taken' });
  });

  test('a ciphertext that does not open is counted and left, and its key stays needed', async () => {
    const old = await place.open(K1);
    const { id } = await old.tenants.create('one');
    const [ada, eva] = [await register(old, id, person('1')), await register(old, id, person('2'))];
    await place.sql`
      update concord.customer as broken set sealed = (select sealed from concord.customer where id = ${eva.id})
      where id = ${ada.id}`;
    const both = await place.open(K2, K1);
    const { left, unreadable } = await both.keys.rotate();
    // The document, and the two claims of which nobody can tell the values.
    assert.deepEqual({ left, unreadable }, { left: 3, unreadable: 2 });
    assert.equal((await both.customers.find(id, { id: eva.id }))?.identityDocuments[0]?.value, '2');
    await assert.rejects(place.open(K2), { code: 'encryption-key-missing', message: /key k1,/ });
  });

  test('writers meanwhile lose nothing, and two at once do no harm', async () => {
    const old = await place.open(K1, K2);
    const { id } = await old.tenants.create('one');
    const people = await Promise.all(
      Array.from({ length: 40 }, (_, at) => register(old, id, person(String(1_000 + at)))),
    );
    const both = await place.open(K2, K1);
    let round = 0;
    let writing = true;
    const writers = [old, both].map(async store => {
      while (writing) {
        const customer = people[round++ % people.length]!;
        await store.customers.swap(originOf(id), { id: customer.id }, now =>
          withNumber(now, String(Number(now.identityDocuments[0]!.value) + 1)),
        );
      }
    });
    const rotations = await Promise.all([both.keys.rotate(), both.keys.rotate()]);
    assert.ok(rotations.every(({ unreadable }) => unreadable === 0));
    writing = false;
    await Promise.all(writers);
    assert.equal((await both.keys.rotate()).left, 0);
    const fresh = await place.open(K2);
    let changes = 0;
    for (const customer of people) {
      const [now, before] = [await fresh.customers.find(id, { id: customer.id }), customer];
      const grown = Number(now!.identityDocuments[0]!.value) - Number(before.identityDocuments[0]!.value);
      assert.equal(now!.version, before.version + grown);
      changes += grown;
    }
    assert.equal(changes, round);
  });
});

describe('a start', () => {
  test('without a key that the database needs is refused, by the name of the key', async () => {
    await place.open(K1);
    await assert.rejects(place.open(K2), { code: 'encryption-key-missing', message: /key k1,/ });
    // And wrote nothing down: the next start with the right key has no k2 to miss.
    await place.open(K1);
  });

  test('with another key of the same name is refused', async () => {
    await place.open(K1);
    await assert.rejects(place.open({ ...K2, id: 'k1' }), {
      code: 'encryption-key-wrong',
      message: /key k1 /,
    });
  });

  test('of ten servers with two different keys of one name lets one key in', async () => {
    const starts = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => place.open(at % 2 ? K1 : { ...K2, id: 'k1' })),
    );
    const lost = starts.filter(({ status }) => status === 'rejected');
    assert.equal(lost.length, 5);
  });
});
