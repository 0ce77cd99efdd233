/** Writing contact points: a list that is whole, in which a purpose is held once for each kind. */
import {
  type ContactPoint,
  contactPointsOf,
  newContactPoint,
  type Purpose,
  type Reachable,
  replaceContactPoints,
  withValue,
} from '../record/contact-points.ts';
import { isEmail } from '../record/email.ts';
import { sameJson } from '../record/json.ts';
import {
  below,
  type ContactPointSent,
  expectNoId,
  kept,
  type Report,
  withEntries,
  withTexts,
} from './sent.ts';

const KINDS = ['email', 'phone', 'fax'] as const;

export function withContactPoints<Party extends Reachable>(
  party: Party,
  sent: readonly ContactPointSent[],
  report: Report,
): Party {
  const points = withEntries(party.contactPoints, sent, report, {
    idField: 'id',
    idOf: point => point.id,
    sentId: ({ id }) => id,
    add: newPoint,
    change: changedPoint,
  });
  if (points === party.contactPoints) return party;
  const claimed = claims(points, sent, party.contactPoints, report);
  const yielded = points.map(point => yieldPurposes(point, claimed));
  // Each purpose once, whatever the list was before.
  return KINDS.reduce<Party>(
    (after, kind) => replaceContactPoints(after, kind, contactPointsOf(after, kind)),
    { ...party, contactPoints: yielded },
  );
}

function newPoint(sent: ContactPointSent, report: Report): ContactPoint | undefined {
  const { kind, purposes = [], label = null } = sent;
  const value = kept(sent.value ?? null);
  if (kind === undefined) report('kind', 'is missing');
  if (value === null) report('value', 'is missing');
  if (!expectNoId(sent, report) || kind === undefined || value === null) return undefined;
  return checked(newContactPoint(kind, value, [...new Set(purposes)], kept(label)), report);
}

function changedPoint(point: ContactPoint, sent: ContactPointSent, report: Report): ContactPoint {
  const { kind = point.kind, purposes } = sent;
  const value = sent.value === undefined || sent.value === point.value ? point.value : kept(sent.value);
  if (value === null) {
    report('value', 'must not be blank');
    return point;
  }
  const labelled = withTexts(point, sent, ['label']);
  const revalued = kind === point.kind ? withValue(labelled, value) : withKind(labelled, kind, value);
  const after =
    purposes === undefined || sameJson(purposes, point.purposes)
      ? revalued
      : { ...revalued, purposes: [...new Set(purposes)] };
  return revalued === labelled ? after : checked(after, report);
}

/** E.164 belongs to phones and faxes. */
const withKind = (point: ContactPoint, kind: ContactPoint['kind'], value: string): ContactPoint => ({
  ...point,
  kind,
  value,
  e164: newContactPoint(kind, value).e164,
});

function checked(point: ContactPoint, report: Report): ContactPoint {
  if (point.kind === 'email' && !isEmail(point.value)) report('value', 'must be an e-mail address');
  return point;
}

const claimOf = (kind: ContactPoint['kind'], purpose: Purpose): string => `${kind} ${purpose}`;

/** Who says that it holds a purpose; two who say so are a fault, unless both said so before. */
function claims(
  points: readonly ContactPoint[],
  sent: readonly ContactPointSent[],
  before: readonly ContactPoint[],
  report: Report,
): ReadonlyMap<string, ContactPoint> {
  const holders = new Map<string, ContactPoint>();
  // A list with faults is shorter than what was sent, and nothing is made of it.
  if (points.length !== sent.length) return holders;
  for (const [at, point] of points.entries()) {
    if (sent[at]?.purposes === undefined) continue;
    for (const purpose of point.purposes) {
      const claim = claimOf(point.kind, purpose);
      if (!holders.has(claim)) holders.set(claim, point);
      else if (!before.includes(point)) {
        below(report, at)('purposes', `${purpose} is the purpose of another ${point.kind} already`);
      }
    }
  }
  return holders;
}

function yieldPurposes(point: ContactPoint, claimed: ReadonlyMap<string, ContactPoint>): ContactPoint {
  const purposes = point.purposes.filter(
    purpose => (claimed.get(claimOf(point.kind, purpose)) ?? point) === point,
  );
  return purposes.length === point.purposes.length ? point : { ...point, purposes };
}
