/** Flecto's own profile, own addresses and tax profile, and its check of an e-mail address. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { lookupOf } from '../../src/dialects/flecto/auth.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, email } from '../support/customers.ts';
import { startOpenidProvider } from '../support/openid-provider.ts';

const ADDRESSES = '/api/me/addresses';

const ADDRESS = {
  main: true,
  label: 'Office',
  latitude: 38.72,
  longitude: -9.14,
  address_street: 'Rua Augusta 12',
  address_city: 'Lisboa',
  address_postal_code: '1100-048',
  address_region: 'Lisboa',
  address_country_code: 'PT',
};

describe('flecto me', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const send = (method: string, path: string, body?: unknown, tenant = concord.harbor) =>
    concord.send(tenant, 'flecto', method, path, body === undefined ? {} : { body });
  const document = (type: string, attributes: unknown) => ({ data: { type, attributes } });

  for (const { path, type, values, faulty } of [
    {
      path: '/api/me',
      type: 'user',
      values: {
        name: 'Ada Sample',
        email: 'ada@example.test',
        phone_number: '+351 21 123 45 67',
        locale: 'pt',
      },
      faulty: { name: 'a\nb', email: 'x', phone_number: '1', locale: 'de' },
    },
    {
      path: '/api/me/tax_profile',
      type: 'tax_profile',
      values: {
        fiscal_name: 'Ada Sample, Lda.',
        vat_number: 'PT123456789',
        tax_percentage: 23,
        address_street: 'Rua Augusta 12',
        address_city: 'Lisboa',
        address_postal_code: '1100-048',
        address_region: 'Lisboa',
        address_country_code: 'PT',
      },
      faulty: { tax_percentage: 101, address_country_code: 'XX', fiscal_name: 7 },
    },
  ]) {
    describe(path, () => {
      const read = async (tenant = concord.harbor) => (await send('GET', path, undefined, tenant)).json.data;

      it('is there before it was written, with nothing in it', async () => {
        const { attributes, ...rest } = await read();
        assert.equal(rest.type, type);
        assert.ok(rest.id.length > 0);
        assert.ok(Object.values(attributes).every(value => value === null));
      });

      for (const method of ['PUT', 'PATCH']) {
        it(`${method} writes what is there, keeps the rest, clears with null`, async () => {
          const answer = await send(method, path, document(type, { ...values, colour: 'red' }));
          assert.equal(answer.status, 200);
          assert.equal(answer.text, '');
          const [first] = Object.keys(values) as [keyof typeof values];
          await send(method, path, document(type, { [first]: null }));
          const { created_at, updated_at, ...shown } = (await read()).attributes;
          assert.ok(created_at <= updated_at);
          assert.deepEqual(shown, { ...values, [first]: null });
        });
      }

      it('ignores what it does not know, whatever its name', async () => {
        await send('PUT', path, document(type, values));
        const before = (await read()).attributes;
        const unknown = JSON.parse('{"constructor":"x","toString":"x","__proto__":{"name":"x"}}');
        assert.equal((await send('PUT', path, document(type, unknown))).status, 200);
        // What is kept nowhere changes nothing, the time of the last change included.
        assert.deepEqual((await read()).attributes, before);
      });

      it('belongs to the tenant that wrote it, and is one whoever writes at once', async () => {
        await Promise.all(Array.from({ length: 5 }, () => send('PUT', path, document(type, values))));
        const { created_at, updated_at, ...shown } = (await read()).attributes;
        assert.ok(created_at && updated_at);
        assert.deepEqual(shown, values);
        assert.ok(Object.values((await read(concord.meadow)).attributes).every(value => value === null));
      });

      it('refuses faulty values all at once, another type, another shape, parameters it does not know', async () => {
        const answer = await send('PUT', path, document(type, faulty));
        assert.equal(answer.status, 422);
        assert.equal(answer.json.errors.length, Object.keys(faulty).length);
        assert.equal((await send('PUT', path, document('booking', {}))).status, 409);
        assert.equal((await send('PUT', path, { data: { type } })).status, 400);
        for (const query of ['include=addresses', 'constructor=x', '__proto__=x']) {
          assert.equal((await send('GET', `${path}?${query}`)).status, 400, query);
        }
        const sparse = await send('GET', `${path}?fields[${type}]=created_at`);
        assert.deepEqual(Object.keys(sparse.json.data.attributes), ['created_at']);
      });
    });
  }

  describe(ADDRESSES, () => {
    const list = async () => (await send('GET', ADDRESSES)).json.data;
    const create = async (attributes: object): Promise<string> =>
      (await send('POST', ADDRESSES, document('user_address', attributes))).json.data.id;
    const mains = async () =>
      (await list()).filter((each: { attributes: { main: boolean } }) => each.attributes.main);

    it('creates with 201 and a Location that can be read; the first is main whatever it says', async () => {
      const answer = await send('POST', ADDRESSES, document('user_address', { ...ADDRESS, main: false }));
      assert.equal(answer.status, 201);
      const { id, type, attributes } = answer.json.data;
      const { created_at, updated_at, ...shown } = attributes;
      assert.equal(type, 'user_address');
      assert.ok(created_at && updated_at);
      assert.deepEqual(shown, ADDRESS);
      assert.equal(answer.headers.get('location'), `${concord.origin}${ADDRESSES}/${id}`);
      assert.deepEqual((await send('GET', `${ADDRESSES}/${id}`)).json.data, answer.json.data);
    });

    it('keeps exactly one main address through creating, changing, deleting', async () => {
      const [a, b] = [await create({ label: 'A', main: true }), await create({ label: 'B' })];
      assert.deepEqual((await mains())[0].id, a);
      assert.equal((await list())[0].id, a);
      await send('PATCH', `${ADDRESSES}/${b}`, document('user_address', { main: true }));
      assert.deepEqual(
        (await mains()).map((each: { id: string }) => each.id),
        [b],
      );
      await send('PUT', `${ADDRESSES}/${b}`, document('user_address', { main: false }));
      assert.equal((await mains())[0].id, b);
      assert.equal((await send('DELETE', `${ADDRESSES}/${b}`)).status, 204);
      assert.equal((await send('DELETE', `${ADDRESSES}/${b}`)).status, 404);
      const left = await list();
      assert.equal((await mains()).length, 1);
      const oldest = Math.min(...left.map((each: { id: string }) => Number(each.id)));
      assert.equal((await mains())[0].id, String(oldest));
      await Promise.all(
        [a, a, a].map(id => send('PATCH', `${ADDRESSES}/${id}`, document('user_address', { main: true }))),
      );
      assert.equal((await mains()).length, 1);
    });

    it('updates with 200 and nothing else: absent keeps, null clears, a position is whole', async () => {
      const id = await create(ADDRESS);
      const patch = (attributes: object) =>
        send('PATCH', `${ADDRESSES}/${id}`, document('user_address', attributes));
      const answer = await patch({ label: null, address_city: '' });
      assert.equal(answer.status, 200);
      assert.equal(answer.text, '');
      const { label, address_city, address_street } = (await send('GET', `${ADDRESSES}/${id}`)).json.data
        .attributes;
      assert.deepEqual([label, address_city, address_street], [null, '', 'Rua Augusta 12']);
      const faulty = await patch({ latitude: null, address_country_code: 'XX' });
      assert.equal(faulty.status, 422);
      assert.deepEqual(
        faulty.json.errors.map((error: { source: { pointer: string } }) => error.source.pointer).sort(),
        ['/data/attributes/address_country_code', '/data/attributes/latitude'],
      );
      assert.equal((await patch({ latitude: null, longitude: null })).status, 200);
    });

    it('sorts and pages when asked, and refuses another id, type and tenant', async () => {
      const id = await create({ label: 'ZZ' });
      const page = await send('GET', `${ADDRESSES}?sort=-label&page[size]=1`);
      assert.equal(page.json.data[0].id, id);
      assert.ok(page.json.meta.total > 1);
      for (const [method, path] of [
        ['GET', `${ADDRESSES}/x`],
        ['GET', `${ADDRESSES}/999999`],
        ['DELETE', `${ADDRESSES}/0`],
      ] as const) {
        assert.equal((await send(method, path)).status, 404);
      }
      assert.equal((await send('GET', `${ADDRESSES}/${id}`, undefined, concord.meadow)).status, 404);
      const foreign = document('user_address', { label: 'x' });
      assert.equal((await send('PATCH', `${ADDRESSES}/${id}`, foreign, concord.meadow)).status, 404);
      const typed = document('customer_address', { label: 'x' });
      assert.equal((await send('PATCH', `${ADDRESSES}/${id}`, typed)).status, 409);
    });
  });

  describe('the person behind the token', () => {
    it('has a profile and addresses of its own, with name and e-mail from the ID token until they are written', async () => {
      const provider = await startOpenidProvider();
      try {
        const anchor = {
          issuer: provider.issuer,
          audience: 'https://people.example.test',
          jwksUrl: provider.jwksUrl,
          inHouse: true,
        };
        await concord.store.credentials.create({
          tenant: concord.harbor.id,
          dialect: 'flecto',
          kind: 'issuer',
          name: 'people',
          lookup: lookupOf(anchor),
          settings: anchor,
        });
        const as = async (person: string) => {
          const { accessToken, idToken } = await provider.logIn(anchor.audience, person);
          const credentials = { authorization: `Bearer ${accessToken}` };
          return (method: string, path: string, body?: unknown, headers = {}) =>
            concord.send(concord.harbor, 'flecto', method, path, {
              headers: { ...credentials, 'auth0-idtoken': idToken, ...headers },
              ...(body !== undefined && { body }),
            });
        };
        const [ada, bo] = [await as('ada'), await as('bo')];
        const profile = async (who: typeof ada, headers = {}) => {
          const { id, attributes } = (await who('GET', '/api/me', undefined, headers)).json.data;
          return [id, attributes.name, attributes.email];
        };
        assert.deepEqual(await profile(ada), ['ada', 'ada Sample', 'ada@example.test']);
        assert.deepEqual(await profile(ada, { 'auth0-idtoken': undefined }), ['ada', null, null]);
        await ada('PUT', '/api/me', document('user', { name: 'Ada M. Sample' }));
        assert.deepEqual(await profile(ada), ['ada', 'Ada M. Sample', 'ada@example.test']);
        assert.deepEqual(await profile(bo), ['bo', 'bo Sample', 'bo@example.test']);
        const made = await ada('POST', ADDRESSES, document('user_address', { label: 'Home' }));
        assert.equal((await bo('GET', `${ADDRESSES}/${made.json.data.id}`)).status, 404);
        assert.deepEqual((await bo('GET', ADDRESSES)).json.data, []);
        assert.equal((await ada('GET', ADDRESSES)).json.data.length, 1);
      } finally {
        await provider.stop();
      }
    });
  });

  describe('Validation email', () => {
    const check = (query: string) => send('GET', `/api/integrations/email_validate?${query}`);

    it('says whether it is one, how it is written, and whether a customer has it', async () => {
      await concord.create(concord.harbor, aCustomer({ contactPoints: [email('known@example.test')] }));
      for (const [address, valid, normalized, known] of [
        ['Known@EXAMPLE.test', true, 'Known@example.test', true],
        ['new@example.test', true, 'new@example.test', false],
        ['no mail', false, null, false],
        ['a\u0000@example.test', false, null, false],
      ] as const) {
        const answer = await check(`email=${encodeURIComponent(address)}`);
        assert.equal(answer.status, 200);
        assert.deepEqual(answer.json.data, {
          id: normalized ?? address,
          type: 'email_validation',
          attributes: { email: address, valid, normalized_email: normalized, known_customer: known },
        });
      }
    });

    it('needs the parameter, once', async () => {
      for (const query of ['', 'email=', 'email=a@b.test&email=c@d.test', `email=${'x'.repeat(300)}`]) {
        const answer = await check(query);
        assert.equal(answer.status, 400, query);
        assert.deepEqual(answer.json.errors[0].source, { parameter: 'email' });
      }
    });
  });
});
