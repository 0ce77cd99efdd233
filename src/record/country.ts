/** Countries: ISO 3166-1 alpha-2 inside; alpha-3 and names in the languages that dialects use outside. */
import { createRequire } from 'node:module';
import countries from 'i18n-iso-countries';

const require = createRequire(import.meta.url);

/** Languages in which a country's name is understood. English comes first: it is the one that is written. */
const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'] as const;
for (const language of LANGUAGES) {
  countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`));
}

/** Codes that the package knows beside the 249 officially assigned ones of ISO 3166-1 (flecto.md §2.2). */
const UNASSIGNED = new Set(['XK']);

/** The officially assigned alpha-2 codes, in alphabetical order. */
export const ALPHA2: readonly string[] = Object.keys(countries.getAlpha2Codes())
  .filter(code => !UNASSIGNED.has(code))
  .sort();

const KNOWN = new Set(ALPHA2);
const ALPHA3 = new Map(ALPHA2.map(code => [code, countries.alpha2ToAlpha3(code) ?? '']));
const FROM_ALPHA3 = new Map([...ALPHA3].map(([alpha2, alpha3]) => [alpha3, alpha2]));
const NAMES = new Map(
  ALPHA2.map(code => [code, countries.getName(code, 'en', { select: 'official' }) ?? code]),
);

/** Names that people write and the lists do not hold. */
const COMMON_NAMES: ReadonlyArray<readonly [string, string]> = [
  ['usa', 'US'],
  ['u.s.a.', 'US'],
  ['u.s.', 'US'],
  ['united states', 'US'],
  ['uk', 'GB'],
  ['great britain', 'GB'],
  ['england', 'GB'],
  ['holland', 'NL'],
  ['czech republic', 'CZ'],
];

const fold = (text: string): string =>
  text.trim().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase();

const FROM_NAME = new Map<string, string>();
for (const code of ALPHA2) {
  for (const language of LANGUAGES) {
    for (const name of countries.getName(code, language, { select: 'all' }) ?? []) {
      const key = fold(name);
      if (!FROM_NAME.has(key)) FROM_NAME.set(key, code);
    }
  }
}
for (const [name, code] of COMMON_NAMES) FROM_NAME.set(name, code);

export const isCountry = (alpha2: string): boolean => KNOWN.has(alpha2);

/** `PT` → `PRT`. */
export const toAlpha3 = (alpha2: string): string | undefined => ALPHA3.get(alpha2);

/** `PRT` → `PT`. */
export const fromAlpha3 = (alpha3: string): string | undefined => FROM_ALPHA3.get(alpha3);

/** The English name, such as `Portugal`. */
export const countryName = (alpha2: string): string => NAMES.get(alpha2) ?? alpha2;

/** What country a free text means: a code of either length in any case, or a name in a known language. */
export function countryOf(text: string): string | undefined {
  const upper = text.trim().toUpperCase();
  if (KNOWN.has(upper)) return upper;
  return FROM_ALPHA3.get(upper) ?? FROM_NAME.get(fold(text));
}
