/** Numbers of identity documents as they are shown without a reason: the last four characters. */
import type { Customer } from '../record/customer.ts';
import { type IdentityDocument, lastFour } from '../record/identity-documents.ts';

/** As history shows them, too. */
export const maskedNumber = (value: string | null): string | null =>
  value === null ? null : `…${lastFour(value)}`;

const masked = (document: IdentityDocument): IdentityDocument => ({
  ...document,
  value: maskedNumber(document.value),
});

/** The record without the numbers of the customer and of the representatives. */
export const withoutNumbers = (customer: Customer): Customer => ({
  ...customer,
  identityDocuments: customer.identityDocuments.map(masked),
  representatives: customer.representatives.map(person => ({
    ...person,
    identityDocuments: person.identityDocuments.map(masked),
  })),
});
