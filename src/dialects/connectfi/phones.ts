/** The list of phones: replaced as a whole, with what connectFi cannot tell left where it is (connectfi.md §4.3). */
import {
  type ContactPoint,
  contactPointsOf,
  newContactPoint,
  type Purpose,
  type Reachable,
} from '../../record/contact-points.ts';
import { match } from '../../record/matching.ts';
import { phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import type { Field, Omission } from '../lens.ts';
import { canonicalNumber, numberOf, withNumber } from './phone.ts';
import { inPlacesOf } from './places.ts';
import { DIALECT, type PhoneType, type WirePhone } from './wire.ts';

interface Told {
  readonly point: ContactPoint;
  readonly wire: WirePhone;
}

const PURPOSES: Readonly<Record<PhoneType, Purpose>> = {
  MOBILE: 'mobile',
  LANDLINE: 'landline',
  PRIMARY: 'primary',
};

/** A phone has one type and may have several purposes: the one that says most about it is shown. */
const RANKING: readonly PhoneType[] = ['MOBILE', 'LANDLINE', 'PRIMARY'];

/** What a phone is called whose purpose this vendor has no word for. */
const UNKNOWN: PhoneType = 'LANDLINE';

/** Of the three parts of a phone, the number says which one it is. */
const NUMBER_WEIGHT = 4;

const FIELD = 'type';

export const phonesField = <P extends Reachable>(): Field<P, readonly WirePhone[]> => ({
  read: party => told(party).map(({ wire }) => wire),
  write,
});

/** Which phones connectFi is not told; `place` is where the party stands in the record. */
export const phoneOmissions = (party: Reachable, place = ''): Omission[] =>
  contactPointsOf(party, 'phone')
    .filter(point => numberOf(point) === undefined)
    .map(point => ({
      path: `${place}contactPoints/${point.id}`,
      reason: 'phoneNumber has 6 to 12 digits and nothing else.',
    }));

const told = (party: Reachable): Told[] =>
  contactPointsOf(party, 'phone').flatMap(point => {
    const number = numberOf(point);
    return number === undefined ? [] : [{ point, wire: { type: typeOf(point), ...number } }];
  });

/** What a type that differs from the purposes stands for. */
const purposesOf = (point: ContactPoint): readonly Purpose[] =>
  RANKING.map(type => PURPOSES[type]).filter(purpose => point.purposes.includes(purpose));

const typeOf = (point: ContactPoint): PhoneType =>
  (phrasingOf(point, DIALECT, FIELD, purposesOf(point)) as PhoneType | undefined) ?? derivedType(point);

const derivedType = (point: ContactPoint): PhoneType =>
  RANKING.find(type => point.purposes.includes(PURPOSES[type])) ?? UNKNOWN;

function write<P extends Reachable>(party: P, wire: readonly WirePhone[]): P {
  const before = told(party);
  const written = match(before, wire, (existing, incoming) => likeness(existing.wire, incoming)).map(
    ({ incoming, existing }) => {
      const point = existing?.point ?? newContactPoint('phone', canonicalNumber(incoming));
      return released(withNumber(point, incoming), incoming.type);
    },
  );
  const seen = before.map(each => each.point);
  const unseen = contactPointsOf(party, 'phone').filter(point => !seen.includes(point));
  const typed = withTypes(written, wire, unseen);
  return { ...party, contactPoints: inPlacesOf(party.contactPoints, seen, typed) };
}

const likeness = (existing: WirePhone, incoming: WirePhone): number =>
  (existing.phoneNumber === incoming.phoneNumber ? NUMBER_WEIGHT : 0) +
  (existing.countryDialingCode === incoming.countryDialingCode ? 1 : 0) +
  (existing.type === incoming.type ? 1 : 0);

/** Without the purposes that stand against the new type: the one that was shown, and any that outranks it. */
function released(point: ContactPoint, type: PhoneType): ContactPoint {
  const shown = typeOf(point);
  if (shown === type) return point;
  const against = [shown, ...RANKING.slice(0, RANKING.indexOf(type))].map(each => PURPOSES[each]);
  return { ...point, purposes: point.purposes.filter(purpose => !against.includes(purpose)) };
}

/** One phone holds a purpose at a time; a second one of the same type keeps it as the vendor's word alone. */
function withTypes(
  points: readonly ContactPoint[],
  wire: readonly WirePhone[],
  unseen: readonly ContactPoint[],
): ContactPoint[] {
  const held = new Set([...points, ...unseen].flatMap(point => point.purposes));
  return points.map((point, index) => {
    const type = wire[index]?.type ?? typeOf(point);
    if (typeOf(point) === type) return point;
    const purpose = PURPOSES[type];
    const free = !held.has(purpose);
    held.add(purpose);
    const after = free ? { ...point, purposes: [...point.purposes, purpose] } : point;
    const said = derivedType(after) === type ? undefined : type;
    return withPhrasing(after, DIALECT, FIELD, [...purposesOf(after)], said);
  });
}
