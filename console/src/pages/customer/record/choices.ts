/** Countries and languages to choose from, by their names. */
import { useMemo } from 'react';
import { useFormat } from '../../../i18n/language.tsx';
import type { Option } from './inline-field.tsx';

/** Codes that browsers have names for and ISO 3166-1 has not. */
const NO_COUNTRIES = new Set(
  'AC AN BU CP CQ CS DD DG EA EU EZ FX IC NT QO QU SU TA TP UK UN XA XB XK YD YU ZR ZZ'.split(' '),
);
/** Says `undefined` for what is no region. */
const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Of Europe and the largest beyond; a record's own language is shown in any case. */
const LANGUAGES =
  'ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv mk ms mt nl no pl pt ro ru sk sl sq sr sv th tr uk ur vi zh'.split(
    ' ',
  );

const REGIONS: readonly string[] = LETTERS.flatMap(first => LETTERS.map(second => first + second)).filter(
  code => {
    if (NO_COUNTRIES.has(code)) return false;
    const canonical = Intl.getCanonicalLocales(`und-${code}`)[0];
    return canonical === `und-${code}` && NAMES.of(code) !== undefined;
  },
);

export function useCountryOptions(): readonly Option[] {
  const format = useFormat();
  return useMemo(() => options(REGIONS, format.country, format.compare), [format]);
}

export function useLanguageOptions(): readonly Option[] {
  const format = useFormat();
  return useMemo(() => options(LANGUAGES, format.languageName, format.compare), [format]);
}

const options = (
  codes: readonly string[],
  name: (code: string) => string,
  compare: (a: string, b: string) => number,
): readonly Option[] =>
  codes.map(value => ({ value, label: name(value) })).sort((a, b) => compare(a.label, b.label));
