/** Writing addresses: a list that is whole, with one main address and each role held once. */
import {
  type Address,
  type Addressed,
  type AddressLink,
  emptyAddress,
  linkTo,
  type Role,
  replaceAddresses,
} from '../record/address.ts';
import { parseDecimal } from '../record/coordinates.ts';
import { isCountry } from '../record/country.ts';
import { isEmail } from '../record/email.ts';
import { sameJson } from '../record/json.ts';
import { withCountryText, withStreetLine } from '../record/place.ts';
import { instantOf } from './instant.ts';
import { type AddressSent, below, expectNoId, kept, type Report, withEntries, withTexts } from './sent.ts';

const TEXTS = [
  ...(['line2', 'locality', 'city', 'region', 'postalCode'] as const),
  ...(['contactName', 'contactGivenName', 'contactFamilyName', 'contactExtra', 'company'] as const),
  ...(['email', 'phone', 'phone2', 'fax'] as const),
] as const;

/** `fresh` is the time that a new address gets here, where the store gives it none. */
export function withAddresses<Party extends Addressed>(
  party: Party,
  sent: readonly AddressSent[],
  report: Report,
  fresh?: string,
): Party {
  const links = withEntries(party.addresses, sent, report, {
    idField: 'id',
    idOf: link => link.address.id,
    sentId: ({ id }) => id,
    add: (each, here) => newLink(each, here, fresh),
    change: changedLink,
  });
  if (links === party.addresses) return party;
  return replaceAddresses(party, settled(links, sent, party.addresses, report));
}

function newLink(sent: AddressSent, report: Report, fresh: string | undefined): AddressLink | undefined {
  if (!expectNoId(sent, report)) return undefined;
  const empty = emptyAddress();
  const address = fresh === undefined ? empty : { ...empty, createdAt: fresh, updatedAt: fresh };
  return changedLink(linkTo(address), sent, report);
}

function changedLink(link: AddressLink, sent: AddressSent, report: Report): AddressLink {
  const address = changedAddress(link.address, sent, report);
  const { main = link.main, roles = link.roles } = sent;
  const labelled = withTexts(link, sent, ['label']);
  return address === link.address && labelled === link && main === link.main && sameJson(roles, link.roles)
    ? link
    : { ...labelled, address, main, roles: sameJson(roles, link.roles) ? link.roles : [...new Set(roles)] };
}

function changedAddress(before: Address, sent: AddressSent, report: Report): Address {
  const steps = [withStreet, withPlace, withPosition, withArchive];
  const written = steps.reduce(
    (address, step) => step(address, sent, report),
    withTexts(before, sent, TEXTS),
  );
  if (written.email !== before.email && written.email !== null && !isEmail(written.email)) {
    report('email', 'must be an e-mail address');
  }
  const { branch = written.branch } = sent;
  return branch === written.branch ? written : { ...written, branch };
}

/** The house number is a part of the line: one that came with another line goes with it. */
function withStreet(address: Address, sent: AddressSent, report: Report): Address {
  const line1 = sent.line1 === undefined || sent.line1 === address.line1 ? address.line1 : kept(sent.line1);
  const moved = withStreetLine(address, line1);
  const { houseNumber } = sent;
  if (houseNumber === undefined || houseNumber === moved.houseNumber) return moved;
  const number = kept(houseNumber);
  if (number === moved.houseNumber) return moved;
  if (number === null || line1?.endsWith(` ${number}`)) return { ...moved, houseNumber: number };
  // As it was sent back beside another line.
  if (number === address.houseNumber) return moved;
  report('houseNumber', 'must stand at the end of line1, too');
  return moved;
}

/** A code says it all; without one, the text says which country is meant, or is kept as written. */
function withPlace(address: Address, sent: AddressSent, report: Report): Address {
  const { country, countryText } = sent;
  if (typeof country === 'string') {
    if (country === address.country) return address;
    if (!isCountry(country)) report('country', 'must be a code of ISO 3166-1 alpha-2');
    return { ...address, country, countryText: null };
  }
  const without = country === null && address.country !== null ? { ...address, country } : address;
  if (countryText === undefined || countryText === without.countryText) return without;
  const text = kept(countryText);
  return text === without.countryText ? without : withCountryText(without, text);
}

/** Degrees as a decimal text; a position is two numbers or none. */
function withPosition(address: Address, sent: AddressSent, report: Report): Address {
  const latitude = degrees('latitude', address.latitude, sent.latitude, 90, report);
  const longitude = degrees('longitude', address.longitude, sent.longitude, 180, report);
  if (latitude === address.latitude && longitude === address.longitude) return address;
  if ((latitude === null) !== (longitude === null)) {
    report(latitude === null ? 'latitude' : 'longitude', 'is missing: a position has both');
  }
  return { ...address, latitude, longitude };
}

function degrees(
  field: string,
  before: string | null,
  sent: string | null | undefined,
  bound: 90 | 180,
  report: Report,
): string | null {
  if (sent === undefined || sent === before) return before;
  const text = kept(sent);
  if (text === null) return null;
  const number = parseDecimal(text, bound);
  if (number === undefined) report(field, `must be a decimal number from -${bound} to ${bound}`);
  return number ?? before;
}

function withArchive(address: Address, sent: AddressSent, report: Report): Address {
  let after = address;
  for (const key of ['archivedAt', 'restoredAt'] as const) {
    const time = sent[key];
    if (time === undefined || time === address[key]) continue;
    const instant = time === null ? null : instantOf(time);
    if (instant === undefined) report(key, 'must be a time that a clock can show');
    else if (instant !== address[key]) after = { ...after, [key]: instant };
  }
  return after;
}

/**
 * Whoever takes up a role, or becomes the main address, has it from those of which nothing is said. Two of which it is said
 * are a fault, unless it stood so before.
 */
function settled(
  links: readonly AddressLink[],
  sent: readonly AddressSent[],
  before: readonly AddressLink[],
  report: Report,
): readonly AddressLink[] {
  // A list with faults is shorter than what was sent, and nothing is made of it.
  if (links.length !== sent.length) return links;
  const holders = new Map<Role | 'main', AddressLink>();
  const claim = (what: Role | 'main', link: AddressLink, at: number, field: string) => {
    if (!holders.has(what)) holders.set(what, link);
    else if (!before.includes(link)) below(report, at)(field, `${what} is what another address is already`);
  };
  for (const [at, link] of links.entries()) {
    if (sent[at]?.main === true) claim('main', link, at, 'main');
    if (sent[at]?.roles !== undefined) for (const role of link.roles) claim(role, link, at, 'roles');
  }
  const keeps = (what: Role | 'main', link: AddressLink) => (holders.get(what) ?? link) === link;
  return links.map(link => {
    const main = link.main && keeps('main', link);
    const roles = link.roles.filter(role => keeps(role, link));
    return main === link.main && roles.length === link.roles.length ? link : { ...link, main, roles };
  });
}
