/** What the record knows and Lightening does not show: for want of a field, or because another value is shown instead. */
import { type ContactKind, contactPointsOf, primaryContactPoint } from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import { namesBesideWhole } from '../../record/names.ts';
import type { Omission } from '../lens.ts';

const NO_FIELD = 'Lightening has no field for it.';

/** Whoever the customer is (lightening.md §3.1, §6.2). */
export const untold: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['gender', 'birthDate', 'citizenship', 'reference', 'priceGroup', 'contactPoints/*/label'],
    ...['customFields', 'identityDocuments', 'representatives', 'employees', 'orders', 'subscriptions'].map(
      name => `${name}/**`,
    ),
    'addresses/*/label',
    ...['locality', 'contactName', 'contactGivenName', 'contactFamilyName', 'contactExtra'].map(
      name => `addresses/*/address/${name}`,
    ),
    ...['phone', 'phone2', 'fax'].map(name => `addresses/*/address/${name}`),
  ].map(pattern => [pattern, NO_FIELD]),
);

/** `tel1` to `tel3`, `email1` to `email3`. */
export const CONTACT_POINTS_MAXIMUM = 3;

/** The contact points of a kind, the primary one first. */
export function inOrder(customer: Customer, kind: ContactKind) {
  const first = primaryContactPoint(customer, kind);
  const all = contactPointsOf(customer, kind);
  return first ? [first, ...all.filter(point => point !== first)] : all;
}

/** The object has three places for phones and three for e-mails, and none for a fax but the broker's. */
export function customerOmissions(customer: Customer): Omission[] {
  const beyond = (kind: ContactKind, reason: string, maximum: number): Omission[] =>
    inOrder(customer, kind)
      .slice(maximum)
      .map(point => ({ path: `contactPoints/${point.id}`, reason }));
  return [
    ...namesBesideWhole(customer).map(path => ({ path, reason: 'A customer has one name.' })),
    ...beyond('phone', 'A customer shows three phones.', CONTACT_POINTS_MAXIMUM),
    ...beyond('email', 'A customer shows three e-mails.', CONTACT_POINTS_MAXIMUM),
    ...beyond('fax', 'A customer shows no fax.', 0),
    ...customer.addresses
      .filter(link => link.roles.length > 0)
      .map(({ address }) => ({
        path: `addresses/${address.id}/roles`,
        reason: 'A customer shows a mailing address, and not which of the addresses it is.',
      })),
    ...(customer.taxIds.some(tax => tax.kind !== 'vat')
      ? [{ path: 'taxIds', reason: 'vat_number takes the VAT id only.' }]
      : []),
  ];
}
