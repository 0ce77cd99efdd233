/** Flecto's customers: create, read, update, delete. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newContactPoint } from '../../src/record/contact-points.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const COLLECTION = '/api/saas/me/customers';

const FULL = {
  name: 'Ada Sample',
  customer_type: 'company',
  email: 'ada@example.test',
  phone_number: '+351 21 123 45 67',
  vat_number: 'PT123456789',
  fiscal_name: 'Ada Sample, Lda.',
  identification_type: 'driver_license',
  identification_number: 'L-1234567',
  id_verified: true,
  locale: 'pt',
  discount_percentage: 12.5,
  notes: '**Pays** on time\n- likes tents\n- _no_ calls',
};

describe('flecto customers', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    concord.send(concord.harbor, 'flecto', method, path, {
      headers,
      ...(body !== undefined && { body }),
    });
  const document = (attributes: unknown, more: object = {}) => ({
    data: { type: 'customer', attributes, ...more },
  });
  const member = (customer: { number: number }) => `${COLLECTION}/${customer.number}`;
  const fresh = (wish: Partial<Customer> = {}) =>
    concord.create(concord.harbor, aCustomer(wish, [HARRISBURG, LISBON]));
  const attributesOf = async (customer: { number: number }) =>
    (await send('GET', member(customer))).json.data.attributes;
  const put = (customer: Customer, attributes: unknown) =>
    send('PUT', member(customer), document(attributes));
  const pointers = (answer: Answer): string[] =>
    answer.json.errors.map((error: { source: { pointer: string } }) => error.source.pointer);
  const events = async (customer: Customer) =>
    (await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 10 })).map(
      change => change.event,
    );

  async function refused(customer: Customer, attributes: object, attribute: string) {
    const recorded = await concord.record(concord.harbor, customer.id);
    const answer = await put(customer, attributes);
    assert.equal(answer.status, 422, JSON.stringify(attributes));
    assert.deepEqual(pointers(answer), [`/data/attributes/${attribute}`]);
    assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
  }

  describe('Creates a customer', () => {
    it('answers 201 with the document and a Location that can be read', async () => {
      const answer = await send('POST', COLLECTION, document(FULL));
      assert.equal(answer.status, 201);
      const { id, type, attributes, relationships } = answer.json.data;
      const { internal_id, created_at, updated_at, ...rest } = attributes;
      assert.equal(type, 'customer');
      assert.equal(String(internal_id), id);
      assert.equal(created_at, updated_at);
      assert.deepEqual(rest, FULL);
      assert.deepEqual(Object.keys(attributes).slice(0, 3), ['internal_id', 'name', 'customer_type']);
      assert.deepEqual(relationships, { addresses: { data: [] }, main_address: { data: null } });
      assert.equal(answer.headers.get('location'), `${concord.origin}${COLLECTION}/${id}`);
      assert.equal(answer.headers.get('content-language'), 'en');
      const read = await send('GET', `${COLLECTION}/${id}`);
      assert.deepEqual(read.json.data, answer.json.data);
    });

    it('needs a name and nothing else, and emits CUSTOMER__CREATED', async () => {
      const answer = await send('POST', COLLECTION, document({ name: 'Bo' }));
      const { internal_id, created_at, updated_at, ...rest } = answer.json.data.attributes;
      assert.ok(internal_id > 0 && created_at && updated_at);
      assert.deepEqual(rest, {
        name: 'Bo',
        customer_type: 'individual',
        email: null,
        phone_number: null,
        vat_number: null,
        fiscal_name: null,
        identification_type: null,
        identification_number: null,
        id_verified: false,
        locale: null,
        discount_percentage: 0,
        notes: null,
      });
      const stored = await concord.store.customers.find(concord.harbor.id, { number: internal_id });
      assert.deepEqual(await events(stored!), ['CUSTOMER__CREATED']);
      const missing = await send('POST', COLLECTION, document({ email: 'x' }));
      assert.equal(missing.status, 422);
      assert.deepEqual(pointers(missing).sort(), ['/data/attributes/email', '/data/attributes/name']);
    });

    it('lets two customers have the same e-mail, and ignores what it does not know', async () => {
      for (const name of ['One', 'Two']) {
        const answer = await send(
          'POST',
          COLLECTION,
          document({ name, email: 'same@example.test', internal_id: 7, colour: 'red' }),
        );
        assert.equal(answer.status, 201);
        assert.notEqual(answer.json.data.attributes.internal_id, 7);
      }
    });

    it('keeps a name, a company and the identification where other dialects look for them', async () => {
      const answer = await send('POST', COLLECTION, document(FULL));
      const record = (await concord.store.customers.find(concord.harbor.id, {
        number: answer.json.data.attributes.internal_id,
      }))!;
      assert.equal(record.kind, 'business');
      assert.equal(record.company, 'Ada Sample');
      assert.equal(record.language, 'pt');
      assert.deepEqual(record.taxIds, [{ kind: 'vat', value: 'PT123456789' }]);
      assert.deepEqual(
        record.contactPoints.map(({ kind, value, e164, purposes }) => [kind, value, e164, purposes]),
        [
          ['email', 'ada@example.test', null, ['primary']],
          ['phone', '+351 21 123 45 67', '+351211234567', ['primary']],
        ],
      );
      assert.deepEqual(
        record.identityDocuments.map(({ kind, value }) => [kind, value]),
        [['drivingLicense', 'L-1234567']],
      );
      assert.ok(!JSON.stringify(record.phrasings).includes('L-1234567'));
    });
  });

  describe('Updates customer', () => {
    for (const method of ['PUT', 'PATCH']) {
      it(`${method} answers 200 and nothing else, and emits CUSTOMER__UPDATED each time`, async () => {
        const customer = await fresh();
        for (const _ of [1, 2]) {
          const answer = await send(
            method,
            member(customer),
            document(FULL, { id: String(customer.number) }),
          );
          assert.equal(answer.status, 200);
          assert.equal(answer.text, '');
          assert.equal(answer.headers.get('content-type'), null);
        }
        assert.deepEqual(await events(customer), ['CUSTOMER__UPDATED', 'CUSTOMER__UPDATED', null]);
        const { internal_id, created_at, updated_at, ...rest } = await attributesOf(customer);
        assert.ok(internal_id === customer.number && created_at <= updated_at);
        assert.deepEqual(rest, FULL);
      });
    }

    const NULLABLE = [
      'email',
      'phone_number',
      'vat_number',
      'fiscal_name',
      'identification_type',
      'identification_number',
      'locale',
      'notes',
    ] as const;

    for (const attribute of NULLABLE) {
      it(`${attribute}: omitted keeps, null clears, a list is refused`, async () => {
        const customer = await fresh();
        await put(customer, FULL);
        await put(customer, {});
        assert.equal((await attributesOf(customer))[attribute], FULL[attribute]);
        await refused(customer, { [attribute]: ['x'] }, attribute);
        await put(customer, { [attribute]: null });
        assert.equal((await attributesOf(customer))[attribute], null);
      });
    }

    for (const attribute of ['vat_number', 'fiscal_name', 'notes']) {
      it(`${attribute}: an empty string is empty and reads back`, async () => {
        const customer = await fresh();
        assert.equal((await put(customer, { [attribute]: '' })).status, 200);
        assert.equal((await attributesOf(customer))[attribute], '');
      });
    }

    it('refuses what each attribute cannot be', async () => {
      const customer = await fresh();
      const cases: [string, unknown[]][] = [
        ['name', [null, '', '   ', 7, ['x'], 'x'.repeat(256), 'a\nb', 'a\u0000b']],
        ['customer_type', [null, '', 'business', ['company']]],
        ['email', ['', 'x', 'a b@example.test', 'a@b', 'a\u0000@example.test', 'a@example.test\n', 7]],
        ['phone_number', ['', '030 1234567', 'ask', '+1', '+351', '+9999999999999999999', 351211234567]],
        ['vat_number', [7, 'a\tb', 'x'.repeat(256)]],
        ['fiscal_name', [true, 'a\u0007']],
        ['identification_type', ['', 'ssn', 'Passport']],
        ['identification_number', ['', 123, 'a\nb']],
        ['id_verified', [null, 'true', 1]],
        ['locale', ['', 'de', 'PT']],
        ['discount_percentage', [null, '', '5', -1, 100.5]],
        ['notes', [7, 'a\u0000b', 'a\u001bb', 'x'.repeat(10_001)]],
      ];
      for (const [attribute, values] of cases) {
        for (const value of values) await refused(customer, { [attribute]: value }, attribute);
      }
      for (const attribute of ['name', 'notes', 'email']) {
        const answer = await concord.send(concord.harbor, 'flecto', 'PUT', member(customer), {
          body: `{"data":{"type":"customer","attributes":{"${attribute}":"\\ud800"}}}`,
          headers: { 'content-type': 'application/json' },
        });
        assert.equal(answer.status, 422, attribute);
      }
    });

    it('reports every faulty attribute at once, in the language asked for, without the values', async () => {
      const customer = await fresh();
      const answer = await send(
        'PUT',
        member(customer),
        document({ email: 'canary', phone_number: 'canary', locale: 'canary', discount_percentage: 101 }),
        { 'accept-language': 'es' },
      );
      assert.equal(answer.status, 422);
      assert.equal(answer.headers.get('content-language'), 'es');
      assert.deepEqual(pointers(answer).sort(), [
        '/data/attributes/discount_percentage',
        '/data/attributes/email',
        '/data/attributes/locale',
        '/data/attributes/phone_number',
      ]);
      assert.ok(!answer.text.includes('canary'));
      assert.ok(answer.json.errors.every((error: { title: string }) => error.title === 'Valor no válido'));
    });

    it('changes the primary e-mail and phone, and loses none of the others', async () => {
      const customer = await fresh({
        contactPoints: [
          email('old@example.test'),
          newContactPoint('email', 'bills@example.test', ['commercial']),
          newContactPoint('phone', '+17175550100', ['mobile']),
          phone('+17175550123'),
          newContactPoint('fax', '+17175550199'),
        ],
      });
      await put(customer, { email: 'new@example.test', phone_number: '+17175550124' });
      const values = async () =>
        (await concord.record(concord.harbor, customer.id)).contactPoints.map(point => point.value);
      assert.deepEqual(await values(), [
        'new@example.test',
        'bills@example.test',
        '+17175550100',
        '+17175550124',
        '+17175550199',
      ]);
      await put(customer, { email: null, phone_number: null });
      assert.deepEqual(await values(), ['bills@example.test', '+17175550100', '+17175550199']);
      const attributes = await attributesOf(customer);
      assert.deepEqual([attributes.email, attributes.phone_number], [null, null]);
    });

    it('shows a phone in E.164, and one that is none as null without harming it', async () => {
      const [national, spaced] = [
        await fresh({ contactPoints: [phone('030 1234567')] }),
        await fresh({ contactPoints: [phone('+49 30 123456')] }),
      ];
      assert.equal((await attributesOf(national)).phone_number, null);
      assert.equal((await attributesOf(spaced)).phone_number, '+4930123456');
      await put(national, { phone_number: '+493012345678' });
      assert.equal((await attributesOf(national)).phone_number, '+493012345678');
      assert.deepEqual(
        (await concord.record(concord.harbor, national.id)).contactPoints.map(point => point.value),
        ['030 1234567', '+493012345678'],
      );
    });

    it('takes back what it shows, whatever another dialect wrote', async () => {
      const customer = await fresh({
        displayName: 'x'.repeat(400),
        language: 'de',
        contactPoints: [newContactPoint('email', 'at the desk', ['primary'])],
      });
      const recorded = await concord.record(concord.harbor, customer.id);
      const attributes = await attributesOf(customer);
      assert.equal((await put(customer, attributes)).status, 200);
      assert.deepEqual(await concord.record(concord.harbor, customer.id), recorded);
    });

    it('never shows or takes a social security number', async () => {
      const ssn = {
        id: newId(),
        kind: 'ssn' as const,
        value: '123456789',
        issuingCountry: 'US',
        issuingRegion: null,
        expiryDate: null,
      };
      const customer = await fresh({ identityDocuments: [ssn] });
      assert.equal((await attributesOf(customer)).identification_number, null);
      await put(customer, { identification_type: 'passport', identification_number: 'P1' });
      await put(customer, { identification_type: null, identification_number: null });
      assert.deepEqual((await concord.record(concord.harbor, customer.id)).identityDocuments, [ssn]);
    });
  });

  describe('Delete customer', () => {
    it('answers 204, takes the addresses along, emits CUSTOMER__DELETED; a second time is 404', async () => {
      const customer = await fresh();
      const answer = await send('DELETE', member(customer));
      assert.equal(answer.status, 204);
      assert.equal(answer.text, '');
      assert.equal((await send('DELETE', member(customer))).status, 404);
      assert.equal((await send('GET', member(customer))).status, 404);
      assert.equal((await send('GET', `${member(customer)}/addresses`)).status, 404);
      assert.equal((await events(customer))[0], 'CUSTOMER__DELETED');
    });

    it('refuses an archived customer with 409, in words', async () => {
      const customer = await fresh({ archivedAt: '2026-01-01T00:00:00.000Z' });
      const answer = await send('DELETE', member(customer));
      assert.equal(answer.status, 409);
      assert.equal(answer.json.errors[0].detail, 'The customer is archived and cannot be changed.');
      assert.equal((await put(customer, { name: 'Bo' })).status, 409);
      assert.equal((await send('GET', member(customer))).status, 200);
    });
  });

  describe('refusals, in the order of the checks', () => {
    it('404 for another tenant’s customer, an unknown one and a number that is none', async () => {
      for (let index = 0; index < 3; index += 1) await fresh();
      const foreign = await concord.create(concord.harbor, aCustomer());
      for (const path of [`${COLLECTION}/x`, `${COLLECTION}/0`, `${COLLECTION}/99999999999999999999`]) {
        for (const method of ['GET', 'DELETE']) assert.equal((await send(method, path)).status, 404);
      }
      const answer = await concord.send(concord.meadow, 'flecto', 'PUT', member(foreign), {
        body: document({ name: 'Bo' }),
      });
      assert.equal(answer.status, 404);
    });

    it('409 for another type or id before 404, 404 before 422, 406 and 415 before all of them', async () => {
      const nobody = `${COLLECTION}/4000000000`;
      const faulty = { name: '' };
      const cases: [unknown, object, number][] = [
        [document(faulty), { accept: 'text/html' }, 406],
        [document(faulty), { 'content-type': 'text/plain' }, 415],
        [{ data: { type: 'x' } }, {}, 400],
        [{ data: { type: 'x', attributes: faulty } }, {}, 409],
        [document(faulty, { id: '1' }), {}, 409],
        [document(faulty), {}, 404],
      ];
      for (const [body, headers, status] of cases) {
        assert.equal((await send('PUT', nobody, body, headers)).status, status);
      }
    });

    it('405 with Allow', async () => {
      const answer = await send('POST', member({ number: 1 }), document({}));
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'DELETE, GET, PATCH, PUT');
    });
  });
});
