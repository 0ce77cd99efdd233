/** The lines of an envelope: an address in the order of its country, as libaddressinput's data say it. */
import { formatAddress, type Address as Parts } from 'localized-address-format';
import type { Address } from '../record/address.ts';
import { joinName } from '../record/names.ts';
import { countryAsText } from '../record/place.ts';

/** Any letter of another script: then the country's own order holds, where it differs from the one in Latin letters. */
const OTHER_SCRIPT = /(?!\p{Script=Latin})\p{L}/u;

/** No address has it (Unicode, private use); formats have words of their own, such as `ÅLAND`. */
const PROBE = '\u{e000}';

/** From the person to the country, or the other way round where that is the custom; without lines that hold nothing. */
export function addressLines(address: Address): string[] {
  const { country, line1, line2, locality, city, region, postalCode, company } = address;
  const name = address.contactName ?? joinName(address.contactGivenName, address.contactFamilyName);
  const texts = [name, company, line1, line2, locality, city, region].filter(text => text !== null);
  const script = texts.some(text => OTHER_SCRIPT.test(text)) ? 'local' : 'latin';
  const postalCountry = country ?? '';
  const has = (part: keyof Parts) =>
    formatAddress({ postalCountry, [part]: PROBE }, script).some(line => line.includes(PROBE));
  // The formats have no place for what a country's envelopes do not name apart, and an envelope must not lose it.
  const place = has('postalCode') ? city : joinName(postalCode, city);
  const street = [line1, line2, ...(has('dependentLocality') ? [] : [locality])];
  const lines = has('locality') ? street : script === 'local' ? [place, ...street] : [...street, place];
  const formatted = formatAddress(
    {
      postalCountry,
      name: name ?? '',
      organization: company ?? '',
      addressLines: lines.filter(line => line !== null),
      dependentLocality: locality ?? '',
      locality: place ?? '',
      administrativeArea: region ?? '',
      postalCode: postalCode ?? '',
    },
    script,
  );
  const named = countryAsText(address);
  return [
    ...(address.contactExtra === null ? formatted : withExtra(formatted, name, address.contactExtra)),
    ...(named === null ? [] : [named]),
  ];
}

/** A further name line stands below the name. */
function withExtra(lines: readonly string[], name: string | null, extra: string): string[] {
  const at = name === null ? 0 : lines.indexOf(name) + 1;
  return lines.toSpliced(at, 0, extra);
}
