/** Lightening on the wire: its entities, and what a request may say of an address (lightening.md §3, §6). */

export const DIALECT = 'lightening';

/** The twelve fields of an address that a request may carry beside `customer_ids`, as they read (§2.3). */
export interface AddressContent {
  readonly company: string;
  readonly street1: string;
  readonly street2: string;
  readonly postal_code: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  /** Digits; `0` is none. */
  readonly branch_id: string;
  readonly ksmsid: string;
  readonly authorized_email: string;
  /** A decimal text. */
  readonly latitude: string | null;
  readonly longitude: string | null;
}

/** The 18 keys of §3.1 [seed], in the page's order. Every scalar is a text. */
export interface AddressEntity extends AddressContent {
  readonly customer_id: string;
  readonly id: string;
  readonly pp_account: string;
  readonly customer_name: string;
  readonly customer_account: string;
  readonly branch_name: string | null;
}

/** §6.3 [convention]. */
export interface BranchEntity {
  readonly id: string;
  readonly name: string;
  readonly is_active: Flag;
}

/** §6.4 [docs: cost_center], in the page's order. */
export interface CostCenterEntity {
  readonly name: string;
  readonly is_active: Flag;
  readonly customer_id: string;
  readonly id: string;
  readonly code1: string;
  readonly code2: string;
  readonly pp_id: string;
  readonly account: string;
  readonly customer_name: string;
}

/** §2.3: a flag is a text as well. */
export type Flag = '0' | '1';

export const flag = (value: boolean): Flag => (value ? '1' : '0');

/** The longest texts in code points, §3.2 [seed]. */
export const LENGTHS = {
  company: 64,
  street1: 64,
  street2: 64,
  postal_code: 16,
  city: 64,
  state: 64,
  country: 64,
  ksmsid: 16,
  authorized_email: 191,
} as const;

/** §4.1 [convention] for the list, and the same for a write: what one statement selects. */
export const IDS_MAXIMUM = 1_000;

/** §5.2 [convention]; an address with a thousand customers takes 12 KiB. */
export const BODY_MAXIMUM = 65_536;

/** §4.3–§4.5 [seed]: compared byte for byte. */
export const MESSAGES = {
  created: 'Successfully created entity.',
  updated: 'Successfully updated entity.',
  deleted: 'Entity has been successfully deleted.',
  notFound: 'Entity not found.',
  nothingSent: 'Nothing sent for request.',
  required: 'Field is required.',
  loggedOut: 'Successfully logged out.',
} as const;
