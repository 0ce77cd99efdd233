/** Numbers of documents are shown to those who may see them and each look is written down; export has all, erasure leaves none. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import type { Representative } from '../../src/record/people.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, email } from '../support/customers.ts';
import { type StateReader, stateReader } from '../support/state.ts';

const aDocument = (value: string) => ({
  ...{ id: newId(), kind: 'passport' as const, value, issuingCountry: 'PT' },
  ...{ issuingRegion: null, expiryDate: null },
});

const aPerson = (value: string): Representative => ({
  ...{ id: newId(), role: 'principalOwner', givenName: 'Bo', familyName: 'Sample', gender: null },
  ...{ birthDate: '1978-10-15', citizenship: 'US', identityDocuments: [aDocument(value)] },
  ...{ contactPoints: [], addresses: [], phrasings: {} },
});

describe('privacy', () => {
  let concord: Concord;
  let state: StateReader;
  let admin: Operator;
  let revealer: Operator;
  before(async () => {
    concord = await startConcord();
    state = stateReader(concord);
    admin = await operator(concord, concord.harbor, { role: 'admin', reveal: true });
    revealer = await operator(concord, concord.harbor, { role: 'viewer', reveal: true, name: 'desk' });
  });
  after(async () => {
    await state.close();
    await concord.stop();
  });

  const create = (wish: Partial<Customer> = {}): Promise<Customer> =>
    concord.create(concord.harbor, aCustomer(wish));

  describe('a reveal', () => {
    it('shows the number, of a representative’s document, too, and is written down with who, which and why', async () => {
      const customer = await create({
        identityDocuments: [aDocument('AB-0042')],
        representatives: [aPerson('CD-0043')],
      });
      const own = customer.identityDocuments[0]!;
      const other = customer.representatives[0]!.identityDocuments[0]!;
      const path = (id: string) => `/customers/${customer.id}/documents/${id}/reveal`;
      const first = await call(revealer, 'POST', path(own.id), { body: { reason: 'asked by the bank' } });
      assert.deepEqual([first.status, first.json], [200, { value: 'AB-0042' }]);
      assert.equal(first.headers.get('cache-control'), 'no-store');
      assert.equal((await call(admin, 'POST', path(other.id))).json.value, 'CD-0043');

      const list = await call(admin, 'GET', `/reveals?customerId=${customer.id}`);
      assert.deepEqual(
        list.json.items.map((each: Record<string, unknown>) => [each.actor, each.documentId, each.reason]),
        [
          [admin.name, other.id, null],
          ['desk', own.id, 'asked by the bank'],
        ],
      );
      assert.ok(!/AB-0042|CD-0043/.test(list.text));
    });

    it('is written down each time, also when the request is sent again with its key', async () => {
      const customer = await create({ identityDocuments: [aDocument('AB-0042')] });
      const path = `/customers/${customer.id}/documents/${customer.identityDocuments[0]!.id}/reveal`;
      for (const headers of [{ 'idempotency-key': 'once' }, { 'idempotency-key': 'once' }]) {
        assert.equal((await call(revealer, 'POST', path, { headers })).json.value, 'AB-0042');
      }
      const list = await call(admin, 'GET', `/reveals?customerId=${customer.id}`);
      assert.equal(list.json.items.length, 2);
    });

    it('is refused without the right, for unknown documents and reasons that are none, and nothing is written down', async () => {
      const customer = await create({ identityDocuments: [aDocument('AB-0042')] });
      const other = await create({ identityDocuments: [aDocument('XY-1111')] });
      const document = customer.identityDocuments[0]!.id;
      const path = `/customers/${customer.id}/documents/${document}/reveal`;
      const plain = await operator(concord, concord.harbor, { role: 'admin' });
      const stranger = await operator(concord, concord.meadow, { role: 'admin', reveal: true });
      const before = await state.of(concord.harbor.id);
      const foreign = `/customers/${customer.id}/documents/${other.identityDocuments[0]!.id}/reveal`;
      const cases = [
        [await call(plain, 'POST', path), 403, 'forbidden'],
        [await call(stranger, 'POST', path), 404, 'customer-not-found'],
        [await call(admin, 'POST', foreign), 404, 'object-not-found'],
        [await call(admin, 'POST', path.replace(document, 'x')), 404, 'object-not-found'],
        [await call(admin, 'POST', path.replace(customer.id, newId())), 404, 'customer-not-found'],
        [await call(admin, 'POST', path, { body: { reason: 'x'.repeat(501) } }), 400, 'request-invalid'],
        [await call(admin, 'POST', path, { body: { reason: 'two\nlines' } }), 400, 'request-invalid'],
        [await call(admin, 'POST', path, { body: { why: 'x' } }), 400, 'request-invalid'],
      ] as const;
      for (const [answer, status, code] of cases) {
        assert.deepEqual([answer.status, answer.json.code], [status, code], answer.text);
        assert.ok(!answer.text.includes('AB-0042'));
      }
      assert.equal(await state.of(concord.harbor.id), before);
      assert.equal((await call(admin, 'GET', `/reveals?customerId=${customer.id}`)).json.items.length, 0);
    });

    it('is listed page by page, for administrators', async () => {
      const customer = await create({ identityDocuments: [aDocument('AB-0042')] });
      const path = `/customers/${customer.id}/documents/${customer.identityDocuments[0]!.id}/reveal`;
      for (let count = 0; count < 5; count++) {
        await call(revealer, 'POST', path, { body: { reason: `look ${count}` } });
      }
      const seen: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const cursor = next === '' ? '' : `&cursor=${next}`;
        const { json, headers } = await call(
          admin,
          'GET',
          `/reveals?customerId=${customer.id}&limit=2${cursor}`,
        );
        seen.push(...json.items.map((each: { reason: string }) => each.reason));
        assert.equal(headers.has('link'), json.next !== null);
        next = json.next;
      }
      assert.deepEqual(seen, ['look 4', 'look 3', 'look 2', 'look 1', 'look 0']);
      for (const query of ['cursor=x', 'customerId=1', 'limit=1000', 'who=me']) {
        assert.equal((await call(admin, 'GET', `/reveals?${query}`)).status, 400, query);
      }
    });
  });

  /** Written through several ways, so that there is something of everything. */
  async function known(canary: string): Promise<Customer> {
    const customer = await create({
      familyName: `Name ${canary}`,
      contactPoints: [email(`ada@${canary}.example`)],
      customFields: { note: `Field ${canary}` },
      identityDocuments: [aDocument(`Document ${canary}`)],
    });
    await concord.store.customers.swap(
      { tenant: concord.harbor.id, dialect: 'billbee', actor: 'test', requestId: newId() },
      { id: customer.id },
      each => ({ ...each, identityDocuments: [], company: `Company ${canary}` }),
    );
    await concord.store.objects.create(
      concord.harbor.id,
      { dialect: 'flecto', kind: 'inquiry' },
      { customer: customer.id, comment: `Inquiry ${canary}` },
    );
    await call(admin, 'POST', `/customers/${customer.id}/export`, { body: { reason: `Reason ${canary}` } });
    return concord.record(concord.harbor, customer.id);
  }

  describe('an export', () => {
    it('has all that is known of the person, in full, and nothing of another', async () => {
      const other = await known('other42');
      const customer = await known('mine42');
      const answer = await call(admin, 'POST', `/customers/${customer.id}/export`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.match(answer.headers.get('content-disposition') ?? '', new RegExp(customer.id));
      const { record, views, objects, reveals, history } = answer.json;
      assert.deepEqual(record, JSON.parse(JSON.stringify(customer)));
      assert.deepEqual(
        views.map((view: { dialect: string }) => view.dialect),
        DIALECTS.map(({ name }) => name),
      );
      assert.ok(views.every((view: { resources: unknown[] }) => view.resources.length > 0));
      assert.deepEqual(
        objects.map((each: { kind: string; body: { comment: string } }) => [each.kind, each.body.comment]),
        [['inquiry', 'Inquiry mine42']],
      );
      assert.deepEqual(
        reveals.map((each: { reason: string; documentId: null }) => [each.reason, each.documentId]),
        [
          [null, null],
          ['Reason mine42', null],
        ],
      );
      assert.equal(history.length, 2);
      assert.ok(JSON.stringify(history).includes('Document mine42'), 'the number is masked');
      assert.ok(!answer.text.includes('other42') && !answer.text.includes(other.id));
    });

    it('has a history of any length', async () => {
      const customer = await create();
      for (let count = 0; count < 230; count++) {
        await concord.store.customers.swap(
          { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' },
          { id: customer.id },
          each => ({ ...each, familyName: `Name ${count}` }),
        );
      }
      const answer = await call(admin, 'POST', `/customers/${customer.id}/export`);
      assert.equal(answer.json.history.length, 231);
    });

    it('is there for one who was removed, and for nobody else', async () => {
      const customer = await known('gone42');
      await concord.store.customers.remove(
        { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' },
        { id: customer.id },
      );
      const answer = await call(admin, 'POST', `/customers/${customer.id}/export`);
      assert.deepEqual([answer.status, answer.json.record, answer.json.views], [200, null, []]);
      assert.ok(answer.text.includes('Company gone42'));
      for (const id of [newId(), 'x']) {
        assert.equal((await call(admin, 'POST', `/customers/${id}/export`)).status, 404);
      }
    });

    it('needs both, an administrator and the right to reveal', async () => {
      const customer = await create();
      const path = `/customers/${customer.id}/export`;
      const plain = await operator(concord, concord.harbor, { role: 'admin' });
      assert.equal((await call(plain, 'POST', path)).status, 403);
      assert.equal((await call(revealer, 'POST', path)).status, 403);
      assert.equal((await call(admin, 'GET', `/reveals?customerId=${customer.id}`)).json.items.length, 0);
    });
  });

  describe('an erasure', () => {
    it('takes every value away, from answers that are kept, too, and leaves the others’', async () => {
      const other = await known('stays42');
      const customer = await known('goes42');
      const headers = { 'idempotency-key': newId() };
      const made = await call(admin, 'POST', '/customers', {
        body: { kind: 'individual', familyName: 'Kept goes42' },
        headers,
      });
      const path = (id: string) => `/customers/${id}/erase`;
      assert.equal((await call(admin, 'POST', path(made.json.id))).status, 204);
      assert.equal((await call(admin, 'POST', path(customer.id))).status, 204);

      assert.equal((await call(admin, 'GET', `/customers/${customer.id}`)).status, 404);
      const exported = await call(admin, 'POST', `/customers/${customer.id}/export`);
      assert.equal(exported.status, 200);
      assert.ok(!exported.text.includes('goes42'), exported.text);
      assert.deepEqual(exported.json.objects, []);
      assert.deepEqual(
        exported.json.reveals.map((each: { reason: null }) => each.reason),
        [null, null],
      );
      assert.ok((await call(admin, 'POST', `/customers/${other.id}/export`)).text.includes('Reason stays42'));
      // The answer that was kept for its key is forgotten: sent again, it is a new request.
      const again = await call(admin, 'POST', '/customers', {
        body: { kind: 'individual', familyName: 'Kept goes42' },
        headers,
      });
      assert.equal(again.headers.get('idempotency-replayed'), null);
    });

    it('can be done again, for one who was removed or archived, and for nobody else', async () => {
      const customer = await create();
      const archived = await create({ archivedAt: '2026-01-15T09:00:00.000Z' });
      assert.equal((await call(admin, 'POST', `/customers/${archived.id}/erase`)).status, 204);
      for (let count = 0; count < 2; count++) {
        assert.equal((await call(admin, 'POST', `/customers/${customer.id}/erase`)).status, 204);
      }
      for (const id of [newId(), 'x', String(customer.number)]) {
        assert.equal((await call(admin, 'POST', `/customers/${id}/erase`)).status, 404);
      }
      const stranger = await operator(concord, concord.meadow, { role: 'admin' });
      const mine = await create();
      assert.equal((await call(stranger, 'POST', `/customers/${mine.id}/erase`)).status, 404);
      assert.equal((await concord.record(concord.harbor, mine.id)).familyName, 'Sample');
    });
  });
});
