/** What the record knows and FlexPortal does not show: for want of a field, or because another value is shown instead. */
import { addressWithRole, mainAddress, type Address as RecordAddress } from '../../record/address.ts';
import { primaryContactPoint } from '../../record/contact-points.ts';
import { type Customer, isArchived } from '../../record/customer.ts';
import type { Omission } from '../lens.ts';
import { shownPhone } from './phone.ts';
import { shownIn } from './slots.ts';

const NO_FIELD = 'FlexPortal has no field for it.';

/** What FlexPortal has no field for, whoever the customer is (§2.1, §2.2). */
export const untold: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...[
      'gender',
      'birthDate',
      'citizenship',
      'reference',
      'accountNumber',
      'language',
      'priceGroup',
      'taxIds',
    ],
    ...[
      'identityDocuments/**',
      'representatives/**',
      'employees/**',
      'orders/*/status',
      'contactPoints/*/label',
    ],
    ...['label', 'address/latitude', 'address/longitude', 'address/contactExtra', 'address/email']
      .concat('address/phone', 'address/phone2', 'address/fax', 'address/branch')
      .map(name => `addresses/*/${name}`),
  ].map(pattern => [pattern, NO_FIELD]),
);

/** A contact in one piece hides one in parts. */
const hiddenContact = ({
  id,
  contactName,
  contactGivenName,
  contactFamilyName,
}: RecordAddress): Omission[] =>
  contactName === null || (contactGivenName === null && contactFamilyName === null)
    ? []
    : ['contactGivenName', 'contactFamilyName'].map(name => ({
        path: `addresses/${id}/address/${name}`,
        reason: 'FlexPortal shows the contact in one piece.',
      }));

/** A main address stands for the billing one that nobody named, and does not say so. */
function assumedBilling(customer: Customer): Omission[] {
  const main = mainAddress(customer);
  return main === undefined || addressWithRole(customer, 'billing') !== undefined
    ? []
    : [
        {
          path: `addresses/${main.address.id}/roles`,
          reason: 'FlexPortal shows the main address where none has the role.',
        },
      ];
}

/** What depends on the customer at hand. */
export function customerOmissions(customer: Customer): Omission[] {
  const shown = new Set([
    shownPhone(customer)?.id,
    primaryContactPoint(customer, 'email')?.id,
    shownIn(customer, 'billing')?.address.id,
    shownIn(customer, 'shipping')?.address.id,
  ]);
  const points = customer.contactPoints.filter(point => !shown.has(point.id));
  const links = customer.addresses.filter(link => !shown.has(link.address.id));
  return [
    ...(isArchived(customer)
      ? [{ path: 'archivedAt', reason: 'FlexPortal has no archive; it is told when it changes something.' }]
      : []),
    ...(customer.displayName !== null && (customer.givenName !== null || customer.familyName !== null)
      ? [{ path: 'displayName', reason: 'FlexPortal shows the name in parts.' }]
      : []),
    ...customer.subscriptions
      .filter(subscription => subscription.status !== 'active')
      .map(({ id }) => ({
        path: `subscriptions/${id}/monthlyAmount`,
        reason: 'FlexPortal sums what is active.',
      })),
    ...customer.addresses.flatMap(({ address }) => hiddenContact(address)),
    ...assumedBilling(customer),
    ...points.map(({ id }) => ({
      path: `contactPoints/${id}`,
      reason: 'FlexPortal shows one e-mail and one phone.',
    })),
    ...links.map(({ address }) => ({
      path: `addresses/${address.id}`,
      reason: 'FlexPortal shows one billing and one shipping address.',
    })),
  ];
}
