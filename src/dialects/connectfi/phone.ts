/** One phone number through connectFi: a dialing code and digits (connectfi.md §3.6 [seed]). */
import { type ContactPoint, withValue } from '../../record/contact-points.ts';
import { type Json, sameJson } from '../../record/json.ts';
import { parsePhone, toE164 } from '../../record/phone.ts';
import { phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import { Type } from '../schema.ts';
import { CLOSED, compile, NUMBER } from './schemas.ts';
import { DIALECT, type WireNumber } from './wire.ts';

const checkNumber = compile(Type.Object(NUMBER, CLOSED));

/** The samples write `01` for the code of the United States. */
const DIALING_CODE_DIGITS = 2;

const FIELD = 'number';

/** The number in the vendor's words, or `undefined` when it has none for it. */
export function numberOf(point: ContactPoint): WireNumber | undefined {
  const said = phrasingOf(point, DIALECT, FIELD, point.value);
  return said === undefined ? derive(point) : (said as WireNumber);
}

function derive(point: ContactPoint): WireNumber | undefined {
  const parsed = parsePhone(point.e164 ?? point.value);
  const number = parsed
    ? {
        phoneNumber: parsed.national,
        countryDialingCode: parsed.callingCode.padStart(DIALING_CODE_DIGITS, '0'),
      }
    : { phoneNumber: point.value };
  return checkNumber(number).length === 0 ? number : undefined;
}

/** With a dialing code the record gets the international form, which every other dialect understands. */
export function canonicalNumber({ phoneNumber, countryDialingCode = '' }: WireNumber): string {
  const code = countryDialingCode.replace(/^0+/, '');
  return code === '' ? phoneNumber : `+${code}${phoneNumber}`;
}

export function withNumber(point: ContactPoint, wire: WireNumber): ContactPoint {
  const { phoneNumber, countryDialingCode } = wire;
  const number: WireNumber = {
    phoneNumber,
    ...(countryDialingCode !== undefined && { countryDialingCode }),
  };
  if (sameJson(numberOf(point), number)) return point;
  const value = canonicalNumber(number);
  const e164 = toE164(value);
  // The same number in other words: how another dialect wrote it stands.
  const stored = e164 !== null && e164 === point.e164 ? point : withValue(point, value);
  const said: Json | undefined = sameJson(derive(stored), number) ? undefined : number;
  return withPhrasing(stored, DIALECT, FIELD, stored.value, said);
}
