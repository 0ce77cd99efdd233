/** Writing parts of an address that mean more than one field. */
import type { Address } from './address.ts';
import { countryName, countryOf } from './country.ts';

/** The address with another street line. A house number that came apart belonged to the line that goes. */
export const withStreetLine = (address: Address, line: string | null): Address =>
  address.line1 === line ? address : { ...address, line1: line, houseNumber: null };

/** The address in the country that a free text means; a text that means none is kept as written. */
export function withCountryText(address: Address, text: string | null): Address {
  const country = text === null || text === '' ? null : (countryOf(text) ?? null);
  return { ...address, country, countryText: country === null ? text || null : null };
}

/** The country for dialects that take free text: the English name, or what was written. */
export const countryAsText = (address: Address): string | null =>
  address.country === null ? address.countryText : countryName(address.country);
