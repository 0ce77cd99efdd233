/** FlexPortal's answers as schemas: the customer, the envelopes around it, and the error (flexportal.md §2, §3, §5.1). */
import type { Answers } from '../contract.ts';
import { type TSchema, Type } from '../schema.ts';
import { LIMIT_MAXIMUM } from './query.ts';
import { choice } from './wire.ts';

const CLOSED = { additionalProperties: false } as const;

const text = Type.String();
const count = Type.Integer({ minimum: 0 });
const texts = Type.Array(text);
const time = Type.String({ format: 'date-time' });

const AddressObject = Type.Object(
  {
    contactName: text,
    streetAddress: text,
    city: text,
    country: text,
    company: Type.Optional(text),
    buildingInfo: Type.Optional(text),
    locality: Type.Optional(text),
    adminArea: Type.Optional(text),
    postalCode: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'] })),
  },
  CLOSED,
);

export const CustomerObject = Type.Object(
  {
    customerId: text,
    tenantId: text,
    email: text,
    firstName: text,
    lastName: text,
    customerType: choice('individual', 'business'),
    totalOrders: count,
    totalDevicesRented: count,
    totalMonthlyRevenue: Type.Number({ minimum: 0 }),
    status: choice('active', 'inactive'),
    orderIds: texts,
    rentalIds: texts,
    createdBy: text,
    company: Type.Optional(text),
    phone: Type.Optional(text),
    customFields: Type.Optional(Type.Object({}, { additionalProperties: true })),
    lastBillingAddress: Type.Optional(AddressObject),
    lastShippingAddress: Type.Optional(AddressObject),
    createdAt: time,
    updatedAt: time,
  },
  CLOSED,
);

/** §3.1 [docs: customers/list (s)]: all five keys, and no `success`. */
export const CustomerList = Type.Object(
  {
    customers: Type.Array(CustomerObject),
    count,
    limit: Type.Integer({ minimum: 1, maximum: LIMIT_MAXIMUM }),
    hasMore: Type.Boolean(),
    nextCursor: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
  },
  CLOSED,
);

export const CustomerUpdated = Type.Object(
  { success: Type.Literal(true), message: text, customerId: text, customer: CustomerObject },
  CLOSED,
);

/** §3.4: no `customer` here. */
export const CustomerDeleted = Type.Object(
  { success: Type.Literal(true), message: text, customerId: text },
  CLOSED,
);

/** §5.1: the first is [docs: overview], the others are [convention]. */
const ISSUES = [
  'invalid_string',
  'invalid_type',
  'too_small',
  'too_big',
  'invalid_enum_value',
  'custom',
] as const;

const Detail = Type.Object({ path: text, message: text, code: choice(...ISSUES) }, CLOSED);

const errorOf = (codes: readonly string[], more: Record<string, TSchema> = {}): TSchema =>
  Type.Object({ error: Type.Object({ code: choice(...codes), message: text, ...more }, CLOSED) }, CLOSED);

const refusal = (...codes: string[]): TSchema => errorOf(codes);

/** §5.2, §5.3 [docs: overview]; codes without a mark there are [convention]. */
export const refusals: Answers = {
  400: errorOf(['VALIDATION_ERROR'], { details: Type.Optional(Type.Array(Detail, { minItems: 1 })) }),
  401: refusal('AUTH_REQUIRED', 'INVALID_TOKEN'),
  403: refusal('NO_TENANT_ACCESS', 'INSUFFICIENT_PERMISSIONS'),
  404: refusal('NOT_FOUND'),
  405: refusal('METHOD_NOT_ALLOWED'),
  406: refusal('NOT_ACCEPTABLE'),
  408: refusal('REQUEST_TIMEOUT'),
  409: refusal(
    'CUSTOMER_ARCHIVED',
    'CUSTOMER_HAS_ACTIVE_SUBSCRIPTIONS',
    'CUSTOMER_HAS_PENDING_ORDERS',
    'CONFLICT',
  ),
  413: refusal('PAYLOAD_TOO_LARGE'),
  429: refusal('RATE_LIMITED'),
  500: refusal('INTERNAL_ERROR'),
  503: refusal('SERVICE_UNAVAILABLE'),
};
