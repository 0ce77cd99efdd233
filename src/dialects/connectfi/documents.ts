/** Identification documents: masked for individuals, plain for representatives (connectfi.md §3.7, §4.6 [seed]). */
import { fromAlpha3, toAlpha3 } from '../../record/country.ts';
import { newId } from '../../record/identifier.ts';
import {
  type IdentityDocument,
  type IdentityDocumentKind,
  lastFour,
} from '../../record/identity-documents.ts';
import type { DocumentType, WireDocument } from './wire.ts';

const TYPES: Readonly<Record<IdentityDocumentKind, DocumentType>> = {
  ssn: 'SSN',
  drivingLicense: 'DRIVING LICENSE',
  passport: 'PASSPORT',
  identityCard: 'OTHER',
  other: 'OTHER',
};

const KINDS: Readonly<Record<DocumentType, IdentityDocumentKind>> = {
  SSN: 'ssn',
  'DRIVING LICENSE': 'drivingLicense',
  PASSPORT: 'passport',
  OTHER: 'other',
};

/** An individual's document: of a social security number only the last four digits. */
export function readMasked(document: IdentityDocument): WireDocument {
  if (document.kind !== 'ssn') return readPlain(document);
  const { value, issuingCountry } = document;
  return { type: 'SSN', ...issuance(issuingCountry), ...(value !== null && { last4: lastFour(value) }) };
}

/** A representative's document, with its number whatever it is. */
export function readPlain(document: IdentityDocument): WireDocument {
  const { kind, value, issuingCountry, issuingRegion, expiryDate } = document;
  return {
    type: TYPES[kind],
    ...(value !== null && { value }),
    ...issuance(issuingCountry),
    ...(kind !== 'ssn' && issuingRegion !== null && { issuanceRegion: issuingRegion }),
    ...(kind !== 'ssn' && expiryDate !== null && { expiryDate }),
  };
}

function issuance(country: string | null): Pick<WireDocument, 'issuanceCountryCodeA3'> {
  const code = country === null ? undefined : toAlpha3(country);
  return code === undefined ? {} : { issuanceCountryCodeA3: code };
}

export const newDocument = (wire: Omit<WireDocument, 'last4'>): IdentityDocument => ({
  id: newId(),
  kind: KINDS[wire.type],
  value: wire.value || null,
  issuingCountry:
    wire.issuanceCountryCodeA3 === undefined ? null : (fromAlpha3(wire.issuanceCountryCodeA3) ?? null),
  issuingRegion: wire.issuanceRegion || null,
  expiryDate: wire.expiryDate ?? null,
});
