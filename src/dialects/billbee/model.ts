/** The models of request bodies: property names in the vendor's spelling, and what each takes (billbee.md §3, §4, §6). */
import { TEXT_MAXIMUM } from '../../record/text.ts';

/** All but the items of a list may be null: official clients send null for everything (billbee.md §2.4 [inferred: csharp-sdk]). */
export type Shape =
  | { readonly kind: 'text'; readonly maximum: number; readonly choices?: readonly string[] }
  | { readonly kind: 'int32' | 'int64'; readonly choices?: readonly number[] }
  | { readonly kind: 'object'; readonly model: Model }
  | { readonly kind: 'list'; readonly item: Shape };

/** `null` for a property that is documented and not even looked at. */
export type Model = { readonly [property: string]: Shape | null };

/** An address in a mail path has at most 254 characters (RFC 3696), and a contact point of the record no more. */
const CONTACT_MAXIMUM = 254;

const TEXT: Shape = { kind: 'text', maximum: TEXT_MAXIMUM };
const CONTACT: Shape = { kind: 'text', maximum: CONTACT_MAXIMUM };
const INT32: Shape = { kind: 'int32' };
const INT64: Shape = { kind: 'int64' };
const IGNORED = null;
const oneOf = (...choices: readonly number[]): Shape => ({ kind: 'int32', choices });
const object = (model: Model): Shape => ({ kind: 'object', model });
const list = (item: Shape): Shape => ({ kind: 'list', item });

/** TypeName is read-only (billbee.md §3.2 [convention]); TypeId has two values (§3.2 (6) [convention]). */
const META: Model = {
  Id: INT64,
  TypeId: { kind: 'int64', choices: [1, 2] },
  TypeName: IGNORED,
  SubType: TEXT,
  Value: CONTACT,
};

/** ArchivedAt and RestoredAt are ignored in requests (billbee.md §3.5 [convention]); Type is 0 or 1 (§3.3 [convention]). */
export const CUSTOMER: Model = {
  Id: INT64,
  Name: TEXT,
  Email: CONTACT,
  Tel1: CONTACT,
  Tel2: CONTACT,
  Number: INT32,
  PriceGroupId: INT64,
  LanguageId: INT32,
  DefaultMailAddress: object(META),
  DefaultCommercialMailAddress: object(META),
  DefaultStatusUpdatesMailAddress: object(META),
  DefaultPhone1: object(META),
  DefaultPhone2: object(META),
  DefaultFax: object(META),
  VatId: TEXT,
  Type: oneOf(0, 1),
  MetaData: list(object(META)),
  ArchivedAt: IGNORED,
  RestoredAt: IGNORED,
};

/** Its e-mail and phones are texts of the address, no contact points. */
export const ADDRESS: Model = {
  Id: INT64,
  AddressType: oneOf(1, 2),
  CustomerId: INT64,
  Company: TEXT,
  FirstName: TEXT,
  LastName: TEXT,
  Name2: TEXT,
  Street: TEXT,
  Housenumber: TEXT,
  Zip: TEXT,
  City: TEXT,
  State: TEXT,
  CountryCode: TEXT,
  Email: TEXT,
  Tel1: TEXT,
  Tel2: TEXT,
  Fax: TEXT,
  AddressAddition: TEXT,
  ArchivedAt: IGNORED,
  RestoredAt: IGNORED,
};

/** Only a creation takes an address with the customer (billbee.md §3.1 [docs: swagger-2024]). */
export const NEW_CUSTOMER: Model = { ...CUSTOMER, Address: object(ADDRESS) };

/** billbee.md §6 [docs: swagger-2024]. */
export const SEARCH: Model = {
  Type: list({ kind: 'text', maximum: TEXT_MAXIMUM, choices: ['order', 'product', 'customer'] }),
  Term: TEXT,
  SearchMode: oneOf(0, 1, 2, 3, 4),
};
