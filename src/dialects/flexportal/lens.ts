/** FlexPortal's lens: the whole customer as one profile (flexportal.md §2.1, §3.3). */
import { primaryContactPoint } from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { nameParts, withNameParts } from '../../record/names.ts';
import { activeSubscriptions, monthlyRevenue } from '../../record/trade.ts';
import {
  type Field,
  type Fields,
  phrased,
  type Resource,
  readFields,
  readOnly,
  writeFields,
} from '../lens.ts';
import { contentOf, readAddress } from './address.ts';
import { customerId } from './identifiers.ts';
import { phone } from './phone.ts';
import { shownIn, writeSlots } from './slots.ts';
import { customerOmissions } from './untold.ts';
import { type Address, type CustomerUpdate, type CustomerView, DIALECT } from './wire.ts';

const company: Field<Customer, string | undefined> = phrased(DIALECT, 'company', {
  of: customer => customer.company,
  derive: customer => customer.company ?? undefined,
  store: (customer, wire) => ({ ...customer, company: wire || null }),
});

const idsOf = (references: readonly { readonly id: string }[]): readonly string[] =>
  references.map(({ id }) => id);

const slot = (role: 'billing' | 'shipping') =>
  readOnly((customer: Customer): Json | undefined => {
    const link = shownIn(customer, role);
    return link && (readAddress(customer, link.address) as Json);
  }) as Field<Customer, Address | undefined>;

const fields: Fields<Customer, CustomerView> = {
  customerId: readOnly(customer => customerId(customer)),
  email: readOnly(customer => primaryContactPoint(customer, 'email')?.value ?? ''),
  firstName: {
    read: customer => nameParts(customer).givenName,
    write: (customer, givenName) => withNameParts(customer, { givenName }),
  },
  lastName: {
    read: customer => nameParts(customer).familyName,
    write: (customer, familyName) => withNameParts(customer, { familyName }),
  },
  customerType: { read: customer => customer.kind, write: (customer, kind) => ({ ...customer, kind }) },
  totalOrders: readOnly(customer => customer.orders.length),
  totalDevicesRented: readOnly(customer => activeSubscriptions(customer).length),
  totalMonthlyRevenue: readOnly(customer => monthlyRevenue(customer)),
  status: { read: customer => customer.status, write: (customer, status) => ({ ...customer, status }) },
  orderIds: readOnly(customer => idsOf(customer.orders)),
  rentalIds: readOnly(customer => idsOf(customer.subscriptions)),
  createdBy: readOnly(customer => customer.createdBy),
  company,
  phone,
  customFields: readOnly(({ customFields }) =>
    Object.keys(customFields).length > 0 ? customFields : undefined,
  ),
  lastBillingAddress: slot('billing'),
  lastShippingAddress: slot('shipping'),
  createdAt: readOnly(customer => customer.createdAt),
  updatedAt: readOnly(customer => customer.updatedAt),
};

export const readCustomer = (customer: Customer): CustomerView => readFields(fields, customer);

/** The customer after an update. Names go first: an address without a contact shows the customer's. */
export function writeCustomer(customer: Customer, update: Partial<CustomerUpdate>): Customer {
  const { billingAddress, shippingAddress, ...profile } = update;
  return writeSlots(writeFields(fields, customer, profile as Partial<CustomerView>), {
    billing: billingAddress && contentOf(billingAddress),
    shipping: shippingAddress && contentOf(shippingAddress),
  });
}

/** The update that says what was read: addresses lose the `last` in their names, read-only keys go (§3.3 quirk 3). */
function echo(wire: Json): Json {
  const { customerId, firstName, lastName, company, phone, customerType, status, ...rest } =
    wire as unknown as CustomerView;
  const { lastBillingAddress: billingAddress, lastShippingAddress: shippingAddress } = rest;
  return {
    ...{ customerId, firstName, lastName },
    ...(company !== undefined && { company }),
    ...(phone !== undefined && { phone }),
    ...{ customerType, status },
    ...(billingAddress && { billingAddress: billingAddress as Json }),
    ...(shippingAddress && { shippingAddress: shippingAddress as Json }),
  };
}

export const customer: Resource = {
  name: 'customer',
  keys: () => [''],
  read: record => ({ wire: readCustomer(record) as unknown as Json, omitted: customerOmissions(record) }),
  write: (record, _key, input) => writeCustomer(record, input as unknown as Partial<CustomerUpdate>),
  echo,
  touches: [
    ...['givenName', 'familyName', 'displayName', 'kind', 'status', 'company', 'contactPoints/**'],
    'addresses/*/roles',
    ...['line1', 'houseNumber', 'line2', 'locality', 'city', 'region', 'postalCode', 'country', 'countryText']
      .concat('contactName', 'contactGivenName', 'contactFamilyName', 'company')
      .map(name => `addresses/*/address/${name}`),
    // What a new address brings along; lens.test.ts shows that those of old ones stand.
    ...['main', 'rank', 'address/id', 'address/createdAt'].map(name => `addresses/*/${name}`),
  ],
};
