import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { toBase62 } from '../../src/record/identifier.ts';
import { type Answer, type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, email } from '../support/customers.ts';

const idOf = (customer: Pick<Customer, 'id'>) => `cust_${toBase62(customer.id)}`;

describe('flexportal: list, delete and limits', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const list = (query: string, tenant: TestTenant = concord.harbor) =>
    concord.send(tenant, 'flexportal', 'GET', `/v1/customers${query}`);
  const remove = (customer: Pick<Customer, 'id'>, tenant: TestTenant = concord.harbor) =>
    concord.send(tenant, 'flexportal', 'DELETE', `/v1/customers/${idOf(customer)}`);

  function expectInvalid(answer: Answer, ...paths: string[]): void {
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.error.code, 'VALIDATION_ERROR');
    assert.deepEqual(
      answer.json.error.details.map((each: { path: string }) => each.path),
      paths,
    );
  }

  describe('List customers', () => {
    let tenant: TestTenant;
    before(async () => {
      tenant = await concord.tenant('list');
      const people: [string, string, Partial<Customer>][] = [
        ['Ada', 'Zeller', { contactPoints: [email('Ada@Example.test')] }],
        ['Bo', 'Young', { kind: 'business', company: 'Bo Ltd' }],
        [
          'Cy',
          'Xu',
          {
            subscriptions: [
              { id: 'sub_1', status: 'active', monthlyAmount: '10.10' },
              { id: 'sub_2', status: 'active', monthlyAmount: '20.20' },
              { id: 'sub_3', status: 'ended', monthlyAmount: '99' },
            ],
            orders: [{ id: 'ord_1', status: 'fulfilled' }],
          },
        ],
        ['Di', 'West', { status: 'inactive' }],
        ['Ed', 'Vogt', { subscriptions: [{ id: 'sub_4', status: 'active', monthlyAmount: '50' }] }],
      ];
      for (const [givenName, familyName, more] of people) {
        await concord.create(tenant, aCustomer({ givenName, familyName, ...more }));
      }
    });

    const firstNames = async (query: string) => {
      const answer = await list(query, tenant);
      assert.equal(answer.status, 200, answer.text);
      return answer.json.customers.map((each: { firstName: string }) => each.firstName).join(' ');
    };

    it('answers the five documented keys, newest first, without inactive customers', async () => {
      const { json } = await list('', tenant);
      assert.deepEqual(Object.keys(json), ['customers', 'count', 'limit', 'hasMore', 'nextCursor']);
      assert.deepEqual([json.count, json.limit, json.hasMore, json.nextCursor], [4, 50, false, null]);
      assert.equal(await firstNames(''), 'Ed Cy Bo Ada');
    });

    it('shows of each what Get shows', async () => {
      const { json } = await list('', tenant);
      for (const each of json.customers) {
        const one = await concord.send(tenant, 'flexportal', 'GET', `/v1/customers/${each.customerId}`);
        assert.deepEqual(one.json, each);
      }
      const renting = json.customers.find((each: { firstName: string }) => each.firstName === 'Cy');
      assert.deepEqual(
        [renting.totalOrders, renting.totalDevicesRented, renting.totalMonthlyRevenue],
        [1, 2, 30.3],
      );
      assert.deepEqual([renting.orderIds, renting.rentalIds], [['ord_1'], ['sub_1', 'sub_2', 'sub_3']]);
    });

    it('filters by status, type, e-mail and rentals, all of which hold', async () => {
      assert.equal(await firstNames('?status=inactive'), 'Di');
      assert.equal(await firstNames('?status=active&customerType=business'), 'Bo');
      assert.equal(await firstNames('?email=ada%40example.test'), 'Ada');
      assert.equal(await firstNames('?email=%20ada%40example.test%20'), 'Ada');
      assert.equal(await firstNames('?email=example.test'), '');
      assert.equal(await firstNames('?hasActiveRentals=true'), 'Ed Cy');
      assert.equal(await firstNames('?hasActiveRentals=false'), 'Bo Ada');
      assert.equal(await firstNames('?hasActiveRentals=true&customerType=business'), '');
    });

    it('sorts by every documented key in both directions', async () => {
      assert.equal(await firstNames('?sortBy=firstName&sortDir=asc'), 'Ada Bo Cy Ed');
      assert.equal(await firstNames('?sortBy=lastName&sortDir=asc'), 'Ed Cy Bo Ada');
      assert.equal(await firstNames('?sortBy=lastName'), 'Ada Bo Cy Ed');
      assert.equal(await firstNames('?sortBy=createdAt&sortDir=asc'), 'Ada Bo Cy Ed');
      assert.equal(await firstNames('?sortBy=totalMonthlyRevenue&limit=2'), 'Ed Cy');
      assert.equal(await firstNames('?sortBy=totalDevicesRented&limit=2'), 'Cy Ed');
      assert.equal(await firstNames('?sortBy=email&limit=1'), 'Ada');
    });

    it('follows the cursor to the end without gap or repetition, while customers come and go', async () => {
      const seen: string[] = [];
      let cursor = '';
      for (let pages = 0; pages < 10; pages += 1) {
        const { json } = await list(`?limit=1&sortBy=firstName&sortDir=asc${cursor}`, tenant);
        seen.push(...json.customers.map((each: { firstName: string }) => each.firstName));
        assert.equal(json.hasMore, json.nextCursor !== null);
        if (pages === 0) await concord.create(tenant, aCustomer({ givenName: 'Aaron', familyName: 'A' }));
        if (!json.hasMore) break;
        cursor = `&startAfter=${json.nextCursor}`;
      }
      assert.equal(seen.join(' '), 'Ada Bo Cy Ed');
    });

    it('clamps a limit above 100 and reports it', async () => {
      for (const limit of ['101', '5000', '00200', '9'.repeat(400)]) {
        assert.equal((await list(`?limit=${limit}`)).json.limit, 100);
      }
    });

    it('refuses what no parameter can be, every place at once, and an unknown or foreign cursor', async () => {
      expectInvalid(
        await list('?limit=0&status=x&customerType=&sortBy=phone&sortDir=down&hasActiveRentals=yes'),
        ...['limit', 'status', 'customerType', 'hasActiveRentals', 'sortBy', 'sortDir'],
      );
      for (const limit of ['-1', '1.5', '1e3', '', 'ten'])
        expectInvalid(await list(`?limit=${limit}`), 'limit');
      expectInvalid(await list('?status=active&status=inactive'), 'status');
      expectInvalid(await list('?startAfter=x&startAfter=y&limit=0&limit=x'), 'limit', 'startAfter');
      for (const email of ['', '%20', '%00', 'a%0Ab', 'x'.repeat(255)])
        expectInvalid(await list(`?email=${email}`), 'email');
      for (const cursor of ['', 'x', 'cust_', 'cust_1', '%00']) {
        expectInvalid(await list(`?startAfter=${cursor}`), 'startAfter');
      }
      const { json } = await list('?limit=1', tenant);
      expectInvalid(await list(`?startAfter=${json.nextCursor}`, concord.meadow), 'startAfter');
    });

    it('ignores unknown parameters, as it ignores unknown names in a body', async () => {
      for (const query of ['?page=2&foo=bar', '?foo=1&foo=2', '?toString=1&toString=2', '?__proto__=1']) {
        assert.equal((await list(query, tenant)).status, 200, query);
      }
    });
  });

  describe('Delete a customer', () => {
    it('makes the customer inactive, keeps everything, and says so again', async () => {
      const customer = await concord.create(concord.harbor, aCustomer());
      const answer = await remove(customer);
      assert.equal(answer.status, 200);
      assert.deepEqual(answer.json, {
        success: true,
        message: 'Customer deleted',
        customerId: idOf(customer),
      });
      const recorded = await concord.record(concord.harbor, customer.id);
      assert.equal(recorded.status, 'inactive');
      assert.equal(recorded.addresses.length, customer.addresses.length);
      assert.equal((await remove(customer)).status, 200);
      assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
      const back = await concord.send(
        concord.harbor,
        'flexportal',
        'PUT',
        `/v1/customers/${idOf(customer)}`,
        { body: { customerId: idOf(customer), status: 'active' } },
      );
      assert.equal(back.json.customer.status, 'active');
    });

    it('is refused while a device is rented, and while an order is pending: 409, and nothing changes', async () => {
      const renting = await concord.create(
        concord.harbor,
        aCustomer({
          subscriptions: [{ id: 'sub_1', status: 'active', monthlyAmount: '9' }],
          orders: [{ id: 'ord_1', status: 'pending' }],
        }),
      );
      const ordering = await concord.create(
        concord.harbor,
        aCustomer({ orders: [{ id: 'ord_2', status: 'pending' }] }),
      );
      for (const [customer, code] of [
        [renting, 'CUSTOMER_HAS_ACTIVE_SUBSCRIPTIONS'],
        [ordering, 'CUSTOMER_HAS_PENDING_ORDERS'],
      ] as const) {
        const answer = await remove(customer);
        assert.equal(answer.status, 409);
        assert.equal(answer.json.error.code, code);
        assert.equal((await concord.record(concord.harbor, customer.id)).status, 'active');
      }
    });

    it('404 for another tenant’s customer, 409 for an archived one', async () => {
      const customer = await concord.create(concord.harbor, aCustomer());
      assert.equal((await remove(customer, concord.meadow)).status, 404);
      const archived = await concord.create(
        concord.harbor,
        aCustomer({ archivedAt: '2026-01-01T00:00:00.000Z' }),
      );
      assert.equal((await remove(archived)).json.error.code, 'CUSTOMER_ARCHIVED');
    });
  });

  it('403 INSUFFICIENT_PERMISSIONS for a key that may only read', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await concord.store.credentials.create({
      ...{ tenant: concord.harbor.id, dialect: 'flexportal', kind: 'key', name: 'reader' },
      ...{ secret: 'reader-key', settings: { permissions: ['customers:read'] } },
    });
    const headers = { authorization: 'Bearer reader-key' };
    const path = `/v1/customers/${idOf(customer)}`;
    const send = (method: string) => concord.send(concord.harbor, 'flexportal', method, path, { headers });
    assert.equal((await send('GET')).status, 200);
    const answer = await send('DELETE');
    assert.equal(answer.status, 403);
    assert.equal(answer.json.error.code, 'INSUFFICIENT_PERMISSIONS');
  });
});

describe('flexportal: rate limits', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord({ rateLimits: true });
  });
  after(() => concord.stop());

  it('lets 100 requests of a starter key through in a minute, and the next ones wait; growth is unlimited', async () => {
    await concord.store.credentials.create({
      ...{ tenant: concord.harbor.id, dialect: 'flexportal', kind: 'key', name: 'growth' },
      ...{ secret: 'growth-key', settings: { tier: 'growth' } },
    });
    const send = (headers = {}) =>
      concord.send(concord.harbor, 'flexportal', 'GET', '/v1/customers?limit=1', { headers });
    const answers = await Promise.all(Array.from({ length: 110 }, () => send()));
    assert.equal(answers.filter(answer => answer.status === 200).length, 100);
    const refused = answers.find(answer => answer.status === 429);
    assert.equal(refused?.json.error.code, 'RATE_LIMITED');
    assert.match(refused.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/);
    const others = await Promise.all(
      Array.from({ length: 110 }, () => send({ authorization: 'Bearer growth-key' })),
    );
    assert.ok(others.every(answer => answer.status === 200));
  });
});
