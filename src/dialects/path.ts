/** Path segments that name a record by number. */

/** The largest number that the record gives: Lightening's ids are unsigned 32-bit (lightening.md §3.2 [seed]). */
export const NUMBER_MAXIMUM = 4_294_967_295;

const DIGITS = /^[0-9]{1,10}$/;

/** The number in the segment, or `undefined` when it is none that a record can have. */
export function readNumber(segment: string | undefined): number | undefined {
  if (segment === undefined || !DIGITS.test(segment)) return undefined;
  const number = Number(segment);
  return number >= 1 && number <= NUMBER_MAXIMUM ? number : undefined;
}

/** The customer whom a number names, for dialects whose ids are numbers. */
export function numberKey(id: string): { readonly number: number } | undefined {
  const number = readNumber(id);
  return number === undefined ? undefined : { number };
}
