/** Lightening's answers as schemas: entities, the envelopes around them, and refusals (lightening.md §2, §3, §6). */
import type { Answers } from '../contract.ts';
import { type TSchema, Type } from '../schema.ts';
import { MESSAGES } from './wire.ts';

const CLOSED = { additionalProperties: false } as const;

const text = Type.String();
const digits = Type.String({ pattern: '^[0-9]+$' });
const flag = Type.Unsafe<'0' | '1'>({ type: 'string', enum: ['0', '1'] });
const nullableText = Type.Unsafe<string | null>({ type: ['string', 'null'] });
/** §2.3 [convention]: digits as they were sent. */
const degrees = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  pattern: '^-?[0-9]{1,3}(\\.[0-9]{1,20})?$',
});
const count = Type.Integer({ minimum: 0 });
const time = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$' });

/** §3.1 [seed]: always all 18. */
const Address = Type.Object(
  {
    customer_id: digits,
    company: text,
    street1: text,
    street2: text,
    postal_code: text,
    city: text,
    state: text,
    country: text,
    branch_id: digits,
    ksmsid: text,
    authorized_email: text,
    id: digits,
    latitude: degrees,
    longitude: degrees,
    pp_account: text,
    customer_name: text,
    customer_account: text,
    branch_name: nullableText,
  },
  CLOSED,
);

/** The same schema under each of these names. */
const all = (schema: TSchema, names: string): Record<string, TSchema> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map(name => [name, schema]),
  );

/** §6.2 [docs: customer]: always all of them, by type; their order is that of `readCustomer`. */
const Customer = Type.Object(
  {
    ...all(
      digits,
      `id branch_id customer_group_1_id customer_group_2_id customer_invoice_group_id sales_rep_id
       user_created_id communication_digest communication_milestone`,
    ),
    ...all(
      flag,
      `is_active is_person is_intercompany power_of_attorney fish_wildlife bond consent_to_scan
       reference_required show_customer_notes invoice_by_cost_center auto_consolidate_invoice
       invoice_auto_creation auto_invoice_to_contact auto_invoice_to_default`,
    ),
    ...all(
      text,
      `account name
       physical_street1 physical_street2 physical_city physical_code physical_state physical_country
       mailing_street1 mailing_street2 mailing_city mailing_code mailing_state mailing_country
       tel1 tel2 tel3 email1 email2 email3 import_number export_number vat_number eori salesforce_id ksmsid
       broker_name broker_street1 broker_street2 broker_code broker_city broker_country broker_state
       broker_tel1 broker_tel2 broker_fax commodity is_active_note create_method currency pp_id locale
       finance_query_email financial_comments invoice_target_email`,
    ),
    ...all(time, 'created_at updated_at'),
    ...all(
      nullableText,
      'branch_name customer_group_1_name customer_group_2_name customer_invoice_group_name sales_rep_name',
    ),
  },
  CLOSED,
);

const Branch = Type.Object({ id: digits, name: text, is_active: flag }, CLOSED);

const CostCenter = Type.Object(
  {
    name: text,
    is_active: flag,
    customer_id: digits,
    id: digits,
    code1: text,
    code2: text,
    pp_id: text,
    account: text,
    customer_name: text,
  },
  CLOSED,
);

const succeeded = Type.Literal(true);

const entity = (schema: TSchema): TSchema => Type.Object({ entity: schema, result: succeeded }, CLOSED);

/** Lists have a `total`, but for the one of addresses (§2.1 [seed], [docs]). */
const entities = (schema: TSchema, total: Record<string, TSchema> = { total: count }): TSchema =>
  Type.Object({ entities: Type.Array(schema), ...total, result: succeeded }, CLOSED);

const message = (literal: string, more: Record<string, TSchema> = {}): TSchema =>
  Type.Object({ msg: Type.Literal(literal), ...more, result: succeeded }, CLOSED);

export const AddressList = entities(Address, {});
export const AddressEntity = entity(Address);
export const AddressCreated = message(MESSAGES.created, { id: digits });
export const AddressUpdated = message(MESSAGES.updated);
/** §4.5 [seed]: `false`, or what a tenant asked for. */
export const AddressDeleted = Type.Object(
  { msg: Type.Literal(MESSAGES.deleted), result: Type.Boolean() },
  CLOSED,
);
export const CustomerList = entities(Customer);
export const CustomerEntity = entity(Customer);
export const BranchList = entities(Branch);
export const BranchEntity = entity(Branch);
export const CostCenterList = entities(CostCenter);
export const CostCenterEntity = entity(CostCenter);
/** §6.1 asks for 128 bits; these are 256, behind a prefix. */
export const LoggedIn = Type.Object(
  { token: Type.String({ pattern: '^lt_[\\w-]{43}$' }), result: succeeded },
  CLOSED,
);
export const LoggedOut = message(MESSAGES.loggedOut);

const failed = Type.Literal(false);
const unusable = Type.Object({ error: text, result: failed }, CLOSED);

/** §2.2, §4: what is wrong with the data is a 200 in one of three shapes, the rest has HTTP's own status. */
export const refusals: Answers = {
  200: Type.Union([
    Type.Object({ msg: Type.Literal(MESSAGES.notFound), result: failed }, CLOSED),
    Type.Object({ errors: Type.Record(Type.String(), text, { minProperties: 1 }), result: failed }, CLOSED),
    unusable,
  ]),
  400: unusable,
  401: unusable,
  403: unusable,
  404: unusable,
  405: unusable,
  406: unusable,
  408: unusable,
  413: unusable,
  415: unusable,
  429: unusable,
  500: unusable,
  503: unusable,
};
