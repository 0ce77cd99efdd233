/** Street and house number: one line for most dialects, two fields for Billbee. */

export interface Street {
  readonly street: string;
  readonly houseNumber: string | null;
}

/** Countries whose envelopes put the number behind the street. Where it stands in front, a line stays whole. */
const NUMBER_LAST = new Set([
  'AT',
  'BE',
  'BG',
  'CH',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'GR',
  'HR',
  'HU',
  'IS',
  'IT',
  'LI',
  'LT',
  'LV',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'RS',
  'SE',
  'SI',
  'SK',
  'BR',
  'AR',
  'CL',
  'MX',
  'TR',
]);

const TRAILING_NUMBER = /^(.*\S) (\d{1,5}(?: ?[a-zA-Z])?(?:[-/]\d{1,5}[a-zA-Z]?)?)$/;

/** Divides a line before its house number, but only where joining the two gives the very same line again. */
export function divideStreet(line: string, country: string | null): Street {
  const match = country !== null && NUMBER_LAST.has(country) ? TRAILING_NUMBER.exec(line) : null;
  return match ? { street: match[1]!, houseNumber: match[2]! } : { street: line, houseNumber: null };
}

/** The one line that the two fields make. */
export function joinStreet(street: string | null, houseNumber: string | null): string | null {
  const parts = [street, houseNumber].filter(part => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(' ');
}
