/** The search box of Concord's own API: what is typed, and who is found. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { call, type Operators, operators } from '../support/api.ts';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

let concord: Concord;
let harbor: TestTenant;
let as: Operators;
let ada: Customer;
let works: Customer;
before(async () => {
  concord = await startConcord();
  harbor = concord.harbor;
  as = await operators(concord, harbor);
  ada = await concord.create(
    harbor,
    aCustomer(
      {
        givenName: 'Ada',
        familyName: 'Beispiel',
        reference: 'REF-77',
        contactPoints: [email('ada@sample.example'), phone('+49 151 23456789')],
      },
      [LISBON],
    ),
  );
  works = await concord.create(
    harbor,
    aCustomer(
      {
        kind: 'business',
        givenName: null,
        familyName: null,
        company: 'Harbor Tools',
        taxIds: [{ kind: 'vat', value: 'DE 811569869' }],
      },
      [HARRISBURG],
    ),
  );
  await concord.create(concord.meadow, aCustomer({ givenName: 'Ada', familyName: 'Beispiel' }));
});
after(() => concord.stop());

const search = async (q: string, more = '') => {
  const answer = await call(as.viewer, 'GET', `/customers/search?q=${encodeURIComponent(q)}${more}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json.items;
};
const found = async (q: string): Promise<string> =>
  (await search(q))
    .map((item: { match: string; customer: { name: string } }) => `${item.match} ${item.customer.name}`)
    .join();

describe('search', () => {
  it('finds by each id that anybody has for the customer', async () => {
    for (const [customer, name] of [
      [ada, 'Ada Beispiel'],
      [works, 'Harbor Tools'],
    ] as const) {
      const ids = [
        customer.id,
        customer.id.toUpperCase(),
        ` ${customer.number} `,
        ...DIALECTS.map(dialect => dialect.customerId(customer)),
      ];
      for (const id of ids) assert.ok((await found(id)).startsWith(`id ${name}`), id);
    }
  });

  it('finds by what is remembered, and says what it was', async () => {
    for (const [q, match] of [
      ['ada beispiel', 'exact'],
      ['Beisp', 'prefix'],
      ['Beispeil', 'similar'],
      ['ada@sample.example', 'exact'],
      ['0151 23456789', 'exact'],
      ['Lisboa', 'exact'],
      ['REF-77', 'exact'],
    ] as const) {
      assert.equal(await found(q), `${match} Ada Beispiel`, q);
    }
    assert.equal(await found('DE811569869'), 'exact Harbor Tools');
    const [{ matches, customer }] = await search('lisb');
    assert.deepEqual(matches, [{ field: 'city', value: 'Lisboa', quality: 'prefix' }]);
    assert.deepEqual([customer.email, customer.city], ['ada@sample.example', 'Lisboa']);
  });

  it('finds nobody by nothing, and nobody of another tenant', async () => {
    assert.deepEqual(await search('   '), []);
    assert.deepEqual(await search('nobody at all'), []);
    const others = await operators(concord, concord.meadow);
    const answer = await call(others.viewer, 'GET', `/customers/search?q=${ada.id}`);
    assert.deepEqual(answer.json.items, []);
  });

  it('is bounded', async () => {
    assert.equal((await search('a', '&limit=1')).length, 1);
    for (const query of ['', 'q=', `q=${'x'.repeat(201)}`, 'q=a&limit=0', 'q=a&limit=201', 'q=a&q=b']) {
      const answer = await call(as.viewer, 'GET', `/customers/search?${query}`);
      assert.deepEqual([answer.status, answer.json.code], [400, 'request-invalid'], query);
    }
  });
});
