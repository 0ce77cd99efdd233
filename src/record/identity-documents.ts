/** Identity documents: the one part of the record that is encrypted at rest. */

export type IdentityDocumentKind = 'ssn' | 'drivingLicense' | 'passport' | 'identityCard' | 'other';

export interface IdentityDocument {
  /** UUID version 7. */
  readonly id: string;
  readonly kind: IdentityDocumentKind;
  /** The number on the document. Encrypted in the store; never in a log, a change, an error or a search. */
  readonly value: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly issuingCountry: string | null;
  /** Such as the state of a driving licence. */
  readonly issuingRegion: string | null;
  /** `YYYY-MM-DD`. */
  readonly expiryDate: string | null;
}

/** The last four characters, which is all that may be shown without a reason. */
export const lastFour = (value: string): string => value.slice(-4);
