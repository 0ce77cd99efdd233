/** The words for paths, values and changes: in three languages, for every path that a record can have. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatIn } from '../../console/src/i18n/format.ts';
import { LANGUAGES } from '../../console/src/i18n/texts.ts';
import { fieldsOf, sectionsOf } from '../../console/src/pages/customer/history/record-fields.ts';
import { NAMELESS, namesOf } from '../../console/src/words/names.ts';
import { pathLabel, pathObject, plainWords, type Words } from '../../console/src/words/path-words.ts';
import { plainSentence, type ToldChange } from '../../console/src/words/sentence.ts';
import { valueWords } from '../../console/src/words/value-words.ts';
import { wordDifference } from '../../console/src/words/word-difference.ts';
import { customer as anyCustomer } from '../../src/dialects/conformance/generate.ts';
import { edited } from '../../src/dialects/conformance/perturb.ts';
import { difference } from '../../src/record/difference.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}/;
/** What stands between quotation marks is a name that a customer gave. */
const QUOTED = /[“„«].*[”“»]/su;

const pairs = anyCustomer.chain(before => fc.tuple(fc.constant(before), edited(before)));

describe('paths in words', () => {
  it('leave no path of any record raw, in no language', () => {
    fc.assert(
      fc.property(anyCustomer, customer => {
        for (const { path } of difference(undefined, customer)) {
          for (const language of LANGUAGES) {
            const label = pathLabel(path, plainWords(language));
            const own = label.replace(QUOTED, '');
            assert.ok(own.trim() !== '', path);
            assert.doesNotMatch(own, UUID, path);
            // No name of a field as programs write it, and none that the tables do not know.
            assert.doesNotMatch(own, /\p{Ll}\p{Lu}|\/|_/u, path);
            assert.doesNotMatch(own, /^(Field|Feld|Campo) $/, path);
            assert.match(own, /^\p{Lu}/u, path);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('say something of any path at all', () => {
    const segment = fc.oneof(
      fc.constantFrom(
        'addresses',
        'address',
        'phrasings',
        'order',
        'customFields',
        'representatives',
        'fooBar',
      ),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 7 }), segments => {
        for (const language of LANGUAGES) {
          const path = segments.join('/');
          assert.notEqual(pathLabel(path, plainWords(language)), '');
          assert.notEqual(pathObject(path, plainWords(language)), path);
        }
      }),
    );
  });

  const words = (language: Words['language']): Words => ({
    language,
    names: id =>
      ({ a: { name: 'Home', kind: undefined }, m: { name: 'a@b.c', kind: 'email' } })[id] ?? NAMELESS(id),
    dialect: name => name.toUpperCase(),
  });

  it('are natural in each language', () => {
    const told = (path: string) => LANGUAGES.map(language => pathLabel(path, words(language)));
    assert.deepEqual(told('addresses/a/address/city'), [
      'City of address “Home”',
      'Ort der Adresse „Home“',
      'Cidade da morada «Home»',
    ]);
    assert.deepEqual(told('contactPoints/m/value'), [
      'E-mail “a@b.c”',
      'E-Mail-Adresse „a@b.c“',
      'E-mail «a@b.c»',
    ]);
    assert.deepEqual(told('addresses/order'), [
      'Order of the addresses',
      'Reihenfolge der Adressen',
      'Ordem das moradas',
    ]);
    assert.deepEqual(told('addresses/a/address/phrasings/x/street1'), [
      'Wording of X for “street1” of address “Home”',
      'Wortlaut von X für „street1“ der Adresse „Home“',
      'Redação de X para «street1» da morada «Home»',
    ]);
    assert.deepEqual(told('customFields/a~1b'), [
      'Custom field “a/b”',
      'Zusatzfeld „a/b“',
      'Campo personalizado «a/b»',
    ]);
    assert.deepEqual(
      LANGUAGES.map(language =>
        pathObject('representatives/r/identityDocuments/d/expiryDate', words(language)),
      ),
      [
        'the expiry date of the identity document of the representative',
        'das Ablaufdatum des Ausweises des Vertreters',
        'a data de validade do documento de identidade do representante',
      ],
    );
  });

  it('call things by the last name that they had', () => {
    const field = (path: string, before: unknown, after: unknown) => ({ fields: [{ path, before, after }] });
    const names = namesOf({ addresses: [{ id: 'a', label: null, line1: 'High Street 1' }] }, [
      field('addresses/g/label', 'Old warehouse', null),
      field('addresses/g/label', 'Shed', 'Old warehouse'),
      field('addresses/a/address/line1', 'Low Street', 'High Street 1'),
    ]);
    assert.equal(names('a').name, 'High Street 1');
    assert.equal(names('g').name, 'Old warehouse');
    assert.equal(names('nobody').name, undefined);
  });

  const change = (fields: ToldChange['fields'], more: Partial<ToldChange> = {}): ToldChange => ({
    actor: 'Maria',
    dialect: 'x',
    event: null,
    erased: false,
    fields,
    ...more,
  });
  const sentences = (told: ToldChange) => LANGUAGES.map(language => plainSentence(told, words(language)));

  it('make a sentence of a change', () => {
    assert.deepEqual(
      sentences(change([{ path: 'addresses/a/address/city', before: 'Porto', after: 'Lisboa' }])),
      [
        'Maria changed the city of the address “Home” through X',
        'Maria hat über X den Ort der Adresse „Home“ geändert',
        'Maria alterou a cidade da morada «Home» através de X',
      ],
    );
    assert.deepEqual(
      sentences(
        change(
          [
            { path: 'givenName', before: null, after: 'Ada' },
            { path: 'addresses/a/address/id', before: null, after: 'a' },
            { path: 'addresses/a/address/city', before: null, after: 'Porto' },
          ],
          { dialect: 'concord' },
        ),
      ),
      [
        'Maria added the address “Home” and filled in the first name',
        'Maria hat die Adresse „Home“ hinzugefügt und den Vornamen eingetragen',
        'Maria adicionou a morada «Home» e preencheu o nome próprio',
      ],
    );
  });

  it('tell a creation, a removal, an archiving, an erasure, a new main address, a mere wording', () => {
    const english = (told: ToldChange) => sentences({ ...told, dialect: 'concord' })[0];
    const field = (path: string, before: unknown, after: unknown) => [{ path, before, after }];
    assert.equal(english(change(field('id', null, 'c'))), 'Maria created the customer');
    assert.equal(english(change(field('id', 'c', null))), 'Maria deleted the customer');
    assert.equal(english(change(field('archivedAt', null, 'now'))), 'Maria archived the customer');
    assert.equal(english(change(field('restoredAt', null, 'now'))), 'Maria restored the customer');
    assert.equal(
      english(change([], { event: 'CUSTOMER__ERASED', erased: true })),
      'Maria erased the customer’s data',
    );
    assert.equal(
      english(change(field('addresses/a/main', false, true).concat(field('addresses/b/main', true, false)))),
      'Maria made the address “Home” the main address',
    );
    assert.equal(
      english(change(field('phrasings/x/name', null, { said: 'A' }))),
      'Maria changed the wording of X',
    );
    assert.equal(
      english(change(field('givenName', null, null), { erased: true })),
      'Maria changed the first name',
    );
    const many = ['givenName', 'familyName', 'company', 'reference', 'language', 'status'];
    assert.equal(
      english(change(many.map(path => ({ path, before: 'a', after: 'b' })))),
      'Maria changed the first name, the last name, the company and 3 more fields',
    );
  });

  it('make a sentence of any change of any record', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const fields = difference(before, after);
        for (const language of LANGUAGES) {
          const told = plainSentence(change(fields), plainWords(language)).replace(QUOTED, '');
          assert.doesNotMatch(told, UUID);
          assert.doesNotMatch(told, /undefined|\//);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('values in words', () => {
  const format = formatIn('en', 'en-GB');
  const words = (path: string, value: unknown) => valueWords(path, value, format, NAMELESS);

  it('are those of people', () => {
    assert.equal(words('addresses/a/address/country', 'PT'), 'Portugal (PT)');
    assert.equal(words('birthDate', '1969-08-04'), '4 Aug 1969');
    assert.equal(words('language', 'pt'), 'Portuguese');
    assert.equal(words('addresses/a/main', true), 'yes');
    assert.equal(words('taxIds', [{ kind: 'vat', value: 'PT1' }]), 'VAT PT1');
    assert.equal(words('contactPoints/a/purposes', ['primary', 'mobile']), 'primary, mobile');
    assert.equal(words('phrasings/x/street1', { said: 'Main', of: 'MAIN' }), 'Main');
    assert.equal(words('customFields/country', 'PT'), 'PT');
    assert.equal(words('reference', null), undefined);
    assert.equal(words('taxIds', []), undefined);
  });

  it('of any record are texts', () => {
    fc.assert(
      fc.property(anyCustomer, customer => {
        for (const { path, after } of difference(undefined, customer)) {
          const told = words(path, after);
          assert.ok(told === undefined || typeof told === 'string', path);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the difference of words', () => {
  it('holds both texts, and what is the same of both is the same', () => {
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (one, other) => {
        const { before, after } = wordDifference(one, other);
        const joined = (pieces: typeof before) => pieces.map(({ text }) => text).join('');
        assert.equal(joined(before), one);
        assert.equal(joined(after), other);
      }),
    );
    assert.deepEqual(wordDifference('same', 'same').before, [{ text: 'same', isSame: true }]);
  });

  it('marks the words that changed', () => {
    assert.deepEqual(wordDifference('45 Old Mill Rd.', '47 Old Mill Road').after, [
      { text: '47', isSame: false },
      { text: ' Old Mill ', isSame: true },
      { text: 'Road', isSame: false },
    ]);
  });
});

describe('a record in sections', () => {
  it('tells each field once, by list and item', () => {
    const fields = fieldsOf({
      givenName: 'Ada',
      company: null,
      addresses: [{ id: 'a', city: 'Porto', formatted: ['x'] }],
      customFields: { 'a/b': 1 },
    });
    assert.deepEqual(
      [...fields],
      [
        ['givenName', 'Ada'],
        ['addresses/a/city', 'Porto'],
        ['customFields/a~1b', 1],
      ],
    );
    const told = [...fields.keys()].map(path => ({ path, was: 1, is: 1, differs: false }));
    assert.deepEqual(
      sectionsOf(told).map(({ list, groups }) => [list, groups.map(({ item }) => item)]),
      [
        [undefined, ['']],
        ['addresses', ['addresses/a']],
        ['customFields', ['']],
      ],
    );
  });
});
