/** A contact entry and a contact point: the same thing in two words (billbee.md §3.2). */
import {
  type ContactKind,
  type ContactPoint,
  newContactPoint,
  withValue,
} from '../../record/contact-points.ts';
import { type Field, phrased } from '../lens.ts';
import { hasId } from './request.ts';
import { invalid } from './values.ts';
import { DIALECT, type Meta, type MetaInput, TYPE_NAMES, type TypeId } from './wire.ts';

export const typeOf = (kind: ContactKind): TypeId => (kind === 'email' ? 1 : 2);

/** The labels that the vendor gives by itself (billbee.md §3.2 [docs: order-fixture] [convention]). */
const LABELS: Readonly<Record<ContactKind, string>> = { email: 'default', phone: 'phone', fax: 'fax' };

/** A label that only repeats the kind is not worth keeping: it is derived. */
const subType: Field<ContactPoint, string | null> = phrased(DIALECT, 'SubType', {
  of: point => point.label,
  derive: point => point.label ?? LABELS[point.kind],
  store: (point, wire) => ({ ...point, label: wire === LABELS[point.kind] ? null : wire || null }),
});

export const readEntry = (point: ContactPoint): Meta => {
  const type = typeOf(point.kind);
  return {
    Id: point.number,
    TypeId: type,
    TypeName: TYPE_NAMES[type],
    SubType: subType.read(point),
    Value: point.value,
  };
};

/** Whether what was said of an entry is what it is already. */
export function says(point: ContactPoint | undefined, input: MetaInput): boolean {
  if (!point) return false;
  const shown = readEntry(point);
  return (
    (!hasId(input.Id) || input.Id === shown.Id) &&
    (input.TypeId ?? shown.TypeId) === shown.TypeId &&
    (input.SubType === undefined || input.SubType === shown.SubType) &&
    (input.Value ?? shown.Value) === shown.Value
  );
}

/** The kind that the words mean: `fax` and `phone` name it, any other label leaves it (billbee.md §3.2 [convention]). */
export function kindOf(input: MetaInput, otherwise: ContactKind): ContactKind {
  const type = input.TypeId ?? typeOf(otherwise);
  if (type === 1) return 'email';
  if (input.SubType === LABELS.fax) return 'fax';
  if (input.SubType === LABELS.phone || otherwise === 'email') return 'phone';
  return otherwise;
}

/** @throws ConcordError `value-invalid` for an entry without a value: it would reach nobody. */
export function newEntry(input: MetaInput, kind: ContactKind, path: string): ContactPoint {
  if (!input.Value) throw invalid(`${path}.Value`, 'is required.');
  const point = newContactPoint(kind, input.Value);
  return input.SubType === undefined ? point : writeSubType(point, input.SubType);
}

/** @throws ConcordError `value-invalid` where a mail would become a phone, or its value nothing. */
export function updateEntry(point: ContactPoint, input: MetaInput, path: string): ContactPoint {
  if (says(point, input)) return point;
  if (input.TypeId !== undefined && input.TypeId !== typeOf(point.kind)) {
    throw invalid(`${path}.TypeId`, 'is not the type of this entry.');
  }
  if (input.Value === '') throw invalid(`${path}.Value`, 'is required.');
  const valued = input.Value === undefined ? point : withValue(point, input.Value);
  if (input.SubType === undefined || input.SubType === subType.read(point)) return valued;
  const kind = kindOf(input, point.kind);
  // What a phone was for, a fax cannot serve, and the other way round.
  return writeSubType(kind === point.kind ? valued : { ...valued, kind, purposes: [] }, input.SubType);
}

const writeSubType = (point: ContactPoint, label: string | null): ContactPoint =>
  subType.read(point) === label ? point : (subType.write?.(point, label) ?? point);
