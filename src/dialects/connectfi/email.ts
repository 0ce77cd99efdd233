/** The e-mail: connectFi knows one, the primary (connectfi.md §3.3). */
import {
  addContactPoint,
  type ContactPoint,
  changeContactPoint,
  contactPointFor,
  contactPointsOf,
  newContactPoint,
  primaryContactPoint,
  type Reachable,
  withValue,
} from '../../record/contact-points.ts';
import type { Field, Omission } from '../lens.ts';
import { compile, customerEmail } from './schemas.ts';

const checkEmail = compile(customerEmail);

const LABEL = 'default';

const isTold = (point: ContactPoint): boolean => checkEmail(point.value).length === 0;

const shown = (party: Reachable): ContactPoint | undefined =>
  primaryContactPoint({ contactPoints: contactPointsOf(party, 'email').filter(isTold) }, 'email');

export const emailField = <P extends Reachable>(): Field<P, string | undefined> => ({
  read: party => shown(party)?.value,
  write: (party, email) => {
    const present = shown(party);
    if (present) return changeContactPoint(party, present.id, point => withValue(point, email));
    // A primary e-mail that the vendor's format refuses is not seen, so it keeps its purpose.
    const purposes = contactPointFor(party, 'email', 'primary') ? [] : (['primary'] as const);
    return addContactPoint(party, newContactPoint('email', email, purposes, LABEL));
  },
});

export function emailOmissions(party: Reachable, place = ''): Omission[] {
  const told = shown(party);
  return contactPointsOf(party, 'email')
    .filter(point => point !== told)
    .map(point => ({
      path: `${place}contactPoints/${point.id}`,
      reason: isTold(point) ? 'There is one e-mail only.' : 'email must match format "email".',
    }));
}
