/** What a line says, as its schema let it through; what is absent was not said. */
import type { AddressContent, AddressLink } from '../record/address.ts';
import type { ContactPoint } from '../record/contact-points.ts';
import type { Customer } from '../record/customer.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import type { Employee, Person, Representative } from '../record/people.ts';
import type { Phrased } from '../record/phrasing.ts';

/** With an id it is an entity that Concord, or somebody, knew before. */
type Entity = Partial<Phrased> & { readonly id?: string };

export type ContactPointSaid = Entity &
  Pick<ContactPoint, 'kind' | 'value'> &
  Partial<Omit<ContactPoint, 'phrasings'>>;

export type AddressSaid = Entity &
  Partial<AddressContent & Omit<AddressLink, 'address'>> & {
    readonly number?: number;
    readonly version?: number;
    readonly createdAt?: string;
    readonly updatedAt?: string;
  };

export type DocumentSaid = Pick<IdentityDocument, 'kind'> & Partial<IdentityDocument>;

export type PersonSaid = Partial<Omit<Person, 'identityDocuments'>>;

export interface PartySaid {
  readonly contactPoints?: readonly ContactPointSaid[];
  readonly addresses?: readonly AddressSaid[];
  readonly identityDocuments?: readonly DocumentSaid[];
}

export type RepresentativeSaid = Entity & PersonSaid & PartySaid & Pick<Representative, 'role'>;

export type EmployeeSaid = Pick<Employee, 'customerId' | 'position'> & Partial<Employee>;

type Own =
  | 'number'
  | 'kind'
  | 'status'
  | 'archivedAt'
  | 'restoredAt'
  | 'reference'
  | 'accountNumber'
  | 'displayName'
  | 'company'
  | 'orders'
  | 'subscriptions'
  | 'taxIds'
  | 'language'
  | 'priceGroup'
  | 'customFields'
  | 'createdAt'
  | 'createdBy';

export type CustomerSaid = Entity &
  PersonSaid &
  PartySaid &
  Partial<Pick<Customer, Own>> & {
    readonly representatives?: readonly RepresentativeSaid[];
    readonly employees?: readonly EmployeeSaid[];
  };
