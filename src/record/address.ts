/** Addresses, and the links by which customers have them: main, roles, label, order. */
import { newId } from './identifier.ts';
import type { Phrased, Phrasings } from './phrasing.ts';

/** What an address serves for a customer. One address may serve both; at most one address serves each. */
export type Role = 'billing' | 'shipping';

/** One place. It may be linked to several customers (Lightening's `customer_ids`); it is still one address. */
export interface Address extends Phrased {
  /** UUID version 7. */
  readonly id: string;
  /** Counts from 1 within the tenant; `null` until stored. The id in Flecto, Lightening and Billbee. */
  readonly number: number | null;
  /** Counts the changes of the address itself, whichever customer they came through. */
  readonly version: number;
  /** Street with house number, as on an envelope. Flecto, FlexPortal, Lightening, connectFi, Billbee (split). */
  readonly line1: string | null;
  /** Apartment, suite, floor. FlexPortal `buildingInfo`, Lightening, connectFi, Billbee `AddressAddition`. */
  readonly line2: string | null;
  /** The house number when it came as a part of its own; `line1` holds it too. Billbee. */
  readonly houseNumber: string | null;
  /** Part of town. FlexPortal. */
  readonly locality: string | null;
  readonly city: string | null;
  /** State, district or province, as written: `PA` and `Pennsylvania` are both kept. */
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2, or `null` when unset or when what was written names no known country. */
  readonly country: string | null;
  /** The country as written when it names no known one (`Atlantis`); otherwise `null`. */
  readonly countryText: string | null;
  /** WGS 84 degrees as a decimal text, -90 to 90, so that no digit is lost. Flecto, Lightening. */
  readonly latitude: string | null;
  /** WGS 84 degrees as a decimal text, -180 to 180. */
  readonly longitude: string | null;
  /** Who to ask for, in one piece. FlexPortal; Billbee when it came in one piece. */
  readonly contactName: string | null;
  readonly contactGivenName: string | null;
  readonly contactFamilyName: string | null;
  /** A further name line. Billbee `Name2`. */
  readonly contactExtra: string | null;
  readonly company: string | null;
  /** The e-mail of the person at this address. Lightening `authorized_email`, Billbee `Email`. */
  readonly email: string | null;
  /** Billbee `Tel1`. */
  readonly phone: string | null;
  /** Billbee `Tel2`. */
  readonly phone2: string | null;
  readonly fax: string | null;
  /** The number of the branch that serves the address, 1 to 4294967295. Lightening. */
  readonly branch: number | null;
  /** ISO 8601 UTC with milliseconds. */
  readonly archivedAt: string | null;
  readonly restoredAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An address as one customer has it. The order of a customer's links is meant: it is the order on the wire. */
export interface AddressLink {
  readonly address: Address;
  /** The customer's own name for it, such as `Warehouse`. Flecto. */
  readonly label: string | null;
  /** The principal address: with one or more addresses, exactly one. Flecto `main`, connectFi `PRIMARY`. */
  readonly main: boolean;
  readonly roles: readonly Role[];
  /** The place of this customer among those who share the address, from 0 (lightening.md §3.4). */
  readonly rank: number;
}

/** What the writer of an address may set: everything but identity and bookkeeping. */
export type AddressContent = Omit<
  Address,
  'id' | 'number' | 'version' | 'createdAt' | 'updatedAt' | 'phrasings'
>;

const EMPTY: AddressContent = {
  line1: null,
  line2: null,
  houseNumber: null,
  locality: null,
  city: null,
  region: null,
  postalCode: null,
  country: null,
  countryText: null,
  latitude: null,
  longitude: null,
  contactName: null,
  contactGivenName: null,
  contactFamilyName: null,
  contactExtra: null,
  company: null,
  email: null,
  phone: null,
  phone2: null,
  fax: null,
  branch: null,
  archivedAt: null,
  restoredAt: null,
};

const NEVER = '1970-01-01T00:00:00.000Z';
const UNPHRASED: Phrasings = {};

/** A new, empty address. The store gives it its number and times. */
export const emptyAddress = (id: string = newId()): Address => ({
  id,
  number: null,
  version: 0,
  ...EMPTY,
  createdAt: NEVER,
  updatedAt: NEVER,
  phrasings: UNPHRASED,
});

export const linkTo = (address: Address, link: Partial<Omit<AddressLink, 'address'>> = {}): AddressLink => ({
  address,
  label: null,
  main: false,
  roles: [],
  rank: 0,
  ...link,
});

/** Anyone who has addresses: a customer or a representative. */
export interface Addressed {
  readonly addresses: readonly AddressLink[];
}

export const mainAddress = (party: Addressed): AddressLink | undefined =>
  party.addresses.find(link => link.main);

export const addressWithRole = (party: Addressed, role: Role): AddressLink | undefined =>
  party.addresses.find(link => link.roles.includes(role));

export const addressById = (party: Addressed, id: string): AddressLink | undefined =>
  party.addresses.find(link => link.address.id === id);

export const addressByNumber = (party: Addressed, number: number): AddressLink | undefined =>
  party.addresses.find(link => link.address.number === number);

/** Adds a link at the end. The first address of a party becomes its main one, whatever was asked. */
export function addAddress<T extends Addressed>(party: T, link: AddressLink): T {
  return settle(
    { ...party, addresses: [...party.addresses, { ...link, main: false, roles: [] }] },
    link.address.id,
    link,
  );
}

/**
 * Changes one link, and keeps the promises around it: `main: true` takes the flag from the others, `main:
 * false` on the main address leaves it main, and a role taken up is taken from whoever had it.
 */
export function changeAddress<T extends Addressed>(
  party: T,
  id: string,
  change: (link: AddressLink) => AddressLink,
): T {
  const before = addressById(party, id);
  if (!before) return party;
  const after = change(before);
  if (after === before) return party;
  return settle(
    {
      ...party,
      addresses: party.addresses.map(link =>
        link === before ? { ...after, main: before.main, roles: before.roles } : link,
      ),
    },
    id,
    after,
  );
}

/** Drops a link. When it was the main one, the oldest of those that remain becomes main. */
export function removeAddress<T extends Addressed>(party: T, id: string): T {
  const addresses = party.addresses.filter(link => link.address.id !== id);
  return addresses.length === party.addresses.length ? party : withOneMain({ ...party, addresses });
}

/** Replaces the whole list, order included, keeping exactly one main address and one address a role. */
export function replaceAddresses<T extends Addressed>(party: T, addresses: readonly AddressLink[]): T {
  const taken = new Set<Role>();
  const unique = addresses.map(link => {
    const roles = link.roles.filter(role => !taken.has(role));
    for (const role of roles) taken.add(role);
    return roles.length === link.roles.length ? link : { ...link, roles };
  });
  return withOneMain({ ...party, addresses: unique });
}

function settle<T extends Addressed>(party: T, id: string, wanted: AddressLink): T {
  const addresses = party.addresses.map(link => {
    if (link.address.id === id) return { ...link, main: wanted.main || link.main, roles: wanted.roles };
    const main = link.main && !wanted.main;
    const roles = link.roles.filter(role => !wanted.roles.includes(role));
    return main === link.main && roles.length === link.roles.length ? link : { ...link, main, roles };
  });
  return withOneMain({ ...party, addresses });
}

function withOneMain<T extends Addressed>(party: T): T {
  const mains = party.addresses.filter(link => link.main);
  if (party.addresses.length === 0 || mains.length === 1) return party;
  const chosen = mains[0] ?? oldest(party.addresses);
  return { ...party, addresses: party.addresses.map(link => withMain(link, link === chosen)) };
}

const withMain = (link: AddressLink, main: boolean): AddressLink =>
  link.main === main ? link : { ...link, main };

/** The lowest number; an address that has none yet is younger than any that has. */
const oldest = (links: readonly AddressLink[]): AddressLink | undefined =>
  [...links].sort((a, b) => (a.address.number ?? Infinity) - (b.address.number ?? Infinity))[0];
