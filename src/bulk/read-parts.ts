/**
 * The parts of a customer from a line. What has an id was in a record before and is taken as it is; what has none is new,
 * gets an id, and is held to the rules of Concord's own API.
 */

import { instantOf } from '../api/instant.ts';
import { below, faultList, kept, type Report } from '../api/sent.ts';
import { type AddressLink, emptyAddress, linkTo } from '../record/address.ts';
import { type ContactPoint, newContactPoint } from '../record/contact-points.ts';
import { parseDecimal } from '../record/coordinates.ts';
import { isCountry } from '../record/country.ts';
import { isEmail } from '../record/email.ts';
import { newId } from '../record/identifier.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import type { Person, Representative } from '../record/people.ts';
import { withCountryText } from '../record/place.ts';
import type {
  AddressSaid,
  ContactPointSaid,
  DocumentSaid,
  PartySaid,
  PersonSaid,
  RepresentativeSaid,
} from './line.ts';

export { below, faultList, type Report };

const COUNTRY_RULE = 'must be a code of ISO 3166-1 alpha-2';
const TWICE = 'stands in the list already';

type Texts<Entity> = { [Key in keyof Entity]: Entity[Key] };

/** Without blanks at the ends of texts, and nothing in the place of empty ones. */
function trimmed<Entity extends object>(entity: Entity): Texts<Entity> {
  return Object.fromEntries(
    Object.entries(entity).map(([name, value]) => [name, typeof value === 'string' ? kept(value) : value]),
  ) as Texts<Entity>;
}

/** Times as the record has them. */
export function withInstants<Entity extends object>(
  entity: Entity,
  names: readonly (keyof Entity & string)[],
  report: Report,
): Entity {
  let after = entity;
  for (const name of names) {
    const time = entity[name];
    if (typeof time !== 'string') continue;
    const instant = instantOf(time);
    if (instant === undefined) report(name, 'must be a time that a clock can show');
    else if (instant !== time) after = { ...after, [name]: instant };
  }
  return after;
}

/** Reports whatever is in a list twice. */
export function expectOnce<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  field: string,
  report: Report,
): void {
  if (items.length < 2) return;
  const seen = new Set<string>();
  for (const [at, item] of items.entries()) {
    const key = keyOf(item);
    if (seen.has(key)) below(report, at)(field, TWICE);
    seen.add(key);
  }
}

function contactPoint(said: ContactPointSaid, report: Report): ContactPoint {
  const { kind, value, purposes = [], label = null, ...rest } = said;
  if (said.id !== undefined) {
    const e164 = said.e164 ?? newContactPoint(kind, value).e164;
    return { number: null, phrasings: {}, ...rest, id: said.id, kind, value, purposes, label, e164 };
  }
  const text = kept(value);
  if (text === null) report('value', 'must not be blank');
  if (kind === 'email' && text !== null && !isEmail(text)) report('value', 'must be an e-mail address');
  const fresh = newContactPoint(kind, text ?? '', [...new Set(purposes)], kept(label));
  return { ...fresh, ...rest };
}

export function contactPoints(said: readonly ContactPointSaid[], report: Report): ContactPoint[] {
  const points = said.map((each, at) => contactPoint(each, below(report, at)));
  expectOnce(points, ({ id }) => id, 'id', report);
  const taken = new Set<string>();
  for (const [at, { kind, purposes }] of points.entries()) {
    for (const purpose of purposes) {
      const claim = `${kind} ${purpose}`;
      if (taken.has(claim) && said[at]!.id === undefined) {
        below(report, at)('purposes', `${purpose} is the purpose of another ${kind} already`);
      }
      taken.add(claim);
    }
  }
  return points;
}

function addressLink(said: AddressSaid, report: Report): AddressLink {
  const { label = null, main = false, roles = [], rank = 0, ...place } = said;
  const known = place.id !== undefined;
  const { country, countryText, ...rest } = withInstants(
    known ? place : trimmed(place),
    ['archivedAt', 'restoredAt', 'createdAt', 'updatedAt'],
    report,
  );
  if (typeof country === 'string' && !isCountry(country)) report('country', COUNTRY_RULE);
  const { latitude = null, longitude = null } = rest;
  expectDegrees('latitude', latitude, 90, report);
  expectDegrees('longitude', longitude, 180, report);
  const plain = { ...emptyAddress(place.id), ...rest };
  const address = known
    ? { ...plain, country: country ?? null, countryText: countryText ?? null }
    : country
      ? { ...plain, country }
      : withCountryText(plain, countryText ?? null);
  if (!known) expectSoundAddress(address, report);
  return linkTo(address, { label: known ? label : kept(label), main, roles: [...new Set(roles)], rank });
}

function expectSoundAddress({ line1, houseNumber, email }: AddressLink['address'], report: Report): void {
  if (email !== null && !isEmail(email)) report('email', 'must be an e-mail address');
  if ((latitude === null) !== (longitude === null)) {
    report(latitude === null ? 'latitude' : 'longitude', 'is missing: a position has both');
  }
  if (houseNumber !== null && !line1?.endsWith(` ${houseNumber}`)) {
    report('houseNumber', 'must stand at the end of line1, too');
  }
}

function expectDegrees(field: string, text: string | null, bound: 90 | 180, report: Report): void {
  if (text !== null && parseDecimal(text, bound) === undefined) {
    report(field, `must be a decimal number from -${bound} to ${bound}`);
  }
}

/** One of them is the main one: the first, where none is said to be. */
export function addressLinks(said: readonly AddressSaid[], report: Report): AddressLink[] {
  const links = said.map((each, at) => addressLink(each, below(report, at)));
  expectOnce(links, ({ address }) => address.id, 'id', report);
  const taken = new Set<string>();
  for (const [at, { main, roles }] of links.entries()) {
    for (const what of main ? ['main', ...roles] : roles) {
      if (taken.has(what) && said[at]!.id === undefined) {
        below(report, at)(what === 'main' ? 'main' : 'roles', `${what} is what another address is already`);
      }
      taken.add(what);
    }
  }
  return taken.has('main') || links.length === 0 ? links : [{ ...links[0]!, main: true }, ...links.slice(1)];
}

function identityDocument(said: DocumentSaid, report: Report): IdentityDocument {
  const { id = newId(), ...rest } = said.id === undefined ? trimmed(said) : said;
  const { kind, value = null, issuingCountry = null, issuingRegion = null, expiryDate = null } = rest;
  if (value?.startsWith('…')) report('value', 'is masked: give the whole number, or none');
  if (issuingCountry !== null && !isCountry(issuingCountry)) report('issuingCountry', COUNTRY_RULE);
  return { id, kind, value, issuingCountry, issuingRegion, expiryDate };
}

export function identityDocuments(said: readonly DocumentSaid[], report: Report): IdentityDocument[] {
  const documents = said.map((each, at) => identityDocument(each, below(report, at)));
  expectOnce(documents, ({ id }) => id, 'id', report);
  return documents;
}

/** Names and the like. `known` is taken as it is. */
export function person(
  said: PersonSaid,
  known: boolean,
  now: string,
  report: Report,
): Omit<Person, 'identityDocuments'> {
  const { gender = null, birthDate = null, citizenship = null } = said;
  const { givenName = null, familyName = null } = said;
  if (citizenship !== null && !isCountry(citizenship)) report('citizenship', COUNTRY_RULE);
  if (!known && birthDate !== null && birthDate > now.slice(0, 10)) {
    report('birthDate', 'must not be in the future');
  }
  const names = known ? { givenName, familyName } : trimmed({ givenName, familyName });
  return { ...names, gender, birthDate, citizenship };
}

/** What a customer and a representative have alike. */
export const party = (said: PartySaid, report: Report) => ({
  contactPoints: contactPoints(said.contactPoints ?? [], below(report, 'contactPoints')),
  addresses: addressLinks(said.addresses ?? [], below(report, 'addresses')),
  identityDocuments: identityDocuments(said.identityDocuments ?? [], below(report, 'identityDocuments')),
});

/** Addresses of representatives have no rows of their own, so nobody else gives them their times. */
export function representative(said: RepresentativeSaid, now: string, report: Report): Representative {
  const { id = newId(), role, phrasings = {} } = said;
  const { addresses, ...rest } = party(said, report);
  const timed = addresses.map((link, at) => {
    const { createdAt = now, updatedAt = now } = said.addresses?.[at] ?? {};
    return { ...link, address: { ...link.address, createdAt, updatedAt } };
  });
  return {
    id,
    role,
    phrasings,
    ...person(said, said.id !== undefined, now, report),
    ...rest,
    addresses: timed,
  };
}
