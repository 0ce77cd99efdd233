/** Articles and cases: what a noun looks like as the object of a sentence, and as what something belongs to. */
import type { Language } from '../i18n/texts.ts';
import type { Gender, Noun } from './nouns.ts';

const GERMAN_OBJECT: Readonly<Partial<Record<Gender, string>>> = {
  m: 'den',
  f: 'die',
  n: 'das',
  p: 'die',
};
const PORTUGUESE: Readonly<Partial<Record<Gender, string>>> = { m: 'o', f: 'a', mp: 'os', fp: 'as' };

/** `den Vornamen`: what ends in `Name` has an `n` where it is not the subject; it may stand before more words. */
const weak = (word: string): string =>
  word.replace(/(?<=^|\p{L})([Nn])ame\b/u, '$1amen').replace(/^Kunde\b/, 'Kunden');

/** What stands before it: an adjective of a feminine noun stays as it is, and the table has no others. */
export function asObject({ word, gender }: Noun, language: Language): string {
  if (language === 'en') return `the ${word}`;
  if (language === 'pt') return `${PORTUGUESE[gender] ?? 'o'} ${word}`;
  return `${GERMAN_OBJECT[gender] ?? 'das'} ${weak(word)}`;
}

/** `of the address`, `der Adresse`, `da morada`. English labels go without the article. */
export function asOwner({ word, gender }: Noun, language: Language, isLabel: boolean): string {
  if (language === 'en') return isLabel ? `of ${word}` : `of the ${word}`;
  if (language === 'pt') return `d${PORTUGUESE[gender] ?? 'o'} ${word}`;
  if (gender === 'f' || gender === 'p') return `der ${word}`;
  if (word === 'Kunde') return 'des Kunden';
  return `des ${word}${/s$/.test(word) ? 'es' : 's'}`;
}

const QUOTES: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['“', '”'],
  de: ['„', '“'],
  pt: ['«', '»'],
};

export const quoted = (text: string, language: Language): string =>
  `${QUOTES[language][0]}${text}${QUOTES[language][1]}`;

export const capitalised = (text: string): string =>
  text.replace(/^\p{Ll}/u, letter => letter.toLocaleUpperCase());
