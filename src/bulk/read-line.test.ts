import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { customer } from '../dialects/conformance/generate.ts';
import { ADDRESSES_MAXIMUM } from '../record/bounds.ts';
import type { Customer } from '../record/customer.ts';
import { newId } from '../record/identifier.ts';
import { readLine } from './read-line.ts';
import { lineOf } from './write-line.ts';

const NOW = '2026-11-24T12:00:00.000Z';

const read = (text: string | object) =>
  readLine(1, Buffer.from(typeof text === 'string' ? text : JSON.stringify(text)), NOW);

function taken(text: string | object): Customer {
  const result = read(text);
  assert.ok('entry' in result, JSON.stringify(result));
  return result.entry.customer;
}

function faultsOf(text: string | object): string[] {
  const result = read(text);
  assert.ok('refused' in result, 'the line was taken');
  return (result.refused.faults ?? []).map(({ field }) => field);
}

/** Version and time of change begin anew; those of representatives' addresses are part of the record. */
const withoutBookkeeping = (each: Customer): Customer => ({
  ...each,
  version: 0,
  updatedAt: '1970-01-01T00:00:00.000Z',
  addresses: each.addresses.map(link => ({
    ...link,
    address: { ...link.address, version: 0, updatedAt: '1970-01-01T00:00:00.000Z' },
  })),
});

describe('a line', () => {
  it('tells everything that the record knows', () => {
    fc.assert(
      fc.property(customer, each => {
        const line = lineOf(each, { documentNumbers: true });
        assert.doesNotMatch(line, /\n/);
        // Through JSON, because some generated objects have no prototype.
        assert.deepEqual(taken(line), JSON.parse(JSON.stringify(withoutBookkeeping(each))));
      }),
      { numRuns: 300 },
    );
  });

  it('says no number of a document unless it was asked to', () => {
    const identityDocuments = [
      {
        id: newId(),
        kind: 'ssn',
        value: '123456789',
        issuingCountry: 'US',
        issuingRegion: null,
        expiryDate: null,
      },
    ] as const;
    const person: Customer = { ...taken({ givenName: 'Ada' }), number: 1, identityDocuments };
    const hidden = lineOf(person, { documentNumbers: false });
    assert.doesNotMatch(hidden, /123456789|6789/);
    assert.equal(taken(hidden).identityDocuments[0]?.value, null);
    assert.equal(taken(lineOf(person, { documentNumbers: true })).identityDocuments[0]?.value, '123456789');
  });

  it('may say little', () => {
    const ada = taken({
      givenName: ' Ada ',
      familyName: 'Sample',
      contactPoints: [{ kind: 'email', value: 'ada@example.test' }],
      addresses: [{ line1: 'Rua Augusta 12', city: 'Lisboa', countryText: 'Portugal' }],
    });
    assert.deepEqual(
      [ada.kind, ada.status, ada.givenName, ada.number, ada.accountNumber],
      ['individual', 'active', 'Ada', 0, null],
    );
    const [link] = ada.addresses;
    assert.deepEqual(
      [link?.main, link?.address.country, link?.address.number, ada.contactPoints[0]?.number],
      [true, 'PT', null, null],
    );
    assert.equal(taken({ company: 'Quay Ltd' }).kind, 'business');
    assert.equal(taken({ company: 'Quay Ltd', familyName: 'Sample' }).kind, 'individual');
    assert.equal(
      taken({ contactPoints: [{ kind: 'phone', value: '+351 21 123 4567' }] }).contactPoints[0]?.e164,
      '+351211234567',
    );
    taken('\ufeff{"company":"With a byte order mark"}');
    taken('{"company":"With a carriage return"}\r');
  });

  it('that breaks a rule is refused, with the place and never the value', () => {
    const secret = 'Geheimnis';
    const cases: [string, object][] = [
      ['kind', { kind: secret }],
      ['givenName', { givenName: `${secret}\n` }],
      ['givenName', { givenName: secret.repeat(200) }],
      ['contactPoints/0/value', { contactPoints: [{ kind: 'email', value: secret }] }],
      ['contactPoints/0/value', { contactPoints: [{ kind: 'phone' }] }],
      ['addresses/0/country', { addresses: [{ country: 'QX' }] }],
      ['addresses/0/longitude', { addresses: [{ latitude: '1' }] }],
      ['addresses/0/latitude', { addresses: [{ latitude: '91', longitude: '0' }] }],
      ['addresses/0/houseNumber', { addresses: [{ line1: secret, houseNumber: '7' }] }],
      ['addresses/1/roles', { addresses: [{ roles: ['billing'] }, { roles: ['billing'] }] }],
      ['addresses/1/main', { addresses: [{ main: true }, { main: true }] }],
      ['identityDocuments/0/value', { identityDocuments: [{ kind: 'ssn', value: '…6789' }] }],
      ['birthDate', { birthDate: '2999-01-01' }],
      ['citizenship', { citizenship: 'QX' }],
      ['representatives', { representatives: [{ role: 'principalOwner' }] }],
      ['customFields', { customFields: { note: `${secret}\u0000` } }],
      [
        'taxIds/1/kind',
        {
          taxIds: [
            { kind: 'vat', value: '1' },
            { kind: 'vat', value: '2' },
          ],
        },
      ],
      [
        'orders/1/id',
        {
          orders: [
            { id: 'a', status: 'pending' },
            { id: 'a', status: 'pending' },
          ],
        },
      ],
      ['number', { number: 4_294_967_296 }],
      ['number', { number: 0 }],
      ['archivedAt', { archivedAt: 'yesterday' }],
      ['id', { id: 'ABC' }],
      ['phrasings/billbee/x', { phrasings: { billbee: { x: { of: 1 } } } }],
    ];
    for (const [field, line] of cases) {
      const faults = faultsOf(line);
      assert.ok(
        faults.some(each => each.startsWith(field)),
        `${field}: ${faults}`,
      );
      assert.doesNotMatch(JSON.stringify(read(line)), new RegExp(secret));
    }
    assert.equal(faultsOf({ nonsense: 1 }).length, 1);
  });

  it('that cannot be read, or holds too much, is refused', () => {
    const codeOf = (text: string | object) => {
      const result = read(text);
      return 'refused' in result ? result.refused.code : 'taken';
    };
    const deep = `{"customFields":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    for (const text of ['', 'x', '[]', 'null', '"a"', '{"company":"a"', deep]) {
      assert.equal(codeOf(text), 'line-unreadable', text.slice(0, 20));
    }
    const latin = readLine(1, Buffer.from([0x7b, 0x22, 0xe4, 0x22, 0x3a, 0x31, 0x7d]), NOW);
    assert.ok('refused' in latin && latin.refused.code === 'line-unreadable');
    const addresses = Array.from({ length: ADDRESSES_MAXIMUM + 1 }, () => ({ city: 'Lisboa' }));
    assert.equal(codeOf({ addresses }), 'too-large');
    assert.equal(codeOf('{"__proto__":{"kind":"business"}}'), 'value-invalid');
  });
});
