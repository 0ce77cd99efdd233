/** Contact points: e-mails, phones and faxes, one ordered list with purposes. */
import { newId } from './identifier.ts';
import { toE164 } from './phone.ts';
import type { Phrased } from './phrasing.ts';

export type ContactKind = 'email' | 'phone' | 'fax';

/** What a contact point is for. Each purpose is held by at most one contact point of a kind. */
export type Purpose = 'primary' | 'secondary' | 'mobile' | 'landline' | 'commercial' | 'statusUpdates';

export interface ContactPoint extends Phrased {
  /** UUID version 7. */
  readonly id: string;
  /** Counts from 1 within the tenant; `null` until stored. Billbee's `MetaData[].Id`. */
  readonly number: number | null;
  readonly kind: ContactKind;
  /** As written, at most 254 characters. */
  readonly value: string;
  /** Phones and faxes: E.164 when the value parses; otherwise `null`. */
  readonly e164: string | null;
  readonly purposes: readonly Purpose[];
  /** A free label. Billbee `SubType`. */
  readonly label: string | null;
}

/** Anyone who can be reached: a customer or a representative. */
export interface Reachable {
  readonly contactPoints: readonly ContactPoint[];
}

export const newContactPoint = (
  kind: ContactKind,
  value: string,
  purposes: readonly Purpose[] = [],
  label: string | null = null,
): ContactPoint => ({
  id: newId(),
  number: null,
  kind,
  value,
  e164: kind === 'email' ? null : toE164(value),
  purposes,
  label,
  phrasings: {},
});

/** The same contact point with another value; `e164` follows. */
export const withValue = (point: ContactPoint, value: string): ContactPoint =>
  point.value === value ? point : { ...point, value, e164: point.kind === 'email' ? null : toE164(value) };

export const contactPointsOf = (party: Reachable, kind: ContactKind): readonly ContactPoint[] =>
  party.contactPoints.filter(point => point.kind === kind);

export const contactPointFor = (
  party: Reachable,
  kind: ContactKind,
  purpose: Purpose,
): ContactPoint | undefined =>
  party.contactPoints.find(point => point.kind === kind && point.purposes.includes(purpose));

/** The one to use when only one is wanted: the primary one, or the first of its kind. */
export const primaryContactPoint = (party: Reachable, kind: ContactKind): ContactPoint | undefined =>
  contactPointFor(party, kind, 'primary') ?? party.contactPoints.find(point => point.kind === kind);

export function addContactPoint<T extends Reachable>(party: T, point: ContactPoint): T {
  return withPurposesHeldOnce({ ...party, contactPoints: [...party.contactPoints, point] }, point);
}

/** Changes one contact point; a purpose it takes up is taken from whoever of its kind had it. */
export function changeContactPoint<T extends Reachable>(
  party: T,
  id: string,
  change: (point: ContactPoint) => ContactPoint,
): T {
  const before = party.contactPoints.find(point => point.id === id);
  if (!before) return party;
  const after = change(before);
  if (after === before) return party;
  const contactPoints = party.contactPoints.map(point => (point === before ? after : point));
  return withPurposesHeldOnce({ ...party, contactPoints }, after);
}

export function removeContactPoint<T extends Reachable>(party: T, id: string): T {
  const contactPoints = party.contactPoints.filter(point => point.id !== id);
  return contactPoints.length === party.contactPoints.length ? party : { ...party, contactPoints };
}

/** Replaces all contact points of one kind, in the order given; those of the other kinds keep their places. */
export function replaceContactPoints<T extends Reachable>(
  party: T,
  kind: ContactKind,
  points: readonly ContactPoint[],
): T {
  const held = new Set<Purpose>();
  const unique = points.map(point => {
    const purposes = point.purposes.filter(purpose => !held.has(purpose));
    for (const purpose of purposes) held.add(purpose);
    return purposes.length === point.purposes.length ? point : { ...point, purposes };
  });
  const queue = [...unique];
  const inPlace = party.contactPoints.flatMap(point => (point.kind === kind ? queue.splice(0, 1) : [point]));
  return { ...party, contactPoints: [...inPlace, ...queue] };
}

function withPurposesHeldOnce<T extends Reachable>(party: T, holder: ContactPoint): T {
  let changed = false;
  const contactPoints = party.contactPoints.map(point => {
    if (point === holder || point.kind !== holder.kind) return point;
    const purposes = point.purposes.filter(purpose => !holder.purposes.includes(purpose));
    if (purposes.length === point.purposes.length) return point;
    changed = true;
    return { ...point, purposes };
  });
  return changed ? { ...party, contactPoints } : party;
}
