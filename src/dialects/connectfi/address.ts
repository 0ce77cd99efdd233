/** One address through connectFi: which can be told, and what a write of it does (connectfi.md §3.5 [seed]). */
import type { Address } from '../../record/address.ts';
import { fromAlpha3, toAlpha3 } from '../../record/country.ts';
import { withPhrasing } from '../../record/phrasing.ts';
import { withStreetLine } from '../../record/place.ts';
import { usState } from '../../record/region.ts';
import { type Fields, phrased, readFields, writeFields } from '../lens.ts';
import { Type } from '../schema.ts';
import { ADDRESS_CONTENT, commonStr50, compile } from './schemas.ts';
import { DIALECT, type WireContent } from './wire.ts';

const { addressLine1, city, postalCode } = ADDRESS_CONTENT;
const checkContent = compile(Type.Object({ addressLine1, city, postalCode }));
const checkLine2 = compile(commonStr50);

const LINE2 = 'addressLine2';

/** As it reads before anybody knows whether it can be told. */
type Reading = { readonly [Name in keyof WireContent]: WireContent[Name] | undefined };

const fields: Fields<Address, Reading> = {
  addressLine1: { read: address => address.line1 ?? undefined, write: withStreetLine },
  addressLine2: phrased<Address, string | null | undefined>(DIALECT, LINE2, {
    of: address => address.line2,
    derive: address => (isLine2Told(address) ? (address.line2 ?? undefined) : undefined),
    store: (address, wire) => ({ ...address, line2: wire || null }),
  }),
  city: { read: address => address.city ?? undefined, write: (address, city) => ({ ...address, city }) },
  countryCodeA3: {
    read: address => (address.country === null ? undefined : toAlpha3(address.country)),
    write: (address, code) => ({ ...address, country: fromAlpha3(code) ?? null, countryText: null }),
  },
  postalCode: {
    read: address => address.postalCode ?? undefined,
    write: (address, postalCode) => ({ ...address, postalCode }),
  },
  // A state is required for every country (§3.5 [seed]): outside the United States its code is the client's word.
  stateCode: phrased<Address, string | undefined>(DIALECT, 'stateCode', {
    of: address => [address.region, address.country],
    derive: address => usState(address.region, address.country),
    store: (address, code) => ({ ...address, region: code }),
  }),
};

const isLine2Told = (address: Address): boolean => checkLine2(address.line2).length === 0;

/** The address in the vendor's words, or why there are none. */
export function tell(address: Address): { readonly content: WireContent } | { readonly reason: string } {
  const reading = readFields(fields, address);
  if (reading.countryCodeA3 === undefined) return { reason: 'The country is not known.' };
  if (reading.stateCode === undefined) return { reason: stateless(address) };
  const [entry] = checkContent(reading);
  if (entry === undefined) return { content: reading as WireContent };
  return { reason: `${entry.instancePath.slice(1)} ${entry.message}`.trim() };
}

const stateless = ({ country }: Address): string =>
  country === 'US' ? 'The region is no US state.' : `${country} has no US state.`;

/** Whether there is a second line that the vendor's field cannot hold. */
export const isLine2Lost = (address: Address): boolean => !isLine2Told(address);

/** A list is replaced as a whole, so a second line that is left out goes; one that was never told stays. */
export function writeContent(address: Address, content: WireContent): Address {
  const written = writeFields<Address, Reading>(fields, address, content);
  if (content.addressLine2 !== undefined || fields.addressLine2.read(written) === undefined) return written;
  return withPhrasing({ ...written, line2: null }, DIALECT, LINE2, null, undefined);
}
