/** Times, rates and sizes as people read them. */
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { texts } from './texts.ts';

const BYTES_OF_MEGABYTE = 1_000_000;

export interface Units {
  /** Of seconds: `3.2 ms`, `1.4 s`. */
  duration(seconds: number): string;
  /** Of requests in a second: `0.25`, `120`. */
  rate(perSecond: number): string;
  megabytes(bytes: number): string;
  /** Of 0 to 1: `4 %`. */
  share(part: number): string;
}

export function useUnits(): Units {
  const t = useTexts(texts);
  const format = useFormat();
  const short = (value: number): string =>
    format.number(value, { maximumSignificantDigits: value < 100 ? 2 : 3 });
  return {
    duration: seconds => (seconds < 1 ? t.milliseconds(short(seconds * 1_000)) : t.seconds(short(seconds))),
    rate: short,
    megabytes: bytes => t.megabytes(format.number(Math.round(bytes / BYTES_OF_MEGABYTE))),
    share: part =>
      format.number(part, { style: 'percent', maximumFractionDigits: part > 0 && part < 0.1 ? 1 : 0 }),
  };
}
