import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { email, HARRISBURG, LISBON, phone } from '../support/customers.ts';
import { fixture, invalid, unbound, useBillbee } from './billbee-support.ts';

interface Row {
  readonly Id: number;
  readonly Name: string;
  readonly Addresses: string;
  readonly Number: string;
}

describe('billbee search', () => {
  const { concord, fresh, send } = useBillbee();
  const people: Record<string, Customer> = {};
  before(async () => {
    const named = (givenName: string, familyName: string) => ({ givenName, familyName });
    people.grace = await fresh(
      { ...named('Grace', 'Byron'), contactPoints: [email('grace@example.test'), phone('+49 (30) 123456')] },
      HARRISBURG,
    );
    people.john = await fresh({ ...named('John', 'Doe'), accountNumber: 'A-17' }, LISBON, HARRISBURG);
    people.johanna = await fresh({
      ...named('Johanna', 'Doe'),
      taxIds: [{ kind: 'vat', value: 'DE811569869' }],
    });
    people.works = await fresh({ kind: 'business', company: 'John & Söhne', accountNumber: '4711' });
  });

  const search = (body: object) => send('POST', '/search', { body });
  const rows = async (Term: string, rest: object = {}): Promise<readonly Row[]> =>
    (await search({ Type: ['customer'], Term, ...rest })).json.Customers;
  const who = async (term: string, rest: object = {}) => {
    const ids = (await rows(term, rest)).map(row => row.Id);
    return ids.map(id => Object.keys(people).find(name => people[name]!.number === id) ?? 'somebody else');
  };

  it('answers the bare object, with the rows of the specification [docs: csharp-sdk#73]', async () => {
    const { meadow } = concord();
    const meadowSend = (path: string, body: unknown) =>
      concord().send(meadow, 'billbee', 'POST', `/api/v1${path}`, { body });
    await meadowSend('/customers', fixture('create-customer.request'));
    for (const name of ['search.request', 'search.expert.request']) {
      const answer = await meadowSend('/search', fixture(name));
      assert.equal(answer.text, JSON.stringify(fixture('search.answer')), name);
      assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    }
  });

  it('finds single words without regard to case, and parts of words only with a star', async () => {
    assert.deepEqual(await who('john'), ['john', 'works']);
    assert.deepEqual(await who('JOHN'), ['john', 'works']);
    assert.deepEqual(await who('söhne'), ['works']);
    assert.deepEqual(await who('joh'), []);
    assert.deepEqual(await who('joh*'), ['john', 'johanna', 'works']);
    assert.deepEqual(await who('*'), ['grace', 'john', 'johanna', 'works']);
  });

  it('finds by everything that Billbee shows of a customer', async () => {
    assert.deepEqual(await who('grace@example.test'), ['grace']);
    assert.deepEqual(await who('+4930123456'), ['grace']);
    assert.deepEqual(await who('"(30) 123456"'), ['grace']);
    assert.deepEqual(await who('DE811569869'), ['johanna']);
    assert.deepEqual(await who('4711'), ['works']);
    assert.deepEqual(await who('a-17'), ['john']);
    assert.deepEqual(await who('lisboa'), ['john']);
    assert.deepEqual(await who(String(people.grace!.number)), ['grace']);
  });

  it('joins addresses, and says the number as the text that it is', async () => {
    const [row] = await rows('a-17');
    assert.deepEqual(row, {
      Id: people.john!.number,
      Name: 'John Doe',
      Addresses:
        'Rua Augusta 12 1100-048 Lisboa Lisboa PT; Ada Sample 100 Market Street Floor 2 17101 Harrisburg PA US',
      Number: 'A-17',
    });
  });

  it('reads phrases, fields, operators and parentheses', async () => {
    const cases: Record<string, readonly string[]> = {
      'john doe': ['john'],
      '"doe john"': [],
      '"john doe"': ['john'],
      '"john d"*': ['john'],
      'Name:doe': ['john', 'johanna'],
      'name:"john doe"': ['john'],
      'Name:joh*': ['john', 'johanna', 'works'],
      'Number:4711': ['works'],
      'Name:4711': [],
      'Addresses:harrisburg': ['grace', 'john'],
      'Addresses:john': [],
      'Number:*': ['grace', 'john', 'johanna', 'works'],
      [`Id:${people.grace!.number}`]: ['grace'],
      'john AND doe': ['john'],
      'john && doe': ['john'],
      'john OR doe': ['john', 'johanna', 'works'],
      'grace || söhne': ['grace', 'works'],
      'john NOT doe': ['works'],
      'john -doe': ['works'],
      'john !doe': ['works'],
      'NOT doe': ['grace', 'works'],
      'NOT NOT doe': ['john', 'johanna'],
      '(john OR johanna) AND doe': ['john', 'johanna'],
      'doe AND (NOT john)': ['johanna'],
      'grace OR john AND doe': ['grace', 'john'],
      'doe -(john OR grace)': ['johanna'],
      'Addresses:harrisburg doe': ['john'],
      'john\\:doe': ['john'],
    };
    for (const [term, expected] of Object.entries(cases)) assert.deepEqual(await who(term), expected, term);
  });

  it('matches what it does not understand as words, and is not shaken by it', async () => {
    const cases: Record<string, readonly string[]> = {
      'email:grace@example.test': [],
      'city:harrisburg': [],
      'john~ doe~2': ['john'],
      '"john doe"~3': ['john'],
      'john^4 doe': ['john'],
      'jo?n': [],
      '[grace TO john]': [],
      'john doe)': ['john'],
      '((john': ['john', 'works'],
      'AND john OR': ['john', 'works'],
      '"john doe': ['john'],
      'and or not': [],
      constructor: [],
      'john OR __proto__': ['john', 'works'],
      '&& || ! + - ( ) "" : \\ ~ ^': [],
      '': [],
      '   ': [],
    };
    for (const [term, expected] of Object.entries(cases)) assert.deepEqual(await who(term), expected, term);
    const nested = '('.repeat(900);
    assert.deepEqual(await who(`${nested}grace`), ['grace']);
  });

  it('joins words as the mode says', async () => {
    const modes = (term: string) =>
      Promise.all([0, 1, 2, 3, 4, null].map(SearchMode => who(term, { SearchMode })));
    const [and, or, expert, phrase, suggest, none] = await modes('doe joh');
    assert.deepEqual(and, []);
    assert.deepEqual(or, ['john', 'johanna']);
    assert.deepEqual(expert, []);
    assert.deepEqual(phrase, []);
    assert.deepEqual(suggest, ['john', 'johanna']);
    assert.deepEqual(none, []);
    assert.deepEqual(await who('john do', { SearchMode: 3 }), ['john']);
    assert.deepEqual(await who('+doe john -johanna', { SearchMode: 1 }), ['john']);
    assert.deepEqual(await who('grace john', { SearchMode: '1' }), ['grace', 'john', 'works']);
  });

  it('answers for the types that are asked for alone, and for all when none is', async () => {
    const customers = async (Type: unknown) => (await search({ Type, Term: 'grace' })).json.Customers.length;
    assert.equal(await customers(['order', 'product']), 0);
    assert.equal(await customers(['Order', 'CUSTOMER']), 1);
    for (const Type of [undefined, null, []]) assert.equal(await customers(Type), 1);
    assert.deepEqual((await search({ Type: ['customer'] })).json, {
      Products: [],
      Orders: [],
      Customers: [],
    });
  });

  it('refuses what is no search', async () => {
    invalid(
      await search({ Type: ['customers'], Term: 'x' }),
      /^Type\[0\] must be order, product or customer\.$/,
    );
    invalid(await search({ Term: 'x', SearchMode: 5 }), /^SearchMode must be 0, 1, 2, 3 or 4\.$/);
    invalid(await search({ Term: 'x '.repeat(21) }), /^Term must have at most 20 words\.$/);
    invalid(await search({ Term: 'x'.repeat(1_001) }), /^Term must have at most 1000 characters\.$/);
    unbound(await search({ Type: 'customer' }), {
      'model.Type': ["Error converting value to type 'System.Array'. Path 'Type'."],
    });
    unbound(await search({ Type: [null] }), {
      'model.Type[0]': ["Error converting value to type 'System.String'. Path 'Type[0]'."],
    });
    assert.equal((await send('POST', '/search')).status, 400);
    assert.equal((await send('GET', '/search')).status, 405);
  });

  it('shows 50 rows at most, and none of another tenant', async () => {
    const { meadow } = concord();
    const theirs = await concord().send(meadow, 'billbee', 'POST', '/api/v1/search', {
      body: { Type: ['customer'], Term: 'doe OR harrisburg' },
    });
    assert.deepEqual(theirs.json.Customers, []);
    for (let index = 0; index < 55; index += 1) await fresh({ givenName: 'Many', familyName: 'Fold' });
    const found = await rows('many');
    assert.equal(found.length, 50);
    const ids = found.map(row => row.Id);
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    );
  });
});
