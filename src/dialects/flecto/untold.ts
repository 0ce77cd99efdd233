/** What the record knows and Flecto does not show: for want of an attribute, or because another value is shown instead. */
import type { AddressLink } from '../../record/address.ts';
import { type Customer, isArchived } from '../../record/customer.ts';
import { namesBesideWhole } from '../../record/names.ts';
import type { Omission } from '../lens.ts';
import { contactOmissions } from './contacts.ts';
import { identificationOmissions } from './identification.ts';
import { LOCALES } from './wire.ts';

const NO_ATTRIBUTE = 'Flecto has no attribute for it.';

/** Whoever the customer is (flecto.md §2.1, §3.2). */
export const untold: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['status', 'reference', 'accountNumber', 'gender', 'birthDate', 'citizenship', 'priceGroup'],
    ...['customFields', 'representatives', 'employees', 'orders', 'subscriptions'].map(name => `${name}/**`),
    ...['issuingCountry', 'issuingRegion', 'expiryDate'].map(name => `identityDocuments/*/${name}`),
    'contactPoints/*/label',
    'addresses/*/roles',
    ...[
      'line2',
      'locality',
      'contactName',
      'contactGivenName',
      'contactFamilyName',
      'contactExtra',
      'company',
    ]
      .concat('email', 'phone', 'phone2', 'fax', 'branch')
      .map(name => `addresses/*/address/${name}`),
  ].map(pattern => [pattern, NO_ATTRIBUTE]),
);

export function customerOmissions(customer: Customer): Omission[] {
  const { language, taxIds } = customer;
  const omitted: Omission[] = namesBesideWhole(customer).map(path => ({
    path,
    reason: 'A customer shows one name.',
  }));
  if (isArchived(customer)) {
    omitted.push({
      path: 'archivedAt',
      reason: 'Flecto has no archive; it is told when it changes something.',
    });
  }
  if (language !== null && !LOCALES.some(locale => locale === language)) {
    omitted.push({ path: 'language', reason: 'Flecto speaks English, Spanish and Portuguese.' });
  }
  if (taxIds.some(tax => tax.kind !== 'vat')) {
    omitted.push({ path: 'taxIds', reason: 'A customer shows a VAT number alone.' });
  }
  return [...omitted, ...contactOmissions(customer), ...identificationOmissions(customer)];
}

export const addressOmissions = ({ address: { id, countryText } }: AddressLink): Omission[] =>
  countryText === null
    ? []
    : [{ path: `addresses/${id}/address/countryText`, reason: 'What was written is no ISO 3166-1 country.' }];
