/** A customer of the record as Concord's own API shows it. */
import type { Dialect } from '../dialects/contract.ts';
import type { AddressLink } from '../record/address.ts';
import type { ContactPoint } from '../record/contact-points.ts';
import { type Customer, isArchived } from '../record/customer.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import { wholeName } from '../record/names.ts';
import type { Representative } from '../record/people.ts';
import { addressLines } from './address-lines.ts';
import { maskedNumber } from './masking.ts';
import type * as wire from './schemas/customer.ts';

/** Numbers of identity documents are masked. Phrasings are the vendors' own words, and views show them. */
export function customerResource(customer: Customer, dialects: readonly Dialect[]): wire.Customer {
  return {
    id: customer.id,
    number: customer.number,
    version: customer.version,
    name: wholeName(customer),
    kind: customer.kind,
    status: customer.status,
    reference: customer.reference,
    accountNumber: customer.accountNumber,
    displayName: customer.displayName,
    company: customer.company,
    ...personResource(customer),
    taxIds: [...customer.taxIds],
    language: customer.language,
    priceGroup: customer.priceGroup,
    customFields: customer.customFields,
    archived: isArchived(customer),
    archivedAt: customer.archivedAt,
    restoredAt: customer.restoredAt,
    contactPoints: customer.contactPoints.map(contactPointResource),
    addresses: customer.addresses.map(addressResource),
    identityDocuments: customer.identityDocuments.map(documentResource),
    representatives: customer.representatives.map(representativeResource),
    employees: [...customer.employees],
    orders: [...customer.orders],
    subscriptions: [...customer.subscriptions],
    ids: Object.fromEntries(dialects.map(dialect => [dialect.name, dialect.customerId(customer)])),
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    createdBy: customer.createdBy,
  };
}

const personResource = ({
  givenName,
  familyName,
  gender,
  birthDate,
  citizenship,
}: Customer | Representative) => ({
  givenName,
  familyName,
  gender,
  birthDate,
  citizenship,
});

export const contactPointResource = ({ id, number, kind, value, purposes, label, e164 }: ContactPoint) => ({
  id,
  number,
  kind,
  value,
  purposes: [...purposes],
  label,
  e164,
});

/** The place and how the customer has it, in one object. */
export function addressResource({ address, label, main, roles }: AddressLink): wire.Address {
  const { id, number, version: _version, phrasings: _phrasings, createdAt, updatedAt, ...content } = address;
  return {
    id,
    number,
    label,
    main,
    roles: [...roles],
    ...content,
    formatted: addressLines(address),
    createdAt,
    updatedAt,
  };
}

export const documentResource = (document: IdentityDocument) => ({
  id: document.id,
  kind: document.kind,
  value: maskedNumber(document.value),
  issuingCountry: document.issuingCountry,
  issuingRegion: document.issuingRegion,
  expiryDate: document.expiryDate,
});

const representativeResource = (person: Representative) => ({
  id: person.id,
  role: person.role,
  ...personResource(person),
  identityDocuments: person.identityDocuments.map(documentResource),
  contactPoints: person.contactPoints.map(contactPointResource),
  addresses: person.addresses.map(addressResource),
});
