/** Flecto's three languages (flecto.md §1, [docs: D2]): they change titles and details, never keys or codes. */
import type { WireRequest } from '../contract.ts';
import { SENTENCES } from './sentences.ts';

export type Language = 'en' | 'es' | 'pt';

const LANGUAGES: readonly Language[] = ['en', 'es', 'pt'];

/** The languages of an `Accept-Language` that are looked at; browsers send fewer than ten. */
const RANGES_MAXIMUM = 20;

/** The best of the three for `Accept-Language`; English when none fits. */
export function languageOf(request: WireRequest): Language {
  const ranges = (request.headers['accept-language'] ?? '')
    .split(',', RANGES_MAXIMUM)
    .map(range => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map(parameter => /^ *q=([0-9.]+) *$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-', 1)[0]!, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(range => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const range of ranges) {
    const found = LANGUAGES.find(language => language === range.language);
    if (found) return found;
  }
  return 'en';
}

/** The sentence in the language; a key without one stands for itself. */
export const translate = (language: Language, key: string): string => SENTENCES[key]?.[language] ?? key;
