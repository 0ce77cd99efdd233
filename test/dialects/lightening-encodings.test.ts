/** Every encoding of a query and of a body (lightening.md §5), on every operation that reads one. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { COST_CENTERS } from '../../src/dialects/lightening/cost-center.ts';
import type { Customer } from '../../src/record/customer.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, HARRISBURG } from '../support/customers.ts';

const PASSWORD = 'Demo-password-1!';
const FORM = 'application/x-www-form-urlencoded';

/** What is sent, by name; a list is the list of customers. */
type Fields = Readonly<Record<string, string | readonly number[]>>;

interface Encoded {
  readonly type: string | undefined;
  readonly body: string | Buffer;
}

/** The forms of §5.1 for a list under a name, as pairs that are not encoded yet. */
const LIST_FORMS: Readonly<Record<string, (name: string, [a, b]: readonly number[]) => [string, string][]>> =
  {
    'brackets (form 1)': (name, [a, b]) => [
      [`${name}[]`, `${a}`],
      [`${name}[]`, `${b}`],
    ],
    'indexes, by appearance (form 2)': (name, [a, b]) => [
      [`${name}[1]`, `${a}`],
      [`${name}[0]`, `${b}`],
    ],
    'repeated (form 3)': (name, [a, b]) => [
      [name, `${a}`],
      [name, `${b}`],
    ],
    'commas (form 4)': (name, [a, b]) => [[name, `${a},${b}`]],
    'commas with spaces and a trailing one': (name, [a, b]) => [[name, ` ${a} , ${b}, `]],
    'JSON text (form 6)': (name, [a, b]) => [[name, `[${a},"${b}"]`]],
    'mixed forms, duplicates and empty entries': (name, [a, b]) => [
      [name, `${a}`],
      [`${name}[]`, ''],
      [`${name}[7]`, `${b},${a}`],
      [name, `[${b}]`],
    ],
  };

const encoded = (pairs: readonly [string, string][]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

/** As people and many clients write them: brackets and commas as they are, blanks as `+`. */
const plain = (pairs: readonly [string, string][]): string =>
  pairs.map(([name, value]) => `${name}=${value.replaceAll('&', '%26').replaceAll(' ', '+')}`).join('&');

async function multipart(pairs: readonly [string, string][]): Promise<Encoded> {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  form.append('scan', new Blob([Uint8Array.of(255, 254)]), 'scan.bin');
  const response = new Response(form);
  const body = Buffer.from(await response.arrayBuffer());
  return { type: response.headers.get('content-type') ?? '', body };
}

/** The fields in every encoding of §5.2; the list, where there is one, in every form of §5.1. */
async function encodingsOf(fields: Fields): Promise<Map<string, Encoded>> {
  const all = new Map<string, Encoded>();
  const json = JSON.stringify(fields);
  all.set('JSON', { type: 'application/json', body: json });
  all.set('JSON with a charset', { type: 'Application/JSON; charset=utf-8', body: json });
  all.set('JSON without a content type', { type: undefined, body: ` \n${json}` });
  const texts = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const lists = Object.entries(fields).filter((entry): entry is [string, number[]] =>
    Array.isArray(entry[1]),
  );
  const [list] = lists;
  if (list) {
    const strings = JSON.stringify({ ...fields, [list[0]]: list[1].map(String) });
    all.set('JSON with digits as texts', { type: 'application/json', body: strings });
  }
  const forms = list
    ? Object.entries(LIST_FORMS).map(([name, pairsOf]) => [name, pairsOf(...list)] as const)
    : [['no list', [] as [string, string][]] as const];
  for (const [name, pairs] of forms) {
    const fieldsOf = [...pairs, ...texts];
    all.set(`urlencoded, ${name}`, { type: FORM, body: plain(fieldsOf) });
    all.set(`urlencoded with a charset, all percent-encoded, ${name}`, {
      type: `${FORM};charset=UTF-8`,
      body: encoded(fieldsOf),
    });
    all.set(`urlencoded without a content type, ${name}`, { type: undefined, body: plain(fieldsOf) });
    all.set(`multipart, ${name}`, await multipart(fieldsOf));
  }
  return all;
}

describe('lightening encodings', () => {
  let concord: Concord;
  let a: Customer;
  let b: Customer;
  before(async () => {
    concord = await startConcord();
    a = await concord.create(concord.harbor, aCustomer({}, []));
    b = await concord.create(concord.harbor, aCustomer({}, []));
  });
  after(() => concord.stop());

  const get = (path: string) => concord.send(concord.harbor, 'lightening', 'GET', path);
  const post = (path: string, { type, body }: Encoded, headers: Record<string, string | undefined> = {}) =>
    concord.send(concord.harbor, 'lightening', 'POST', path, {
      body,
      headers: { 'content-type': type, ...headers },
    });
  const list = () => [b.number, a.number];
  const ownersOf = async (id: string): Promise<string[]> => {
    const { entities } = (await get(`/address?customer_id=${b.number},${a.number}`)).json;
    return entities
      .filter((row: { id: string }) => row.id === id)
      .map((row: { customer_id: string }) => row.customer_id);
  };

  /** The list in each form of §5.1, as it is and percent-encoded. */
  const queries = (): [string, string][] =>
    Object.entries(LIST_FORMS).flatMap(([name, pairsOf]): [string, string][] => {
      const pairs = pairsOf('customer_id', list());
      return [
        [name, plain(pairs)],
        [`${name}, percent-encoded`, encoded(pairs)],
      ];
    });

  it('GET /address reads the list in every form', async () => {
    const customer_ids = list();
    const { id } = (await post('/address', json({ customer_ids, company: 'Harbor Tools' }))).json;
    for (const [name, query] of queries()) {
      const { entities } = (await get(`/address?${query}`)).json;
      const rows = entities.filter((row: { id: string }) => row.id === id);
      assert.deepEqual(
        rows.map((row: { customer_id: string }) => Number(row.customer_id)),
        customer_ids,
        name,
      );
    }
    const single = (await get(`/address?customer_id=${a.number}`)).json.entities;
    assert.ok(single.every((row: { customer_id: string }) => row.customer_id === String(a.number)));
  });

  it('GET /cost_center reads the list in every form', async () => {
    const made: string[] = [];
    for (const { number } of [a, b]) {
      const body = { name: 'Freight', customer: number };
      made.push(String((await concord.store.objects.create(concord.harbor.id, COST_CENTERS, body)).number));
    }
    for (const [name, query] of queries()) {
      const { entities, total } = (await get(`/cost_center?${query}`)).json;
      assert.deepEqual(
        entities.map((row: { id: string }) => row.id),
        made,
        name,
      );
      assert.equal(total, 2);
    }
    const single = (await get(`/cost_center?customer_id=${a.number}`)).json;
    assert.deepEqual([single.total, single.entities[0].id], [1, made[0]]);
  });

  it('POST /address reads every encoding', async () => {
    const fields = { customer_ids: list(), company: 'Tools & Co', city: 'Lisbôa', street1: '12 Quay Rd' };
    for (const [name, request] of await encodingsOf(fields)) {
      const answer = await post('/address', request);
      assert.equal(answer.json.result, true, `${name}: ${answer.text}`);
      const { entity } = (await get(`/address/${answer.json.id}`)).json;
      assert.deepEqual(
        [entity.customer_id, entity.company, entity.city, entity.street1],
        [String(b.number), 'Tools & Co', 'Lisbôa', '12 Quay Rd'],
        name,
      );
      assert.deepEqual(await ownersOf(answer.json.id), list().map(String), name);
      await get(`/address/${answer.json.id}/delete`);
    }
  });

  it('POST /address/{internal_id} reads every encoding', async () => {
    const fields = { customer_ids: list(), company: 'Tools & Co', city: 'Lisbôa' };
    for (const [name, request] of await encodingsOf(fields)) {
      const created = await post(
        '/address',
        json({ customer_ids: [a.number], company: 'Before', city: 'x' }),
      );
      const answer = await post(`/address/${created.json.id}`, request);
      assert.deepEqual(answer.json, { msg: 'Successfully updated entity.', result: true }, name);
      const { entity } = (await get(`/address/${created.json.id}`)).json;
      assert.deepEqual(
        [entity.customer_id, entity.company, entity.city],
        [String(b.number), 'Tools & Co', 'Lisbôa'],
        name,
      );
      assert.deepEqual(await ownersOf(created.json.id), list().map(String), name);
      await get(`/address/${created.json.id}/delete`);
    }
  });

  it('POST /login reads every encoding', async () => {
    for (const field of ['username', 'email']) {
      for (const [name, request] of await encodingsOf({ [field]: 'harbor', password: PASSWORD })) {
        const answer = await post('/login', request, { authorization: undefined });
        assert.equal(answer.json.result, true, `${field}, ${name}: ${answer.text}`);
      }
    }
  });

  it('POST /logout and POST /address/{internal_id}/delete take every encoding, and read nothing in it', async () => {
    for (const [name, request] of await encodingsOf({ customer_ids: list(), company: 'x' })) {
      const { token } = (await post('/login', json({ username: 'harbor', password: PASSWORD }))).json;
      const out = await post('/logout', request, { authorization: `Bearer ${token}` });
      assert.deepEqual(out.json, { msg: 'Successfully logged out.', result: true }, name);
      const created = await post('/address', json({ customer_ids: list(), company: 'x' }));
      const gone = await post(`/address/${created.json.id}/delete`, request);
      assert.equal(gone.json.msg, 'Entity has been successfully deleted.', name);
      assert.equal((await get(`/address/${created.json.id}`)).json.msg, 'Entity not found.', name);
    }
  });

  it('every operation with a body refuses what it cannot read, and says so when nothing is sent', async () => {
    const customer = await concord.create(concord.harbor, aCustomer({}, [HARRISBURG]));
    const member = `/address/${customer.addresses[0]!.address.number}`;
    const expectFailure = (answer: Answer, status: number, name: string) => {
      assert.deepEqual(
        [answer.status, answer.json.result, typeof answer.json.error],
        [status, false, 'string'],
        name,
      );
    };
    for (const path of ['/address', member, '/login']) {
      for (const type of [
        'application/json',
        FORM,
        'multipart/form-data; boundary=x',
        'text/plain',
        undefined,
      ]) {
        const answer = await post(path, { type, body: '' });
        assert.deepEqual(
          answer.json,
          { error: 'Nothing sent for request.', result: false },
          `${path} ${type}`,
        );
      }
      expectFailure(await post(path, { type: 'application/json', body: '{' }), 400, path);
      expectFailure(await post(path, { type: FORM, body: 'company=%FF' }), 400, path);
      expectFailure(await post(path, { type: 'multipart/form-data', body: 'x' }), 400, path);
      expectFailure(await post(path, { type: undefined, body: '{' }), 400, path);
      expectFailure(await post(path, { type: 'text/xml', body: '<a/>' }), 415, path);
      expectFailure(await post(path, { type: FORM, body: 'x'.repeat(65_537) }), 413, path);
    }
  });

  const json = (fields: Fields): Encoded => ({ type: 'application/json', body: JSON.stringify(fields) });
});
