/** The record's types by the names that this page uses. */
import type { components } from '../../../../../src/client/schema.d.ts';

type Schemas = components['schemas'];
export type Customer = Schemas['Customer'];
export type CustomerPatch = Schemas['CustomerPatch'];
export type ContactPoint = Schemas['ContactPoint'];
export type Address = Schemas['Address'];
export type IdentityDocument = Schemas['IdentityDocument'];
export type Representative = Schemas['Representative'];
export type Employee = Schemas['Employee'];
export type TaxId = Schemas['TaxId'];

export type Role = Address['roles'][number];
export type Purpose = ContactPoint['purposes'][number];

/** Whoever can be reached: the customer or one of the representatives. */
export type Party = Pick<Customer, 'contactPoints' | 'addresses' | 'identityDocuments'>;

/** Until the server gives an entry its id. */
export const NEW = 'new';
