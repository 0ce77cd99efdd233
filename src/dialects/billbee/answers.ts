/** Billbee's answers as schemas: exactly these properties, all of them in every answer (billbee.md §1.4, §2–4, §6). */
import { type TSchema, Type } from '../schema.ts';
import { type EnvelopeCode, ERROR_NAMES } from './answer.ts';
import { SIZE_MAXIMUM } from './paging.ts';
import { TYPE_NAMES } from './wire.ts';

const CLOSED = { additionalProperties: false } as const;
const INT32_MAXIMUM = 2_147_483_647;

const id = Type.Integer({ minimum: 1 });
const count = Type.Integer({ minimum: 0, maximum: INT32_MAXIMUM });
const text = Type.Unsafe<string | null>({ type: ['string', 'null'] });
const int32 = Type.Unsafe<number | null>({
  type: ['integer', 'null'],
  minimum: -INT32_MAXIMUM - 1,
  maximum: INT32_MAXIMUM,
});
/** Of an int64 what a JSON number holds without losing digits. */
const int64 = Type.Unsafe<number | null>({
  type: ['integer', 'null'],
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
});
const oneOf = (...values: readonly (number | null)[]) => Type.Unsafe<number | null>({ enum: [...values] });

/** Without zone (§1.4 [docs: order-fixture]). */
const time = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?$',
});

const meta = (...alternatives: TSchema[]) =>
  Type.Union([
    ...alternatives,
    ...([1, 2] as const).map(type =>
      Type.Object(
        {
          Id: id,
          TypeId: Type.Literal(type),
          TypeName: Type.Literal(TYPE_NAMES[type]),
          SubType: text,
          Value: Type.String(),
        },
        CLOSED,
      ),
    ),
  ]);
const slot = meta(Type.Null());

export const Customer = Type.Object(
  {
    Id: id,
    Name: text,
    Email: text,
    Tel1: text,
    Tel2: text,
    Number: int32,
    PriceGroupId: int64,
    LanguageId: int32,
    DefaultMailAddress: slot,
    DefaultCommercialMailAddress: slot,
    DefaultStatusUpdatesMailAddress: slot,
    DefaultPhone1: slot,
    DefaultPhone2: slot,
    DefaultFax: slot,
    VatId: text,
    Type: oneOf(0, 1, null),
    MetaData: Type.Array(meta()),
    ArchivedAt: time,
    RestoredAt: time,
  },
  CLOSED,
);

export const Address = Type.Object(
  {
    Id: id,
    AddressType: oneOf(1, 2),
    CustomerId: id,
    Company: text,
    FirstName: text,
    LastName: text,
    Name2: text,
    Street: text,
    Housenumber: text,
    Zip: text,
    City: text,
    State: text,
    CountryCode: text,
    Email: text,
    Tel1: text,
    Tel2: text,
    Fax: text,
    AddressAddition: text,
    ArchivedAt: time,
    RestoredAt: time,
  },
  CLOSED,
);

/** The row of a customer's orders (§5.2 (5) [docs: swagger-2024]): documented, and never sent. */
export const ShortOrder = Type.Object(
  {
    Id: int32,
    ExternalId: text,
    InvoiceNumber: text,
    InvoiceCreatedAt: time,
    InvoiceDate: time,
    CreatedAt: time,
    PaidAt: time,
    ShippedAt: time,
    HasInvoice: Type.Boolean(),
    OrderStateId: int32,
    OrderStateText: text,
    TotalGross: Type.Number(),
    ShopName: text,
    CanCreateAutoInvoice: Type.Boolean(),
  },
  CLOSED,
);

/** No more than this many rows of one search (§6 [convention]). */
export const SEARCH_ROWS_MAXIMUM = 50;

const CustomerRow = Type.Object({ Id: id, Name: text, Addresses: Type.String(), Number: text }, CLOSED);
const OrderRow = Type.Object(
  {
    Id: id,
    ExternalReference: text,
    BuyerName: text,
    InvoiceNumber: text,
    CustomerName: text,
    ArticleTexts: text,
  },
  CLOSED,
);
const ProductRow = Type.Object({ Id: id, ShortText: text, SKU: text, Tags: text }, CLOSED);

/** Bare, and of what the record does not hold always an empty list (§6 [docs: csharp-sdk#73]). */
export const SearchResult = Type.Object(
  {
    Products: Type.Array(ProductRow, { maxItems: 0 }),
    Orders: Type.Array(OrderRow, { maxItems: 0 }),
    Customers: Type.Array(CustomerRow, { maxItems: SEARCH_ROWS_MAXIMUM }),
  },
  CLOSED,
);

const envelopeOf = (code: EnvelopeCode, message: TSchema, data: TSchema) => ({
  ErrorMessage: message,
  ErrorCode: Type.Literal(code),
  ErrorDescription: Type.Literal(ERROR_NAMES[code]),
  Data: data,
});

export const singleOf = (data: TSchema): TSchema => Type.Object(envelopeOf(0, Type.Null(), data), CLOSED);

const Paging = Type.Object(
  {
    Page: Type.Integer({ minimum: 1 }),
    TotalPages: count,
    TotalRows: count,
    PageSize: Type.Integer({ minimum: 1, maximum: SIZE_MAXIMUM }),
  },
  CLOSED,
);

export const pageOf = (row: TSchema, options: { readonly maxItems?: number } = {}): TSchema =>
  Type.Object({ Paging, ...envelopeOf(0, Type.Null(), Type.Array(row, options)) }, CLOSED);

const sentence = Type.String({ minLength: 1 });

export const refusedWith = (code: EnvelopeCode): TSchema =>
  Type.Object(envelopeOf(code, sentence, Type.Null()), CLOSED);

export const Message = Type.Object({ Message: sentence }, CLOSED);

/** By the path of the property, behind `model.` (§2.4 [docs: csharp-sdk#81]). */
export const ModelState = Type.Object(
  {
    Message: sentence,
    ModelState: Type.Unsafe({
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^model(\\.|$)' },
      additionalProperties: { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
    }),
  },
  CLOSED,
);
