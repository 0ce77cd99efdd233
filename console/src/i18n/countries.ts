/** The codes of the countries that the browser has names for. */

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Names that are no country: groups, the unknown, tests; and codes of states that are no more, which mean their heirs. */
const NO_COUNTRIES = new Set(
  'EU EZ UN QO XA XB ZZ AN BU CS CT DD DY FQ FX HV JT MI NH NQ NT PC PU PZ RH SU TP UK VD WK YD YU ZR CQ'.split(
    ' ',
  ),
);

let codes: readonly string[] | undefined;

/** ISO 3166-1 alpha-2. */
export function countryCodes(): readonly string[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  codes ??= LETTERS.flatMap(first => LETTERS.map(second => first + second)).filter(
    code => !NO_COUNTRIES.has(code) && names.of(code) !== undefined,
  );
  return codes;
}
