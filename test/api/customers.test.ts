/** Customers through Concord's own API: made, read, listed, deleted, archived and restored. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { connect } from '../../src/store/connection.ts';
import { call, type Operators, operators } from '../support/api.ts';
import { type Answer, type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const UNKNOWN = '01a20e6c-c4c6-7ee6-ad86-0435f5cddb63';

let concord: Concord;
let harbor: TestTenant;
let as: Operators;
before(async () => {
  concord = await startConcord();
  harbor = concord.harbor;
  as = await operators(concord, harbor);
});
after(() => concord.stop());

const etagOf = (answer: Answer): string => answer.headers.get('etag') ?? assert.fail(answer.text);
const codeOf = ({ status, json }: Answer) => [status, json?.code];

const made = async (customer: Customer = aCustomer()) => {
  const { id } = await concord.create(harbor, customer);
  const answer = await call(as.viewer, 'GET', `/customers/${id}`);
  return { id, etag: etagOf(answer), json: answer.json };
};

describe('a new customer', () => {
  it('is answered as it is read then', async () => {
    const answer = await call(as.editor, 'POST', '/customers', {
      body: {
        kind: 'individual',
        givenName: ' Ada ',
        familyName: 'Sample',
        company: '',
        contactPoints: [{ kind: 'phone', value: '+351 211 234 567', purposes: ['primary'] }],
        addresses: [{ line1: 'Rua Augusta 12', city: 'Lisboa', postalCode: '1100-048', country: 'PT' }],
        identityDocuments: [{ kind: 'passport', value: 'X1234567' }],
        customFields: { tier: 'gold', nothing: null },
      },
    });
    assert.equal(answer.status, 201, answer.text);
    const { id, number } = answer.json;
    assert.equal(answer.headers.get('location'), `${concord.origin}/concord/v1/customers/${id}`);
    const read = await call(as.viewer, 'GET', `/customers/${id}`);
    assert.deepEqual(read.json, answer.json);
    assert.equal(etagOf(read), etagOf(answer));
    assert.deepEqual(
      [read.json.givenName, read.json.company, read.json.name, read.json.accountNumber],
      ['Ada', null, 'Ada Sample', String(number)],
    );
    assert.equal(read.json.createdBy, 'test editor');
    assert.equal(read.json.contactPoints[0].e164, '+351211234567');
    assert.equal(read.json.addresses[0].main, true);
    assert.deepEqual(read.json.addresses[0].formatted, ['Rua Augusta 12', '1100-048 Lisboa', 'Portugal']);
    assert.equal(read.json.identityDocuments[0].value, '…4567');
    assert.deepEqual(read.json.customFields, { tier: 'gold', nothing: null });
    assert.equal(read.json.ids.lightening, String(number));
    assert.match(read.json.ids.connectfi, /^cstap_/);
    const [first] = await concord.store.changes.history(harbor.id, id, { limit: 10 });
    assert.deepEqual([first?.dialect, first?.actor], ['concord', 'test editor']);
  });

  it('is made once, however often the request is sent with one key', async () => {
    const request = {
      body: { kind: 'business', company: 'Once' },
      headers: { 'idempotency-key': 'make-once' },
    };
    const first = await call(as.editor, 'POST', '/customers', request);
    const second = await call(as.editor, 'POST', '/customers', request);
    assert.deepEqual([second.status, second.json], [201, first.json]);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal(second.headers.get('location'), first.headers.get('location'));
  });

  it('that an attempt made and died before it answered is answered, and not made again', async () => {
    const request = {
      body: { kind: 'business', company: 'Works', reference: 'died' },
      headers: { 'idempotency-key': 'died' },
    };
    const first = await call(as.editor, 'POST', '/customers', request);
    const sql = connect(concord.store.target, { connections: 1, application: 'concord test' });
    await sql`
      update concord.idempotency set answer = null, started_at = now() - interval '1 hour'
      where customer_id = ${first.json.id}`;
    await sql.end();
    const count = await concord.store.customers.count(harbor.id);
    const second = await call(as.editor, 'POST', '/customers', request);
    assert.deepEqual([second.status, second.json], [201, first.json]);
    assert.equal(second.headers.get('idempotency-replayed'), null);
    assert.equal(await concord.store.customers.count(harbor.id), count);
  });

  it('has a reference of its own', async () => {
    const body = { kind: 'business', company: 'Works', reference: 'R-1' };
    const first = await call(as.editor, 'POST', '/customers', { body });
    assert.equal(first.status, 201);
    const second = await call(as.editor, 'POST', '/customers', { body });
    assert.deepEqual(codeOf(second), [409, 'value-taken']);
    assert.deepEqual(second.json.errors, [{ field: 'reference', message: 'is that of another customer' }]);
  });

  it('that breaks a rule is refused, and the values are not repeated', async () => {
    const bad = await call(as.editor, 'POST', '/customers', {
      body: {
        kind: 'individual',
        addresses: [{ country: 'ZZ' }],
        contactPoints: [{ kind: 'email', value: 'canary' }],
      },
    });
    assert.deepEqual(codeOf(bad), [422, 'value-invalid']);
    assert.deepEqual(bad.json.errors.map(({ field }: { field: string }) => field).sort(), [
      'addresses/0/country',
      'contactPoints/0/value',
    ]);
    assert.ok(!bad.text.includes('canary'));
    for (const body of [{}, { kind: 'individual', unknown: 1 }, { kind: 'robot' }, [], 'x']) {
      assert.deepEqual(
        codeOf(
          await call(as.editor, 'POST', '/customers', {
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
        ),
        [400, 'request-invalid'],
      );
    }
  });

  it('has employees who are individuals of the tenant', async () => {
    const individual = await made();
    const business = await made({ ...aCustomer({ kind: 'business', company: 'B' }) });
    const stranger = await concord.create(concord.meadow, aCustomer());
    const hire = (customerId: string) =>
      call(as.editor, 'POST', '/customers', {
        body: { kind: 'business', company: 'C', employees: [{ customerId, position: ' Captain ' }] },
      });
    const hired = await hire(individual.id);
    assert.equal(hired.status, 201, hired.text);
    assert.deepEqual(
      [hired.json.employees[0].position, hired.json.employees[0].status],
      ['Captain', 'active'],
    );
    for (const id of [business.id, stranger.id, UNKNOWN]) {
      const refused = await hire(id);
      assert.deepEqual(codeOf(refused), [422, 'value-invalid']);
      assert.equal(refused.json.errors[0].field, 'employees/0/customerId');
    }
  });
});

describe('reading a customer', () => {
  it('saves the body of a state that is known', async () => {
    const { id, etag } = await made();
    const read = (tag: string) =>
      call(as.viewer, 'GET', `/customers/${id}`, { headers: { 'if-none-match': tag } });
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const same = await read(tag);
      assert.deepEqual([same.status, same.text, etagOf(same)], [304, '', etag]);
    }
    assert.equal((await read('"other"')).status, 200);
    assert.deepEqual(codeOf(await read('no tag')), [400, 'request-invalid']);
  });

  it('at a time shows what it was then', async () => {
    const { id, etag, json } = await made();
    const then = json.updatedAt;
    await new Promise(resolve => setTimeout(resolve, 5));
    await call(as.editor, 'PATCH', `/customers/${id}`, {
      body: { givenName: 'Bo' },
      headers: { 'if-match': etag },
    });
    const past = await call(as.viewer, 'GET', `/customers/${id}?at=${then}`);
    assert.deepEqual([past.status, past.json.givenName, past.headers.get('etag')], [200, 'Ada', null]);
    const sooner = await call(as.viewer, 'GET', `/customers/${id}?at=2020-01-01T00:00:00Z`);
    assert.deepEqual(codeOf(sooner), [404, 'customer-not-found']);
    const never = await call(as.viewer, 'GET', `/customers/${id}?at=yesterday`);
    assert.deepEqual(codeOf(never), [400, 'request-invalid']);
    // A time of RFC 3339 that no clock shows.
    const leap = await call(as.viewer, 'GET', `/customers/${id}?at=2016-12-31T23:59:60Z`);
    assert.deepEqual(codeOf(leap), [400, 'request-invalid']);
    // The offset puts it into a year with a sign, and such a text comes before all others.
    for (const far of ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00%2B23:59']) {
      const answer = await call(as.viewer, 'GET', `/customers/${id}?at=${far}`);
      assert.deepEqual(codeOf(answer), [400, 'request-invalid'], far);
    }
    const last = await call(as.viewer, 'GET', `/customers/${id}?at=9999-12-31T23:59:59Z`);
    assert.deepEqual([last.status, last.json.givenName], [200, 'Bo']);
  });

  it('finds nobody of another tenant, and nobody by what is no id', async () => {
    const { id } = await concord.create(concord.meadow, aCustomer());
    for (const each of [id, UNKNOWN, '1', 'x', '%00']) {
      assert.deepEqual(codeOf(await call(as.admin, 'GET', `/customers/${each}`)), [
        404,
        'customer-not-found',
      ]);
    }
  });
});

describe('a list', () => {
  it('pages through everybody once, in any order, and says where the next page is', async () => {
    const tenant = await concord.tenant('lists');
    const { viewer } = await operators(concord, tenant);
    const names = ['Cy', 'Al', 'Bo', 'Al', 'Di'];
    for (const givenName of names) await concord.create(tenant, aCustomer({ givenName, familyName: null }));
    for (const sort of ['number', '-number', 'name', '-name', 'createdAt', '-createdAt']) {
      const seen: string[] = [];
      let path: string | undefined = `/customers?limit=2&sort=${sort}`;
      while (path !== undefined) {
        const page: Answer = await call(viewer, 'GET', path);
        assert.equal(page.status, 200, page.text);
        seen.push(...page.json.items.map((item: { name: string }) => item.name));
        const link = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
        assert.equal(link === undefined, page.json.next === null);
        if (link) assert.equal(new URL(link).searchParams.get('cursor'), page.json.next);
        path = link?.slice(`${concord.origin}/concord/v1`.length);
      }
      const expected = sort.endsWith('name') ? names.toSorted() : names;
      assert.deepEqual(seen, sort.startsWith('-') ? expected.toReversed() : expected, sort);
    }
  });

  it('has the rows that the filter names, and the count says how many', async () => {
    const tenant = await concord.tenant('filters');
    const { viewer, editor } = await operators(concord, tenant);
    await concord.create(
      tenant,
      aCustomer({ givenName: 'Ada', contactPoints: [email('ada@a.example'), phone('+17175550121')] }, [
        HARRISBURG,
        LISBON,
      ]),
    );
    await concord.create(tenant, aCustomer({ kind: 'business', company: 'Works', status: 'inactive' }, []));
    await concord.create(tenant, aCustomer({ givenName: 'Cy', archivedAt: '2026-01-15T09:00:00.000Z' }));
    await call(editor, 'POST', '/customers', { body: { kind: 'individual', givenName: 'Di' } });
    const of = async (query: string) => {
      const page = await call(viewer, 'GET', `/customers?${query}`);
      const count = await call(viewer, 'GET', `/customers/count?${query}`);
      assert.equal(count.json?.count, page.json.items?.length, page.text);
      return page.json.items.map((item: { name: string }) => item.name).join();
    };
    assert.equal(await of(''), 'Ada Sample,Works,Cy Sample,Di');
    assert.equal(await of('kind=business'), 'Works');
    assert.equal(await of('status=active'), 'Ada Sample,Cy Sample,Di');
    assert.equal(await of('archived=true'), 'Cy Sample');
    assert.equal(await of('archived=false&kind=individual'), 'Ada Sample,Di');
    assert.equal(await of('country=PT'), 'Ada Sample');
    assert.equal(await of('country=US'), 'Ada Sample,Cy Sample');
    assert.equal(await of('createdThrough=concord'), 'Di');
    assert.equal(await of('createdThrough=test'), 'Ada Sample,Works,Cy Sample');
    const { json } = await call(viewer, 'GET', '/customers?limit=1');
    const { id, createdAt, updatedAt, ...row } = json.items[0];
    assert.ok(id && createdAt && updatedAt);
    assert.deepEqual(row, {
      number: 1,
      name: 'Ada Sample',
      kind: 'individual',
      status: 'active',
      archived: false,
      email: 'ada@a.example',
      phone: '+17175550121',
      city: 'Harrisburg',
      country: 'US',
      createdBy: 'test',
    });
  });

  it('refuses what it does not know', async () => {
    const { id } = await made();
    await call(as.editor, 'DELETE', `/customers/${id}`, { headers: { 'if-match': '*' } });
    const gone = Buffer.from(id).toString('base64url');
    for (const query of [
      'limit=0',
      'limit=201',
      'limit=x',
      'sort=size',
      'archived=maybe',
      'country=pt',
      'colour=red',
      'kind=business&kind=individual',
      'cursor=x',
      'cursor=',
      `cursor=${gone}`,
    ]) {
      assert.deepEqual(
        codeOf(await call(as.viewer, 'GET', `/customers?${query}`)),
        [400, 'request-invalid'],
        query,
      );
    }
    // Names that every object of the language has are unknown like others.
    for (const field of ['toString', '__proto__']) {
      const { json } = await call(as.viewer, 'GET', `/customers?${field}=1`);
      assert.deepEqual(json.errors, [{ field, message: 'is not known here' }]);
    }
  });
});

describe('a change', () => {
  const changes: readonly (readonly [string, 'PATCH' | 'DELETE' | 'POST', string, object?])[] = [
    ['a patch', 'PATCH', '', { givenName: 'Bo' }],
    ['a deletion', 'DELETE', ''],
    ['an archiving', 'POST', '/archive'],
  ];

  for (const [what, method, path, body] of changes) {
    it(`by ${what} needs the state that it is about`, async () => {
      const { id, etag } = await made();
      const send = (ifMatch: string | undefined, who = as.editor) =>
        call(who, method, `/customers/${id}${path}`, {
          ...(body && { body }),
          headers: { 'if-match': ifMatch },
        });
      assert.deepEqual(codeOf(await send(undefined)), [428, 'precondition-required']);
      assert.deepEqual(codeOf(await send('no tag')), [400, 'request-invalid']);
      for (const tag of ['"other"', `W/${etag}`]) {
        const failed = await send(tag);
        assert.deepEqual(codeOf(failed), [412, 'precondition-failed']);
        assert.deepEqual([failed.json.etag, etagOf(failed)], [etag, etag]);
      }
      assert.deepEqual(codeOf(await send(etag, as.viewer)), [403, 'forbidden']);
      assert.equal((await concord.record(harbor, id)).version, 1);
      const tags = Array.from({ length: 100 }, (_, at) => `"${at}"`);
      const many = await send([...tags, etag].join());
      assert.deepEqual(codeOf(many), [400, 'request-invalid']);
      const done = await send([...tags.slice(1), etag].join());
      assert.ok(done.status < 300, done.text);
    });
  }

  it('of an address that somebody else shares changes the state of both', async () => {
    const one = await made();
    const two = await made(aCustomer({ givenName: 'Bo' }, []));
    const shared = one.json.addresses[0].number;
    await concord.send(harbor, 'lightening', 'POST', `/address/${shared}`, {
      body: { company: 'Works', customer_ids: [one.json.number, two.json.number] },
    });
    const before = await call(as.viewer, 'GET', `/customers/${one.id}`);
    const { json } = await call(as.viewer, 'GET', `/customers/${two.id}`);
    const moved = await call(as.editor, 'PATCH', `/customers/${two.id}`, {
      body: { addresses: [{ id: json.addresses[0].id, city: 'Porto' }] },
      headers: { 'if-match': '*' },
    });
    assert.equal(moved.status, 200, moved.text);
    const after = await call(as.viewer, 'GET', `/customers/${one.id}`);
    assert.equal(after.json.addresses[0].city, 'Porto');
    assert.equal(after.json.version, before.json.version);
    assert.notEqual(etagOf(after), etagOf(before));
    const late = await call(as.editor, 'PATCH', `/customers/${one.id}`, {
      body: { givenName: 'Late' },
      headers: { 'if-match': etagOf(before) },
    });
    assert.deepEqual(codeOf(late), [412, 'precondition-failed']);
  });

  it('by many at once, about one state, is made by one', async () => {
    const { id, etag } = await made();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        call(as.editor, 'PATCH', `/customers/${id}`, {
          body: { givenName: `Ada ${at}` },
          headers: { 'if-match': etag },
        }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412, 412, 412, 412, 412]);
    assert.equal((await concord.record(harbor, id)).version, 2);
  });
});

describe('deleting', () => {
  it('takes the customer away, and leaves the history', async () => {
    const { id, etag } = await made();
    const gone = await call(as.editor, 'DELETE', `/customers/${id}`, { headers: { 'if-match': etag } });
    assert.deepEqual([gone.status, gone.text], [204, '']);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['PATCH', ''],
      ['POST', '/archive'],
      ['POST', '/restore'],
    ] as const) {
      const answer = await call(as.editor, method, `/customers/${id}${path}`, {
        ...(method === 'PATCH' && { body: {} }),
        headers: { 'if-match': '*' },
      });
      assert.deepEqual(codeOf(answer), [404, 'customer-not-found'], method);
    }
    assert.equal((await concord.store.changes.history(harbor.id, id, { limit: 10 })).length, 2);
  });
});

describe('archiving', () => {
  it('closes the customer for every API until it is restored', async () => {
    const { id, json } = await made();
    const post = (path: string, body?: object) =>
      call(as.editor, 'POST', `/customers/${id}/${path}`, {
        ...(body && { body }),
        headers: { 'if-match': '*' },
      });
    assert.deepEqual(codeOf(await post('restore')), [409, 'state-conflict']);
    const archived = await post('archive');
    assert.equal(archived.status, 200, archived.text);
    assert.deepEqual([archived.json.archived, archived.json.restoredAt], [true, null]);
    assert.deepEqual(codeOf(await post('archive')), [409, 'state-conflict']);
    const patch = await call(as.editor, 'PATCH', `/customers/${id}`, {
      body: { givenName: 'Bo' },
      headers: { 'if-match': '*' },
    });
    assert.deepEqual(codeOf(patch), [409, 'customer-archived']);
    const vendor = await concord.send(harbor, 'flexportal', 'PUT', `/v1/customers/${json.ids.flexportal}`, {
      body: { customerId: json.ids.flexportal, firstName: 'Bo' },
    });
    assert.ok(vendor.status >= 400);
    const deletion = await call(as.editor, 'DELETE', `/customers/${id}`, { headers: { 'if-match': '*' } });
    assert.deepEqual(codeOf(deletion), [409, 'customer-archived']);
    const restored = await post('restore');
    assert.equal(restored.status, 200, restored.text);
    assert.equal(restored.json.archived, false);
    assert.equal(restored.json.archivedAt, archived.json.archivedAt);
    const again = await call(as.editor, 'PATCH', `/customers/${id}`, {
      body: { givenName: 'Bo' },
      headers: { 'if-match': etagOf(restored) },
    });
    assert.equal(again.json.givenName, 'Bo');
  });
});

describe('roles', () => {
  it('let a viewer read and nothing else', async () => {
    const { id } = await made();
    for (const [method, path] of [
      ['POST', '/customers'],
      ['PATCH', `/customers/${id}`],
      ['DELETE', `/customers/${id}`],
      ['POST', `/customers/${id}/archive`],
      ['POST', `/customers/${id}/restore`],
    ] as const) {
      const answer = await call(as.viewer, method, path, { headers: { 'if-match': '*' } });
      assert.deepEqual(codeOf(answer), [403, 'forbidden'], path);
    }
  });
});
