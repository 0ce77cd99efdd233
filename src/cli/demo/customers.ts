/** The sample customers of one tenant: always the same for the same seed. */
import { type AddressLink, addAddress, emptyAddress, linkTo } from '../../record/address.ts';
import { type ContactPoint, newContactPoint } from '../../record/contact-points.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import type { Representative } from '../../record/people.ts';
import type { Trade } from '../../record/trade.ts';
import {
  COMPANY_FORMS,
  COMPANY_SUBJECTS,
  COMPANY_TRADES,
  FAMILY_NAMES,
  GIVEN_NAMES,
  LABELS,
} from './names.ts';
import { PLACES, type Place } from './places.ts';
import { type Random, seededRandom } from './random.ts';

/** Sample customers of each tenant, beside the two of connectFi's document. */
export const SAMPLE_CUSTOMERS = 110;

/** The numbers of pairs of sample customers who share an address: a firm and someone who works there. */
export const SHARED_PAIRS: ReadonlyArray<readonly [number, number]> = [
  [4, 5],
  [11, 12],
  [25, 26],
];

/** The position of the archived customer; another one was archived and brought back. */
const ARCHIVED_AT = 40;
const RESTORED_AT = 41;

const FIRST_DAY = Date.UTC(2025, 0, 6, 8);
const DAY_MILLISECONDS = 86_400_000;

export function sampleCustomers(seed: number): Customer[] {
  const random = seededRandom(seed);
  return Array.from({ length: SAMPLE_CUSTOMERS }, (_, index) => sampleCustomer(random, index));
}

function sampleCustomer(random: Random, index: number): Customer {
  const day = new Date(FIRST_DAY + index * 3 * DAY_MILLISECONDS + random.below(36_000) * 1_000);
  const home = PLACES[index % PLACES.length]!;
  const kind = index % 3 === 2 ? 'business' : 'individual';
  const [givenName, familyName] = [random.pick(GIVEN_NAMES), random.pick(FAMILY_NAMES)];
  const company =
    kind === 'business'
      ? `${random.pick(COMPANY_SUBJECTS)} ${random.pick(COMPANY_TRADES)} ${COMPANY_FORMS[home.country] ?? 'Ltd'}`
      : null;
  const base: Customer = {
    ...emptyCustomer(kind, random.uuid(day)),
    givenName: kind === 'individual' || random.chance(50) ? givenName : null,
    familyName: kind === 'individual' || random.chance(50) ? familyName : null,
    company,
    language: { PT: 'pt', BR: 'pt', ES: 'es', DE: 'de', AT: 'de', CH: 'de' }[home.country] ?? 'en',
    birthDate:
      kind === 'individual' ? `19${50 + random.below(49)}-0${1 + random.below(9)}-1${random.below(9)}` : null,
    citizenship: kind === 'individual' ? home.country : null,
    taxIds:
      kind === 'business' && home.country !== 'US'
        ? [{ kind: 'vat', value: `${home.country}${100_000_000 + random.below(899_999_999)}` }]
        : [],
    contactPoints: contactPoints(random, day, home, `${givenName}.${familyName}`),
    representatives: kind === 'business' && index % 2 === 0 ? [representative(random, day, home)] : [],
    createdAt: day.toISOString(),
    createdBy: 'demo',
    archivedAt: index === ARCHIVED_AT || index === RESTORED_AT ? '2026-01-15T09:00:00.000Z' : null,
    restoredAt: index === RESTORED_AT ? '2026-02-01T09:00:00.000Z' : null,
  };
  return { ...addresses(random, day, home, base), ...trade(index) };
}

/** Every fifth customer rents a device, every seventh has ordered one: the rest of the demo stays as it was seeded. */
function trade(index: number): Trade {
  const number = 1_000 + index;
  const rents = index % 5 === 4;
  const orders = index % 7 === 6;
  return {
    orders: [
      ...(rents ? [{ id: `ord_${number}a`, status: 'fulfilled' as const }] : []),
      ...(orders ? [{ id: `ord_${number}b`, status: 'pending' as const }] : []),
    ],
    subscriptions: rents
      ? [{ id: `sub_${number}`, status: 'active', monthlyAmount: `${10 + (index % 40)}.90` }]
      : [],
  };
}

function contactPoints(random: Random, day: Date, home: Place, name: string): ContactPoint[] {
  const mailbox = name
    .normalize('NFKD')
    .replace(/[^a-zA-Z.]/g, '')
    .toLowerCase();
  const phone = () => {
    const [prefix, digits] = home.phone;
    return (
      prefix +
      Array.from({ length: digits }, (_, at) => (at === 0 ? 2 + random.below(8) : random.below(10))).join('')
    );
  };
  const points = [
    newContactPoint('email', `${mailbox}${random.below(100)}@example.test`, ['primary'], 'default'),
    newContactPoint('phone', phone(), ['primary'], 'phone'),
    ...(random.chance(40) ? [newContactPoint('phone', phone(), ['mobile'], 'mobile')] : []),
    ...(random.chance(20)
      ? [newContactPoint('email', `billing${random.below(100)}@example.test`, ['commercial'], 'billing')]
      : []),
    ...(random.chance(10) ? [newContactPoint('fax', phone(), [], 'fax')] : []),
  ];
  return points.map(point => ({ ...point, id: random.uuid(day) }));
}

function addresses(random: Random, day: Date, home: Place, customer: Customer): Customer {
  const name = customer.company ?? `${customer.givenName} ${customer.familyName}`;
  const first = link(random, day, home, name, random.chance(50) ? ['billing', 'shipping'] : ['billing']);
  const others = Array.from({ length: random.below(3) }, (_, at) =>
    link(
      random,
      day,
      random.chance(70) ? home : random.pick(PLACES),
      name,
      at === 0 && first.roles.length === 1 ? ['shipping'] : [],
    ),
  );
  return [first, ...others].reduce(addAddress, customer);
}

function link(
  random: Random,
  day: Date,
  place: Place,
  name: string,
  roles: AddressLink['roles'],
): AddressLink {
  const number = String(1 + random.below(180));
  const street = random.pick(place.streets);
  const located = random.chance(60);
  return linkTo(
    {
      ...emptyAddress(random.uuid(day)),
      line1: place.numberFirst ? `${number} ${street}` : `${street} ${number}`,
      line2: random.chance(25) ? `${random.pick(['Suite', 'Floor', 'Unit'])} ${1 + random.below(12)}` : null,
      city: place.city,
      region: place.region,
      postalCode: place.postalCode,
      country: place.country,
      latitude: located ? place.latitude.replace(/0+$/, '') : null,
      longitude: located ? place.longitude.replace(/0+$/, '') : null,
      company: name,
    },
    { label: random.chance(50) ? random.pick(LABELS) : null, roles },
  );
}

function representative(random: Random, day: Date, home: Place): Representative {
  const [givenName, familyName] = [random.pick(GIVEN_NAMES), random.pick(FAMILY_NAMES)];
  const base: Representative = {
    id: random.uuid(day),
    role: random.pick(['principalOwner', 'authorizedSigner']),
    givenName,
    familyName,
    gender: null,
    birthDate: `19${50 + random.below(40)}-1${random.below(3)}-2${random.below(8)}`,
    citizenship: home.country,
    identityDocuments: [],
    contactPoints: contactPoints(random, day, home, `${givenName}.${familyName}`),
    addresses: [],
    phrasings: {},
  };
  return addAddress(base, link(random, day, home, `${givenName} ${familyName}`, []));
}
