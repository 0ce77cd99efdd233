/** The words by which a customer is found: folded, so that spellings which people take for the same are the same. */
import type { Address } from './address.ts';
import type { ContactPoint } from './contact-points.ts';
import type { Customer } from './customer.ts';
import { joinName } from './names.ts';
import { parsePhone } from './phone.ts';

/** What of a customer a word was found in. */
export type SearchField =
  | 'name'
  | 'company'
  | 'representative'
  | 'email'
  | 'phone'
  | 'taxId'
  | 'accountNumber'
  | 'reference'
  | 'contact'
  | 'city'
  | 'postalCode'
  | 'id';

/** Names come before what leads to one customer, and that before places; 0 are marks, which nobody types. */
export type Rank = 0 | 1 | 2 | 3;

/** A value as written, and what makes words of it. */
export interface SearchValue {
  readonly field: SearchField;
  readonly rank: Rank;
  readonly value: string;
  readonly words: () => readonly string[];
}

/** The best rank of each word. */
export type RankedWords = ReadonlyMap<string, Rank>;

/** Version of these rules: with another one the store makes the words of all customers anew. */
export const SEARCH_RULES = 1;

/** Longer words are cut, in UTF-16 units: nobody types them to the end. E-mails are kept whole. */
export const WORD_MAXIMUM = 64;

/** Of one customer without addresses, and of one address; a person with everything has some 60 and 20. */
const OWN_WORDS_MAXIMUM = 300;
const PLACE_WORDS_MAXIMUM = 60;

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ς: 'σ',
};

/** How German and the Nordic languages write a letter where it cannot be typed. */
const TYPED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

const APOSTROPHES = /['’‘`´ʼ]/g;

/** Lower case, without diacritics, compatibility forms made plain. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłđðþæœıħŧς]/g, letter => LETTERS[letter] ?? letter)
    .normalize('NFKC');

/** Folded, and the other way to type it where there is one: `Müller` is `muller` and `mueller`. */
function spellings(text: string): readonly string[] {
  const plain = text.normalize('NFC').toLowerCase();
  const typed = plain.replace(/[äöüøå]/g, letter => TYPED[letter] ?? letter);
  return typed === plain ? [fold(plain)] : [fold(plain), fold(typed)];
}

const cut = (word: string): string =>
  word.length > WORD_MAXIMUM ? [...word].slice(0, WORD_MAXIMUM).join('') : word;

/** Letters and digits, the rest divides; an apostrophe is inside a word. */
export const partsOf = (folded: string): string[] =>
  (folded.replace(APOSTROPHES, '').match(/[\p{L}\p{N}]+/gu) ?? []).map(cut);

/** The same as one word. */
export const compact = (folded: string): string => cut(folded.replace(/[^\p{L}\p{N}]/gu, ''));

export const digitsOf = (text: string): string => text.replace(/\D/g, '');

const textWords = (text: string): string[] =>
  text.split(/\s+/).flatMap(chunk =>
    spellings(chunk).flatMap(folded => {
      const parts = partsOf(folded);
      return parts.length > 1 ? [...parts, compact(folded)] : parts;
    }),
  );

/** Numbers with letters, blanks and signs: as one word, in their parts, and the digits alone. */
function codeWords(code: string): string[] {
  const folded = fold(code);
  const parts = partsOf(folded);
  const digits = digitsOf(folded);
  return [compact(folded), ...(parts.length > 1 ? parts : []), ...(digits.length >= 4 ? [digits] : [])];
}

/** The whole, the parts before the sign, the domain, and its parts without the ending, which thousands have. */
function emailWords(email: string): string[] {
  const folded = fold(email.trim());
  const at = folded.lastIndexOf('@');
  if (at < 0) return textWords(email);
  const domain = folded.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const name = dot < 0 ? domain : domain.slice(0, dot);
  return [folded, ...partsOf(folded.slice(0, at)), domain, ...partsOf(name)];
}

/** Marks of the words by which whole numbers and the ends of numbers are found. */
export const international = (digits: string): string => `+${digits}`;
export const reversed = (digits: string): string => `~${[...digits].reverse().join('')}`;

export const withoutTrunk = (digits: string): string => digits.replace(/^0+/, '');

/** With the country, without it, and from the end; a number of an unknown country as its digits alone. */
function phoneWords(value: string, country: string | null): string[] {
  const parsed = parsePhone(value, country);
  if (parsed) {
    const digits = parsed.e164.slice(1);
    return [international(digits), parsed.national, reversed(digits)];
  }
  const digits = withoutTrunk(digitsOf(value));
  return digits === '' ? textWords(value) : [cut(digits), reversed(digits.slice(-WORD_MAXIMUM))];
}

const text = (field: SearchField, rank: Rank, value: string | null): SearchValue[] =>
  value ? [{ field, rank, value, words: () => textWords(value) }] : [];

const code = (field: SearchField, rank: Rank, value: string | null): SearchValue[] =>
  value ? [{ field, rank, value, words: () => codeWords(value) }] : [];

const phone = (value: string | null, country: string | null = null): SearchValue[] =>
  value ? [{ field: 'phone', rank: 2, value, words: () => phoneWords(value, country) }] : [];

const email = (value: string | null): SearchValue[] =>
  value ? [{ field: 'email', rank: 2, value, words: () => emailWords(value) }] : [];

const contact = (point: ContactPoint): SearchValue[] =>
  point.kind === 'email' ? email(point.value) : phone(point.e164 ?? point.value);

/** What the customer's own row tells, the most telling first. */
export const ownValues = (customer: Customer): SearchValue[] => [
  ...text('name', 1, customer.displayName),
  ...text('name', 1, joinName(customer.givenName, customer.familyName)),
  ...text('company', 1, customer.company),
  ...code('accountNumber', 2, customer.accountNumber),
  ...code('reference', 2, customer.reference),
  ...customer.contactPoints.flatMap(contact),
  ...customer.taxIds.flatMap(tax => code('taxId', 2, tax.value)),
  ...customer.representatives.flatMap(person => [
    ...text('representative', 2, joinName(person.givenName, person.familyName)),
    ...person.contactPoints.flatMap(contact),
  ]),
];

/** What an address tells, whoever has it. Streets are not searched: they would be half of all words. */
export const placeValues = (address: Address): SearchValue[] => [
  ...text('company', 2, address.company),
  ...text('contact', 2, address.contactName),
  ...text('contact', 2, joinName(address.contactGivenName, address.contactFamilyName)),
  ...text('contact', 2, address.contactExtra),
  ...email(address.email),
  ...phone(address.phone, address.country),
  ...phone(address.phone2, address.country),
  ...phone(address.fax, address.country),
  ...text('city', 3, address.city),
  ...text('city', 3, address.locality),
  ...code('postalCode', 3, address.postalCode),
];

function ranked(values: readonly SearchValue[], maximum: number, marks: readonly string[] = []): RankedWords {
  const words = new Map<string, Rank>(marks.map(mark => [mark, 0]));
  for (const { rank, words: wordsOf } of values) {
    for (const word of wordsOf()) {
      if (word === '' || (words.size >= maximum && !words.has(word))) continue;
      words.set(word, Math.min(words.get(word) ?? rank, rank) as Rank);
    }
  }
  return words;
}

/** Marks of what a search may be narrowed to; only of the rarer state, because each mark is a row. */
export const BUSINESS = ':business';
export const INACTIVE = ':inactive';

const marksOf = ({ kind, status }: Customer): string[] => [
  ...(kind === 'business' ? [BUSINESS] : []),
  ...(status === 'inactive' ? [INACTIVE] : []),
];

/** The words of the customer without those of the addresses. */
export const ownWords = (customer: Customer): RankedWords =>
  ranked(ownValues(customer), OWN_WORDS_MAXIMUM, marksOf(customer));

export const placeWords = (address: Address): RankedWords =>
  ranked(placeValues(address), PLACE_WORDS_MAXIMUM);
