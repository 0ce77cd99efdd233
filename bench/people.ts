/** Customers as unlike each other as those of a real business: few names that many have, many that few have. */
import { addAddress, emptyAddress, linkTo } from '../src/record/address.ts';
import { newContactPoint } from '../src/record/contact-points.ts';
import { type Customer, emptyCustomer } from '../src/record/customer.ts';

/** Distinct words that the generator knows. */
const GIVEN_NAMES = 4_000;
const FAMILY_NAMES = 200_000;
const CITIES = 8_000;
const COMPANY_WORDS = 30_000;
const DOMAINS = 20_000;

const BIG_DOMAINS = ['mail.test', 'post.test', 'web.test', 'box.test', 'inbox.test', 'letter.test'];
const MOBILE = [
  '151',
  '152',
  '157',
  '159',
  '160',
  '162',
  '163',
  '170',
  '171',
  '172',
  '173',
  '174',
  '175',
  '176',
];
const FORMS = ['GmbH', 'GmbH', 'AG', 'KG', 'GmbH & Co. KG', 'e.K.', 'Ltd', 'OHG'];
const STARTS = [
  'B',
  'Br',
  'D',
  'F',
  'G',
  'H',
  'J',
  'K',
  'Kl',
  'L',
  'M',
  'N',
  'P',
  'R',
  'S',
  'Sch',
  'St',
  'T',
  'V',
  'W',
  'Z',
  '',
  'Schw',
  'Gr',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ei', 'au', 'ü', 'ö', 'ie'];
const MIDDLES = [
  'b',
  'd',
  'f',
  'g',
  'l',
  'll',
  'm',
  'n',
  'nn',
  'r',
  'rd',
  's',
  'st',
  't',
  'ck',
  'ch',
  'rm',
  'lt',
  'ng',
];
const ENDS: Readonly<Record<string, readonly string[]>> = {
  given: ['a', 'ia', 'us', 'o', 'e', 'ina', 'an', 'in', 'as', 'ine'],
  family: [
    'er',
    'mann',
    'sen',
    'ler',
    'ke',
    'berg',
    'feld',
    'inger',
    'ner',
    'ski',
    'el',
    's',
    'e',
    'rich',
    'bauer',
  ],
  city: ['stadt', 'burg', 'heim', 'dorf', 'hausen', 'berg', 'ingen', 'bach', 'au', 'en'],
  company: ['tech', 'bau', 'soft', 'werk', 'handel', 'data', 'plan', 'ex', 'on', 'ia', 'log'],
};

/** A generator of its own, so that the same index is the same customer on every run (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)]!;

/** So that the commonest name is that of one customer in a hundred, as Müller is in Germany. */
const SHIFT = 20;

/** One of `count` things, the first far more often than the last. */
const skewed = (count: number, next: () => number): number =>
  Math.floor(SHIFT * ((count + SHIFT) / SHIFT) ** next()) - SHIFT;

function word(kind: string, index: number): string {
  const next = random(index * 7_919 + kind.length * 104_729 + kind.charCodeAt(0));
  let text = pick(STARTS, next) + pick(VOWELS, next) + pick(MIDDLES, next);
  if (index > 100 && next() < 0.8) text += pick(VOWELS, next) + pick(MIDDLES, next);
  if (index > 5_000) text += pick(VOWELS, next) + pick(MIDDLES, next);
  text += pick(ENDS[kind]!, next);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/ü/g, 'ue')
    .replace(/ö/g, 'oe')
    .replace(/[^a-z0-9]/g, '');

const digits = (count: number, next: () => number): string =>
  Array.from({ length: count }, () => Math.floor(next() * 10)).join('');

export function person(index: number): Customer {
  const next = random(index);
  const given = word('given', skewed(GIVEN_NAMES, next));
  const family = word('family', skewed(FAMILY_NAMES, next));
  const business = next() < 0.2;
  const company = business
    ? [
        word('company', skewed(COMPANY_WORDS, next)),
        next() < 0.5 ? family : word('company', skewed(COMPANY_WORDS, next)),
        pick(FORMS, next),
      ].join(' ')
    : null;
  const cityIndex = skewed(CITIES, next);
  const city = word('city', cityIndex);
  const postalCode = String(10_000 + ((cityIndex * 11 + Math.floor(next() * 10)) % 89_999));
  const domain =
    next() < 0.7 ? pick(BIG_DOMAINS, next) : `${plain(word('company', skewed(DOMAINS, next)))}.test`;
  const local =
    next() < 0.6 ? `${plain(given)}.${plain(family)}${index % 97}` : `${plain(family)}${digits(4, next)}`;
  const number = index + 1;
  const customer: Customer = {
    ...emptyCustomer(business ? 'business' : 'individual'),
    number,
    givenName: given,
    familyName: family,
    company,
    status: next() < 0.02 ? 'inactive' : 'active',
    accountNumber: String(number),
    taxIds: business ? [{ kind: 'vat', value: `DE${digits(9, next)}` }] : [],
    contactPoints: [
      { ...newContactPoint('email', `${local}@${domain}`, ['primary']), number: 3 * index + 1 },
      {
        ...newContactPoint('phone', `+49${pick(MOBILE, next)}${digits(8, next)}`, ['primary']),
        number: 3 * index + 2,
      },
      ...(next() < 0.4
        ? [
            {
              ...newContactPoint('phone', `+49${200 + (cityIndex % 700)}${digits(7, next)}`, ['landline']),
              number: 3 * index + 3,
            },
          ]
        : []),
    ],
  };
  const place = (at: number) => ({
    ...emptyAddress(),
    number: 2 * index + at + 1,
    line1: `${word('city', skewed(CITIES, next))}er Straße ${1 + Math.floor(next() * 120)}`,
    country: 'DE',
  });
  const home = linkTo(
    { ...place(0), city, postalCode, contactName: `${given} ${family}` },
    { roles: ['billing'] },
  );
  if (next() < 0.75) return addAddress(customer, home);
  const other = skewed(CITIES, next);
  const elsewhere = {
    ...place(1),
    city: word('city', other),
    postalCode: String(10_000 + ((other * 11) % 89_999)),
  };
  return addAddress(addAddress(customer, home), linkTo(elsewhere, { roles: ['shipping'] }));
}
