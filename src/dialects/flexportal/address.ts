/** One address as FlexPortal sees it: nine members, replaced as a whole (flexportal.md §2.2, §3.3 quirk 4). */
import type { Address } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { sameJson } from '../../record/json.ts';
import { joinName, wholeName } from '../../record/names.ts';
import { withPhrasing } from '../../record/phrasing.ts';
import { countryAsText, withCountryText, withStreetLine } from '../../record/place.ts';
import { type Field, type Fields, phrased, readFields, text, writeFields } from '../lens.ts';
import { DIALECT, type Address as WireAddress } from './wire.ts';

/** The members that may be absent, and where the record has them. */
const OPTIONAL = {
  company: 'company',
  buildingInfo: 'line2',
  locality: 'locality',
  adminArea: 'region',
  postalCode: 'postalCode',
} as const;
type OptionalMember = keyof typeof OPTIONAL;

/** Absent when there is nothing (§2.1 [convention]); `''`, and for the postal code `null`, read back as written. */
const optional = <Wire extends string | null | undefined>(name: OptionalMember): Field<Address, Wire> =>
  phrased<Address, Wire>(DIALECT, name, {
    of: address => address[OPTIONAL[name]],
    derive: address => (address[OPTIONAL[name]] ?? undefined) as Wire,
    store: (address, wire) => ({ ...address, [OPTIONAL[name]]: wire || null }),
  });

/**
 * Whom to ask for. An address without a contact is the customer's own, so the customer's name stands in. A name
 * in one piece replaces one in parts: kept beside it, the parts would still name somebody else.
 */
const contactName = (customer: Customer): Field<Address, string> =>
  phrased(DIALECT, 'contactName', {
    of: address => [address.contactName, address.contactGivenName, address.contactFamilyName],
    derive: address =>
      address.contactName ??
      joinName(address.contactGivenName, address.contactFamilyName) ??
      wholeName(customer),
    store: (address, wire) => ({
      ...address,
      contactName: wire || null,
      contactGivenName: null,
      contactFamilyName: null,
    }),
  });

/** Required members read `''` when there is nothing: the key must be there (§2.2). */
const MEMBERS: Omit<Fields<Address, WireAddress>, 'contactName'> = {
  streetAddress: phrased(DIALECT, 'streetAddress', {
    of: address => address.line1,
    derive: address => address.line1 ?? '',
    store: (address, wire) => withStreetLine(address, wire || null),
  }),
  city: text<Address>(DIALECT, 'city', 'city', { nothing: '' }) as Field<Address, string>,
  country: phrased(DIALECT, 'country', {
    of: address => [address.country, address.countryText],
    derive: address => countryAsText(address) ?? '',
    store: (address, wire) => withCountryText(address, wire),
  }),
  company: optional('company'),
  buildingInfo: optional('buildingInfo'),
  locality: optional('locality'),
  adminArea: optional('adminArea'),
  postalCode: optional('postalCode'),
};

const membersFor = (customer: Customer): Fields<Address, WireAddress> => ({
  contactName: contactName(customer),
  ...MEMBERS,
});

/** The address as FlexPortal shows it for this customer. */
export const readAddress = (customer: Customer, address: Address): WireAddress =>
  readFields(membersFor(customer), address);

export const reads = (customer: Customer, address: Address, content: WireAddress): boolean =>
  sameJson(readAddress(customer, address), content);

/** The address with this content. A member that is left out is cleared: there is no merge (§3.3 quirk 4). */
export function writeAddress(customer: Customer, address: Address, content: WireAddress): Address {
  const fields = membersFor(customer);
  const shown = readFields(fields, address);
  let cleared = address;
  for (const name of Object.keys(OPTIONAL) as OptionalMember[]) {
    if (content[name] !== undefined || shown[name] === undefined) continue;
    cleared = withPhrasing({ ...cleared, [OPTIONAL[name]]: null }, DIALECT, name, null, undefined);
  }
  return writeFields(fields, cleared, content);
}

/** The nine members without any unknown ones, which are ignored (§3.3 quirk 6). */
export function contentOf(input: WireAddress): WireAddress {
  const { contactName, streetAddress, city, country } = input;
  const rest = (Object.keys(OPTIONAL) as OptionalMember[])
    .filter(name => input[name] !== undefined)
    .map(name => [name, input[name]]);
  return { contactName, streetAddress, city, country, ...Object.fromEntries(rest) };
}
