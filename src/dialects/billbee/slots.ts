/** The six defaults: pointers at contact entries, shown as copies of them (billbee.md §3.2 [docs: order-fixture]). */
import {
  type ContactKind,
  type ContactPoint,
  changeContactPoint,
  contactPointFor,
  type Purpose,
} from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import { DIALECT, type FlatName, type SlotName } from './wire.ts';

export interface Slot {
  readonly name: SlotName;
  readonly kind: ContactKind;
  readonly purpose: Purpose;
  /** Shows the first entry of its kind while none has the purpose; the others stay null (billbee.md §3.2). */
  readonly fallsBack: boolean;
  /** The flat field that shows the value alone. */
  readonly flat?: FlatName;
}

export const SLOTS: readonly Slot[] = [
  { name: 'DefaultMailAddress', kind: 'email', purpose: 'primary', fallsBack: true, flat: 'Email' },
  { name: 'DefaultCommercialMailAddress', kind: 'email', purpose: 'commercial', fallsBack: false },
  { name: 'DefaultStatusUpdatesMailAddress', kind: 'email', purpose: 'statusUpdates', fallsBack: false },
  { name: 'DefaultPhone1', kind: 'phone', purpose: 'primary', fallsBack: true, flat: 'Tel1' },
  { name: 'DefaultPhone2', kind: 'phone', purpose: 'secondary', fallsBack: false, flat: 'Tel2' },
  { name: 'DefaultFax', kind: 'fax', purpose: 'primary', fallsBack: true },
];

/** What the record alone says that the slot shows. */
function derived(customer: Customer, slot: Slot): ContactPoint | undefined {
  const holder = contactPointFor(customer, slot.kind, slot.purpose);
  if (holder || !slot.fallsBack) return holder;
  return customer.contactPoints.find(point => point.kind === slot.kind);
}

/** The canonical state that the slot's own words stand for: which entry, and whether it was said to be the one. */
export function standing(customer: Customer, slot: Slot): Json {
  const point = derived(customer, slot);
  return point ? [point.id, point.purposes.includes(slot.purpose)] : null;
}

/**
 * The entry that the slot points at. Where the record cannot say it, it is a phrasing: `null` for a default that was
 * cleared while other entries remain, an id for a phone slot that points at a fax or the fax slot at a phone.
 */
export function slotEntry(customer: Customer, slot: Slot): ContactPoint | undefined {
  const said = phrasingOf(customer, DIALECT, slot.name, standing(customer, slot));
  if (said === null) return undefined;
  const named = customer.contactPoints.find(point => point.id === said);
  return named ?? derived(customer, slot);
}

/** Lets the slot point at the entry, or at none. */
export function pointAt(customer: Customer, slot: Slot, target: ContactPoint | undefined): Customer {
  if (slotEntry(customer, slot)?.id === target?.id) return customer;
  let pointed = customer;
  if (target?.kind === slot.kind) {
    pointed = changeContactPoint(customer, target.id, point => ({
      ...point,
      purposes: [...point.purposes.filter(purpose => purpose !== slot.purpose), slot.purpose],
    }));
  } else if (!target) {
    pointed = withoutPurpose(customer, slot);
  }
  const stands = derived(pointed, slot)?.id === target?.id;
  return withPhrasing(
    pointed,
    DIALECT,
    slot.name,
    standing(pointed, slot),
    stands ? undefined : (target?.id ?? null),
  );
}

function withoutPurpose(customer: Customer, slot: Slot): Customer {
  const holder = contactPointFor(customer, slot.kind, slot.purpose);
  if (!holder) return customer;
  return changeContactPoint(customer, holder.id, point => ({
    ...point,
    purposes: point.purposes.filter(purpose => purpose !== slot.purpose),
  }));
}

/** What the flat field shows. A client that said `""` for nothing reads that back. */
export function readFlat(customer: Customer, slot: Slot): string | null {
  const point = slotEntry(customer, slot);
  if (point) return point.value;
  const said = slot.flat && phrasingOf(customer, DIALECT, slot.flat, standing(customer, slot));
  return said === '' ? '' : null;
}

/** Keeps `""`, where the client said that for nothing; it is said of what stands behind the slot now. */
export function withWord(customer: Customer, slot: Slot, word: string | null | undefined): Customer {
  const nothing = word === '' ? '' : null;
  if (!slot.flat || slotEntry(customer, slot) || readFlat(customer, slot) === nothing) return customer;
  return withPhrasing(customer, DIALECT, slot.flat, standing(customer, slot), nothing ?? undefined);
}
