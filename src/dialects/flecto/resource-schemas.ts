/** Flecto's resources as schemas: what each shows, in its order (flecto.md §2.1, §3.2, §4). */
import { type TSchema, Type } from '../schema.ts';
import { InquiryAttributes } from './inquiry-wire.ts';
import {
  ADDRESS_TYPE,
  Country,
  CUSTOMER_TYPE,
  CUSTOMER_TYPES,
  choice,
  EMAIL_VALIDATION_TYPE,
  IDENTIFICATION_TYPES,
  INQUIRY_TYPE,
  LOCALES,
  nullableChoice,
  TAX_PROFILE_TYPE,
  USER_ADDRESS_TYPE,
  USER_TYPE,
} from './wire.ts';

const CLOSED = { additionalProperties: false } as const;

const nullable = (type: string) => Type.Unsafe<unknown>({ type: [type, 'null'] });
const text = Type.String();
const nullableText = nullable('string');
const number = Type.String({ pattern: '^[1-9][0-9]*$' });
const anyId = Type.String({ minLength: 1 });
const time = Type.String({ format: 'date-time' });
const nullableTime = Type.Unsafe<unknown>({ type: ['string', 'null'], format: 'date-time' });

const identifierOf = (type: string) => Type.Object({ id: number, type: Type.Literal(type) }, CLOSED);
const toOne = (type: string) =>
  Type.Object({ data: Type.Unsafe<unknown>({ anyOf: [identifierOf(type), { type: 'null' }] }) }, CLOSED);
const toMany = (type: string) => Type.Object({ data: Type.Array(identifierOf(type)) }, CLOSED);

type Members = Record<string, TSchema>;

export interface ResourceSchema {
  readonly type: string;
  readonly id: TSchema;
  readonly attributes: Members;
  readonly relationships?: Members;
}

const postal: Members = {
  address_street: nullableText,
  address_city: nullableText,
  address_postal_code: nullableText,
  address_region: nullableText,
  address_country_code: Country(),
};

const place: Members = {
  main: Type.Boolean(),
  label: nullableText,
  latitude: nullable('number'),
  longitude: nullable('number'),
  ...postal,
  created_at: time,
  updated_at: time,
};

export const CUSTOMER: ResourceSchema = {
  type: CUSTOMER_TYPE,
  id: number,
  attributes: {
    internal_id: Type.Integer({ minimum: 1 }),
    name: text,
    customer_type: choice(...CUSTOMER_TYPES),
    email: nullableText,
    phone_number: nullableText,
    vat_number: nullableText,
    fiscal_name: nullableText,
    identification_type: nullableChoice(...IDENTIFICATION_TYPES),
    identification_number: nullableText,
    id_verified: Type.Boolean(),
    locale: nullableChoice(...LOCALES),
    discount_percentage: Type.Number({ minimum: 0, maximum: 100 }),
    notes: nullableText,
    created_at: time,
    updated_at: time,
  },
  relationships: { addresses: toMany(ADDRESS_TYPE), main_address: toOne(ADDRESS_TYPE) },
};

export const ADDRESS: ResourceSchema = {
  type: ADDRESS_TYPE,
  id: number,
  attributes: place,
  relationships: { customer: toOne(CUSTOMER_TYPE) },
};

const inquiry: Members = {
  internal_id: Type.Integer({ minimum: 1 }),
  ...(InquiryAttributes.properties as Members),
  created_at: time,
  updated_at: time,
};

export const INQUIRY: ResourceSchema = {
  type: INQUIRY_TYPE,
  id: number,
  attributes: inquiry,
  relationships: { customer: toOne(CUSTOMER_TYPE) },
};

/** A visitor is not told whether the store knew the name. */
export const VISITORS_INQUIRY: ResourceSchema = { type: INQUIRY_TYPE, id: number, attributes: inquiry };

export const USER: ResourceSchema = {
  type: USER_TYPE,
  id: anyId,
  attributes: {
    name: nullableText,
    email: nullableText,
    phone_number: nullableText,
    locale: nullableChoice(...LOCALES),
    created_at: nullableTime,
    updated_at: nullableTime,
  },
};

export const USER_ADDRESS: ResourceSchema = { type: USER_ADDRESS_TYPE, id: number, attributes: place };

export const TAX_PROFILE: ResourceSchema = {
  type: TAX_PROFILE_TYPE,
  id: anyId,
  attributes: {
    fiscal_name: nullableText,
    vat_number: nullableText,
    tax_percentage: nullable('number'),
    ...postal,
    created_at: nullableTime,
    updated_at: nullableTime,
  },
};

export const EMAIL_VALIDATION: ResourceSchema = {
  type: EMAIL_VALIDATION_TYPE,
  id: anyId,
  attributes: {
    email: text,
    valid: Type.Boolean(),
    normalized_email: nullableText,
    known_customer: Type.Boolean(),
  },
};

/** The members that a fieldset may name. */
export const membersOf = ({ attributes, relationships = {} }: ResourceSchema): readonly string[] => [
  ...Object.keys(attributes),
  ...Object.keys(relationships),
];
