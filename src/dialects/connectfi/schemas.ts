/** The vendor's schemas and its validator, Ajv: its entries are the documented errors (connectfi.md §2.3, §4.7). */
import { fromAlpha3 } from '../../record/country.ts';
import { EMAIL_MAXIMUM } from '../../record/email.ts';
import { US_STATES } from '../../record/region.ts';
import { ajv, type Static, type TSchema, Type } from '../schema.ts';
import { ADDRESS_TYPES, PHONE_TYPES } from './wire.ts';

/** One failure is reported, not all (§2.3 [derived]). `isNotOnlyWhitespace` is the vendor's keyword, the next two are ours. */
const validator = ajv({ allErrors: false, strict: false, discriminator: true });
validator.addKeyword({
  keyword: 'isNotOnlyWhitespace',
  type: 'string',
  schemaType: 'boolean',
  validate: (wanted: boolean, text: string) => !wanted || text.trim() !== '',
});
validator.addKeyword({
  keyword: 'isCountryCodeA3',
  type: 'string',
  schemaType: 'boolean',
  validate: (wanted: boolean, text: string) => !wanted || fromAlpha3(text) !== undefined,
});
validator.addKeyword({
  keyword: 'uniqueItemProperties',
  type: 'array',
  schemaType: 'array',
  validate: (names: string[], items: readonly unknown[]) => names.every(name => unique(items, name)),
});

function unique(items: readonly unknown[], name: string): boolean {
  const values = items
    .map(item => (item as Record<string, unknown> | null)?.[name])
    .filter(value => value !== undefined);
  return new Set(values).size === values.length;
}

/** One entry of a `requestValidateError`. */
export interface Entry {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: object;
  readonly message: string;
}

/** Gives the entries of the first failure; none when the value is valid. */
export interface Check<Value = unknown> {
  (value: unknown): readonly Entry[];
  /** Only in the type: what a value without entries is. */
  readonly of?: Value;
}

export function compile<Schema extends TSchema>(schema: Schema): Check<Static<Schema>> {
  const validate = validator.compile(schema);
  return value =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, schemaPath, keyword, params, message = '' }) => ({
          instancePath,
          schemaPath,
          keyword,
          params,
          message,
        }));
}

export const enumeration = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] });

/** §2.3 [convention]: unknown properties are refused in every object of a request. */
export const CLOSED = { additionalProperties: false } as const;

const NO_BRACKETS = '^((?![<>]).)*$';

/**
 * `common-commonStr…Req`. The format `line` is the record's own rule, in the same shape: the vendor's pattern lets
 * control characters and lone surrogates through, and no record holds them.
 */
export const requiredText = (maximum: number) =>
  Type.String({
    pattern: NO_BRACKETS,
    minLength: 1,
    maxLength: maximum,
    isNotOnlyWhitespace: true,
    format: 'line',
  });

export const commonStr50Req = requiredText(50);

/** `common-commonStr50`. */
export const commonStr50 = Type.Unsafe<string | null>({
  type: 'string',
  pattern: NO_BRACKETS,
  minLength: 0,
  maxLength: 50,
  nullable: true,
  format: 'line',
});

export const commonId = Type.String({ pattern: '^[0-9a-zA-Z_]+$', minLength: 1, maxLength: 36 });

export const commonPassword = Type.String({ minLength: 1, maxLength: 50 });

/** `customer-email`; the length is the record's. */
export const customerEmail = Type.String({ format: 'email', maxLength: EMAIL_MAXIMUM });

/** `customer-countryCodeA3`; a code that fits the pattern must be an assigned one, too. */
export const countryCodeA3 = Type.String({ pattern: '^[A-Z]{3}$', isCountryCodeA3: true });

export const date = Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const ADDRESS_CONTENT = {
  addressLine1: commonStr50Req,
  addressLine2: Type.Optional(commonStr50),
  city: commonStr50Req,
  postalCode: Type.String({ pattern: '^[0-9a-zA-Z-]+$', minLength: 5, maxLength: 10 }),
  stateCode: enumeration(US_STATES),
  countryCodeA3,
};

export const NUMBER = {
  phoneNumber: Type.String({ pattern: '^\\d+$', minLength: 6, maxLength: 12 }),
  countryDialingCode: Type.Optional(Type.String({ pattern: '^\\d+$', minLength: 1, maxLength: 4 })),
};

const address = Type.Object({ type: enumeration(ADDRESS_TYPES), ...ADDRESS_CONTENT }, CLOSED);
export const phone = Type.Object({ type: enumeration(PHONE_TYPES), ...NUMBER }, CLOSED);

/** The vendor names no limit; lists are matched item by item with what is stored, so they must have one. */
const ITEMS_MAXIMUM = 100;

/** §4.3 [seed]: at least one element when present. */
export const SOME = { minItems: 1, maxItems: ITEMS_MAXIMUM } as const;

export const addresses = Type.Array(address, SOME);
export const phones = Type.Array(phone, SOME);

/** §4.3 [seed]: the union of what individuals and businesses may send; the type rule comes later. */
export const Update = Type.Object(
  {
    customerId: commonId,
    customer: Type.Partial(
      Type.Object({
        email: customerEmail,
        addresses,
        phones,
        businessAddresses: addresses,
        businessPhones: phones,
      }),
      CLOSED,
    ),
    businessRepresentatives: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: commonId,
            email: Type.Optional(customerEmail),
            addresses: Type.Optional(addresses),
            phones: Type.Optional(phones),
          },
          CLOSED,
        ),
        // The same one twice could be meant in two ways.
        { maxItems: ITEMS_MAXIMUM, uniqueItemProperties: ['id'] },
      ),
    ),
  },
  CLOSED,
);

export type Update = Static<typeof Update>;

export const checkUpdate = compile(Update);
