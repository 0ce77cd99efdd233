/** Views: what each dialect answers on a customer, as its own clients get it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { call, type Operators, operators } from '../support/api.ts';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';
import { stateReader } from '../support/state.ts';

const SSN = '219099999';
const PASSPORT = 'K7351942';

let concord: Concord;
let harbor: TestTenant;
let as: Operators;
before(async () => {
  concord = await startConcord();
  harbor = concord.harbor;
  as = await operators(concord, harbor, { reveal: true });
});
after(() => concord.stop());

const documents = () =>
  [
    { kind: 'ssn' as const, value: SSN },
    { kind: 'passport' as const, value: PASSPORT },
  ].map(document => ({
    ...document,
    id: newId(),
    issuingCountry: 'US',
    issuingRegion: null,
    expiryDate: null,
  }));

const person = (): Customer =>
  aCustomer(
    {
      identityDocuments: documents(),
      contactPoints: [email('ada@sample.example'), phone('+17175550121')],
      customFields: { tier: 'gold' },
    },
    [{ ...HARRISBURG, roles: ['billing'] }, LISBON],
  );

function firm(): Customer {
  const { addresses, ...representative } = person();
  return {
    ...aCustomer({ kind: 'business', company: 'Harbor Tools' }),
    representatives: [
      {
        id: newId(),
        role: 'principalOwner',
        givenName: 'Bo',
        familyName: 'Sample',
        gender: null,
        birthDate: '1978-10-15',
        citizenship: 'US',
        identityDocuments: representative.identityDocuments,
        contactPoints: representative.contactPoints,
        addresses,
        phrasings: {},
      },
    ],
  };
}

/** With what a view cannot and need not repeat: whose request it was, and numbers in clear. */
const comparable = (text: string): unknown =>
  JSON.parse(
    text
      .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
      .replaceAll(SSN, `…${SSN.slice(-4)}`)
      .replaceAll(PASSPORT, `…${PASSPORT.slice(-4)}`),
  );

describe('views', () => {
  for (const [what, make] of Object.entries({ 'an individual': person, 'a business': firm })) {
    it(`of ${what} are what the vendors’ clients are answered, numbers of documents masked`, async () => {
      const { id } = await concord.create(harbor, make());
      const customer = await concord.record(harbor, id);
      const answer = await call(as.viewer, 'GET', `/customers/${id}/views`);
      assert.equal(answer.status, 200);
      assert.ok(!answer.text.includes(SSN) && !answer.text.includes(PASSPORT));
      assert.deepEqual(
        answer.json.views.map((view: { dialect: string }) => view.dialect),
        DIALECTS.map(({ name }) => name),
      );
      for (const view of answer.json.views) {
        const dialect = DIALECTS.find(({ name }) => name === view.dialect)!;
        assert.equal(view.id, dialect.customerId(customer));
        assert.deepEqual(
          view.requests.map(({ path }: { path: string }) => path),
          dialect.shows(customer),
        );
        for (const { method, path, status, body } of view.requests) {
          const real = await concord.send(harbor, view.dialect, method, path);
          assert.equal(status, real.status, path);
          assert.equal(status, 200, `${path} ${real.text}`);
          // As text, because the order of keys is the vendor's, too.
          assert.equal(
            JSON.stringify(comparable(JSON.stringify(body))),
            JSON.stringify(comparable(real.text)),
            path,
          );
        }
      }
    });
  }

  it('are of vendors that show numbers of documents to their clients where their credentials say so', async () => {
    for (const dialect of DIALECTS) {
      const texts: string[] = [];
      for (const make of [person, firm]) {
        const customer = await concord.create(harbor, make());
        for (const path of dialect.shows(customer)) {
          texts.push((await concord.send(harbor, dialect.name, 'GET', path)).text);
        }
      }
      const shows = texts.some(text => text.includes(SSN) || text.includes(PASSPORT));
      assert.equal(shows, dialect.showsDocumentNumbers === true, dialect.name);
    }
  });

  it('name what a dialect cannot tell', async () => {
    const { id } = await concord.create(harbor, person());
    const { json } = await call(as.viewer, 'GET', `/customers/${id}/views`);
    const view = json.views.find(({ dialect }: { dialect: string }) => dialect === 'billbee');
    const paths = view.omitted.map(({ path }: { path: string }) => path);
    assert.ok(
      paths.some((path: string) => path.startsWith('identityDocuments/')),
      paths.join(),
    );
  });

  it('write nothing, and are those of the caller’s tenant', async () => {
    const { id } = await concord.create(harbor, firm());
    const state = stateReader(concord);
    try {
      const present = await state.of(harbor.id);
      assert.equal((await call(as.admin, 'GET', `/customers/${id}/views`)).status, 200);
      assert.equal(await state.of(harbor.id), present);
    } finally {
      await state.close();
    }
    const others = await operators(concord, concord.meadow);
    const stranger = await call(others.admin, 'GET', `/customers/${id}/views`);
    assert.deepEqual([stranger.status, stranger.json.code], [404, 'customer-not-found']);
  });

  it('of an archived customer are those that the vendors give', async () => {
    const { id } = await concord.create(harbor, { ...person(), archivedAt: '2026-01-15T09:00:00.000Z' });
    const { json } = await call(as.viewer, 'GET', `/customers/${id}/views`);
    for (const view of json.views) {
      for (const { method, path, status } of view.requests) {
        assert.equal(status, (await concord.send(harbor, view.dialect, method, path)).status, path);
      }
    }
  });
});
