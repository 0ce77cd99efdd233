/** What the record knows and Billbee does not show: for want of a field, or because another value is shown instead. */
import type { Address, AddressLink } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { namesBesideWhole } from '../../record/names.ts';
import type { Omission } from '../lens.ts';
import type { CustomerHead } from './wire.ts';

const NO_FIELD = 'Billbee has no field for it.';

/** Whoever the customer is (billbee.md §3.1, §4). LanguageId is a number of the account, no language. */
export const untold: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['status', 'reference', 'gender', 'birthDate', 'citizenship', 'language'],
    ...['customFields', 'identityDocuments', 'representatives', 'employees', 'orders', 'subscriptions'].map(
      name => `${name}/**`,
    ),
    ...['label', 'main', 'address/locality', 'address/latitude', 'address/longitude', 'address/branch'].map(
      name => `addresses/*/${name}`,
    ),
  ].map(pattern => [pattern, NO_FIELD]),
);

/** `wire` is what is shown of the customer. */
export function customerOmissions(customer: Customer, wire: CustomerHead): Omission[] {
  const { accountNumber, priceGroup, taxIds } = customer;
  const omitted: Omission[] = namesBesideWhole(customer).map(path => ({
    path,
    reason: 'Billbee has one Name.',
  }));
  if (accountNumber !== null && wire.Number === null) {
    omitted.push({ path: 'accountNumber', reason: 'Number takes a 32-bit integer only.' });
  }
  if (priceGroup !== null && wire.PriceGroupId === null) {
    omitted.push({ path: 'priceGroup', reason: 'PriceGroupId takes an integer only.' });
  }
  if (taxIds.some(tax => tax.kind !== 'vat')) {
    omitted.push({ path: 'taxIds', reason: 'VatId takes the VAT id only.' });
  }
  return omitted;
}

export function addressOmissions({ address, roles }: AddressLink): Omission[] {
  const omitted: Omission[] = [];
  if (roles.length !== 1) {
    omitted.push({
      path: `addresses/${address.id}/roles`,
      reason: 'AddressType tells one role: neither both nor none.',
    });
  }
  if (hidesWholeName(address)) {
    omitted.push({
      path: `addresses/${address.id}/address/contactName`,
      reason: 'FirstName and LastName show the parts that are known.',
    });
  }
  return omitted;
}

const hidesWholeName = ({ contactName, contactGivenName, contactFamilyName }: Address): boolean =>
  contactName !== null && (contactGivenName !== null || contactFamilyName !== null);
