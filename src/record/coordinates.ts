/** Coordinates: decimal texts inside, because a binary number would lose the digits that a client wrote. */

/** A hundred-millionth of a degree is a millimetre; more digits are noise (lightening.md §2.3). */
const FRACTION_DIGITS_MAXIMUM = 20;

const DECIMAL = /^-?\d{1,3}(\.\d{1,20})?$/;

/** The plain decimal text of a number of degrees, such as `38.72`. */
export function decimalText(degrees: number): string {
  const text = String(degrees);
  return trimZeros(text.includes('e') ? degrees.toFixed(FRACTION_DIGITS_MAXIMUM) : text);
}

/** The same decimal without needless zeros, or `undefined` when it is none within ±`bound` degrees. */
export function parseDecimal(text: string, bound: 90 | 180): string | undefined {
  if (!DECIMAL.test(text) || Math.abs(Number(text)) > bound) return undefined;
  return trimZeros(text);
}

function trimZeros(text: string): string {
  const plain = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
  const significant = plain.replace(/^(-?)0+(?=\d)/, '$1');
  return significant === '-0' ? '0' : significant;
}
