/**
 * The one identification that Flecto notes of a customer, as an identity document of the record (flecto.md §3.2 [docs: D2]).
 *
 * Its number is never a phrasing: the store encrypts the values of documents and nothing else.
 */
import type { Customer } from '../../record/customer.ts';
import { newId } from '../../record/identifier.ts';
import type { IdentityDocument, IdentityDocumentKind } from '../../record/identity-documents.ts';
import { remember, remembered } from '../../record/phrasing.ts';
import type { Field, Omission } from '../lens.ts';
import { DIALECT, type IdentificationType } from './wire.ts';

const TYPES: Partial<Record<IdentityDocumentKind, IdentificationType>> = {
  passport: 'passport',
  drivingLicense: 'driver_license',
  identityCard: 'id_card',
};

const KINDS: Readonly<Record<IdentificationType, IdentityDocumentKind>> = {
  passport: 'passport',
  driver_license: 'drivingLicense',
  id_card: 'identityCard',
};

/** A number without a type. */
const UNTYPED: IdentityDocumentKind = 'other';

/** Documents that were left when Flecto took its own away: it said that there is none. */
const HIDDEN = 'identification_hidden';

/** Flecto has no word for a social security number, and nothing to show of a document without type and number. */
const isTellable = ({ kind, value }: IdentityDocument): boolean =>
  TYPES[kind] !== undefined || (kind === UNTYPED && value !== null);

const hidden = (customer: Customer): readonly string[] =>
  (remembered(customer, DIALECT, HIDDEN) ?? []) as readonly string[];

const shown = (customer: Customer): IdentityDocument | undefined =>
  customer.identityDocuments.find(
    document => isTellable(document) && !hidden(customer).includes(document.id),
  );

export const identificationType: Field<Customer, IdentificationType | null> = {
  read: customer => TYPES[shown(customer)?.kind ?? UNTYPED] ?? null,
  write: (customer, type) => change(customer, { kind: type === null ? UNTYPED : KINDS[type] }),
};

export const identificationNumber: Field<Customer, string | null> = {
  read: customer => shown(customer)?.value ?? null,
  write: (customer, value) => change(customer, { value }),
};

function change(customer: Customer, part: Partial<IdentityDocument>): Customer {
  const before = shown(customer);
  const after = { ...(before ?? newDocument()), ...part };
  if (!before) return { ...customer, identityDocuments: [...customer.identityDocuments, after] };
  if (!isTellable(after)) return withoutAny(customer, before);
  return {
    ...customer,
    identityDocuments: customer.identityDocuments.map(document => (document === before ? after : document)),
  };
}

const newDocument = (): IdentityDocument => ({
  id: newId(),
  kind: UNTYPED,
  value: null,
  issuingCountry: null,
  issuingRegion: null,
  expiryDate: null,
});

/** Neither type nor number: the document goes, and none of the others comes up in its place. */
function withoutAny(customer: Customer, gone: IdentityDocument): Customer {
  const identityDocuments = customer.identityDocuments.filter(document => document !== gone);
  const others = identityDocuments.filter(isTellable).map(document => document.id);
  return remember(
    { ...customer, identityDocuments },
    DIALECT,
    HIDDEN,
    others.length > 0 ? others : undefined,
  );
}

export const identificationOmissions = (customer: Customer): Omission[] =>
  customer.identityDocuments
    .filter(document => document !== shown(customer))
    .map(({ id }) => ({
      path: `identityDocuments/${id}`,
      reason: 'A customer shows one passport, driving licence or identity card.',
    }));
