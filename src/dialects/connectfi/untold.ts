/** What the record knows and connectFi does not show: for want of a field, or because the type of customer has none. */
import { contactPointsOf, type Reachable } from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import type { IdentityDocument } from '../../record/identity-documents.ts';
import type { Representative } from '../../record/people.ts';
import type { Omission } from '../lens.ts';
import { addressOmissions } from './addresses.ts';
import { emailOmissions } from './email.ts';
import { phoneOmissions } from './phones.ts';

const NO_FIELD = 'connectFi has no field for it.';

/** Of customers and of representatives alike. */
const UNTOLD_OF_A_PARTY = [
  'contactPoints/*/label',
  'addresses/*/label',
  'addresses/*/roles',
  ...['locality', 'latitude', 'longitude', 'company', 'email', 'phone', 'phone2', 'fax', 'branch'].map(
    name => `addresses/*/address/${name}`,
  ),
  ...['contactName', 'contactGivenName', 'contactFamilyName', 'contactExtra'].map(
    name => `addresses/*/address/${name}`,
  ),
];

/** Whoever the customer is (connectfi.md §3). */
export const untold: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['status', 'accountNumber', 'language', 'priceGroup'],
    ...['customFields/**', 'orders/**', 'subscriptions/**'],
    ...UNTOLD_OF_A_PARTY,
    ...UNTOLD_OF_A_PARTY.map(pattern => `representatives/*/${pattern}`),
  ].map(pattern => [pattern, NO_FIELD]),
);

export function customerOmissions(customer: Customer): Omission[] {
  return [
    ...addressOmissions(customer),
    ...phoneOmissions(customer),
    ...faxOmissions(customer),
    ...(customer.kind === 'business' ? businessOmissions(customer) : individualOmissions(customer)),
  ];
}

export function representativeOmissions(representative: Representative): Omission[] {
  const place = `representatives/${representative.id}/`;
  return [
    ...addressOmissions(representative, place),
    ...phoneOmissions(representative, place),
    ...faxOmissions(representative, place),
    ...emailOmissions(representative, place),
    ...representative.identityDocuments.flatMap(each => documentOmissions(each, place)),
  ];
}

function individualOmissions(customer: Customer): Omission[] {
  const { company, displayName, givenName, familyName, taxIds } = customer;
  const inParts = givenName !== null || familyName !== null;
  return [
    ...missing('An individual has no company.', { company }),
    ...missing('An individual has its name in parts.', { displayName: inParts ? displayName : null }),
    ...missing('An individual has no tax id.', { taxIds: taxIds.length > 0 ? taxIds : null }),
    ...emailOmissions(customer),
    ...customer.identityDocuments.flatMap(each => [...maskOmissions(each), ...documentOmissions(each)]),
    ...customer.representatives.map(({ id }) => ({
      path: `representatives/${id}`,
      reason: 'An individual has no representatives.',
    })),
    ...customer.employees.map(({ customerId }) => ({
      path: `employees/${customerId}`,
      reason: 'An individual has no employees.',
    })),
  ];
}

function businessOmissions(customer: Customer): Omission[] {
  const { company, displayName, givenName, familyName, gender, birthDate, citizenship, taxIds } = customer;
  const parts = { givenName, familyName };
  const named = company !== null || displayName !== null;
  return [
    ...missing('A business has one name.', company === null ? {} : { displayName }),
    ...missing('A business has one name.', named ? parts : {}),
    ...missing('A business is no person.', { gender, birthDate, citizenship }),
    ...missing('A business shows its EIN only.', {
      taxIds: taxIds.some(tax => tax.kind !== 'ein') ? taxIds : null,
    }),
    ...contactPointsOf(customer, 'email').map(({ id }) => ({
      path: `contactPoints/${id}`,
      reason: 'A business shows no e-mail.',
    })),
    ...customer.identityDocuments.map(({ id }) => ({
      path: `identityDocuments/${id}`,
      reason: 'A business shows no identification documents.',
    })),
    ...customer.representatives.flatMap(representativeOmissions),
  ];
}

const missing = (reason: string, values: Readonly<Record<string, unknown>>): Omission[] =>
  Object.entries(values).flatMap(([path, value]) => (value === null ? [] : [{ path, reason }]));

const faxOmissions = (party: Reachable, place = ''): Omission[] =>
  contactPointsOf(party, 'fax').map(({ id }) => ({
    path: `${place}contactPoints/${id}`,
    reason: 'There is no fax.',
  }));

/** §3.7 [seed]. */
const maskOmissions = ({ id, kind, value }: IdentityDocument): Omission[] =>
  kind === 'ssn' && value !== null
    ? [{ path: `identityDocuments/${id}/value`, reason: 'An individual shows the last four digits.' }]
    : [];

/** §3.7 [seed]: region and expiry belong to the other documents. */
const documentOmissions = (document: IdentityDocument, place = ''): Omission[] =>
  document.kind !== 'ssn'
    ? []
    : (['issuingRegion', 'expiryDate'] as const)
        .filter(name => document[name] !== null)
        .map(name => ({
          path: `${place}identityDocuments/${document.id}/${name}`,
          reason: 'A social security number has neither region nor expiry.',
        }));
