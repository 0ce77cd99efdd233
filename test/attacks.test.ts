/** Bad input on every write of every dialect: the vendor's own clear error, nothing changed, and never a 500. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { DialectName } from '../src/dialects/contract.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import type { Customer } from '../src/record/customer.ts';
import { type Answer, type Concord, startConcord } from './support/concord.ts';
import { aCustomer, email, HARRISBURG, phone } from './support/customers.ts';

interface Write {
  readonly dialect: DialectName;
  readonly method: string;
  path(customer: string, address: string): string;
  /** A body that is accepted, with the value under test at its most natural place. */
  body(customer: string, value: unknown): unknown;
}

/** One write of each dialect that takes an address line from its client. */
const WRITES: readonly Write[] = [
  {
    dialect: 'flecto',
    method: 'PUT',
    path: (customer, address) => `/api/saas/me/customers/${customer}/addresses/${address}`,
    body: (_, value) => ({ data: { type: 'customer_address', attributes: { address_city: value } } }),
  },
  {
    dialect: 'flexportal',
    method: 'PUT',
    path: customer => `/v1/customers/${customer}`,
    body: (customer, value) => ({
      customerId: customer,
      billingAddress: { contactName: 'A', streetAddress: 'B', city: value, country: 'US' },
    }),
  },
  {
    dialect: 'lightening',
    method: 'POST',
    path: (_, address) => `/address/${address}`,
    body: (customer, value) => ({ customer_ids: [customer], company: 'A', city: value }),
  },
  {
    dialect: 'connectfi',
    method: 'POST',
    path: () => '/customer/update',
    body: (customer, value) => ({
      customerId: customer,
      customer: {
        addresses: [
          {
            type: 'PRIMARY',
            addressLine1: 'A',
            city: value,
            postalCode: '12345',
            stateCode: 'PA',
            countryCodeA3: 'USA',
          },
        ],
      },
    }),
  },
  {
    dialect: 'billbee',
    method: 'PATCH',
    path: (_, address) => `/api/v1/customers/addresses/${address}`,
    body: (_, value) => ({ City: value }),
  },
];

/** Each vendor's error has a form of its own; all of them are JSON. */
const ERROR_SHAPE: Record<DialectName, (answer: Answer) => boolean> = {
  flecto: ({ json }) =>
    Array.isArray(json.errors) &&
    json.errors.every((error: { code: unknown }) => typeof error.code === 'string'),
  flexportal: ({ json }) => typeof json.error.code === 'string' && typeof json.error.message === 'string',
  lightening: ({ json }) => json.result === false && ('error' in json || 'errors' in json || 'msg' in json),
  connectfi: ({ json }) =>
    typeof json.code === 'string' && json.code !== '0' && /^[0-9a-f]{32}$/.test(json.requestId),
  billbee: ({ json }) => typeof (json.Message ?? json.ErrorMessage) === 'string',
};

const SECRET_TEXT = 'Lived-at-a-secret-place';

describe('attacks', () => {
  let concord: Concord;
  let customer: Customer;
  let foreign: Customer;
  before(async () => {
    concord = await startConcord();
    const wish = { contactPoints: [email('ada@example.test'), phone('+17175550123')] };
    // More customers in one tenant than in the other, so that a number of the one is unknown to the other.
    customer = await concord.create(concord.harbor, aCustomer(wish, [{ ...HARRISBURG, roles: ['billing'] }]));
    await concord.create(concord.meadow, aCustomer(wish));
    foreign = await concord.create(concord.meadow, aCustomer(wish, [{ ...HARRISBURG, city: SECRET_TEXT }]));
  });
  after(() => concord.stop());

  const wireId = (dialect: DialectName, of: Customer) =>
    DIALECTS.find(each => each.name === dialect)!.customerId(of);
  const addressId = (of: Customer) => String(of.addresses[0]!.address.number);

  async function refused(
    write: Write,
    options: { body?: unknown; headers?: Record<string, string> },
    what: string,
    of = customer,
  ) {
    const before = await concord.record(concord.harbor, customer.id);
    const path = write.path(wireId(write.dialect, of), addressId(of));
    const answer = await concord.send(concord.harbor, write.dialect, write.method, path, options);
    const about = `${write.dialect}, ${what}: ${answer.status} ${answer.text.slice(0, 300)}`;
    assert.ok(answer.status < 500, about);
    assert.match(answer.headers.get('content-type') ?? '', /json/, about);
    assert.ok(ERROR_SHAPE[write.dialect](answer), about);
    assert.ok(!answer.text.includes(SECRET_TEXT), about);
    assert.deepEqual(await concord.record(concord.harbor, customer.id), before, about);
    return answer;
  }

  for (const write of WRITES) {
    const own = () => wireId(write.dialect, customer);
    const json = { 'content-type': 'application/json' };

    describe(write.dialect, () => {
      it('refuses values that are no text, or none that a record can hold', async () => {
        const values: unknown[] = [
          'a\u0000b',
          'a\u0007b',
          'a\u0085b',
          'line\nbreak',
          'x'.repeat(70_000),
          ['x'],
          { x: 1 },
          [],
          true,
        ];
        for (const value of values) {
          await refused(write, { body: write.body(own(), value) }, JSON.stringify(value).slice(0, 40));
        }
        const surrogate = JSON.stringify(write.body(own(), 'SURROGATE')).replace('SURROGATE', '\\ud800');
        await refused(write, { body: surrogate, headers: json }, 'lone surrogate');
      });

      it('refuses a body that is none, is broken, or is too large', async () => {
        const bodies: [string, string | Buffer][] = [
          ['broken JSON', '{"a":'],
          ['an array', '[]'],
          ['a number', '7'],
          ['null', 'null'],
          ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])],
          ['nested deeply', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
          ['two megabytes', `{"a":"${'x'.repeat(2_000_000)}"}`],
        ];
        for (const [what, body] of bodies) await refused(write, { body, headers: json }, what);
      });

      it('refuses a media type that is not read', async () => {
        const body = JSON.stringify(write.body(own(), 'Elsewhere'));
        for (const type of ['application/xml', 'text/plain; charset=utf-16', 'nonsense']) {
          await refused(write, { body, headers: { 'content-type': type } }, type);
        }
      });

      it('takes another tenant’s ids for unknown ones', async () => {
        const body = write.body(wireId(write.dialect, foreign), 'Elsewhere');
        const other = await refused(write, { body }, 'another tenant’s id', foreign);
        const stored = await concord.record(concord.meadow, foreign.id);
        assert.equal(stored.addresses[0]!.address.city, SECRET_TEXT);
        const nobody = { ...foreign, id: '018f0000-0000-7000-8000-000000000000', number: 4_000_000_000 };
        const unknown = {
          ...nobody,
          addresses: [
            {
              ...foreign.addresses[0]!,
              address: { ...foreign.addresses[0]!.address, number: 4_000_000_000 },
            },
          ],
        };
        const none = await refused(
          write,
          { body: write.body(wireId(write.dialect, unknown), 'Elsewhere') },
          'an unknown id',
          unknown,
        );
        assert.equal(other.status, none.status);
      });

      it('refuses no credential, a wrong one, and one of another dialect', async () => {
        const path = write.path(own(), addressId(customer));
        const others = DIALECTS.filter(each => each.name !== write.dialect).map(
          each => concord.harbor.access[each.name].headers,
        );
        for (const headers of [{}, { authorization: 'Bearer nonsense' }, ...others]) {
          const before = await concord.record(concord.harbor, customer.id);
          const answer = await fetch(concord.origin + path, {
            method: write.method,
            headers: { ...headers, ...json },
            body: JSON.stringify(write.body(own(), 'Elsewhere')),
          });
          assert.ok(answer.status === 401 || answer.status === 403, `${answer.status}`);
          await answer.arrayBuffer();
          assert.deepEqual(await concord.record(concord.harbor, customer.id), before);
        }
      });

      it('answers no input with a 500', async () => {
        const odd = [
          '{"__proto__":{"x":1}}',
          '{"constructor":{"prototype":{}}}',
          '{"customerId":1e999}',
          '{"customer_ids":[1e999,-0,1.5,"١"]}',
          '{"data":{"type":"customer_address","attributes":{"latitude":1e999,"__proto__":{"main":true}}}}',
          '{"customerId":"x","customer":[]}',
          '{"City":-0,"AddressType":99999999999999999999}',
          '{"":""}',
        ];
        for (const body of odd) {
          const path = write.path(own(), addressId(customer));
          const answer = await concord.send(concord.harbor, write.dialect, write.method, path, {
            body,
            headers: json,
          });
          assert.ok(answer.status < 500, `${body}: ${answer.status} ${answer.text}`);
        }
        for (const id of [
          '%00',
          '%ff',
          '..%2f..',
          '0',
          '-1',
          '1e3',
          '9'.repeat(300),
          'a b',
          '%F0%9F%98%80',
          "'--",
        ]) {
          const answer = await concord.send(concord.harbor, write.dialect, write.method, write.path(id, id), {
            body: write.body(own(), 'Harrisburg'),
          });
          assert.ok(answer.status < 500, `${id}: ${answer.status} ${answer.text}`);
        }
      });
    });
  }
});
