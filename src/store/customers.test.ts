import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type Address,
  addAddress,
  changeAddress,
  emptyAddress,
  linkTo,
  removeAddress,
  replaceAddresses,
} from '../record/address.ts';
import { ADDRESSES_MAXIMUM } from '../record/bounds.ts';
import { newContactPoint } from '../record/contact-points.ts';
import { type Customer, emptyCustomer } from '../record/customer.ts';
import type { Customers, Origin } from '../record/customers.ts';
import { connect } from './connection.ts';
import { openCustomers } from './customers.ts';
import { openVault } from './encryption.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { openPools, POOL_SIZES, type Pools } from './pools.ts';
import { TEST_KEY, type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let customers: Customers;
let origin: Origin;
/** Another server over the same database. */
let elsewhere: Customers;
let pools: Pools;

before(async () => {
  shared = await testStore();
  customers = shared.store.customers;
  pools = openPools(shared.store.target, { role: APPLICATION_ROLE }, POOL_SIZES);
  elsewhere = openCustomers(pools, openVault([TEST_KEY]));
});

beforeEach(async () => {
  const { id } = await shared.tenant();
  origin = { tenant: id, dialect: 'test', actor: 'tester', requestId: randomUUID() };
});

after(async () => {
  await pools.end();
  await shared.close();
});

const person = (givenName: string): Customer => ({ ...emptyCustomer('individual'), givenName });

const withCity = (customer: Customer, city: string): Customer =>
  addAddress(customer, linkTo({ ...emptyAddress(), city }));

const inCity = (customer: Customer, id: string, city: string): Customer =>
  changeAddress(customer, id, link => ({ ...link, address: { ...link.address, city } }));

const history = (customer: Customer) =>
  shared.store.changes.history(origin.tenant, customer.id, { limit: 1_000 });

/** Two customers at one address, as Lightening makes them. */
async function sharing(): Promise<{ one: Customer; two: Customer; address: Address }> {
  const one = await customers.create(origin, withCity(person('One'), 'Lisboa'));
  const address = one.addresses[0]!.address;
  const two = await customers.create(origin, addAddress(person('Two'), linkTo(address, { rank: 1 })));
  return { one, two, address };
}

describe('create and find', () => {
  test('gives back by every key what was stored', async () => {
    const stored = await customers.create(origin, {
      ...withCity(person('Ada'), 'Lisboa'),
      contactPoints: [newContactPoint('email', 'ada@example.org')],
      customFields: { nested: { empty: null, list: [] } },
      phrasings: { flecto: { locale: { said: 'pt-PT', of: 'pt' } } },
    });
    assert.equal(stored.number, 1);
    assert.equal(stored.accountNumber, '1');
    assert.equal(stored.version, 1);
    assert.equal(stored.createdBy, 'tester');
    assert.equal(stored.contactPoints[0]?.number, 1);
    assert.equal(stored.addresses[0]?.address.number, 1);
    for (const key of [{ id: stored.id }, { number: 1 }, { addressNumber: 1 }]) {
      assert.deepEqual(await customers.find(origin.tenant, key), stored);
    }
    assert.deepEqual(await elsewhere.list(origin.tenant, { limit: 10 }), [stored]);
    assert.equal(await customers.count(origin.tenant), 1);
  });

  test('answers nothing for keys that lead nowhere', async () => {
    for (const key of [
      { id: 'no-uuid' },
      { id: randomUUID() },
      { number: 2 ** 60 },
      { number: -1 },
      { addressNumber: 9 },
    ]) {
      assert.equal(await customers.find(origin.tenant, key), undefined);
    }
  });

  test('keeps the id, the date and the author that an import brings', async () => {
    const id = randomUUID();
    const createdAt = '2019-02-03T04:05:06.789Z';
    const stored = await customers.create(origin, { ...person('Old'), id, createdAt, createdBy: 'import' });
    assert.deepEqual([stored.id, stored.createdAt, stored.createdBy], [id, createdAt, 'import']);
    assert.deepEqual(await customers.find(origin.tenant, { id }), stored);
  });

  test('numbers count from 1 in each tenant and are given once', async () => {
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (at % 2 ? customers : elsewhere).create(origin, withCity(withCity(person(`P${at}`), 'A'), 'B')),
      ),
    );
    const sorted = (numbers: (number | null)[]) => numbers.map(Number).sort((a, b) => a - b);
    const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
    assert.deepEqual(sorted(made.map(one => one.number)), upTo(40));
    assert.deepEqual(sorted(made.flatMap(one => one.addresses.map(link => link.address.number))), upTo(80));
  });

  test('select gives who shares an address and who has a number, each once and in order', async () => {
    const { one, two } = await sharing();
    const three = await customers.create(origin, person('Three'));
    const selected = await customers.select(origin.tenant, { addressNumber: 1, numbers: [3, 2, 99] });
    assert.deepEqual(selected, [one, two, three]);
  });

  test('pages by number', async () => {
    for (const name of ['A', 'B', 'C']) await customers.create(origin, person(name));
    const page = await customers.list(origin.tenant, { after: 1, limit: 1 });
    assert.deepEqual(
      page.map(customer => customer.number),
      [2],
    );
  });

  test('a value that PostgreSQL cannot hold is the caller’s fault', async () => {
    const customer = { ...person('Zero'), customFields: { zero: '\u0000' } };
    await assert.rejects(customers.create(origin, customer), { code: 'value-invalid' });
  });
});

describe('claims', () => {
  test('of many who claim one value at once, one gets it', async () => {
    const claims = [{ scope: 'reference', value: 'R-1' }];
    const results = await Promise.allSettled(
      Array.from({ length: 16 }, (_, at) =>
        (at % 2 ? customers : elsewhere).create(origin, person(`P${at}`), claims),
      ),
    );
    const won = results.filter(result => result.status === 'fulfilled');
    assert.equal(won.length, 1);
    assert.equal(await customers.count(origin.tenant), 1);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      assert.equal(result.reason.code, 'value-taken');
      assert.deepEqual(result.reason.context, {
        scope: 'reference',
        value: 'R-1',
        customerId: won[0]!.value.id,
      });
    }
  });

  test('a secret value is not told', async () => {
    const claims = [{ scope: 'ssn', value: '123-45-6789' }];
    const { id } = await customers.create(origin, person('A'), claims);
    await assert.rejects(customers.create(origin, person('B'), claims), {
      code: 'value-taken',
      context: { scope: 'ssn', customerId: id },
    });
  });
});

describe('swap', () => {
  test('loses no update of 32 writers on two servers', async () => {
    const { id } = await customers.create(origin, withCity(person('Ada'), 'Lisboa'));
    await Promise.all(
      Array.from({ length: 32 }, async (_, writer) => {
        for (let round = 0; round < 4; round++) {
          await (writer % 2 ? customers : elsewhere).swap(origin, { id }, customer => ({
            ...customer,
            customFields: { ...customer.customFields, [`w${writer}-${round}`]: true },
          }));
        }
      }),
    );
    const stored = await customers.find(origin.tenant, { id });
    assert.equal(Object.keys(stored!.customFields).length, 128);
    assert.equal(stored!.version, 129);
    assert.equal((await history(stored!)).length, 129);
  });

  test('what it answers is what is stored', async () => {
    const before = await customers.create(origin, withCity(withCity(person('Ada'), 'Lisboa'), 'Porto'));
    const [first, second] = before.addresses.map(link => link.address.id);
    const after = await customers.swap(origin, { id: before.id }, customer =>
      withCity(
        changeAddress(removeAddress(customer, first!), second!, link => ({
          ...link,
          label: 'Home',
          roles: ['billing'],
        })),
        'Faro',
      ),
    );
    assert.deepEqual(after, await customers.find(origin.tenant, { id: before.id }));
    assert.deepEqual(
      after.addresses.map(link => [link.address.number, link.main, link.label]),
      [
        [2, true, 'Home'],
        [3, false, null],
      ],
    );
    assert.equal(after.version, 2);
    assert.equal(await customers.find(origin.tenant, { addressNumber: 1 }), undefined);
  });

  test('an address counts its own changes, and the customer its own', async () => {
    const before = await customers.create(origin, withCity(person('Ada'), 'Lisboa'));
    const renamed = await customers.swap(origin, { number: 1 }, customer => ({
      ...customer,
      givenName: 'Eva',
    }));
    assert.deepEqual([renamed.version, renamed.addresses[0]?.address.version], [2, 1]);
    assert.equal(renamed.addresses[0]?.address.updatedAt, before.addresses[0]?.address.updatedAt);
    const moved = await customers.swap(origin, { addressNumber: 1 }, customer =>
      inCity(customer, customer.addresses[0]!.address.id, 'Porto'),
    );
    assert.deepEqual([moved.version, moved.addresses[0]?.address.version], [3, 2]);
    assert.equal(moved.createdAt, before.createdAt);
  });

  test('nothing that differs writes nothing, unless there is an event to tell', async () => {
    const before = await customers.create(origin, withCity(person('Ada'), 'Lisboa'));
    const same = await customers.swap(origin, { id: before.id }, customer => structuredClone(customer));
    assert.deepEqual(same, before);
    assert.equal((await history(before)).length, 1);
    await customers.swap({ ...origin, event: 'CUSTOMER__UPDATED' }, { id: before.id }, customer => customer);
    const [latest, ...others] = await history(before);
    assert.deepEqual([latest?.event, latest?.fields, others.length], ['CUSTOMER__UPDATED', [], 1]);
    assert.deepEqual(await customers.find(origin.tenant, { id: before.id }), before);
  });

  test('an archived customer refuses, and is read', async () => {
    const archivedAt = '2024-01-01T00:00:00.000Z';
    const { id } = await customers.create(origin, { ...person('Ada'), archivedAt });
    const change = (customer: Customer) => ({ ...customer, givenName: 'Eva' });
    await assert.rejects(customers.swap(origin, { id }, change), { code: 'customer-archived' });
    assert.equal((await customers.swap(origin, { id }, customer => customer)).givenName, 'Ada');
  });

  test('what the function throws comes out, and nothing is written', async () => {
    const before = await customers.create(origin, person('Ada'));
    const thrown = new Error('mine');
    const failing = () => {
      throw thrown;
    };
    await assert.rejects(customers.swap(origin, { id: before.id }, failing), thrown);
    await assert.rejects(customers.swap(origin, { id: randomUUID() }, failing), {
      code: 'customer-not-found',
    });
    assert.deepEqual(await customers.find(origin.tenant, { id: before.id }), before);
  });
});

describe('a shared address', () => {
  test('is one address, and both histories tell its change', async () => {
    const { one, two, address } = await sharing();
    const changed = await customers.swap({ ...origin, event: 'MOVED' }, { id: one.id }, customer =>
      inCity({ ...customer, familyName: 'Eins' }, address.id, 'Porto'),
    );
    const other = await customers.find(origin.tenant, { id: two.id });
    assert.deepEqual(other?.addresses[0]?.address, changed.addresses[0]?.address);
    assert.equal(other?.version, 1);
    const path = `addresses/${address.id}/address/city`;
    const [seenByTwo, ...more] = await history(two);
    assert.equal(more.length, 1);
    assert.equal(seenByTwo?.event, 'MOVED');
    assert.deepEqual(
      seenByTwo?.fields.map(field => [field.path, field.before, field.after]),
      [[path, 'Lisboa', 'Porto']],
    );
    const [seenByOne] = await history(one);
    assert.deepEqual(seenByOne?.fields.map(field => field.path).sort(), [path, 'familyName']);
  });

  test('loses no update when its customers are changed at once on two servers', async () => {
    const { one, two, address } = await sharing();
    await Promise.all(
      Array.from({ length: 16 }, (_, at) =>
        (at % 2 ? customers : elsewhere).swap(origin, { id: at % 4 < 2 ? one.id : two.id }, customer =>
          changeAddress(customer, address.id, link => ({
            ...link,
            address: { ...link.address, line1: `${link.address.line1 ?? ''}x` },
          })),
        ),
      ),
    );
    const stored = (await customers.find(origin.tenant, { id: two.id }))?.addresses[0]?.address;
    assert.equal(stored?.line1?.length, 16);
    assert.equal(stored?.version, 17);
  });

  test('stays while one has it, and goes with its last link', async () => {
    const { one, two, address } = await sharing();
    await customers.swap(origin, { id: one.id }, customer => removeAddress(customer, address.id));
    assert.equal((await customers.find(origin.tenant, { addressNumber: 1 }))?.id, two.id);
    await customers.swap(origin, { id: two.id }, customer => removeAddress(customer, address.id));
    const sql = connect(shared.store.target, { connections: 1, application: 'test' });
    const [row] = await sql`select count(*) as count from concord.address where tenant_id = ${origin.tenant}`;
    await sql.end();
    assert.equal(row?.count, 0);
  });

  test('all who share it change in one step, or none', async () => {
    const { one, two, address } = await sharing();
    const both = await customers.swapAll(origin, { addressNumber: 1 }, all =>
      all.map(customer => inCity(customer, address.id, 'Faro')),
    );
    assert.deepEqual(both, [
      await customers.find(origin.tenant, { id: one.id }),
      await customers.find(origin.tenant, { id: two.id }),
    ]);
    assert.deepEqual(
      both.map(customer => customer.addresses[0]?.address.version),
      [2, 2],
    );
    assert.equal((await history(one)).length, 2);
    assert.equal((await history(two)).length, 2);
    await assert.rejects(
      customers.swapAll(origin, { addressNumber: 1 }, ([a, b]) => [
        inCity(a!, address.id, 'X'),
        inCity(b!, address.id, 'Y'),
      ]),
      { code: 'internal' },
    );
    assert.deepEqual(await customers.select(origin.tenant, { addressNumber: 1 }), both);
  });

  test('linking and unlinking at once never leaves a link to nothing', async () => {
    for (let round = 0; round < 10; round++) {
      const one = await customers.create(origin, withCity(person('One'), 'Lisboa'));
      const two = await customers.create(origin, person('Two'));
      const address = one.addresses[0]!.address;
      const [, linked] = await Promise.allSettled([
        customers.swap(origin, { id: one.id }, customer => removeAddress(customer, address.id)),
        elsewhere.swap(origin, { id: two.id }, customer => addAddress(customer, linkTo(address))),
      ]);
      if (linked.status === 'rejected') assert.equal(linked.reason.code, 'address-not-found');
      const stored = await customers.find(origin.tenant, { id: two.id });
      assert.equal(stored?.addresses.length, linked.status === 'fulfilled' ? 1 : 0);
    }
  });
});

describe('identity documents', () => {
  const value = '987-65-4321';
  const document = {
    id: randomUUID(),
    kind: 'ssn',
    value,
    issuingCountry: 'US',
    issuingRegion: null,
    expiryDate: null,
  } as const;

  test('are read as written, and lie in no table in clear', async () => {
    const stored = await customers.create(origin, { ...person('Ada'), identityDocuments: [document] }, [
      { scope: 'ssn', value },
    ]);
    assert.deepEqual((await customers.find(origin.tenant, { id: stored.id }))?.identityDocuments, [document]);
    const other = { ...document, value: '111-22-3333' };
    await customers.swap(origin, { id: stored.id }, customer => ({
      ...customer,
      identityDocuments: [other],
    }));
    const sql = connect(shared.store.target, { connections: 1, application: 'test' });
    for (const table of ['customer', 'change', 'claim']) {
      const rows = await sql.unsafe(
        `select t::text as text from concord.${table} as t where tenant_id = ${origin.tenant}`,
      );
      assert.ok(rows.length > 0);
      for (const row of rows) assert.doesNotMatch(row.text, /987-65-4321|111-22-3333/);
    }
    await sql.end();
    const [change] = await history(stored);
    assert.deepEqual(
      change?.fields.map(field => [field.before, field.after]),
      [['…4321', '…3333']],
    );
  });

  test('keep their ciphertext while they stand, and leave none when they go', async () => {
    const { id } = await customers.create(origin, { ...person('Ada'), identityDocuments: [document] });
    const sql = connect(shared.store.target, { connections: 1, application: 'test' });
    const sealed = async () => (await sql`select sealed from concord.customer where id = ${id}`)[0]?.sealed;
    const first = await sealed();
    await customers.swap(origin, { id }, customer => ({ ...customer, givenName: 'Eva' }));
    assert.equal(await sealed(), first);
    await customers.swap(origin, { id }, customer => ({ ...customer, identityDocuments: [] }));
    assert.equal(await sealed(), null);
    await sql.end();
  });

  test('a customer gains no more than a thousand addresses, and one who has more may still lose some', async () => {
    const many = Array.from({ length: ADDRESSES_MAXIMUM }, () => linkTo(emptyAddress()));
    const full = await customers.create(origin, replaceAddresses(person('Ada'), many));
    const more = (customer: Customer) => addAddress(customer, linkTo(emptyAddress()));
    await assert.rejects(customers.swap(origin, { id: full.id }, more), { code: 'state-conflict' });
    await assert.rejects(customers.create(origin, more(replaceAddresses(person('Bo'), many))), {
      code: 'state-conflict',
    });
    const fewer = await customers.swap(origin, { id: full.id }, customer =>
      removeAddress(customer, customer.addresses[0]!.address.id),
    );
    assert.equal(fewer.addresses.length, ADDRESSES_MAXIMUM - 1);
  });
});
