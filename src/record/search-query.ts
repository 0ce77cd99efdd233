/** What a text in the search box may mean: tokens that all must match, in one or several readings. */
import { compact, digitsOf, fold, international, partsOf, reversed, withoutTrunk } from './search-words.ts';

/** One thing that was typed, and the words that it may stand for; one of them is enough. */
export interface SearchToken {
  readonly words: readonly string[];
  /** Beginnings of words. */
  readonly prefixes: readonly string[];
  /** Words that somebody may have meant who mistyped. */
  readonly near: readonly string[];
}

/** Tokens that must all match. */
export type Reading = readonly SearchToken[];

/** Of a longer text the rest is not read, in UTF-16 units. */
export const QUERY_MAXIMUM = 500;

/** Further words would narrow further; each costs a pass over the candidates. */
export const TOKENS_MAXIMUM = 8;

/** Below this number of digits the end of a number is shared by thousands. */
const ENDING_MINIMUM_DIGITS = 6;

/** Readings of several chunks as one word: `DE 123 456 789`. */
const JOINED_CHUNKS_MAXIMUM = 8;

const NUMERIC = /^[+(]?[\d()/.+-]*\d[\d()/.+-]*$/;

const token = (words: readonly string[], prefixes: readonly string[] = []): SearchToken => ({
  words: distinct(words),
  prefixes: distinct(prefixes),
  near: [],
});

const distinct = (words: readonly string[]): string[] => [...new Set(words)].filter(word => word !== '');

/** One letter is a beginning wherever it stands: an initial. */
const wordToken = (word: string, open: boolean): SearchToken =>
  token([word], open || word.length === 1 ? [word] : []);

/** A number as written: a phone in any form, its end, or any other number. */
function numberToken(written: string, open: boolean): SearchToken {
  const abroad = /^\(?(\+|00)/.test(written);
  const digits = digitsOf(abroad ? written.replace('(0)', '') : written);
  const bare = withoutTrunk(digits);
  const whole = abroad ? [digits, international(bare)] : [digits, bare, international(bare)];
  const ending = bare.length >= ENDING_MINIMUM_DIGITS ? [reversed(bare)] : [];
  return token(bare === '' ? [digits] : whole, [...(open && bare !== '' ? whole : []), ...ending]);
}

interface Chunk {
  readonly text: string;
  readonly numeric: boolean;
  /** Nothing follows: it may be typed further. */
  readonly open: boolean;
}

/** Chunks of digits that stand together are one number: `0151 23 45 678`. */
function merged(chunks: readonly Chunk[]): Chunk[] {
  const result: Chunk[] = [];
  for (const chunk of chunks) {
    const last = result.at(-1);
    if (last?.numeric && chunk.numeric)
      result[result.length - 1] = { ...chunk, text: last.text + chunk.text };
    else result.push(chunk);
  }
  return result;
}

function tokensOf({ text, numeric, open }: Chunk, wholeEmails: boolean): SearchToken[] {
  if (numeric) return [numberToken(text, open)];
  if (wholeEmails && text.includes('@') && !text.startsWith('@')) return [token([text], open ? [text] : [])];
  // The ending of a domain is no word of its own.
  const known = text.includes('@') ? text.replace(/\.[^.@]*$/, '') : text;
  const parts = partsOf(known);
  return parts.map((part, at) => wordToken(part, open && known === text && at === parts.length - 1));
}

function joined(chunks: readonly Chunk[], folded: string): SearchToken[] {
  const words = [compact(folded), ...(chunks.length === 1 ? [folded] : [])];
  return [token(words, chunks.at(-1)?.open ? words : [])];
}

/** The readings, the likeliest first. None when nothing was typed that could be in a word. */
export function readingsOf(text: string): Reading[] {
  const folded = fold(
    text
      .slice(0, QUERY_MAXIMUM)
      .toWellFormed()
      .replace(/\p{Cc}/gu, ' '),
  );
  const texts = folded.split(/\s+/).filter(chunk => /[\p{L}\p{N}]/u.test(chunk));
  const ended = /\s$/.test(folded);
  const chunks = texts.map((chunk, at) => ({
    text: chunk,
    numeric: NUMERIC.test(chunk),
    open: !ended && at === texts.length - 1,
  }));
  const split = (each: readonly Chunk[], wholeEmails: boolean) =>
    each.flatMap(chunk => tokensOf(chunk, wholeEmails)).slice(0, TOKENS_MAXIMUM);
  const readings = [split(merged(chunks), true), split(chunks, true), split(chunks, false)];
  if (chunks.length <= JOINED_CHUNKS_MAXIMUM) readings.push(joined(chunks, folded.trim()));
  const unlike = new Map(readings.map(reading => [JSON.stringify(reading), reading]));
  return [...unlike.values()].filter(reading => reading.some(each => each.words.length > 0));
}

/** The same with every word open: `jan sam`. */
export const opened = (reading: Reading): Reading =>
  reading.map(each => token(each.words, [...each.prefixes, ...each.words]));
