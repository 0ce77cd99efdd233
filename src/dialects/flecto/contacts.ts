/** A customer's e-mail and phone in Flecto: one of each, and the others left where they are (flecto.md §3.2). */
import {
  addContactPoint,
  type ContactKind,
  type ContactPoint,
  changeContactPoint,
  contactPointFor,
  contactPointsOf,
  newContactPoint,
  removeContactPoint,
  withValue,
} from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { phrasingOf } from '../../record/phrasing.ts';
import { type Field, type Omission, phrased } from '../lens.ts';
import { DIALECT } from './wire.ts';

interface Contact {
  readonly name: 'email' | 'phone_number';
  readonly kind: ContactKind;
  /** How Flecto tells it, or `null` when it cannot. */
  tell(point: ContactPoint): string | null;
  readonly reason: string;
}

const EMAIL: Contact = {
  name: 'email',
  kind: 'email',
  tell: point => point.value,
  reason: 'A customer shows one e-mail.',
};

/** flecto.md §3.2: E.164. What is no such number, whoever wrote it, cannot be told. */
const PHONE: Contact = {
  name: 'phone_number',
  kind: 'phone',
  tell: point => point.e164,
  reason: 'A customer shows one phone, and only a number in international form.',
};

/** All that could be shown, so that another dialect's change of any of it is seen. */
const tellable = (customer: Customer, { kind, tell }: Contact): readonly ContactPoint[] =>
  contactPointsOf(customer, kind).filter(point => tell(point) !== null);

const standing = (customer: Customer, contact: Contact): Json =>
  tellable(customer, contact).map(point => [
    point.id,
    contact.tell(point),
    point.purposes.includes('primary'),
  ]);

const candidate = (customer: Customer, contact: Contact): ContactPoint | undefined => {
  const points = tellable(customer, contact);
  return points.find(point => point.purposes.includes('primary')) ?? points[0];
};

/** None after Flecto emptied the field, although others may be left. */
const shown = (customer: Customer, contact: Contact): ContactPoint | undefined =>
  phrasingOf(customer, DIALECT, contact.name, standing(customer, contact)) === null
    ? undefined
    : candidate(customer, contact);

const field = (contact: Contact): Field<Customer, string | null> =>
  phrased(DIALECT, contact.name, {
    of: customer => standing(customer, contact),
    derive: customer => {
      const point = candidate(customer, contact);
      return point ? contact.tell(point) : null;
    },
    store: (customer, wire) => {
      const point = shown(customer, contact);
      if (wire === null) return point ? removeContactPoint(customer, point.id) : customer;
      if (point) return changeContactPoint(customer, point.id, each => withValue(each, wire));
      return addContactPoint(customer, newContactPoint(contact.kind, wire, purposesOfNew(customer, contact)));
    },
  });

/** A new one is the primary one; only where nothing could be shown before, a holder that Flecto cannot tell keeps that place. */
const purposesOfNew = (customer: Customer, contact: Contact) =>
  tellable(customer, contact).length > 0 || !contactPointFor(customer, contact.kind, 'primary')
    ? (['primary'] as const)
    : [];

export const email = field(EMAIL);
export const phoneNumber = field(PHONE);

/** The contact points that Flecto does not show. */
export const contactOmissions = (customer: Customer): Omission[] => {
  const beyond = [EMAIL, PHONE].flatMap(contact => {
    const point = shown(customer, contact);
    return contactPointsOf(customer, contact.kind)
      .filter(each => each !== point)
      .map(({ id }) => ({ path: `contactPoints/${id}`, reason: contact.reason }));
  });
  const faxes = contactPointsOf(customer, 'fax').map(({ id }) => ({
    path: `contactPoints/${id}`,
    reason: 'A customer shows no fax.',
  }));
  return [...beyond, ...faxes];
};
