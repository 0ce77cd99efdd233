/** A customer as a line: everything the record knows, without what is null or empty. */
import type { AddressLink } from '../record/address.ts';
import type { Customer } from '../record/customer.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import type { Representative } from '../record/people.ts';

export interface LineOptions {
  /** Without them an identity document keeps its kind, its issuer and its date. */
  readonly documentNumbers: boolean;
}

/** JSON without a line end. Version and time of the last change are bookkeeping, which an import begins anew. */
export function lineOf(customer: Customer, options: LineOptions): string {
  const { version: _version, updatedAt: _updatedAt, ...rest } = customer;
  return JSON.stringify(
    without({
      ...rest,
      contactPoints: customer.contactPoints.map(without),
      addresses: customer.addresses.map(ownAddress),
      identityDocuments: documents(customer, options),
      representatives: customer.representatives.map(person => representative(person, options)),
    }),
  );
}

/** A value that is nothing is left out; inside custom fields and phrasings a null is a value. */
function without(entity: object): object {
  const said: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(entity)) {
    if (value !== null && value !== undefined && !isEmpty(value)) said[name] = value;
  }
  return said;
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && Object.keys(value as object).length === 0;

/** The place and how the customer has it, in one object, as Concord's own API shows it. */
const address = ({ address: place, ...link }: AddressLink): object => without({ ...place, ...link });

function ownAddress(link: AddressLink): object {
  const { version: _version, updatedAt: _updatedAt, ...rest } = address(link) as Record<string, unknown>;
  return rest;
}

/** Addresses of representatives are part of the customer, and so is their bookkeeping. */
const representative = (person: Representative, options: LineOptions): object =>
  without({
    ...person,
    contactPoints: person.contactPoints.map(without),
    addresses: person.addresses.map(address),
    identityDocuments: documents(person, options),
  });

const documents = (
  { identityDocuments }: { readonly identityDocuments: readonly IdentityDocument[] },
  { documentNumbers }: LineOptions,
): object[] =>
  identityDocuments.map(({ value, ...rest }) => without(documentNumbers ? { ...rest, value } : rest));
