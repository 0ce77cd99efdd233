/** Text that a record may hold: what is refused everywhere, whatever the dialect. */

/** No name, line or label of a customer is longer, in Unicode code points; it bounds rows, logs and diffs. */
export const TEXT_MAXIMUM = 1_000;

export type TextFault = 'control' | 'surrogate' | 'long';

// Names and address lines are single lines, so a line break is refused like any other control character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** The length that people count: Unicode code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** Why a single-line text cannot be stored, or `undefined` when it can. `maximum` is in code points. */
export function faultOf(text: string, maximum: number = TEXT_MAXIMUM): TextFault | undefined {
  if (!text.isWellFormed()) return 'surrogate';
  if (CONTROL.test(text)) return 'control';
  if (text.length > maximum && lengthOf(text) > maximum) return 'long';
  return undefined;
}
