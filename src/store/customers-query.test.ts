import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { customer as anyCustomer } from '../dialects/conformance/generate.ts';
import { addAddress, emptyAddress, linkTo } from '../record/address.ts';
import { newContactPoint, primaryContactPoint } from '../record/contact-points.ts';
import { type Customer, emptyCustomer } from '../record/customer.ts';
import type { CustomerOrder, Customers, Origin } from '../record/customers.ts';
import { nameParts, wholeName } from '../record/names.ts';
import { activeSubscriptions, monthlyRevenue } from '../record/trade.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let customers: Customers;
let origin: Origin;
before(async () => {
  shared = await testStore();
  customers = shared.store.customers;
});
beforeEach(async () => {
  const { id } = await shared.tenant();
  origin = { tenant: id, dialect: 'test', actor: 'tester', requestId: randomUUID() };
});
after(() => shared.close());

const person = (givenName: string, familyName: string, more: Partial<Customer> = {}): Customer => ({
  ...emptyCustomer('individual'),
  givenName,
  familyName,
  ...more,
});
const add = (customer: Customer) => customers.create(origin, customer);
const names = (found: readonly Customer[]) => found.map(wholeName);

describe('query', () => {
  test('filters by every condition, all of which hold', async () => {
    await add(
      person('Ada', 'Sample', { contactPoints: [newContactPoint('email', 'Ada@Example.test', ['primary'])] }),
    );
    await add(
      person('Bo', 'Sample', {
        status: 'inactive',
        contactPoints: [newContactPoint('phone', '+351 21 123 4567')],
        subscriptions: [{ id: 'sub_1', status: 'active', monthlyAmount: '29.90' }],
      }),
    );
    await add({
      ...emptyCustomer('business'),
      company: 'Ölmühle AG',
      taxIds: [{ kind: 'vat', value: 'DE811569869' }],
    });
    const of = async (filter: Parameters<Customers['count']>[1] & {}) => {
      const found = await customers.query(origin.tenant, { filter, limit: 10 });
      assert.equal(await customers.count(origin.tenant, filter), found.length);
      return names(found);
    };
    assert.deepEqual(await of({}), ['Ada Sample', 'Bo Sample', 'Ölmühle AG']);
    assert.deepEqual(await of({ status: 'active' }), ['Ada Sample', 'Ölmühle AG']);
    assert.deepEqual(await of({ kind: 'business' }), ['Ölmühle AG']);
    assert.deepEqual(await of({ email: 'ADA@example.test' }), ['Ada Sample']);
    assert.deepEqual(await of({ phone: '+351211234567' }), ['Bo Sample']);
    assert.deepEqual(await of({ subscribed: true }), ['Bo Sample']);
    assert.deepEqual(await of({ subscribed: false, status: 'active' }), ['Ada Sample', 'Ölmühle AG']);
    assert.deepEqual(await of({ words: ['sample', 'a@EXAMPLE'] }), ['Ada Sample']);
    assert.deepEqual(await of({ words: ['811569869', 'bo'], anyWord: true }), ['Bo Sample', 'Ölmühle AG']);
    assert.deepEqual(await of({ words: ['ÖLMÜHLE'] }), ['Ölmühle AG']);
    assert.deepEqual(await of({ words: ['%', '_'] }), []);
    assert.deepEqual(await of({ words: [] }), ['Ada Sample', 'Bo Sample', 'Ölmühle AG']);
  });

  test('pages in every order, forwards and backwards, without gap or repetition', async () => {
    for (const [given, family] of [
      ['Cy', 'B'],
      ['Al', 'B'],
      ['Bo', 'A'],
      ['Al', 'C'],
      ['Di', 'A'],
    ] as const) {
      await add(person(given, family));
    }
    const orders: CustomerOrder['by'][] = [
      'number',
      'createdAt',
      'name',
      'givenName',
      'familyName',
      'email',
      'activeSubscriptions',
      'monthlyRevenue',
    ];
    for (const by of orders) {
      for (const descending of [false, true]) {
        const order = { by, descending };
        const whole = await customers.query(origin.tenant, { order, limit: 10 });
        const walked: Customer[] = [];
        for (;;) {
          const last = walked.at(-1);
          const page = await customers.query(origin.tenant, {
            order,
            limit: 2,
            ...(last && { after: last.id }),
          });
          walked.push(...page);
          if (page.length < 2) break;
        }
        assert.deepEqual(names(walked), names(whole), `${by} ${descending}`);
        const skipped = await customers.query(origin.tenant, { order, limit: 2, offset: 1 });
        assert.deepEqual(names(skipped), names(whole).slice(1, 3));
      }
    }
    const byName = await customers.query(origin.tenant, { order: { by: 'name' }, limit: 10 });
    assert.deepEqual(names(byName), ['Al B', 'Al C', 'Bo A', 'Cy B', 'Di A']);
  });

  test('refuses a page behind a customer whom the tenant does not have', async () => {
    const stranger = await customers.create(
      { ...origin, tenant: (await shared.tenant()).id },
      person('Eve', 'X'),
    );
    for (const after of [stranger.id, randomUUID(), 'no id']) {
      await assert.rejects(customers.query(origin.tenant, { after, limit: 1 }), {
        code: 'customer-not-found',
      });
    }
    assert.deepEqual(await customers.query(origin.tenant, { limit: 10 }), []);
    assert.equal(await customers.count(origin.tenant), 0);
  });

  test('never makes an end of the list of a cursor that goes meanwhile', async () => {
    await add(person('Last', 'Z'));
    const order = { by: 'number', descending: true } as const;
    for (let round = 0; round < 100; round += 1) {
      const cursor = await add(person('Cy', 'X'));
      const [page] = await Promise.allSettled([
        customers.query(origin.tenant, { order, after: cursor.id, limit: 5 }),
        customers.remove(origin, { id: cursor.id }),
      ]);
      if (page.status === 'fulfilled') assert.deepEqual(names(page.value), ['Last Z']);
      else assert.equal(page.reason.code, 'customer-not-found');
    }
  });

  test('orders by what src/record says of a customer, whoever it is', async () => {
    const subscription = fc.record({
      id: fc.uuid(),
      status: fc.constantFrom('active' as const, 'ended' as const),
      monthlyAmount: fc.integer({ min: 0, max: 99_999 }).map(cents => (cents / 100).toFixed(2)),
    });
    const sample = fc.sample(fc.tuple(anyCustomer, fc.array(subscription, { maxLength: 3 })), {
      numRuns: 60,
      seed: 7,
    });
    const keys = await import('./connection.ts').then(({ connect }) =>
      connect(shared.store.target, { connections: 1, application: 'test' }),
    );
    try {
      for (const [customer, subscriptions] of sample) {
        const stored = await add({ ...customer, addresses: [], subscriptions });
        const [row] =
          await keys`select name, given_name, family_name, email, active_subscriptions, monthly_revenue::float8 as revenue,
          concord.name_of(body) as whole, concord.given_name_of(body) as given, concord.family_name_of(body) as family,
          concord.email_of(body) as mail from concord.customer where id = ${stored.id}`;
        const parts = nameParts(stored);
        assert.deepEqual(
          [row!.whole, row!.given, row!.family, row!.mail, row!.active_subscriptions, row!.revenue],
          [
            wholeName(stored),
            parts.givenName,
            parts.familyName,
            primaryContactPoint(stored, 'email')?.value ?? '',
            activeSubscriptions(stored).length,
            monthlyRevenue(stored),
          ],
        );
      }
    } finally {
      await keys.end();
    }
  });
});

describe('addresses of a tenant', () => {
  test('are listed once, with the first by rank of those who have them', async () => {
    const at = (city: string) => linkTo({ ...emptyAddress(), city });
    const one = await add(addAddress(addAddress(person('One', ''), at('Lisboa')), at('Porto')));
    const two = await add(addAddress(person('Two', ''), at('Faro')));
    await customers.swapAll(origin, { numbers: [one.number, two.number] }, ([first, second]) => [
      first!,
      addAddress(second!, linkTo(first!.addresses[0]!.address, { rank: 1 })),
    ]);
    const found = await customers.listAddresses(origin.tenant, { limit: 10 });
    assert.deepEqual(
      found.map(({ customer, link }) => [customer.givenName, link.address.city]),
      [
        ['One', 'Lisboa'],
        ['One', 'Porto'],
        ['Two', 'Faro'],
      ],
    );
    assert.equal(await customers.countAddresses(origin.tenant), 3);
    const [second] = await customers.listAddresses(origin.tenant, { limit: 1, offset: 1 });
    assert.equal(second!.link.address.city, 'Porto');
  });
});

describe('remove', () => {
  test('takes the customer, the addresses that nobody else has, and the claims; history stays', async () => {
    const claims = [{ scope: 'reference', value: 'r1' }];
    const one = await customers.create(
      origin,
      addAddress(
        addAddress(person('One', 'X'), linkTo({ ...emptyAddress(), city: 'Lisboa' })),
        linkTo({ ...emptyAddress(), city: 'Porto' }),
      ),
      claims,
    );
    const two = await add(person('Two', 'Y'));
    await customers.swapAll(origin, { numbers: [one.number, two.number] }, ([first, second]) => [
      first!,
      addAddress(second!, linkTo(first!.addresses[0]!.address, { rank: 1 })),
    ]);
    await customers.remove({ ...origin, event: 'GONE' }, { number: one.number });
    assert.equal(await customers.find(origin.tenant, { id: one.id }), undefined);
    assert.equal(await customers.countAddresses(origin.tenant), 1);
    const left = await customers.find(origin.tenant, { id: two.id });
    assert.deepEqual(
      left?.addresses.map(link => [link.address.city, link.main]),
      [['Lisboa', true]],
    );
    const [last] = await shared.store.changes.history(origin.tenant, one.id, { limit: 1 });
    assert.equal(last?.event, 'GONE');
    assert.ok(
      last.fields.some(field => field.path === 'givenName' && field.before === 'One' && field.after === null),
    );
    await customers.create(origin, person('Three', 'Z'), claims);
    await assert.rejects(customers.remove(origin, { id: one.id }), { code: 'customer-not-found' });
  });

  test('refuses when it is told to, for archived customers, and of two at once one', async () => {
    const archived = await add(person('Old', 'X', { archivedAt: '2026-01-01T00:00:00.000Z' }));
    await assert.rejects(customers.remove(origin, { id: archived.id }), { code: 'customer-archived' });
    const one = await add(person('One', 'X'));
    await assert.rejects(
      customers.remove(origin, { id: one.id }, () => {
        throw new Error('no');
      }),
      /no/,
    );
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => customers.remove(origin, { id: one.id })),
    );
    assert.equal(results.filter(result => result.status === 'fulfilled').length, 1);
  });

  test('loses against no change: either the change is there, or the customer is not found', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = await add(person('One', 'X'));
      const [removed, changed] = await Promise.allSettled([
        customers.remove(origin, { id: one.id }),
        customers.swap(origin, { id: one.id }, customer => ({ ...customer, givenName: 'New' })),
      ]);
      assert.equal(removed.status, 'fulfilled');
      if (changed.status === 'rejected') assert.equal(changed.reason.code, 'customer-not-found');
    }
  });
});
