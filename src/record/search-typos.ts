/** Words that somebody may have meant who mistyped: one letter more, less, other, or two in the other order. */

/** Shorter words are one letter away from half of all words of their length. */
const TYPO_MINIMUM_LETTERS = 4;

/** Longer words would ask for more than a thousand look-ups. */
const TYPO_MAXIMUM_LETTERS = 24;

/** Letters that may have been left out or mistaken, by the script that the word is in. */
const ALPHABETS: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзиклмнопрстуфхцчшщъыьэюяієґ',
  'αβγδεζηθικλμνξοπρστυφχψω',
];

const alphabetOf = (word: string): string =>
  ALPHABETS.find(alphabet => [...word].some(letter => alphabet.includes(letter))) ?? '';

/** Words of letters alone: a mistyped number leads to another number. */
export const mayBeMistyped = (word: string): boolean =>
  word.length >= TYPO_MINIMUM_LETTERS && word.length <= TYPO_MAXIMUM_LETTERS && /^\p{L}+$/u.test(word);

/** All words at a distance of one (Damerau), some 54 for each letter; the word itself is not among them. */
export function wordsOneTypoAway(word: string): string[] {
  const letters = [...word];
  const alphabet = [...alphabetOf(word)];
  const found = new Set<string>();
  const add = (...parts: readonly (readonly string[])[]) => found.add(parts.flat().join(''));
  for (let at = 0; at <= letters.length; at++) {
    const [before, after] = [letters.slice(0, at), letters.slice(at)];
    const [first, second, ...rest] = after;
    if (first !== undefined) add(before, after.slice(1));
    if (first !== undefined && second !== undefined) add(before, [second, first], rest);
    for (const letter of alphabet) {
      if (first !== undefined) add(before, [letter], after.slice(1));
      add(before, [letter], after);
    }
  }
  found.delete(word);
  return [...found];
}

/** The smallest number of single typos between two words, at most `maximum` + 1. */
export function typosBetween(one: string, other: string, maximum: number): number {
  if (Math.abs(one.length - other.length) > maximum) return maximum + 1;
  let last: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, last[j - 2]! + 1);
      next.push(best);
    }
    [last, row] = [row, next];
  }
  return Math.min(row[other.length]!, maximum + 1);
}
