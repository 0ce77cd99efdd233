/** Schemas of single values that several resources share. */
import { NullableLine, Type } from '../../dialects/schema.ts';

/** As long as a value may be in the record; vendors allow less. In code points. */
export const TEXT_MAXIMUM = 1_000;

export const Text = NullableLine(TEXT_MAXIMUM);
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});
/** ISO 8601 UTC with milliseconds. */
export const Instant = Type.String({ format: 'date-time' });
export const NullableInstant = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' });
/** `YYYY-MM-DD`. */
export const NullableDay = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date' });
/** ISO 3166-1 alpha-2. */
export const Country = Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: '^[A-Z]{2}$' });
/** ISO 639-1. */
export const Language = Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: '^[a-z]{2}$' });

export const Choice = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });
export const NullableChoice = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number] | null>({ type: ['string', 'null'], enum: [...values, null] });

/** Any JSON. */
export const Anything = Type.Unsafe<unknown>({});
/** One page: at most this many items. */
export const PAGE_MAXIMUM = 200;
export const Limit = Type.String({
  pattern: '^[1-9]\\d{0,2}$',
  description: `1 to ${PAGE_MAXIMUM}, 50 when absent.`,
});
export const Cursor = Type.String({ maxLength: 300, description: 'The cursor of the answer before.' });
