/** The one phone that FlexPortal shows of a customer's list of them (flexportal.md §2.1, §3.3). */
import {
  addContactPoint,
  changeContactPoint,
  contactPointsOf,
  newContactPoint,
  primaryContactPoint,
  removeContactPoint,
  withValue,
} from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { phrasingOf } from '../../record/phrasing.ts';
import { type Field, phrased } from '../lens.ts';
import { DIALECT } from './wire.ts';

/** All phones, so that another dialect's change of any of them is seen. */
const phonesOf = (customer: Customer): Json =>
  contactPointsOf(customer, 'phone').map(point => [point.id, point.value, point.purposes]);

/** The phone that FlexPortal shows: none after it emptied the field, although others may be left. */
export const shownPhone = (customer: Customer) =>
  phrasingOf(customer, DIALECT, 'phone', phonesOf(customer)) === undefined
    ? primaryContactPoint(customer, 'phone')
    : undefined;

export const phone: Field<Customer, string | undefined> = phrased(DIALECT, 'phone', {
  of: phonesOf,
  derive: customer => primaryContactPoint(customer, 'phone')?.value,
  store: (customer, wire) => {
    const shown = shownPhone(customer);
    if (wire === '') return shown ? removeContactPoint(customer, shown.id) : customer;
    return shown
      ? changeContactPoint(customer, shown.id, point => withValue(point, wire))
      : addContactPoint(customer, newContactPoint('phone', wire, ['primary']));
  },
});
