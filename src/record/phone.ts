/** Phone numbers: kept as written, with E.164 beside them when they parse. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

export interface ParsedPhone {
  /** E.164, such as `+351211234567`. */
  readonly e164: string;
  /** Without the plus sign, such as `351`. */
  readonly callingCode: string;
  /** The national significant number, digits only. */
  readonly national: string;
}

/**
 * Reads a number in international form, or in the national form of `country` (alpha-2).
 * The gate is *possible*, not *valid*: metadata ages, and a strict check refuses real numbers
 * (pitfalls.md, phone metadata).
 */
export function parsePhone(value: string, country?: string | null): ParsedPhone | undefined {
  const parsed = parsePhoneNumberFromString(
    value,
    country ? { defaultCountry: country as CountryCode, extract: false } : { extract: false },
  );
  if (!parsed?.isPossible()) return undefined;
  return { e164: parsed.number, callingCode: parsed.countryCallingCode, national: parsed.nationalNumber };
}

/** E.164 of a number as written, or `null` when it does not parse without knowing the country. */
export const toE164 = (value: string): string | null => parsePhone(value)?.e164 ?? null;
