/** Times of RFC 3339 as the record has them. */

/** ISO 8601 UTC with milliseconds, or `undefined` for a leap second, which RFC 3339 has and no computer's clock shows. */
export function instantOf(time: string): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
