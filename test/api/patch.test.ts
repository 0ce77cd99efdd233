/** PATCH over HTTP: what stays, what follows, what history and the other dialects tell of it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { call, type Operators, operators } from '../support/api.ts';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

let concord: Concord;
let harbor: TestTenant;
let as: Operators;
before(async () => {
  concord = await startConcord();
  harbor = concord.harbor;
  as = await operators(concord, harbor);
});
after(() => concord.stop());

const create = (customer: Customer) => concord.create(harbor, customer);
const read = (id: string) => call(as.viewer, 'GET', `/customers/${id}`);
const patch = (id: string, body: unknown, headers: Record<string, string> = {}) =>
  call(as.editor, 'PATCH', `/customers/${id}`, { body, headers: { 'if-match': '*', ...headers } });
const changesOf = async (id: string) => concord.store.changes.history(harbor.id, id, { limit: 100 });

describe('a patch', () => {
  it('with what was answered, read-only fields included, changes nothing and leaves no trace', async () => {
    const { id } = await create(
      aCustomer(
        {
          kind: 'business',
          company: 'Works',
          contactPoints: [email('a@b.example'), phone('030 1')],
          customFields: { tier: null },
        },
        [HARRISBURG, LISBON],
      ),
    );
    const record = await concord.record(harbor, id);
    const answered = await read(id);
    const again = await patch(id, answered.json);
    assert.equal(again.status, 200, again.text);
    assert.equal(again.headers.get('etag'), answered.headers.get('etag'));
    assert.deepEqual(await concord.record(harbor, id), record);
    assert.equal((await changesOf(id)).length, 1);
  });

  it('is one change, field by field, and keeps what each vendor said', async () => {
    const { id, number } = await create(aCustomer({ contactPoints: [phone('+17175550121')] }));
    const { json: before } = await read(id);
    await concord.send(
      harbor,
      'billbee',
      'PATCH',
      `/api/v1/customers/addresses/${before.addresses[0].number}`,
      {
        body: { State: 'Pennsylvania' },
      },
    );
    const { phrasings } = (await concord.record(harbor, id)).addresses[0]!.address;
    const changed = await patch(id, {
      familyName: 'Beispiel',
      contactPoints: [{ id: before.contactPoints[0].id, value: '+351 211 234 567' }],
      addresses: [{ id: before.addresses[0].id, line2: null }],
    });
    assert.equal(changed.status, 200, changed.text);
    const [last] = await changesOf(id);
    assert.deepEqual(last?.fields.map(({ path }) => path.replaceAll(/[0-9a-f-]{36}/g, '*')).sort(), [
      'addresses/*/address/line2',
      'contactPoints/*/e164',
      'contactPoints/*/value',
      'familyName',
    ]);
    assert.deepEqual([last?.dialect, last?.actor], ['concord', 'test editor']);
    const after = await concord.record(harbor, id);
    assert.deepEqual(after.addresses[0]!.address.phrasings, phrasings);
    assert.equal(after.contactPoints[0]!.number, before.contactPoints[0].number);
    const flecto = await concord.send(harbor, 'flecto', 'GET', `/api/saas/me/customers/${number}`);
    assert.equal(flecto.json.data.attributes.name, 'Ada Beispiel');
    assert.equal(flecto.json.data.attributes.phone_number, '+351211234567');
  });

  it('with entries adds, drops and orders them', async () => {
    const { id } = await create(aCustomer({}, [HARRISBURG, LISBON]));
    const { json: before } = await read(id);
    const [first, second] = before.addresses;
    const { json } = await patch(id, {
      addresses: [{ city: 'Porto', country: 'PT', main: true }, { id: second.id }],
      representatives: [],
    });
    assert.deepEqual(
      json.addresses.map((each: typeof first) => [each.city, each.main, each.number === second.number]),
      [
        ['Porto', true, false],
        ['Lisboa', false, true],
      ],
    );
    const unknown = await patch(id, { addresses: [{ id: first.id }] });
    assert.deepEqual([unknown.status, unknown.json.errors[0].field], [422, 'addresses/0/id']);
    const twice = await patch(id, { addresses: [{ id: second.id }, { id: second.id }] });
    assert.deepEqual([twice.status, twice.json.errors[0].field], [422, 'addresses/1/id']);
  });

  it('leaves numbers of documents that come back masked, also of representatives', async () => {
    const made = await call(as.editor, 'POST', '/customers', {
      body: {
        kind: 'business',
        company: 'Works',
        representatives: [
          {
            role: 'principalOwner',
            givenName: 'Bo',
            identityDocuments: [{ kind: 'ssn', value: '219099999' }],
            contactPoints: [{ kind: 'email', value: 'bo@b.example' }],
            addresses: [{ city: 'Lisboa', country: 'PT' }],
          },
        ],
      },
    });
    assert.equal(made.status, 201, made.text);
    const { id, representatives } = made.json;
    assert.equal(representatives[0].identityDocuments[0].value, '…9999');
    assert.equal(representatives[0].addresses[0].createdAt.slice(0, 2), '20');
    const renamed = await patch(id, { representatives: [{ ...representatives[0], givenName: 'Bea' }] });
    assert.equal(renamed.json.representatives[0].givenName, 'Bea');
    const record = await concord.record(harbor, id);
    assert.equal(record.representatives[0]!.identityDocuments[0]!.value, '219099999');
    const document = { ...representatives[0].identityDocuments[0], value: '219099998' };
    await patch(id, { representatives: [{ id: representatives[0].id, identityDocuments: [document] }] });
    const after = await concord.record(harbor, id);
    assert.equal(after.representatives[0]!.identityDocuments[0]!.value, '219099998');
    assert.equal(after.representatives[0]!.givenName, 'Bea');
  });

  it('tells nobody who tries numbers of documents out which one is right', async () => {
    const document = {
      ...{ id: newId(), kind: 'passport' as const, issuingCountry: null, issuingRegion: null },
      expiryDate: null,
    };
    const make = () => create(aCustomer({ identityDocuments: [{ ...document, value: 'AB1234567' }] }));
    const tried = async (value: string) => {
      const { id } = await make();
      const { headers } = await read(id);
      const answer = await patch(id, { identityDocuments: [{ id: document.id, value }] });
      assert.notEqual(answer.headers.get('etag'), headers.get('etag'));
      const made = answer.json.identityDocuments[0].id;
      const [change, ...before] = await changesOf(id);
      const told = [answer.status, answer.json.identityDocuments, change!.fields, before.length];
      return JSON.stringify(told).replaceAll(made, 'another');
    };
    assert.equal(await tried('AB1234567'), await tried('XY9994567'));
    const { id } = await make();
    const archived = await call(as.editor, 'POST', `/customers/${id}/archive`, {
      headers: { 'if-match': '*' },
    });
    assert.equal(archived.status, 200, archived.text);
    for (const body of [
      { identityDocuments: [{ id: document.id, value: 'AB1234567' }] },
      { identityDocuments: [{ id: document.id, value: 'XY9994567' }] },
      { identityDocuments: [{ id: document.id, value: '…0000' }] },
      {},
    ]) {
      const answer = await patch(id, body);
      assert.deepEqual([answer.status, answer.json.code], [409, 'customer-archived']);
    }
  });

  it('bounds representatives and their lists', async () => {
    const { id } = await create(aCustomer({ kind: 'business', company: 'Works' }));
    const role = 'principalOwner';
    const many = await patch(id, { representatives: Array.from({ length: 101 }, () => ({ role })) });
    assert.equal(many.status, 400, many.text);
    const contactPoints = Array.from({ length: 101 }, () => ({ kind: 'phone', value: '1' }));
    assert.equal((await patch(id, { representatives: [{ role, contactPoints }] })).status, 400);
    const some = Array.from({ length: 100 }, () => ({ role, contactPoints: contactPoints.slice(0, 20) }));
    assert.equal((await patch(id, { representatives: some })).status, 200);
    const people = (await read(id)).json.representatives;
    const more = people.map((person: object) => ({ ...person, contactPoints: contactPoints.slice(0, 40) }));
    const refused = await patch(id, { representatives: more });
    assert.deepEqual([refused.status, refused.json.code], [409, 'state-conflict']);
  });

  it('moves the reference: the old one is free, the new one is taken', async () => {
    const make = (reference?: string) =>
      call(as.editor, 'POST', '/customers', {
        body: { kind: 'individual', ...(reference && { reference }) },
      });
    const [one, two] = [(await make('M-1')).json.id, (await make()).json.id];
    const taken = await patch(two, { reference: 'M-1' });
    assert.deepEqual([taken.status, taken.json.errors[0].field], [409, 'reference']);
    assert.equal((await patch(one, { reference: 'M-2' })).status, 200);
    assert.equal((await patch(two, { reference: 'M-1' })).status, 200);
    assert.equal((await make('M-2')).status, 409);
    assert.equal((await patch(one, { reference: null })).status, 200);
    assert.equal((await make('M-2')).status, 201);
  });

  it('takes both media types of JSON, and no other', async () => {
    const { id } = await create(aCustomer());
    const send = (type: string) => patch(id, JSON.stringify({ language: 'pt' }), { 'content-type': type });
    assert.equal((await send('application/merge-patch+json')).status, 200);
    assert.equal((await send('application/json; charset=utf-8')).status, 200);
    assert.equal((await send('application/json-patch+json')).status, 415);
    assert.equal((await patch(id, '{', { 'content-type': 'application/json' })).status, 400);
  });

  it('with nothing where something must be is refused', async () => {
    const { id } = await create(aCustomer());
    for (const [body, status] of [
      [{ kind: null }, 422],
      [{ status: null }, 422],
      [{ employees: [{ position: 'x' }] }, 400],
      [{ contactPoints: [{}] }, 422],
      [{ customFields: { note: 'a\u0000b' } }, 422],
      [{ givenName: 'a\nb' }, 400],
      [{ givenName: 'x'.repeat(1_001) }, 400],
      [{ addresses: Array.from({ length: 1_001 }, () => ({})) }, 400],
    ] as const) {
      const answer = await patch(id, body);
      assert.equal(answer.status, status, JSON.stringify(body).slice(0, 100));
      assert.ok(answer.json.errors.length > 0);
    }
    assert.equal((await concord.record(harbor, id)).version, 1);
    const emptied = await patch(id, { addresses: null, contactPoints: null, givenName: '  ' });
    assert.deepEqual([emptied.json.addresses, emptied.json.givenName], [[], null]);
  });
});
