import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../../test/support/customers.ts';
import { customer as records } from '../dialects/conformance/generate.ts';
import { addAddress, emptyAddress, linkTo, removeAddress } from '../record/address.ts';
import type { Customer } from '../record/customer.ts';
import { newId } from '../record/identifier.ts';
import type { SearchOptions } from '../record/search.ts';
import { ownValues, placeValues } from '../record/search-words.ts';
import { connect, type Sql } from './connection.ts';
import { openVault } from './encryption.ts';
import { silent } from './log.ts';
import { APPLICATION_ROLE } from './migrate.ts';
import { fillSearch } from './search-fill.ts';
import { TEST_KEY, type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let sql: Sql;

before(async () => {
  shared = await testStore();
  sql = connect(shared.store.target, { connections: 1, application: 'test' });
});

after(async () => {
  await sql.end();
  await shared.close();
});

const originOf = (tenant: number) => ({ tenant, dialect: 'test', actor: 'test', requestId: '1' });

/** A fresh tenant with the customers; `find` answers the numbers of those found. */
async function box(...customers: readonly Customer[]) {
  const { id: tenant } = await shared.tenant();
  const stored: Customer[] = [];
  for (const customer of customers)
    stored.push(await shared.store.customers.create(originOf(tenant), customer));
  const find = async (text: string, options: Partial<SearchOptions> = {}) =>
    (await shared.store.search.find(tenant, text, { limit: 20, ...options })).map(hit => hit.customer.number);
  return { tenant, stored, find, origin: originOf(tenant) };
}

const named = (
  givenName: string,
  familyName: string,
  wish: Partial<Customer> = {},
  addresses = [HARRISBURG],
) => aCustomer({ givenName, familyName, ...wish }, addresses);

/** With ids of its own, as nobody has stored it. */
const asNew = (record: Customer): Customer => ({
  ...record,
  id: newId(),
  addresses: record.addresses.map(link => ({
    ...link,
    address: { ...link.address, id: newId(), number: null, version: 0 },
  })),
});

async function wordRows(tenant: number): Promise<string[]> {
  const rows = await sql`
    select customer_number || ' ' || source || ' ' || rank || word as row from concord.search_word
    where tenant_id = ${tenant} order by 1`;
  return rows.map(row => row.row as string);
}

/** What stands in the table is what the rules make of the records now. */
async function assertFresh(tenant: number): Promise<void> {
  const there = await wordRows(tenant);
  await sql`delete from concord.search_word where tenant_id = ${tenant}`;
  await sql`update concord.tenant set search_rules = 0 where tenant_id = ${tenant}`;
  await fillSearch(shared.store.target, { role: APPLICATION_ROLE }, openVault([TEST_KEY]), silent);
  assert.deepEqual(there, await wordRows(tenant));
}

describe('search', () => {
  test('finds a person by names in any order, by beginnings, and by initials', async () => {
    const { find } = await box(named('Janice', 'Beispiel'), named('Bela', 'Janson'));
    assert.deepEqual(await find('Janice Beispiel'), [1]);
    assert.deepEqual(await find('beispiel, janice'), [1]);
    assert.deepEqual(await find('JANICE bei'), [1]);
    assert.deepEqual(await find('j'), [1, 2]);
    assert.deepEqual(await find('jan'), [1, 2]);
    assert.deepEqual(await find('b janice'), [1]);
    assert.deepEqual(await find('jan bei'), [1]);
    assert.deepEqual(await find('Janice Janson'), []);
  });

  test('takes spellings for the same', async () => {
    const { find } = await box(
      named('Jörg', 'Müller'),
      named('Søren', 'Ångström'),
      named('Łukasz', 'Straßer'),
      named('Mary', "O'Brien-Núñez"),
      named('Ελένη', 'Παπαδόπουλος'),
    );
    for (const text of ['Müller', 'MUELLER', 'muller', 'mu\u0308ller'])
      assert.deepEqual(await find(text), [1], text);
    for (const text of ['soren', 'Soeren', 'angstrom', 'Aangstroem'])
      assert.deepEqual(await find(text), [2], text);
    for (const text of ['lukasz', 'strasser', 'STRASSER']) assert.deepEqual(await find(text), [3], text);
    for (const text of ['obrien', 'O’Brien', 'nunez', 'o brien-nunez', 'brien-nunez']) {
      assert.deepEqual(await find(text), [4], text);
    }
    assert.deepEqual(await find('ΠΑΠΑΔΟΠΟΥΛΟΣ'), [5]);
  });

  test('forgives a typo in each word', async () => {
    const { find } = await box(named('Jörg', 'Müller'), named('Christoph', 'Schwarzenegger'));
    for (const text of ['Muler', 'Mulelr', 'Mullwr', 'Mullerr', 'Jorg Muler', 'Joerg Mulelr', 'jogr mulle']) {
      assert.deepEqual(await find(text), [1], text);
    }
    for (const text of ['Schwarzeneger', 'Cristoph Schwarzeneger', 'Chrsitoph', 'schwarzneg']) {
      assert.deepEqual(await find(text), [2], text);
    }
  });

  test('finds phones in any form, in part and from the end', async () => {
    const { find } = await box(named('Ada', 'Sample', { contactPoints: [phone('+49 151 2345 6789')] }));
    for (const text of [
      '+4915123456789',
      '+49 (0)151 2345-6789',
      '0049 151 23456789',
      '0151 2345 6789',
      '0151/2345678',
      '(0151) 23',
      '4915123456789',
      '23456789',
      'ada 0151 2345',
      '0151 2345 6789 sample',
    ]) {
      assert.deepEqual(await find(text), [1], text);
    }
    assert.deepEqual(await find('0151 2346'), []);
  });

  test('finds e-mails whole, in part and by domain', async () => {
    const { find } = await box(
      named('A', 'B', { contactPoints: [email('Jo.Muster+shop@big-firm.example.test')] }),
    );
    for (const text of [
      'jo.muster+shop@big-firm.example.test',
      'JO.MUSTER+SHOP@BIG',
      'muster',
      'jo muster',
      'jo.mus',
      '@big-firm.example.test',
      'big-firm.example.test',
      'big-firm',
    ]) {
      assert.deepEqual(await find(text), [1], text);
    }
  });

  test('finds numbers, tax ids, references and postal codes as people write them', async () => {
    const { find } = await box(
      named('A', 'B', {
        taxIds: [
          { kind: 'vat', value: 'DE 123 456 789' },
          { kind: 'ein', value: '98-7654321' },
        ],
        accountNumber: 'K-2024/17',
        reference: 'crm:0815',
      }),
      named('C', 'D', {}, [LISBON]),
    );
    for (const text of [
      'DE123456789',
      'de 123 456 789',
      '123456789',
      '98-7654321',
      '987654321',
      'K-2024/17',
      'k202417',
    ]) {
      assert.deepEqual(await find(text), [1], text);
    }
    for (const text of ['crm:0815', '0815', '17101', '171', 'harrisburg 17101'])
      assert.deepEqual(await find(text), [1], text);
    for (const text of ['1100-048', '1100', '1100048', 'lisboa 1100'])
      assert.deepEqual(await find(text), [2], text);
    assert.equal((await find('2'))[0], 2);
  });

  test('puts whole words before beginnings before typos, and names before places', async () => {
    const { find } = await box(
      named('Ada', 'Bernhard', {}, [{ ...HARRISBURG, city: 'Berlin' }]),
      named('Ada', 'Berlinger'),
      named('Ada', 'Merlin'),
      named('Ada', 'Berlin'),
    );
    assert.deepEqual(await find('berlin'), [4, 1, 2, 3]);
  });

  test('says why', async () => {
    const { tenant } = await box(named('Ada', 'Müller', { contactPoints: [email('ada@example.test')] }));
    const [hit] = await shared.store.search.find(tenant, 'Mulelr ada@example.test harr', { limit: 5 });
    assert.deepEqual(hit?.matches, [
      { field: 'name', value: 'Ada Müller', quality: 'similar' },
      { field: 'email', value: 'ada@example.test', quality: 'exact' },
      { field: 'city', value: 'Harrisburg', quality: 'prefix' },
    ]);
  });

  test('takes numbers and ids that the caller has decoded', async () => {
    const { find, stored } = await box(named('Ada', 'One'), named('Ada', 'Two'));
    assert.deepEqual(await find('xyz', { ids: [stored[1]!.id] }), [2]);
    assert.deepEqual(await find('ada', { numbers: [2] }), [2, 1]);
    assert.deepEqual(await find('xyz', { ids: ['no id'], numbers: [-1, 0.5] }), []);
  });

  test('is narrowed by kind and status', async () => {
    const { find } = await box(
      named('Ada', 'One'),
      named('Ada', 'Two', { status: 'inactive' }),
      aCustomer({ kind: 'business', company: 'Ada GmbH' }),
    );
    assert.deepEqual(await find('ada', { filter: { kind: 'business' } }), [3]);
    assert.deepEqual(await find('ada', { filter: { kind: 'individual' } }), [1, 2]);
    assert.deepEqual(await find('ada', { filter: { status: 'inactive' } }), [2]);
    assert.deepEqual(await find('ada', { filter: { status: 'active', kind: 'individual' } }), [1]);
    assert.deepEqual(await find('', { filter: { kind: 'business' } }), []);
    assert.deepEqual(await find('2', { filter: { status: 'active' } }), []);
  });

  test('shows each tenant its own customers', async () => {
    const [one, two] = [
      await box(named('Ada', 'Same')),
      await box(named('Ada', 'Same'), named('Eva', 'Same')),
    ];
    assert.deepEqual(await one.find('same'), [1]);
    assert.deepEqual(await two.find('same'), [1, 2]);
    assert.deepEqual(await one.find('Eva'), []);
    assert.deepEqual(await one.find('x', { ids: [two.stored[1]!.id] }), []);
  });

  test('survives whatever is typed', async () => {
    const { find } = await box(named('Ada', 'Sample'));
    for (const text of [
      '',
      ' ',
      "'",
      '"',
      '\\',
      '{}',
      '%',
      '_',
      "a' & !b | (c:*",
      ':*',
      ':inactive',
      '~',
      '+',
      '\u0000',
      '\ud800',
      '((((',
    ]) {
      await find(text);
    }
    assert.deepEqual(await find("ada & !sample | ':*"), [1]);
    assert.deepEqual(await find(`ada ${'word '.repeat(200)}`), []);
    assert.deepEqual(await find('ada '.repeat(200)), [1]);
    assert.deepEqual(await find('x'.repeat(100_000)), []);
    assert.deepEqual(await find(':business'), []);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async text => void (await find(text))),
      { numRuns: 100 },
    );
  });

  test('finds every customer by each of its values', async () => {
    await fc.assert(
      fc.asyncProperty(records, async record => {
        const { tenant, stored: all } = await box(asNew(record));
        const stored = all[0]!;
        const values = [
          ...ownValues(stored),
          ...stored.addresses.flatMap(({ address }) => placeValues(address)),
        ];
        for (const { field, value, words } of values) {
          if (words().length === 0) continue;
          const hits = await shared.store.search.find(tenant, value, { limit: 100 });
          assert.ok(
            hits.some(hit => hit.customer.id === stored.id),
            `${field} ${JSON.stringify(value)}`,
          );
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the words of a customer', () => {
  test('follow a change of name, and are left alone by a change of street', async () => {
    const { tenant, find, stored, origin } = await box(named('Ada', 'Before'));
    const key = { id: stored[0]!.id };
    await shared.store.customers.swap(origin, key, customer => ({ ...customer, familyName: 'After' }));
    assert.deepEqual(await find('after'), [1]);
    assert.deepEqual(await find('before'), []);
    const [row] =
      await sql`select max(xmin::text::bigint) as last from concord.search_word where tenant_id = ${tenant}`;
    await shared.store.customers.swap(origin, key, customer => ({
      ...customer,
      addresses: customer.addresses.map(link => ({
        ...link,
        address: { ...link.address, line1: 'Elsewhere 1' },
      })),
    }));
    const [later] =
      await sql`select max(xmin::text::bigint) as last from concord.search_word where tenant_id = ${tenant}`;
    assert.equal(later?.last, row?.last);
    await assertFresh(tenant);
  });

  test('follow an address that somebody else changes', async () => {
    const { tenant, find, stored, origin } = await box(named('Ada', 'One'), named('Eva', 'Two', {}, []));
    const shared_ = stored[0]!.addresses[0]!.address;
    await shared.store.customers.swap(origin, { id: stored[1]!.id }, customer =>
      addAddress(customer, linkTo(shared_)),
    );
    assert.deepEqual(await find('harrisburg'), [1, 2]);
    await shared.store.customers.swap(origin, { id: stored[0]!.id }, customer => ({
      ...customer,
      addresses: customer.addresses.map(link => ({ ...link, address: { ...link.address, city: 'Utrecht' } })),
    }));
    assert.deepEqual(await find('utrecht'), [1, 2]);
    assert.deepEqual(await find('harrisburg'), []);
    await shared.store.customers.swap(origin, { id: stored[1]!.id }, customer =>
      removeAddress(customer, shared_.id),
    );
    assert.deepEqual(await find('utrecht'), [1]);
    await assertFresh(tenant);
  });

  test('keep a word that another address still tells', async () => {
    const { tenant, find, stored, origin } = await box(
      named('Ada', 'One', {}, [
        { ...HARRISBURG, city: 'Utrecht' },
        { ...LISBON, city: 'Utrecht' },
      ]),
    );
    const [first] = stored[0]!.addresses;
    await shared.store.customers.swap(origin, { id: stored[0]!.id }, customer =>
      removeAddress(customer, first!.address.id),
    );
    assert.deepEqual(await find('utrecht'), [1]);
    await assertFresh(tenant);
  });

  test('move with an address from one customer to another in one write', async () => {
    const { tenant, find, stored, origin } = await box(named('Ada', 'One'), named('Eva', 'Two', {}, []));
    const { address } = stored[0]!.addresses[0]!;
    await shared.store.customers.swapAll(origin, { ids: stored.map(each => each.id) }, ([one, two]) => [
      removeAddress(one!, address.id),
      addAddress(two!, linkTo(address)),
    ]);
    assert.deepEqual(await find('harrisburg'), [2]);
    await assertFresh(tenant);
  });

  test('go with the customer', async () => {
    const { tenant, stored, origin } = await box(
      named('Ada', 'One', { contactPoints: [phone('+351211234567')] }),
    );
    assert.ok((await wordRows(tenant)).length > 5);
    await shared.store.customers.remove(origin, { id: stored[0]!.id });
    assert.deepEqual(await wordRows(tenant), []);
  });

  test('stay right when many change a shared address and themselves at once', async () => {
    const { tenant, stored, origin } = await box(
      ...Array.from({ length: 4 }, (_, at) => named('Ada', `Nr${at}`, {}, [])),
    );
    await shared.store.customers.swapAll(origin, { ids: stored.map(each => each.id) }, customers => {
      const address = { ...emptyAddress(), city: 'Start' };
      return customers.map(customer => addAddress(customer, linkTo(address)));
    });
    const work = stored.flatMap(({ id }, at) =>
      Array.from({ length: 5 }, (_, round) =>
        shared.store.customers.swap(origin, { id }, customer => ({
          ...customer,
          familyName: `Family${round}`,
          addresses: customer.addresses.map(link => ({
            ...link,
            address: { ...link.address, city: `City${at}${round}` },
          })),
        })),
      ),
    );
    await Promise.all(work);
    await assertFresh(tenant);
  });

  test('are hidden from other tenants, in the table too', async () => {
    const { tenant } = await box(named('Ada', 'One'));
    const stranger = await shared.tenant();
    const seen = await sql.begin(async transaction => {
      await transaction`set local role concord_app`;
      await transaction`select set_config('concord.tenant', ${String(stranger.id)}, true)`;
      return transaction`select 1 from concord.search_word where tenant_id = ${tenant}`;
    });
    assert.equal(seen.length, 0);
  });

  test('of a new tenant are of the present rules, so that a start has nothing to do', async () => {
    await box(named('Ada', 'One'));
    assert.equal(await fillSearch(shared.store.target, {}, openVault([TEST_KEY]), silent), 0);
  });
});
