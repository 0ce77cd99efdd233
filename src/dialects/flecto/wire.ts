/** Flecto on the wire: the JSON:API types, and the attributes that can be written, with their schemas (flecto.md §2, §3, §4). */
import { ALPHA2 } from '../../record/country.ts';
import { EMAIL_MAXIMUM } from '../../record/email.ts';
import type { RequestBody } from '../contract.ts';
import { NullableLine, type Static, type TSchema, Type } from '../schema.ts';

export const DIALECT = 'flecto';

/** flecto.md §1: the first is what the page uses [seed], the second is JSON:API's own [convention]. */
export const MEDIA_TYPES = ['application/json', 'application/vnd.api+json'] as const;

/** The resources' types (flecto.md §4.1): `customer_address` [seed], the others [convention]. */
export const CUSTOMER_TYPE = 'customer';
export const ADDRESS_TYPE = 'customer_address';
export const INQUIRY_TYPE = 'inquiry';
export const USER_TYPE = 'user';
export const USER_ADDRESS_TYPE = 'user_address';
export const TAX_PROFILE_TYPE = 'tax_profile';
export const EMAIL_VALIDATION_TYPE = 'email_validation';

/** flecto.md §2.1 [convention]; the same for all single lines. */
export const TEXT_MAXIMUM = 255;
const POSTAL_CODE_MAXIMUM = 32;
/** E.164 has 15 digits; as people write them, with signs between, they stay far below this. */
const PHONE_MAXIMUM = 40;
/** A page or two of text, in code points; it bounds rows and answers. */
const NOTES_MAXIMUM = 10_000;

export const choice = <Value extends string>(...values: readonly Value[]) =>
  Type.Unsafe<Value>({ type: 'string', enum: values });

export const nullableChoice = <Value extends string>(...values: readonly Value[]) =>
  Type.Unsafe<Value | null>({ enum: [...values, null] });

/** One line that says something: white space alone names nobody. */
export const Name = () => Type.String({ maxLength: TEXT_MAXIMUM, format: 'line', pattern: '\\S' });

/** The record's rule for a mailbox, and nothing that no text may hold. */
export const NullableEmail = () =>
  Type.Unsafe<string | null>({
    type: ['string', 'null'],
    maxLength: EMAIL_MAXIMUM,
    format: 'mailbox',
    pattern: '^[^\\p{Cc}\\p{Cs}]*$',
  });

/** A number in international form; request.ts asks whether it is a possible one (flecto.md §3.2: E.164). */
export const NullablePhone = () =>
  Type.Unsafe<string | null>({
    type: ['string', 'null'],
    maxLength: PHONE_MAXIMUM,
    pattern: '^\\+[0-9][0-9 ()./-]*$',
  });

/** Text with line breaks and tabs; no other control characters and no lone surrogates. */
export const NullableText = () =>
  Type.Unsafe<string | null>({
    type: ['string', 'null'],
    maxLength: NOTES_MAXIMUM,
    pattern: '^[\\t\\n\\r\\u0020-\\u007e\\u00a0-\\ud7ff\\ue000-\\u{10ffff}]*$',
  });

const percentage = { minimum: 0, maximum: 100 };
export const NullablePercentage = () =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], ...percentage });

const degrees = (bound: number) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: -bound, maximum: bound });

/** Of the officially assigned codes (flecto.md §2.2 [convention]). */
export const Country = () => Type.Unsafe<string | null>({ enum: [...ALPHA2, null] });

/** The five lines that say where something is. */
const postal = () => ({
  address_street: NullableLine(TEXT_MAXIMUM),
  address_city: NullableLine(TEXT_MAXIMUM),
  address_postal_code: NullableLine(POSTAL_CODE_MAXIMUM),
  address_region: NullableLine(TEXT_MAXIMUM),
  address_country_code: Country(),
});

/** The nine attributes in the order of the page (flecto.md §2.1 [seed]); each may be absent. */
export const AddressAttributes = Type.Partial(
  Type.Object({
    main: Type.Boolean(),
    label: NullableLine(TEXT_MAXIMUM),
    latitude: degrees(90),
    longitude: degrees(180),
    ...postal(),
  }),
);
export type AddressAttributes = Required<Static<typeof AddressAttributes>>;

/** [docs: D2]: the languages of Flecto's e-mails, contracts and quotes. */
export const LOCALES = ['en', 'es', 'pt'] as const;
export const IDENTIFICATION_TYPES = ['passport', 'driver_license', 'id_card'] as const;
export const CUSTOMER_TYPES = ['individual', 'company'] as const;

export type IdentificationType = (typeof IDENTIFICATION_TYPES)[number];

const customer = {
  name: Name(),
  customer_type: choice(...CUSTOMER_TYPES),
  email: NullableEmail(),
  phone_number: NullablePhone(),
  vat_number: NullableLine(TEXT_MAXIMUM),
  fiscal_name: NullableLine(TEXT_MAXIMUM),
  identification_type: nullableChoice(...IDENTIFICATION_TYPES),
  identification_number: Type.Unsafe<string | null>({ ...NullableLine(TEXT_MAXIMUM), minLength: 1 }),
  id_verified: Type.Boolean(),
  locale: nullableChoice(...LOCALES),
  discount_percentage: Type.Number(percentage),
  notes: NullableText(),
};

/** The attributes in the order of flecto.md §3.2; each may be absent. */
export const CustomerAttributes = Type.Partial(Type.Object(customer));
export type CustomerAttributes = Required<Static<typeof CustomerAttributes>>;

/** The same for a new customer: the name is the only mandatory field ([docs: D2]). */
export const NewCustomerAttributes = Type.Object({
  ...Type.Partial(Type.Object(customer)).properties,
  name: Name(),
});

/** The caller's own profile (flecto.md §4, Me [convention]). */
export const UserAttributes = Type.Partial(
  Type.Object({
    name: NullableLine(TEXT_MAXIMUM),
    email: NullableEmail(),
    phone_number: NullablePhone(),
    locale: nullableChoice(...LOCALES),
  }),
);
export type UserAttributes = Required<Static<typeof UserAttributes>>;

/** The caller's own invoicing data (flecto.md §4, Me - Tax Profiles [convention]). */
export const TaxProfileAttributes = Type.Partial(
  Type.Object({
    fiscal_name: NullableLine(TEXT_MAXIMUM),
    vat_number: NullableLine(TEXT_MAXIMUM),
    tax_percentage: NullablePercentage(),
    ...postal(),
  }),
);
export type TaxProfileAttributes = Required<Static<typeof TaxProfileAttributes>>;

/** A request's document: the type of the endpoint and the attributes, by the schema that checks them (flecto.md §1 [seed]). */
export const requestBody = (type: string, attributes: TSchema): RequestBody => ({
  mediaTypes: MEDIA_TYPES,
  schema: Type.Object({
    data: Type.Object({
      type: Type.Literal(type),
      id: Type.Optional(Type.Unsafe<string | number>({ type: ['string', 'number'] })),
      attributes,
    }),
  }),
});
