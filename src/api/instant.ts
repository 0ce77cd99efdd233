/** Times of RFC 3339 as the record has them. */

/** ISO 8601 writes years beyond these four digits with a sign, and texts of that form are in no order of time. */
const YEARS = /^\d{4}-/;

/**
 * ISO 8601 UTC with milliseconds. `undefined` for a leap second, which RFC 3339 has and no computer's clock shows, and for
 * a time that the offset puts beyond the years 0000 to 9999.
 */
export function instantOf(time: string): string | undefined {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return undefined;
  const instant = date.toISOString();
  return YEARS.test(instant) ? instant : undefined;
}
