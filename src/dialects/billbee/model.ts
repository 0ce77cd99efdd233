/** The models of request bodies: property names in the vendor's spelling, and what each takes (billbee.md §3, §4). */

/** Numbers may be null everywhere: official clients send null for all of them (billbee.md §2.4 [inferred: csharp-sdk]). */
export type Shape = 'text' | 'int32' | 'int64' | { readonly object: Model } | { readonly list: Model };

export type Model = { readonly [property: string]: Shape };

/** TypeName is read-only, so what a client says there is not even looked at (billbee.md §3.2 [convention]). */
const META: Model = { Id: 'int64', TypeId: 'int64', SubType: 'text', Value: 'text' };

/** ArchivedAt and RestoredAt are ignored in requests (billbee.md §3.5 [convention]). */
export const CUSTOMER: Model = {
  Id: 'int64',
  Name: 'text',
  Email: 'text',
  Tel1: 'text',
  Tel2: 'text',
  Number: 'int32',
  PriceGroupId: 'int64',
  LanguageId: 'int32',
  DefaultMailAddress: { object: META },
  DefaultCommercialMailAddress: { object: META },
  DefaultStatusUpdatesMailAddress: { object: META },
  DefaultPhone1: { object: META },
  DefaultPhone2: { object: META },
  DefaultFax: { object: META },
  VatId: 'text',
  Type: 'int32',
  MetaData: { list: META },
};

export const ADDRESS: Model = {
  Id: 'int64',
  AddressType: 'int32',
  CustomerId: 'int64',
  Company: 'text',
  FirstName: 'text',
  LastName: 'text',
  Name2: 'text',
  Street: 'text',
  Housenumber: 'text',
  Zip: 'text',
  City: 'text',
  State: 'text',
  CountryCode: 'text',
  Email: 'text',
  Tel1: 'text',
  Tel2: 'text',
  Fax: 'text',
  AddressAddition: 'text',
};

/** Only a creation takes an address with the customer (billbee.md §3.1 [docs: swagger-2024]). */
export const NEW_CUSTOMER: Model = { ...CUSTOMER, Address: { object: ADDRESS } };
