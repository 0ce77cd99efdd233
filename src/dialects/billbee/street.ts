/** Street and Housenumber: two fields for one street line (billbee.md §4). */
import type { Address } from '../../record/address.ts';
import { sameJson } from '../../record/json.ts';
import { phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import { withCountryText } from '../../record/place.ts';
import { divideStreet, joinStreet } from '../../record/street.ts';
import { type Field, phrased } from '../lens.ts';
import { DIALECT } from './wire.ts';

const FIELD = 'Street';

type Parts = { readonly Street: string | null; readonly Housenumber: string | null };

function partsOf(address: Address): Parts {
  const said = phrasingOf(address, DIALECT, FIELD, address.line1);
  return said === undefined ? derivedParts(address) : (said as Parts);
}

function derivedParts({ line1, houseNumber, country }: Address): Parts {
  if (line1 === null) return { Street: null, Housenumber: null };
  if (houseNumber !== null && line1.endsWith(` ${houseNumber}`)) {
    return { Street: line1.slice(0, -houseNumber.length - 1), Housenumber: houseNumber };
  }
  // A number in front stays there: only a line that has none of its own is divided.
  const divided = houseNumber === null ? divideStreet(line1, country) : { street: line1, houseNumber: null };
  return { Street: divided.street, Housenumber: divided.houseNumber };
}

const withParts = (address: Address, parts: Parts): Address =>
  phrasedAs(
    {
      ...address,
      line1: joinStreet(parts.Street, parts.Housenumber),
      houseNumber: parts.Housenumber || null,
    },
    parts,
  );

const phrasedAs = (address: Address, parts: Parts): Address =>
  withPhrasing(
    address,
    DIALECT,
    FIELD,
    address.line1,
    sameJson(derivedParts(address), parts) ? undefined : parts,
  );

export const street: Field<Address, string | null> = {
  read: address => partsOf(address).Street,
  write: (address, wire) => withParts(address, { ...partsOf(address), Street: wire }),
};

export const housenumber: Field<Address, string | null> = {
  read: address => partsOf(address).Housenumber,
  write: (address, wire) => withParts(address, { ...partsOf(address), Housenumber: wire }),
};

/** Kept as given (billbee.md §8.2 (15) [convention]); how the street line divides hangs on it and stays as it was. */
export const countryCode: Field<Address, string | null> = phrased(DIALECT, 'CountryCode', {
  of: address => [address.country, address.countryText],
  derive: address => address.country ?? address.countryText,
  store: (address, wire) => phrasedAs(withCountryText(address, wire), partsOf(address)),
});
