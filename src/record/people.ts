/** The people around a customer: representatives and employees of a business. */
import type { Addressed } from './address.ts';
import type { Reachable } from './contact-points.ts';
import type { IdentityDocument } from './identity-documents.ts';
import type { Phrased } from './phrasing.ts';

export type Gender = 'female' | 'male';

/** What is known of a person, whether the customer or a representative. */
export interface Person {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly gender: Gender | null;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly citizenship: string | null;
  readonly identityDocuments: readonly IdentityDocument[];
}

export type RepresentativeRole = 'principalOwner' | 'authorizedSigner';

/** Acts for a business. Addresses and contact points are the representative's own and never shared. */
export interface Representative extends Person, Addressed, Reachable, Phrased {
  /** UUID; connectFi shows it with the prefix `cstab_`. */
  readonly id: string;
  readonly role: RepresentativeRole;
}

/** An individual customer who works for a business customer. connectFi. */
export interface Employee {
  /** The id of the individual customer. */
  readonly customerId: string;
  readonly position: string;
  readonly status: 'active' | 'disabled';
  /** ISO 8601 UTC with milliseconds. */
  readonly createdAt: string;
}
