/** Flecto's inquiries: asked for in the store, answered by the shop, made into customers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { type Answer, type Concord, send, startConcord } from '../support/concord.ts';
import { aCustomer, email, phone } from '../support/customers.ts';

const STORE = '/api/store/harbor/inquiries';
const INQUIRIES = '/api/saas/me/inquiries';

const FULL = {
  name: 'Vera Visitor',
  email: 'vera@example.test',
  phone_number: '+17175550177',
  message: 'Two tents, please.\nWith pegs.',
  start_at: '2026-07-01T09:00:00+02:00',
  end_at: '2026-07-03T09:00:00Z',
  items: [{ item_id: 12, quantity: 2 }, { item_id: 'tent-4' }],
};

describe('flecto inquiries', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const document = (attributes: unknown) => ({ data: { type: 'inquiry', attributes } });
  const visit = (body: unknown, path = STORE): Promise<Answer> =>
    send(`${concord.origin}${path}`, 'POST', {}, { body });
  const own = (method: string, path: string, options = {}) =>
    concord.send(concord.harbor, 'flecto', method, path, options);
  const ask = async (attributes: object = {}): Promise<string> => {
    const answer = await visit(
      document({ name: 'Vera Visitor', phone_number: '+17175550178', ...attributes }),
    );
    assert.equal(answer.status, 201, answer.text);
    return answer.json.data.id;
  };
  const read = async (id: string, query = '') => (await own('GET', `${INQUIRIES}/${id}${query}`)).json;
  const linked = async (id: string) => (await read(id)).data.relationships.customer.data?.id ?? null;

  describe('Creates an inquiry', () => {
    it('takes one without credentials, and tells the visitor nothing of a match', async () => {
      await concord.create(concord.harbor, aCustomer({ contactPoints: [email('VERA@example.test')] }));
      const answer = await visit(document(FULL));
      assert.equal(answer.status, 201);
      const { id, attributes, ...rest } = answer.json.data;
      assert.deepEqual(rest, { type: 'inquiry' });
      const { internal_id, created_at, updated_at, ...shown } = attributes;
      assert.equal(created_at, updated_at);
      assert.equal(String(internal_id), id);
      assert.deepEqual(shown, {
        ...FULL,
        status: 'open',
        start_at: '2026-07-01T07:00:00.000Z',
        end_at: '2026-07-03T09:00:00.000Z',
        items: [
          { item_id: '12', quantity: 2 },
          { item_id: 'tent-4', quantity: 1 },
        ],
      });
      assert.equal(answer.headers.get('location'), `${concord.origin}/api/saas/inquiries/${id}`);
    });

    it('matches a returning customer by e-mail, then by phone', async () => {
      const byEmail = await concord.create(
        concord.harbor,
        aCustomer({ contactPoints: [email('Known@Example.test')] }),
      );
      const byPhone = await concord.create(
        concord.harbor,
        aCustomer({ contactPoints: [phone('+1 717 555 0160')] }),
      );
      const cases: [object, Customer | null][] = [
        [{ email: 'known@example.test', phone_number: '+17175550160' }, byEmail],
        [{ email: 'unknown@example.test', phone_number: '+1 (717) 555-0160' }, byPhone],
        [{ email: 'unknown@example.test', phone_number: '+17175550161' }, null],
      ];
      for (const [contact, customer] of cases) {
        assert.equal(await linked(await ask(contact)), customer === null ? null : String(customer.number));
      }
    });

    it('404 for a store that nobody has, before the values are looked at', async () => {
      for (const store of ['nobody', 'HARBOR', '%00', 'harbor%20x']) {
        const answer = await visit(document({ name: '' }), `/api/store/${store}/inquiries`);
        assert.equal(answer.status, 404, store);
        assert.equal(answer.json.errors[0].code, 'not_found');
      }
    });

    it('needs a name and a way to answer, and refuses what cannot be, all at once', async () => {
      const cases: [object, string[]][] = [
        [{}, ['email', 'name']],
        [{ name: 'A', email: null }, ['email']],
        [{ name: 'A', email: 'x', phone_number: '1' }, ['email', 'phone_number']],
        [{ ...FULL, end_at: null }, ['end_at']],
        [{ ...FULL, end_at: FULL.start_at }, ['end_at']],
        [{ ...FULL, start_at: '2016-12-31T23:59:60Z' }, ['start_at']],
        [{ ...FULL, start_at: '0000-01-01T00:00:00+01:00' }, ['start_at']],
        [{ ...FULL, end_at: '9999-12-31T23:59:59-01:00' }, ['end_at']],
        [{ ...FULL, start_at: 'tomorrow', message: 'a\u0000' }, ['message', 'start_at']],
        [{ ...FULL, items: 'x' }, ['items']],
        [
          { ...FULL, items: [{ item_id: 1, quantity: 0 }, 7, {}] },
          ['items/0/quantity', 'items/1', 'items/2/item_id'],
        ],
        [{ ...FULL, items: Array.from({ length: 101 }, () => ({ item_id: 1 })) }, ['items']],
      ];
      for (const [attributes, faulty] of cases) {
        const answer = await visit(document(attributes));
        assert.equal(answer.status, 422, answer.text);
        assert.deepEqual(
          answer.json.errors.map((error: { source: { pointer: string } }) => error.source.pointer).sort(),
          faulty.map(name => `/data/attributes/${name}`),
        );
      }
      assert.equal((await visit({ data: { type: 'booking', attributes: FULL } })).status, 409);
      assert.equal((await visit('')).status, 400);
    });

    it('takes 600 a minute for each store, and says when to come again', async () => {
      const flooded = await concord.tenant('flooded');
      const path = `/api/store/${flooded.name}/inquiries`;
      const body = document({ name: 'Vera Visitor', email: 'vera@example.test' });
      // What is refused anyway does not count.
      for (const [faulty, status] of [
        [document({}), 422],
        [{ data: {} }, 400],
      ] as const) {
        assert.equal((await visit(faulty, path)).status, status);
      }
      const answers: Answer[] = [];
      while (answers.length < 603) {
        answers.push(...(await Promise.all(Array.from({ length: 67 }, () => visit(body, path)))));
      }
      const refused = answers.filter(answer => answer.status !== 201);
      assert.deepEqual(
        refused.map(answer => answer.status),
        [429, 429, 429],
      );
      for (const { headers, json } of refused) {
        assert.match(headers.get('retry-after') ?? '', /^([1-9]|[1-5][0-9]|60)$/);
        assert.equal(json.errors[0].code, 'too_many_requests');
      }
      const kept = await concord.send(flooded, 'flecto', 'GET', INQUIRIES);
      assert.equal(kept.json.meta.total, 600);
      assert.equal((await visit(body)).status, 201);
    });
  });

  describe('reading', () => {
    it('shows one by both of its ids, with its customer when asked', async () => {
      const customer = await concord.create(
        concord.harbor,
        aCustomer({ contactPoints: [email('reader@example.test')] }),
      );
      const id = await ask({ email: 'reader@example.test' });
      const { data, included } = await read(id, '?include=customer&fields[customer]=name');
      assert.deepEqual(data.relationships, {
        customer: { data: { id: String(customer.number), type: 'customer' } },
      });
      assert.deepEqual(included, [
        { id: String(customer.number), type: 'customer', attributes: { name: 'Ada Sample' } },
      ]);
      assert.deepEqual((await own('GET', `/api/saas/inquiries/${id}`)).json.data, data);
      await own('DELETE', `/api/saas/me/customers/${customer.number}`);
      assert.equal(await linked(id), null);
    });

    it('lists the newest first, by state, in pages', async () => {
      const [first, second] = [await ask(), await ask()];
      await own('POST', `${INQUIRIES}/${second}/status/approve`);
      const newest = await own('GET', `${INQUIRIES}?page[size]=2&include=customer`);
      assert.deepEqual(
        newest.json.data.map((each: { id: string }) => each.id),
        [second, first],
      );
      assert.ok(newest.json.meta.total >= 2);
      const oldest = await own('GET', `${INQUIRIES}?sort=created_at&page[size]=1`);
      assert.equal(oldest.json.data[0].id, '1');
      const approved = await own('GET', `${INQUIRIES}?filter[status]=approved`);
      assert.deepEqual(
        approved.json.data.map((each: { id: string }) => each.id),
        [second],
      );
      assert.ok(approved.json.links.self.includes('filter%5Bstatus%5D=approved'));
      for (const query of ['filter[status]=gone', 'sort=name', 'include=items', 'filter[search]=x']) {
        assert.equal((await own('GET', `${INQUIRIES}?${query}`)).status, 400, query);
      }
    });

    it('404 for an unknown one, a number that is none, and another tenant', async () => {
      const id = await ask();
      for (const path of [`${INQUIRIES}/x`, `${INQUIRIES}/999999`, '/api/saas/inquiries/0']) {
        assert.equal((await own('GET', path)).status, 404);
      }
      for (const path of [`${INQUIRIES}/${id}`, `/api/saas/inquiries/${id}`]) {
        assert.equal((await concord.send(concord.meadow, 'flecto', 'GET', path)).status, 404);
      }
    });
  });

  describe('Inquiry Status', () => {
    it('goes from open to approved or rejected and back, and nowhere else', async () => {
      const id = await ask();
      const steps: [string, number, string][] = [
        ['unapprove', 409, 'open'],
        ['unreject', 409, 'open'],
        ['approve', 200, 'approved'],
        ['approve', 409, 'approved'],
        ['reject', 409, 'approved'],
        ['unapprove', 200, 'open'],
        ['reject', 200, 'rejected'],
        ['unapprove', 409, 'rejected'],
        ['unreject', 200, 'open'],
      ];
      for (const [verb, status, after] of steps) {
        for (const method of status === 200 ? ['POST'] : ['POST', 'PUT']) {
          const answer = await own(method, `${INQUIRIES}/${id}/status/${verb}`);
          assert.equal(answer.status, status, verb);
          if (status === 200) assert.equal(answer.json.data.attributes.status, after);
          assert.equal((await read(id)).data.attributes.status, after);
        }
      }
    });

    it('takes PUT as well, says why not in three languages, and knows no other verbs', async () => {
      const id = await ask();
      assert.equal((await own('PUT', `${INQUIRIES}/${id}/status/reject`)).status, 200);
      const answer = await own('POST', `${INQUIRIES}/${id}/status/approve`, {
        headers: { 'accept-language': 'pt' },
      });
      assert.equal(answer.status, 409);
      assert.equal(answer.json.errors[0].detail, 'O pedido não está aberto.');
      assert.equal((await own('POST', `${INQUIRIES}/${id}/status/close`)).status, 404);
      assert.equal((await own('POST', `${INQUIRIES}/999999/status/approve`)).status, 404);
      assert.equal((await own('GET', `${INQUIRIES}/${id}/status/approve`)).status, 405);
    });

    it('takes an empty body or any JSON, and nothing else', async () => {
      const id = await ask();
      const path = `${INQUIRIES}/${id}/status/approve`;
      const types = [
        ['x', 'text/plain', 415],
        ['{', 'application/json', 400],
        ['{}', 'application/vnd.api+json', 200],
      ] as const;
      for (const [body, type, status] of types) {
        const answer = await own('POST', path, { body, headers: { 'content-type': type } });
        assert.equal(answer.status, status);
      }
    });

    it('lets one of two win who change it at once', async () => {
      const id = await ask();
      const answers = await Promise.all(
        ['approve', 'reject', 'approve', 'reject'].map(verb =>
          own('POST', `${INQUIRIES}/${id}/status/${verb}`),
        ),
      );
      assert.deepEqual(answers.map(answer => answer.status).sort(), [200, 409, 409, 409]);
    });
  });

  describe('Create customer from inquiry', () => {
    it('copies the contact, links the two, emits the event; a second time is 200 with the same', async () => {
      const id = await ask({ email: 'new@example.test' });
      const answer = await own('POST', `${INQUIRIES}/${id}/customer`);
      assert.equal(answer.status, 201);
      const { name, email: address, phone_number } = answer.json.data.attributes;
      assert.deepEqual([name, address, phone_number], ['Vera Visitor', 'new@example.test', '+17175550178']);
      const path = `/api/saas/me/customers/${answer.json.data.id}`;
      assert.equal(answer.headers.get('location'), `${concord.origin}${path}`);
      assert.equal(await linked(id), answer.json.data.id);
      const again = await own('POST', `${INQUIRIES}/${id}/customer`);
      assert.equal(again.status, 200);
      assert.deepEqual(again.json.data, answer.json.data);
      const customer = await concord.store.customers.find(concord.harbor.id, {
        number: Number(answer.json.data.id),
      });
      const [change] = await concord.store.changes.history(concord.harbor.id, customer!.id, { limit: 1 });
      assert.equal(change!.event, 'CUSTOMER__CREATED');
    });

    it('gives a returning customer, changed in nothing', async () => {
      const customer = await concord.create(
        concord.harbor,
        aCustomer({ contactPoints: [email('again@example.test')] }),
      );
      const id = await ask({ email: 'again@example.test', name: 'Another Name' });
      const answer = await own('POST', `${INQUIRIES}/${id}/customer`);
      assert.equal(answer.status, 200);
      assert.equal(answer.json.data.id, String(customer.number));
      assert.deepEqual(await concord.record(concord.harbor, customer.id), customer);
    });

    it('makes one customer for many who ask at once', async () => {
      const id = await ask({ phone_number: '+17175550191' });
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => own('POST', `${INQUIRIES}/${id}/customer`)),
      );
      assert.equal(answers.filter(answer => answer.status === 201).length, 1);
      assert.equal(answers.filter(answer => answer.status === 200).length, 7);
      assert.equal(new Set(answers.map(answer => answer.json.data.id)).size, 1);
    });

    it('makes another one after the first was removed', async () => {
      const id = await ask({ phone_number: '+17175550192' });
      const first = await own('POST', `${INQUIRIES}/${id}/customer`);
      await own('DELETE', `/api/saas/me/customers/${first.json.data.id}`);
      const second = await own('POST', `${INQUIRIES}/${id}/customer`);
      assert.equal(second.status, 201);
      assert.notEqual(second.json.data.id, first.json.data.id);
    });

    it('404 for an unknown inquiry and for another tenant', async () => {
      const id = await ask();
      assert.equal((await own('POST', `${INQUIRIES}/999999/customer`)).status, 404);
      const foreign = await concord.send(concord.meadow, 'flecto', 'POST', `${INQUIRIES}/${id}/customer`);
      assert.equal(foreign.status, 404);
    });
  });
});
