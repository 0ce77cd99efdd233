/** Which words of two texts differ, so that a table can mark them. */

export interface Piece {
  readonly text: string;
  readonly isSame: boolean;
}

/** Longer texts are shown as wholly changed: the table of the comparison grows with the square. */
const WORDS_MAXIMUM = 400;

/** Words, runs of space, and single marks. */
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

/** Both texts in pieces: what they have in common in the same order (longest common subsequence), and what not. */
export function wordDifference(
  before: string,
  after: string,
): { readonly before: readonly Piece[]; readonly after: readonly Piece[] } {
  const [left, right] = [wordsOf(before), wordsOf(after)];
  if (left.length > WORDS_MAXIMUM || right.length > WORDS_MAXIMUM) {
    return { before: [{ text: before, isSame: false }], after: [{ text: after, isSame: false }] };
  }
  const lengths = commonLengths(left, right);
  const [one, other]: [Piece[], Piece[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && left[i] === right[j]) {
      one.push({ text: left[i++]!, isSame: true });
      other.push({ text: right[j++]!, isSame: true });
    } else if (j >= right.length || (i < left.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      one.push({ text: left[i++]!, isSame: false });
    } else other.push({ text: right[j++]!, isSame: false });
  }
  return { before: joined(one), after: joined(other) };
}

function commonLengths(left: readonly string[], right: readonly string[]): readonly number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] =
        left[i] === right[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}

/** Neighbours of one kind are one piece; a lone space between changes belongs to them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  for (const [at, piece] of pieces.entries()) {
    const lone =
      piece.text.trim() === '' && whole.at(-1)?.isSame === false && pieces[at + 1]?.isSame === false;
    const isSame = piece.isSame && !lone;
    const last = whole.at(-1);
    if (last?.isSame === isSame) whole[whole.length - 1] = { text: last.text + piece.text, isSame };
    else whole.push({ text: piece.text, isSame });
  }
  return whole;
}
