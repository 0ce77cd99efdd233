/** A customer on the wire of Concord's own API: the record without the vendors' phrasings, numbers of documents masked. */
import { type Static, Type } from '../../dialects/schema.ts';
import {
  Anything,
  Choice,
  Country,
  Instant,
  Language,
  NullableChoice,
  NullableDay,
  NullableInstant,
  Text,
  Uuid,
} from './values.ts';

export const ContactPointFields = {
  kind: Choice(['email', 'phone', 'fax']),
  /** As written. */
  value: Type.String({ minLength: 1, maxLength: 254, format: 'line' }),
  purposes: Type.Array(
    Choice(['primary', 'secondary', 'mobile', 'landline', 'commercial', 'statusUpdates']),
    { maxItems: 6 },
  ),
  label: Text,
};
export const ContactPoint = Type.Object(
  {
    id: Uuid,
    number: Type.Union([Type.Integer(), Type.Null()]),
    ...ContactPointFields,
    e164: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'ContactPoint' },
);

export const AddressFields = {
  label: Text,
  main: Type.Boolean(),
  roles: Type.Array(Choice(['billing', 'shipping']), { maxItems: 2 }),
  line1: Text,
  line2: Text,
  houseNumber: Text,
  locality: Text,
  city: Text,
  region: Text,
  postalCode: Text,
  country: Country,
  /** The country as written when it names no known one. */
  countryText: Text,
  /** WGS 84 degrees, a decimal text. */
  latitude: Text,
  longitude: Text,
  contactName: Text,
  contactGivenName: Text,
  contactFamilyName: Text,
  contactExtra: Text,
  company: Text,
  email: Text,
  phone: Text,
  phone2: Text,
  fax: Text,
  branch: Type.Union([Type.Integer({ minimum: 1, maximum: 4_294_967_295 }), Type.Null()]),
  archivedAt: NullableInstant,
  restoredAt: NullableInstant,
};
export const Address = Type.Object(
  {
    id: Uuid,
    number: Type.Union([Type.Integer(), Type.Null()]),
    ...AddressFields,
    /** The lines of an envelope, in the order of the address's country. */
    formatted: Type.Array(Type.String()),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { title: 'Address' },
);
export type Address = Static<typeof Address>;

export const IdentityDocumentFields = {
  kind: Choice(['ssn', 'drivingLicense', 'passport', 'identityCard', 'other']),
  /** Masked, the last four characters remain; written back masked it stays as it is, in full it makes another document. */
  value: Text,
  issuingCountry: Country,
  issuingRegion: Text,
  expiryDate: NullableDay,
};
export const IdentityDocument = Type.Object(
  { id: Uuid, ...IdentityDocumentFields },
  { title: 'IdentityDocument' },
);

export const PersonFields = {
  givenName: Text,
  familyName: Text,
  gender: NullableChoice(['female', 'male']),
  birthDate: NullableDay,
  citizenship: Country,
};

export const RepresentativeFields = { role: Choice(['principalOwner', 'authorizedSigner']), ...PersonFields };
export const Representative = Type.Object(
  {
    id: Uuid,
    ...RepresentativeFields,
    identityDocuments: Type.Array(IdentityDocument),
    contactPoints: Type.Array(ContactPoint),
    addresses: Type.Array(Address),
  },
  { title: 'Representative' },
);

export const Employee = Type.Object(
  {
    customerId: Uuid,
    position: Type.String({ maxLength: 1_000, format: 'line' }),
    status: Choice(['active', 'disabled']),
    createdAt: Instant,
  },
  { title: 'Employee' },
);

export const OrderReference = Type.Object(
  { id: Type.String(), status: Type.String() },
  { title: 'OrderReference' },
);
export const Subscription = Type.Object(
  { id: Type.String(), status: Type.String(), monthlyAmount: Type.String() },
  { title: 'Subscription' },
);
export const TaxId = Type.Object(
  { kind: Choice(['vat', 'ein']), value: Type.String({ minLength: 1, maxLength: 100, format: 'line' }) },
  { title: 'TaxId', additionalProperties: false },
);

/** What one may write of the customer itself. */
export const CustomerFields = {
  kind: Choice(['individual', 'business']),
  status: Choice(['active', 'inactive']),
  reference: Text,
  accountNumber: Text,
  displayName: Text,
  company: Text,
  ...PersonFields,
  taxIds: Type.Array(TaxId, { maxItems: 2 }),
  language: Language,
  priceGroup: Type.Unsafe<string | null>({ type: ['string', 'null'], pattern: '^-?\\d{1,18}$' }),
  customFields: Type.Record(Type.String({ maxLength: 200 }), Anything),
};

export const Customer = Type.Object(
  {
    id: Uuid,
    number: Type.Integer(),
    version: Type.Integer(),
    /** The whole name, to show. */
    name: Type.String(),
    ...CustomerFields,
    archived: Type.Boolean(),
    archivedAt: NullableInstant,
    restoredAt: NullableInstant,
    contactPoints: Type.Array(ContactPoint),
    addresses: Type.Array(Address),
    identityDocuments: Type.Array(IdentityDocument),
    representatives: Type.Array(Representative),
    employees: Type.Array(Employee),
    orders: Type.Array(OrderReference),
    subscriptions: Type.Array(Subscription),
    /** The customer's id in each dialect, by the dialect's name. */
    ids: Type.Record(Type.String(), Type.String()),
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: Type.String(),
  },
  { title: 'Customer' },
);
export type Customer = Static<typeof Customer>;

/** One row of a list. */
export const CustomerSummary = Type.Object(
  {
    id: Uuid,
    number: Type.Integer(),
    name: Type.String(),
    kind: Choice(['individual', 'business']),
    status: Choice(['active', 'inactive']),
    archived: Type.Boolean(),
    email: Type.Union([Type.String(), Type.Null()]),
    phone: Type.Union([Type.String(), Type.Null()]),
    city: Type.Union([Type.String(), Type.Null()]),
    country: Country,
    createdAt: Instant,
    updatedAt: Instant,
    createdBy: Type.String(),
  },
  { title: 'CustomerSummary' },
);
export type CustomerSummary = Static<typeof CustomerSummary>;

export const CustomerPage = Type.Object(
  {
    items: Type.Array(CustomerSummary),
    /** For the page behind this one; `null` at the end. */
    next: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'CustomerPage' },
);

export const Count = Type.Object({ count: Type.Integer() }, { title: 'Count' });

export const SearchResult = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          customer: CustomerSummary,
          /** `exact` and `prefix` found what was typed, `similar` something like it, `id` an id of any dialect. */
          match: Choice(['id', 'exact', 'prefix', 'similar']),
          /** The values that were found. */
          matches: Type.Array(
            Type.Object(
              {
                /** What it is, such as `name`, `phone` or `postalCode`. */
                field: Type.String(),
                value: Type.String(),
                quality: Choice(['exact', 'prefix', 'similar']),
              },
              { title: 'MatchedValue' },
            ),
          ),
        },
        { title: 'SearchMatch' },
      ),
    ),
  },
  { title: 'SearchResult' },
);
