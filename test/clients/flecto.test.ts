/** `kitsu`, a client for any JSON:API, as it is published: only the base address and the headers are ours. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Kitsu from 'kitsu';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';

/** What the client gives for an error: the document's `errors` and the response. */
interface Refused {
  readonly errors?: readonly {
    readonly code: string;
    readonly source: Readonly<Record<string, string>>;
  }[];
  readonly response: { readonly status: number };
}

describe('kitsu', () => {
  let concord: Concord;
  let shop: TestTenant;
  let api: Kitsu;
  before(async () => {
    concord = await startConcord();
    shop = await concord.tenant('orchard');
    api = new Kitsu({
      baseURL: `${concord.origin}/api/saas/me`,
      headers: shop.access.flecto.headers,
      // Flecto's types are singular and in snake case, as its attributes are.
      pluralize: false,
      camelCaseTypes: false,
      resourceCase: 'snake',
    });
  });
  after(() => concord.stop());

  // The client derives the type from the last word of the path; where the two differ, its `request` names both.
  const create = (type: string, url: string, body: object) =>
    api.request({ method: 'POST', type, url, body });
  const update = (type: string, url: string, body: object) =>
    api.request({ method: 'PATCH', type, url, body });
  const refusal = (sent: Promise<unknown>): Promise<Refused> =>
    sent.then(
      () => assert.fail('it was not refused'),
      (error: Refused) => error,
    );

  it('creates, gets, updates and deletes a customer', async () => {
    const made = await create('customer', 'customers', { name: 'Ada Sample', email: 'ada@example.test' });
    assert.equal(made.status, 201);
    assert.equal(made.headers.location, `${concord.origin}/api/saas/me/customers/${made.data.id}`);
    assert.equal(made.headers['content-type'], 'application/vnd.api+json');
    assert.equal(made.data.type, 'customer');
    assert.equal(made.data.email, 'ada@example.test');

    const url = `customers/${made.data.id}`;
    const changed = await update('customer', url, {
      id: made.data.id,
      name: 'Ada Maria Sample',
      locale: 'pt',
    });
    assert.equal(changed.status, 200);
    assert.equal(changed.data, undefined);

    const read = await api.get(url);
    assert.equal(read.data.name, 'Ada Maria Sample');
    assert.equal(read.data.locale, 'pt');
    assert.equal(read.data.email, 'ada@example.test');

    const gone = await api.delete('customers', made.data.id);
    assert.equal(gone.status, 204);
    assert.equal((await refusal(api.get(url))).response.status, 404);
  });

  it('writes back the whole resource that it read', async () => {
    const made = await create('customer', 'customers', {
      name: 'Bo Sample',
      phone_number: '+351 21 123 45 67',
    });
    const { data } = await api.get(`customers/${made.data.id}`);
    const changed = await update('customer', `customers/${data.id}`, { ...data, notes: 'likes tents' });
    assert.equal(changed.status, 200);
    const again = await api.get(`customers/${data.id}`);
    const { updated_at: _before, ...before } = { ...data, notes: 'likes tents' };
    const { updated_at: _after, ...after } = again.data;
    assert.deepEqual(after, before);
  });

  it('lists with pages, order, search, inclusion and fieldsets', async () => {
    for (const name of ['Cy Quay', 'Al Quay', 'Bea Quay']) {
      const made = await create('customer', 'customers', { name, notes: 'x' });
      const url = `customers/${made.data.id}/addresses`;
      for (const city of ['Lisboa', 'Porto']) await create('customer_address', url, { address_city: city });
    }
    const list = await api.get('customers', {
      params: {
        page: { number: 1, size: 2 },
        sort: 'name',
        filter: { search: 'quay' },
        include: 'addresses,main_address',
        fields: { customer: 'name,addresses,main_address', customer_address: 'address_city,main' },
      },
    });
    assert.deepEqual(list.meta, { total: 3, pages: 2 });
    assert.deepEqual(
      list.data.map((each: { name: string }) => each.name),
      ['Al Quay', 'Bea Quay'],
    );
    const [first] = list.data;
    assert.equal(first.notes, undefined);
    assert.deepEqual(
      first.addresses.data.map((each: { address_city: string }) => each.address_city),
      ['Lisboa', 'Porto'],
    );
    assert.equal(first.main_address.data.address_city, 'Lisboa');

    const next = await api.get('customers', {
      params: Object.fromEntries(new URL(list.links.next).searchParams),
    });
    assert.deepEqual(
      next.data.map((each: { name: string }) => each.name),
      ['Cy Quay'],
    );
    assert.equal(next.links.next, null);
    // Lists are sent as repeated parameters too.
    const repeated = await api.get('customers', {
      params: { sort: ['name', 'internal_id'] as unknown as string, include: 'addresses' },
    });
    assert.ok(repeated.data.length >= 3);
  });

  it('creates, lists, updates and deletes addresses, with their customer', async () => {
    const customer = (await create('customer', 'customers', { name: 'Dee Sample' })).data;
    const url = `customers/${customer.id}/addresses`;
    const main = (await create('customer_address', url, { label: 'HQ', address_country_code: 'PT' })).data;
    const other = (await create('customer_address', url, { label: 'Yard' })).data;
    assert.deepEqual([main.main, other.main], [true, false]);
    const moved = await update('customer_address', `${url}/${other.id}`, { id: other.id, main: true });
    assert.equal(moved.status, 200);
    const list = await api.get(url, { params: { include: 'customer', sort: '-label' } });
    assert.deepEqual(
      list.data.map((each: { label: string; main: boolean }) => [each.label, each.main]),
      [
        ['Yard', true],
        ['HQ', false],
      ],
    );
    assert.equal(list.data[0].customer.data.name, 'Dee Sample');
    assert.equal((await api.delete(url, other.id)).status, 204);
    assert.equal((await api.get(url)).data.length, 1);
  });

  it('gets errors with their sources', async () => {
    const faulty = await refusal(create('customer', 'customers', { name: '', locale: 'de' }));
    assert.equal(faulty.response.status, 422);
    assert.deepEqual(
      faulty.errors?.map(error => error.source),
      [{ pointer: '/data/attributes/name' }, { pointer: '/data/attributes/locale' }],
    );
    const unknown = await refusal(api.get('customers', { params: { include: 'orders' } }));
    assert.equal(unknown.response.status, 400);
    assert.deepEqual(unknown.errors?.[0]?.source, { parameter: 'include' });
    // Left to itself, the client takes the word in the path for the type.
    const mistyped = await refusal(api.create('customers', { name: 'Ada' }));
    assert.equal(mistyped.response.status, 409);
  });
});
