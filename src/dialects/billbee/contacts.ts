/**
 * Email, Tel1 and Tel2, the six defaults, and MetaData: three views of the same contact points (billbee.md §3.2).
 *
 * One body may write all three, and most clients send back what they read with one view edited. So what a body
 * repeats unchanged is no wish; among the wishes the default wins over the flat field, and both over MetaData.
 */
import {
  addContactPoint,
  type ContactPoint,
  changeContactPoint,
  newContactPoint,
  withValue,
} from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import { kindOf, newEntry, readEntry, says, typeOf, updateEntry } from './entries.ts';
import { entryByNumber, writeList } from './meta-data.ts';
import { isRepeated, rememberStatement } from './repetition.ts';
import { hasId } from './request.ts';
import { pointAt, readFlat, SLOTS, type Slot, slotEntry, withWord } from './slots.ts';
import { ENTRIES_MAXIMUM, invalid } from './values.ts';
import type { ContactsInput, CustomerContacts, MetaInput } from './wire.ts';

/** The state of a write: where each slot shall point; a slot without an entry here shows what the record derives. */
interface Work {
  readonly before: Customer;
  readonly input: ContactsInput;
  readonly targets: Map<Slot, string | null>;
  customer: Customer;
}

export function readContacts(customer: Customer): CustomerContacts {
  const views: Record<string, unknown> = { MetaData: customer.contactPoints.map(readEntry) };
  for (const slot of SLOTS) {
    const point = slotEntry(customer, slot);
    views[slot.name] = point ? readEntry(point) : null;
    if (slot.flat) views[slot.flat] = readFlat(customer, slot);
  }
  return views as unknown as CustomerContacts;
}

/** @throws ConcordError `value-invalid` for Ids of no entry, entries of the wrong type, and empty entries. */
export function writeContacts(before: Customer, input: ContactsInput): Customer {
  if (isRepeated(before, input)) return before;
  const listed = input.MetaData ? writeList(before, input.MetaData) : undefined;
  const work: Work = { before, input, targets: new Map(), customer: listed?.customer ?? before };
  for (const slot of SLOTS) {
    const target = writeSlot(work, slot);
    if (target !== undefined) work.targets.set(slot, target);
  }
  work.customer = withoutUnused(work, listed?.ids);
  for (const [slot, id] of work.targets) {
    work.customer = pointAt(work.customer, slot, byId(work.customer, id));
  }
  for (const slot of SLOTS) {
    if (slot.flat)
      work.customer = withWord(
        work.customer,
        slot,
        input[slot.flat] === undefined ? readFlat(before, slot) : input[slot.flat],
      );
  }
  if (work.customer === before) return before;
  const count = work.customer.contactPoints.length;
  if (count > ENTRIES_MAXIMUM && count > before.contactPoints.length) {
    throw invalid('MetaData', 'has too many entries.');
  }
  return rememberStatement(work.customer, input);
}

/** Where the slot shall point: an id, `null` for nowhere, `undefined` for whatever the record derives. */
function writeSlot(work: Work, slot: Slot): string | null | undefined {
  const { before, input } = work;
  const current = slotEntry(before, slot);
  const flat = slot.flat && input[slot.flat];
  const said = input[slot.name] ?? undefined;
  // A default that names its entry and no value leaves the value to the flat field.
  const object = said && flat && said.Value === undefined ? { ...said, Value: flat } : said;
  let target = current?.id ?? null;
  if (object && !says(current, object)) {
    target = writeObject(work, slot, object);
    const moved = target !== current?.id || (object.Value ?? current.value) !== current.value;
    if (moved) return target;
  }
  if (flat !== undefined && flat !== readFlat(before, slot)) {
    return flat ? writeFlat(work, slot, flat) : null;
  }
  const first = flat === undefined && slot.fallsBack && !before.contactPoints.some(ofKind(slot));
  return target === null && first ? undefined : target;
}

/** A default: the entry with its Id, or the one of the same TypeId and Value, or a new one (billbee.md §3.2 (4)). */
function writeObject(work: Work, slot: Slot, object: MetaInput): string {
  const kind = kindOf(object, slot.kind);
  const point = hasId(object.Id)
    ? entryByNumber(work.customer, object.Id, `${slot.name}.Id`)
    : alike(work, slot, object);
  if (typeOf(point?.kind ?? kind) !== typeOf(slot.kind)) {
    throw invalid(`${slot.name}.TypeId`, 'is not a type that this default takes.');
  }
  if (!point) return add(work, newEntry(object, kind, slot.name));
  work.customer = changeContactPoint(work.customer, point.id, each => updateEntry(each, object, slot.name));
  return point.id;
}

/** The same TypeId and Value; a phone and a fax with one number are told apart by the label or the slot. */
function alike(work: Work, slot: Slot, object: MetaInput): ContactPoint | undefined {
  const current = byId(work.customer, slotEntry(work.before, slot)?.id ?? null);
  if (object.Value === undefined) return current;
  const kind = kindOf(object, slot.kind);
  const points = work.customer.contactPoints.filter(point => point.value === object.Value);
  const same = points.filter(point => point.kind === kind);
  return (
    same.find(point => point === current) ??
    same.find(point => says(point, object)) ??
    points.find(point => object.SubType !== undefined && says(point, { TypeId: typeOf(kind), ...object })) ??
    same[0]
  );
}

/**
 * A flat field: the entry that has this value already, else the entry that it views under another value (billbee.md
 * §3.2 (2)), unless another default shows that entry too and the same body says that it keeps its value.
 */
function writeFlat(work: Work, slot: Slot, value: string): string {
  const current = byId(work.customer, slotEntry(work.before, slot)?.id ?? null);
  if (current?.value === value) return current.id;
  const known = work.customer.contactPoints.find(point => ofKind(slot)(point) && point.value === value);
  if (known) return known.id;
  if (!current || isClaimed(work, slot, current, value)) return add(work, newContactPoint(slot.kind, value));
  work.customer = changeContactPoint(work.customer, current.id, point => withValue(point, value));
  return current.id;
}

const isClaimed = (work: Work, slot: Slot, point: ContactPoint, value: string): boolean =>
  SLOTS.some(other => {
    if (other === slot) return false;
    const entry = work.targets.has(other) ? work.targets.get(other) : slotEntry(work.before, other)?.id;
    const said = (other.flat && work.input[other.flat]) || work.input[other.name]?.Value || value;
    return entry === point.id && said !== value;
  });

/** Unlisted entries go unless a default points at them (§3.2 (5)); a cleared one goes unless it serves elsewhere. */
function withoutUnused(work: Work, listed: ReadonlySet<string> | undefined): Customer {
  const pointed = new Set(work.targets.values());
  const cleared = new Set(
    SLOTS.filter(
      slot => slot.flat && work.targets.get(slot) === null && work.input[slot.flat] !== undefined,
    ).map(slot => slotEntry(work.before, slot)?.id),
  );
  const stays = (point: ContactPoint): boolean => {
    if (pointed.has(point.id)) return true;
    return listed ? listed.has(point.id) : !cleared.has(point.id) || servesOthers(point);
  };
  const contactPoints = work.customer.contactPoints.filter(stays);
  return contactPoints.length === work.customer.contactPoints.length
    ? work.customer
    : { ...work.customer, contactPoints };
}

/** What other dialects use it for, such as `mobile`: the vendor has no slot for that. */
const servesOthers = (point: ContactPoint): boolean =>
  point.purposes.some(purpose => !SLOTS.some(slot => slot.kind === point.kind && slot.purpose === purpose));

const ofKind = (slot: Slot) => (point: ContactPoint) => point.kind === slot.kind;

const byId = (customer: Customer, id: string | null): ContactPoint | undefined =>
  customer.contactPoints.find(point => point.id === id);

function add(work: Work, point: ContactPoint): string {
  work.customer = addContactPoint(work.customer, point);
  return point.id;
}
