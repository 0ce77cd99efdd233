/** Dates, numbers and names of countries and languages, as a language writes them. */
import type { Language } from './texts.ts';

export interface Format {
  readonly language: Language;
  /** `1,234` */
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** `25 Nov 2026, 14:03`; `seconds` adds them. */
  dateTime(instant: string, detail?: 'seconds'): string;
  /** `25 Nov 2026`, of an instant or of a day such as `2026-11-25`. */
  date(value: string): string;
  /** `14:03:09` */
  time(instant: string): string;
  /** `3 minutes ago` */
  ago(instant: string, now?: number): string;
  /** `Portugal`; what is no code comes back as it is. */
  country(code: string): string;
  /** Of an ISO 639-1 code: `Portuguese`. */
  languageName(code: string): string;
  /** `a, b and c` */
  list(items: readonly string[]): string;
  /** Compares as the language sorts. */
  compare(a: string, b: string): number;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

export function formatIn(language: Language, locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const precise = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  // A day has no time zone: it must not become the day before west of Greenwich.
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const lists = new Intl.ListFormat(locale);
  const collator = new Intl.Collator(locale, { numeric: true });
  return {
    language,
    number: (value, options) => (options ? new Intl.NumberFormat(locale, options) : numbers).format(value),
    dateTime: (instant, detail) => (detail ? precise : dateTimes).format(new Date(instant)),
    date: value => (value.length === 10 ? days : dates).format(new Date(value)),
    time: instant => times.format(new Date(instant)),
    ago: (instant, now = Date.now()) => {
      const seconds = (Date.parse(instant) - now) / 1_000;
      const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
      return relative.format(Math.round(seconds / length), unit);
    },
    country: code => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
    languageName: code => (/^[a-z]{2}$/.test(code) ? (languages.of(code) ?? code) : code),
    list: items => lists.format(items),
    compare: collator.compare,
  };
}
