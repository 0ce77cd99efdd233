/** Generated records: customers as any mixture of dialects could have left them. */
import fc from 'fast-check';
import {
  type Address,
  type AddressLink,
  emptyAddress,
  linkTo,
  type Role,
  replaceAddresses,
} from '../../record/address.ts';
import { type ContactPoint, newContactPoint, replaceContactPoints } from '../../record/contact-points.ts';
import { ALPHA2 } from '../../record/country.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import type { IdentityDocument } from '../../record/identity-documents.ts';
import type { Employee, Representative } from '../../record/people.ts';
import { US_STATES } from '../../record/region.ts';
import { faultOf } from '../../record/text.ts';
import type { OrderReference, Subscription } from '../../record/trade.ts';

/** One line of text, often an ordinary word, sometimes anything that a record may hold. */
export const line = (maximum = 40): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'Rua A 1',
        'Main Street',
        '12 Quay Rd',
        'Lisboa',
        'Ada',
        'Beispiel',
        'HQ',
        'x',
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .string({ minLength: 1, maxLength: maximum, unit: 'grapheme' })
        .filter(text => faultOf(text, maximum) === undefined && text.trim() === text && text !== ''),
    },
  );

export const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(value, { nil: null });

export const email: fc.Arbitrary<string> = fc
  .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.constantFrom('example.test', 'mail.example'))
  .map(([local, domain]) => `${local}@${domain}`);

export const phone: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '+351211234567',
    '+11234567890',
    '+49 30 123456',
    '030 1234567',
    '555-0100',
    'ask at the desk',
  ),
  fc.stringMatching(/^\+1[2-9][0-9]{9}$/),
);

export const country: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('US', 'PT', 'DE', 'GB', 'BR', 'PR'),
  fc.constantFrom(...ALPHA2),
);

const date = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map(day => day.toISOString().slice(0, 10));

const place = fc.oneof(
  fc.record({
    country: country as fc.Arbitrary<string | null>,
    countryText: fc.constant(null),
    region: optional(line()),
  }),
  fc.record({
    country: fc.constant('US'),
    countryText: fc.constant(null),
    region: fc.constantFrom('Pennsylvania', ...US_STATES),
  }),
  fc.record({
    country: fc.constant(null),
    countryText: fc.constantFrom('Atlantis', 'Utopia', null),
    region: optional(line()),
  }),
);

const address: fc.Arbitrary<Address> = fc
  .tuple(
    fc.uuid({ version: 7 }),
    fc.integer({ min: 1, max: 1_000_000 }),
    place,
    fc.record({
      line1: optional(line()),
      line2: optional(line()),
      locality: optional(line()),
      city: optional(line()),
      postalCode: optional(fc.constantFrom('12345', '1000-001', 'SW1A 1AA', '8001')),
      latitude: optional(fc.constantFrom('0', '38.72', '-33.918861', '40.7128')),
      longitude: optional(fc.constantFrom('0', '-9.14', '18.4233', '-74.006')),
      contactName: optional(line()),
      contactGivenName: optional(line()),
      contactFamilyName: optional(line()),
      contactExtra: optional(line()),
      company: optional(line()),
      email: optional(email),
      phone: optional(phone),
      phone2: optional(phone),
      fax: optional(phone),
      branch: optional(fc.integer({ min: 1, max: 9 })),
    }),
  )
  .map(([id, number, where, rest]) => ({ ...emptyAddress(id), number, version: 1, ...where, ...rest }));

const roles = fc.subarray<Role>(['billing', 'shipping']);

export const link: fc.Arbitrary<AddressLink> = fc
  .tuple(address, optional(line()), roles, fc.boolean(), fc.nat(3))
  .map(([each, label, taken, main, rank]) => linkTo(each, { label, roles: taken, main, rank }));

const links = fc.uniqueArray(link, { maxLength: 4, selector: each => each.address.id });

const contactPoint: fc.Arbitrary<ContactPoint> = fc
  .oneof(
    fc.tuple(
      fc.constant('email' as const),
      email,
      fc.subarray(['primary', 'commercial', 'statusUpdates'] as const),
    ),
    fc.tuple(
      fc.constant('phone' as const),
      phone,
      fc.subarray(['primary', 'secondary', 'mobile', 'landline'] as const),
    ),
    fc.tuple(fc.constant('fax' as const), phone, fc.subarray(['primary'] as const)),
  )
  .chain(([kind, value, purposes]) =>
    fc
      .tuple(fc.uuid({ version: 7 }), fc.integer({ min: 1, max: 1_000_000 }), optional(line(20)))
      .map(([id, number, label]) => ({
        ...newContactPoint(kind, value, purposes, label),
        id,
        number,
      })),
  );

const contactPoints = fc.uniqueArray(contactPoint, { maxLength: 5, selector: each => each.number });

const identityDocument: fc.Arbitrary<IdentityDocument> = fc.record({
  id: fc.uuid({ version: 7 }),
  kind: fc.constantFrom('ssn' as const, 'drivingLicense' as const, 'passport' as const),
  value: optional(fc.stringMatching(/^[0-9]{9}$/)),
  issuingCountry: optional(country),
  issuingRegion: optional(fc.constantFrom(...US_STATES)),
  expiryDate: optional(date),
});

const person = {
  givenName: optional(line()),
  familyName: optional(line()),
  gender: optional(fc.constantFrom('female' as const, 'male' as const)),
  birthDate: optional(date),
  citizenship: optional(country),
  identityDocuments: fc.array(identityDocument, { maxLength: 2 }),
};

const representative: fc.Arbitrary<Representative> = fc
  .tuple(
    fc.record({
      id: fc.uuid({ version: 7 }),
      role: fc.constantFrom('principalOwner' as const, 'authorizedSigner' as const),
      ...person,
    }),
    contactPoints,
    links,
  )
  .map(([rest, points, addresses]) =>
    settle({ ...rest, contactPoints: [], addresses: [], phrasings: {} }, points, addresses),
  );

function settle<T extends Representative | Customer>(
  party: T,
  points: readonly ContactPoint[],
  addresses: readonly AddressLink[],
): T {
  let settled: T = { ...party, contactPoints: points };
  for (const kind of ['email', 'phone', 'fax'] as const) {
    const mine = settled.contactPoints.filter(point => point.kind === kind);
    settled = replaceContactPoints(settled, kind, mine);
  }
  return replaceAddresses(settled, addresses);
}

const orders: fc.Arbitrary<OrderReference[]> = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^ord_[a-z0-9]{1,8}$/),
    status: fc.constantFrom<OrderReference['status'][]>('pending', 'confirmed', 'fulfilled', 'cancelled'),
  }),
  { maxLength: 2, selector: each => each.id },
);

const subscriptions: fc.Arbitrary<Subscription[]> = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^sub_[a-z0-9]{1,8}$/),
    status: fc.constantFrom<Subscription['status'][]>('active', 'ended'),
    monthlyAmount: fc.integer({ min: 0, max: 99_999 }).map(cents => (cents / 100).toFixed(2)),
  }),
  { maxLength: 2, selector: each => each.id },
);

const employees: fc.Arbitrary<Employee[]> = fc.uniqueArray(
  fc.record({
    customerId: fc.uuid({ version: 7 }),
    position: line(20),
    status: fc.constantFrom('active' as const, 'disabled' as const),
    createdAt: fc.constantFrom('2026-01-02T03:04:05.678Z', '2026-02-03T04:05:06.789Z'),
  }),
  { maxLength: 2, selector: each => each.customerId },
);

/** A customer in any state that the record allows, with nothing archived. */
export const customer: fc.Arbitrary<Customer> = fc
  .tuple(
    fc.constantFrom('individual' as const, 'business' as const),
    fc.uuid({ version: 7 }),
    fc.record({
      number: fc.integer({ min: 1, max: 1_000_000 }),
      status: fc.constantFrom('active' as const, 'inactive' as const),
      reference: optional(fc.stringMatching(/^[0-9a-zA-Z]{1,12}$/)),
      accountNumber: optional(fc.integer({ min: 1, max: 99_999 }).map(String)),
      displayName: optional(line()),
      company: optional(line()),
      language: optional(fc.constantFrom('en', 'pt', 'de')),
      priceGroup: optional(fc.nat(5_000).map(String)),
      orders,
      subscriptions,
      customFields: fc.dictionary(fc.constantFrom('tier', 'note'), fc.constantFrom('gold', 1, true)),
      ...person,
    }),
    contactPoints,
    links,
    fc.array(representative, { maxLength: 2 }),
    employees,
    fc.constantFrom(null, 'PT123456789', 'DE811569869'),
  )
  .map(([kind, id, rest, points, addresses, representatives, staff, vat]) =>
    settle(
      {
        ...emptyCustomer(kind, id),
        ...rest,
        version: 1,
        representatives: kind === 'business' ? representatives : [],
        employees: kind === 'business' ? staff : [],
        taxIds: vat === null ? [] : [{ kind: 'vat', value: vat }],
      },
      points,
      addresses,
    ),
  );
