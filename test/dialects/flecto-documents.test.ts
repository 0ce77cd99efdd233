/** Flecto's lists and documents: pages, order, search, inclusion, fieldsets, languages, media types. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { type Answer, type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const COLLECTION = '/api/saas/me/customers';

interface Shown {
  readonly id: string;
  readonly type: string;
  readonly attributes: Record<string, unknown>;
  readonly relationships?: Record<string, { data: unknown }>;
}

describe('flecto documents', () => {
  let concord: Concord;
  let shop: TestTenant;
  const customers: Customer[] = [];
  before(async () => {
    concord = await startConcord();
    shop = await concord.tenant('orchard');
    const wishes: Partial<Customer>[] = [
      { displayName: 'Zoe Quay', contactPoints: [email('zoe@example.test'), phone('+17175550101')] },
      { displayName: 'ada quay', taxIds: [{ kind: 'vat', value: 'PT123456789' }] },
      { kind: 'business', company: 'Mill & Co', contactPoints: [email('MILL@example.test')] },
    ];
    for (const wish of wishes) {
      customers.push(await concord.create(shop, aCustomer(wish, [HARRISBURG, LISBON])));
    }
  });
  after(() => concord.stop());

  const get = (path: string, headers = {}) => concord.send(shop, 'flecto', 'GET', path, { headers });
  const list = (query: string) => get(`${COLLECTION}?${query}`);
  const names = (answer: Answer): unknown[] => answer.json.data.map((each: Shown) => each.attributes.name);
  const addresses = (index = 0) => `${COLLECTION}/${customers[index]!.number}/addresses`;

  async function refused(path: string, ...parameters: string[]) {
    const answer = await get(path);
    assert.equal(answer.status, 400, path);
    assert.deepEqual(
      answer.json.errors.map((error: { source: unknown }) => error.source),
      parameters.map(parameter => ({ parameter })),
    );
  }

  describe('pages', () => {
    it('has 25 customers by id on a page, with counts and links', async () => {
      const answer = await get(COLLECTION);
      assert.deepEqual(names(answer), ['Zoe Quay', 'ada quay', 'Mill & Co']);
      assert.deepEqual(answer.json.meta, { total: 3, pages: 1 });
      const only = `${concord.origin}${COLLECTION}?page%5Bnumber%5D=1&page%5Bsize%5D=25`;
      assert.deepEqual(answer.json.links, { self: only, first: only, prev: null, next: null, last: only });
    });

    it('links to the other pages with all other parameters, encoded', async () => {
      const answer = await list(
        'page[size]=1&page[number]=2&sort=-name&filter[search]=quay&include=main_address',
      );
      assert.deepEqual(names(answer), ['ada quay']);
      const { self, first, prev, next, last } = answer.json.links;
      assert.equal(next, null);
      assert.equal(self, last);
      assert.equal(first, prev);
      assert.ok(first.includes('sort=-name&filter%5Bsearch%5D=quay&include=main_address'));
      assert.deepEqual(names(await get(first.slice(concord.origin.length))), ['Zoe Quay']);
    });

    it('is empty behind the last page, and leads back', async () => {
      const answer = await list('page[number]=9&page[size]=2');
      assert.deepEqual(answer.json.data, []);
      assert.deepEqual(answer.json.meta, { total: 3, pages: 2 });
      assert.ok(answer.json.links.prev.includes('page%5Bnumber%5D=2&'));
      const none = await list('filter[search]=nobody');
      assert.deepEqual([none.json.data, none.json.meta], [[], { total: 0, pages: 0 }]);
    });

    it('keeps addresses on one page until a page is asked for', async () => {
      const whole = await get(addresses());
      assert.deepEqual(Object.keys(whole.json), ['data']);
      assert.equal(whole.json.data.length, 2);
      const answer = await get(`${addresses()}?page[size]=1&page[number]=2`);
      assert.equal(answer.json.data.length, 1);
      assert.deepEqual(answer.json.meta, { total: 2, pages: 2 });
      assert.equal(answer.json.links.next, null);
    });

    it('refuses sizes and numbers that are none, all at once', async () => {
      for (const size of ['0', '101', '-1', 'x', '', '1.5', '1e2']) {
        await refused(`${COLLECTION}?page[size]=${size}`, 'page[size]');
      }
      for (const number of ['0', 'x', '', '9999999999']) {
        await refused(`${COLLECTION}?page[number]=${number}`, 'page[number]');
      }
      await refused(`${COLLECTION}?page[size]=0&page[number]=0&sort=x`, 'page[number]', 'page[size]', 'sort');
      await refused(`${COLLECTION}?page[size]=1&page[size]=2`, 'page[size]');
      await refused(`${COLLECTION}?page[offset]=1`, 'page[offset]');
    });
  });

  describe('order and search', () => {
    it('sorts customers by name without regard to case, by date, by id', async () => {
      assert.deepEqual(names(await list('sort=name')), ['ada quay', 'Mill & Co', 'Zoe Quay']);
      assert.deepEqual(names(await list('sort=-created_at')), ['Mill & Co', 'ada quay', 'Zoe Quay']);
      assert.deepEqual(names(await list('sort=name,internal_id')), ['ada quay', 'Mill & Co', 'Zoe Quay']);
      await refused(`${COLLECTION}?sort=email`, 'sort');
      await refused(`${COLLECTION}?sort=name,-internal_id`, 'sort');
    });

    it('finds by name, e-mail, phone and VAT number', async () => {
      for (const [search, found] of [
        ['QUAY%20zoe', ['Zoe Quay']],
        ['mill@EXAMPLE', ['Mill & Co']],
        ['7175550101', ['Zoe Quay']],
        ['pt1234', ['ada quay']],
        ['%25', []],
        ['', ['Zoe Quay', 'ada quay', 'Mill & Co']],
      ] as const) {
        const answer = await list(`filter[search]=${search}`);
        assert.deepEqual(names(answer), found, search);
        assert.equal(answer.json.meta.total, found.length);
      }
      await refused(`${COLLECTION}?filter[search]=${'x'.repeat(255)}`, 'filter[search]');
      await refused(`${COLLECTION}?filter[search]=${'x%20'.repeat(21)}`, 'filter[search]');
      await refused(`${COLLECTION}?filter[search]=a%00`, 'filter[search]');
      await refused(`${COLLECTION}?filter[name]=x`, 'filter[name]');
      await refused(`${COLLECTION}?filter=x`, 'filter');
    });

    it('sorts addresses by several keys, with nothing last', async () => {
      const cities = async (sort: string) =>
        (await get(`${addresses()}?sort=${sort}`)).json.data.map(
          (each: Shown) => each.attributes.address_city,
        );
      assert.deepEqual(await cities('label,-address_city'), ['Lisboa', 'Harrisburg']);
      assert.deepEqual(await cities('main'), ['Lisboa', 'Harrisburg']);
      assert.deepEqual(await cities('-main'), ['Harrisburg', 'Lisboa']);
      await refused(`${addresses()}?sort=street`, 'sort');
    });
  });

  describe('inclusion and fieldsets', () => {
    it('includes addresses of customers, each once', async () => {
      const answer = await list('include=addresses,main_address');
      const told = answer.json.included.map((each: Shown) => `${each.type} ${each.id}`);
      assert.equal(told.length, 6);
      assert.equal(new Set(told).size, 6);
      const one = await get(`${COLLECTION}/${customers[0]!.number}?include=main_address`);
      assert.equal(one.json.included.length, 1);
      assert.deepEqual(one.json.data.relationships.main_address.data, {
        id: one.json.included[0].id,
        type: 'customer_address',
      });
      assert.equal((await get(COLLECTION)).json.included, undefined);
    });

    it('includes the customer of addresses once', async () => {
      const answer = await get(`${addresses()}?include=customer`);
      assert.equal(answer.json.included.length, 1);
      assert.equal(answer.json.included[0].attributes.name, 'Zoe Quay');
    });

    it('shows only the fields that were asked for, in included resources too', async () => {
      const answer = await list(
        'fields[customer]=name,addresses&fields[customer_address]=address_city&include=addresses&page[size]=1',
      );
      const [customer] = answer.json.data;
      assert.deepEqual(customer.attributes, { name: 'Zoe Quay' });
      assert.deepEqual(Object.keys(customer.relationships), ['addresses']);
      assert.deepEqual(answer.json.included[0].attributes, { address_city: 'Harrisburg' });
      assert.equal(answer.json.included[0].relationships, undefined);
      const none = await list('fields[customer]=&page[size]=1');
      assert.deepEqual(none.json.data[0].attributes, {});
    });

    it('refuses what it does not know', async () => {
      await refused(`${COLLECTION}?include=orders`, 'include');
      await refused(`${COLLECTION}?include=addresses.customer`, 'include');
      await refused(`${COLLECTION}?fields[customer]=colour`, 'fields[customer]');
      await refused(`${COLLECTION}?fields[booking]=id`, 'fields[booking]');
      await refused(`${COLLECTION}?q=x&page=1`, 'q', 'page');
      const odd = await get(`${COLLECTION}?ada@example.test=1`);
      assert.equal(odd.status, 400);
      assert.ok(!odd.text.includes('ada@'));
    });
  });

  describe('languages and media types', () => {
    it('says in which language it answers, with a body of any kind', async () => {
      for (const [accept, language] of [
        ['es-MX, pt;q=0.5', 'es'],
        ['fr, pt;q=0.1', 'pt'],
        ['fr', 'en'],
      ] as const) {
        const answer = await get(COLLECTION, { 'accept-language': accept });
        assert.equal(answer.headers.get('content-language'), language);
        const error = await get(`${COLLECTION}/x`, { 'accept-language': accept });
        assert.equal(error.headers.get('content-language'), language);
      }
    });

    it('answers the JSON:API media type to those who name it, JSON to the others, 406 to those who take neither', async () => {
      for (const [accept, type] of [
        ['application/vnd.api+json', 'application/vnd.api+json'],
        ['text/html, application/vnd.api+json;q=0.5', 'application/vnd.api+json'],
        ['application/json, application/vnd.api+json;q=0', 'application/json; charset=utf-8'],
        ['*/*', 'application/json; charset=utf-8'],
        ['application/*', 'application/json; charset=utf-8'],
        ['', 'application/json; charset=utf-8'],
      ] as const) {
        const answer = await get(COLLECTION, { accept });
        assert.equal(answer.status, 200, accept);
        assert.equal(answer.headers.get('content-type'), type);
      }
      for (const accept of ['text/html', 'text/*', 'application/json;q=0', 'application/xml']) {
        for (const path of [COLLECTION, `${COLLECTION}/x`]) {
          const answer = await get(path, { accept });
          assert.equal(answer.status, 406, accept);
          assert.deepEqual(answer.json.errors[0].source, { header: 'Accept' });
        }
      }
    });
  });
});
