/**
 * A body whose views disagree, sent again: a client that had no answer repeats its PUT, and the first of the two has
 * already moved one of the views. The repetition says nothing new while nobody else has changed the contacts.
 */
import { createHash } from 'node:crypto';
import type { Customer } from '../../record/customer.ts';
import { phrasingOf, withPhrasing } from '../../record/phrasing.ts';
import { says } from './entries.ts';
import { readFlat, SLOTS, slotEntry } from './slots.ts';
import { type ContactsInput, DIALECT } from './wire.ts';

const FIELD = 'contacts';

export const isRepeated = (customer: Customer, input: ContactsInput): boolean =>
  phrasingOf(customer, DIALECT, FIELD, stateOf(customer)) === statementOf(input);

/** Kept only where the views disagree: whatever agrees is repeated without effect anyway. */
export const rememberStatement = (customer: Customer, input: ContactsInput): Customer =>
  withPhrasing(
    customer,
    DIALECT,
    FIELD,
    stateOf(customer),
    agrees(customer, input) ? undefined : statementOf(input),
  );

function agrees(customer: Customer, input: ContactsInput): boolean {
  const { MetaData: list } = input;
  const points = customer.contactPoints;
  if (list && (list.length !== points.length || !list.every((item, index) => says(points[index], item)))) {
    return false;
  }
  return SLOTS.every(slot => {
    const object = input[slot.name];
    const flat = slot.flat && input[slot.flat];
    return (
      (!object || says(slotEntry(customer, slot), object)) &&
      (flat === undefined || flat === readFlat(customer, slot))
    );
  });
}

const statementOf = (input: ContactsInput): string =>
  digest([...SLOTS.map(slot => [input[slot.name], slot.flat && input[slot.flat]]), input.MetaData]);

/** Without the numbers, which the store gives after the write. */
const stateOf = (customer: Customer): string =>
  digest(
    customer.contactPoints.map(({ id, kind, value, label, purposes }) => [id, kind, value, label, purposes]),
  );

/** A digest, so that no second copy of the contacts is kept. */
const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64');
