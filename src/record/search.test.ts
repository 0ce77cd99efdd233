import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { customer as records } from '../dialects/conformance/generate.ts';
import { emptyAddress } from './address.ts';
import { newContactPoint } from './contact-points.ts';
import { emptyCustomer } from './customer.ts';
import { readingsOf, TOKENS_MAXIMUM } from './search-query.ts';
import { mayBeMistyped, typosBetween, wordsOneTypoAway } from './search-typos.ts';
import { fold, ownWords, placeWords, type RankedWords } from './search-words.ts';

const sorted = (words: RankedWords): string[] => [...words].map(([word, rank]) => `${rank}${word}`).sort();

describe('folding', () => {
  test('makes spellings one', () => {
    assert.equal(fold('ÅNGSTRÖM ẞ ﬁn ①'), 'angstrom ss fin 1');
    assert.equal(fold('Łódź Æsop İzmir'), 'lodz aesop izmir');
    assert.equal(fold('ΟΔΟΣ'), fold('οδος'));
  });

  test('twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        assert.equal(fold(fold(text)), fold(text));
      }),
    );
  });
});

describe('the words of a customer', () => {
  test('are those of names, what leads to one customer, and marks', () => {
    const customer = {
      ...emptyCustomer('business'),
      company: 'Müller & Co.',
      reference: 'A-17',
      contactPoints: [
        newContactPoint('email', 'Jo.Po@acme.example'),
        newContactPoint('phone', '+49 30 1234567'),
      ],
    };
    assert.deepEqual(
      sorted(ownWords(customer)),
      [
        '0:business',
        '1co',
        '1mueller',
        '1muller',
        '217',
        '2+49301234567',
        '2301234567',
        '2a',
        '2a17',
        '2acme',
        '2acme.example',
        '2jo',
        '2jo.po@acme.example',
        '2po',
        '2~76543210394',
      ].sort(),
    );
  });

  test('of an address are no street', () => {
    const address = {
      ...emptyAddress(),
      line1: 'Long Street 1',
      city: 'Bad Ems',
      postalCode: 'SW1A 1AA',
      phone: '030 123',
      country: 'DE',
    };
    assert.deepEqual(
      sorted(placeWords(address)),
      ['230123', '2+4930123', '2~3210394', '31aa', '3bad', '3ems', '3sw1a', '3sw1a1aa'].sort(),
    );
  });

  test('are bounded, whatever is stored', () => {
    const long = Array.from({ length: 1_000 }, (_, at) => `word${at}`).join(' ');
    assert.equal(ownWords({ ...emptyCustomer('individual'), displayName: long }).size, 300);
    const [word] = ownWords({ ...emptyCustomer('individual'), displayName: 'x'.repeat(1_000) }).keys();
    assert.equal(word?.length, 64);
    fc.assert(
      fc.property(records, customer => {
        for (const word of ownWords(customer).keys()) assert.ok(word.length > 0 && word.length <= 260);
      }),
    );
  });
});

describe('what was typed', () => {
  test('is one phone where digits stand together', () => {
    const [first] = readingsOf('ada 0151 23-45 67');
    assert.deepEqual(
      first?.map(token => token.words),
      [['ada'], ['0151234567', '151234567', '+151234567']],
    );
  });

  test('is complete when a blank follows', () => {
    assert.deepEqual(
      readingsOf('ada sam')[0]?.map(token => token.prefixes),
      [[], ['sam']],
    );
    assert.deepEqual(
      readingsOf('ada sam ')[0]?.map(token => token.prefixes),
      [[], []],
    );
  });

  test('says nothing without a letter or a digit', () => {
    for (const text of ['', '  ', '.,-', '@', '%_\\', '\u0000']) assert.deepEqual(readingsOf(text), [], text);
  });

  test('is bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), text => {
        for (const reading of readingsOf(text)) {
          assert.ok(reading.length <= TOKENS_MAXIMUM);
          for (const { words } of reading)
            for (const word of words) assert.ok(word.isWellFormed() && !word.includes('\0'));
        }
      }),
    );
  });
});

describe('typos', () => {
  test('are one step away, each way', () => {
    for (const typed of ['muler', 'mulller', 'mullwr', 'mulelr', 'uller', 'mulle', 'xmuller']) {
      assert.ok(wordsOneTypoAway(typed).includes('muller'), typed);
    }
    assert.ok(!wordsOneTypoAway('muller').includes('muller'));
  });

  test('agree with the distance', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,9}$/), fc.nat(), (word, at) => {
        const all = wordsOneTypoAway(word);
        const one = all[at % all.length]!;
        assert.equal(typosBetween(word, one, 2), 1);
        assert.equal(typosBetween(one, word, 2), 1);
      }),
    );
  });

  test('are made in words of letters alone', () => {
    assert.ok(mayBeMistyped('ivanov') && mayBeMistyped('иванов'));
    for (const word of ['abc', '12345', 'ab12', 'x'.repeat(40)]) assert.ok(!mayBeMistyped(word), word);
  });
});
