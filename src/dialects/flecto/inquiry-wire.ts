/** What a visitor writes when asking for a rental (flecto.md §4, Store - Inquiries [convention]). */
import { type Static, Type } from '../schema.ts';
import { Name, NullableEmail, NullablePhone, NullableText, TEXT_MAXIMUM } from './wire.ts';

/** Lines of one request: far more than a visitor picks by hand. */
const ITEMS_MAXIMUM = 100;
/** Units of one item: far more than a rental business has. */
const QUANTITY_MAXIMUM = 100_000;
/** The store's numbers are safe integers; a client may send them as texts too. */
const ITEM_ID_MAXIMUM = Number.MAX_SAFE_INTEGER;

export const STATUSES = ['open', 'approved', 'rejected'] as const;
export type InquiryStatus = (typeof STATUSES)[number];

/** Items are named and not looked up: a store's catalogue is not part of the customer record. */
const Item = Type.Object({
  item_id: Type.Unsafe<string | number>({
    type: ['string', 'integer'],
    minLength: 1,
    maxLength: TEXT_MAXIMUM,
    format: 'line',
    minimum: 1,
    maximum: ITEM_ID_MAXIMUM,
  }),
  quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: QUANTITY_MAXIMUM })),
});

const time = () => Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' });

export const NewInquiryAttributes = Type.Object({
  name: Name(),
  email: Type.Optional(NullableEmail()),
  phone_number: Type.Optional(NullablePhone()),
  message: Type.Optional(NullableText()),
  start_at: Type.Optional(time()),
  end_at: Type.Optional(time()),
  items: Type.Optional(Type.Array(Item, { maxItems: ITEMS_MAXIMUM })),
});
export type NewInquiryAttributes = Static<typeof NewInquiryAttributes>;

/** As it is kept and shown: every member there, ids as texts, times in UTC. */
export const InquiryAttributes = Type.Object({
  status: Type.Unsafe<InquiryStatus>({ type: 'string', enum: STATUSES }),
  name: Name(),
  email: NullableEmail(),
  phone_number: NullablePhone(),
  message: NullableText(),
  start_at: time(),
  end_at: time(),
  items: Type.Array(
    Type.Object(
      {
        item_id: Type.String({ minLength: 1, maxLength: TEXT_MAXIMUM }),
        quantity: Type.Integer({ minimum: 1 }),
      },
      { additionalProperties: false },
    ),
  ),
});
export type InquiryAttributes = Static<typeof InquiryAttributes>;
