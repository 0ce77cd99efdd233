/** FlexPortal on the wire: the customer, its addresses and their schemas (flexportal.md §2, §3.3). */
import type { CustomerKind, CustomerStatus } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { TEXT_MAXIMUM } from '../../record/text.ts';
import { compile, Line, NullableLine, type Static, Type } from '../schema.ts';

export const DIALECT = 'flexportal';

/** The record's limit for the value of a contact point; the vendor names none (§2.1). */
const PHONE_MAXIMUM = 254;

/** The vendor names no maximum (§2.2), so the record's own holds. */
const text = () => Line(TEXT_MAXIMUM);
export const choice = <Value extends string>(...values: readonly Value[]) =>
  Type.Unsafe<Value>({ type: 'string', enum: values });

/** The nine members of an address; the first four must be there (§2.2). */
export const Address = Type.Object({
  contactName: text(),
  streetAddress: text(),
  city: text(),
  country: text(),
  company: Type.Optional(text()),
  buildingInfo: Type.Optional(text()),
  locality: Type.Optional(text()),
  adminArea: Type.Optional(text()),
  postalCode: Type.Optional(NullableLine(TEXT_MAXIMUM)),
});
export type Address = Static<typeof Address>;

/** The body of an update (§3.3 [seed]). Names that are not here are ignored (§3.3, quirk 6 [convention]). */
export const CustomerUpdate = Type.Object({
  customerId: Type.String({ minLength: 1 }),
  firstName: Type.Optional(Line(TEXT_MAXIMUM, { minLength: 1 })),
  lastName: Type.Optional(Line(TEXT_MAXIMUM, { minLength: 1 })),
  company: Type.Optional(text()),
  phone: Type.Optional(Line(PHONE_MAXIMUM)),
  customerType: Type.Optional(choice<CustomerKind>('individual', 'business')),
  status: Type.Optional(choice<CustomerStatus>('active', 'inactive')),
  billingAddress: Type.Optional(Address),
  shippingAddress: Type.Optional(Address),
});
export type CustomerUpdate = Static<typeof CustomerUpdate>;

export const checkCustomerUpdate = compile(CustomerUpdate);

/** The customer in the page's order of keys (§2.1 [seed]). Without the tenant: that is the caller's to know. */
export interface CustomerView {
  readonly customerId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly customerType: CustomerKind;
  readonly totalOrders: number;
  readonly totalDevicesRented: number;
  readonly totalMonthlyRevenue: number;
  readonly status: CustomerStatus;
  readonly orderIds: readonly string[];
  readonly rentalIds: readonly string[];
  readonly createdBy: string;
  readonly company?: string;
  readonly phone?: string;
  readonly customFields?: { readonly [name: string]: Json };
  readonly lastBillingAddress?: Address;
  readonly lastShippingAddress?: Address;
  readonly createdAt: string;
  readonly updatedAt: string;
}
