/** FlexPortal's lens: the whole customer as one profile (flexportal.md §2.1, §3.3). */
import { addressWithRole, mainAddress, type Address as RecordAddress } from '../../record/address.ts';
import {
  addContactPoint,
  changeContactPoint,
  contactPointsOf,
  newContactPoint,
  primaryContactPoint,
  removeContactPoint,
  withValue,
} from '../../record/contact-points.ts';
import { type Customer, isArchived } from '../../record/customer.ts';
import { fromBase62, toBase62 } from '../../record/identifier.ts';
import type { Json } from '../../record/json.ts';
import { nameParts, withNameParts } from '../../record/names.ts';
import { phrasingOf } from '../../record/phrasing.ts';
import { activeSubscriptions, monthlyRevenue } from '../../record/trade.ts';
import {
  type Field,
  type Fields,
  type Omission,
  phrased,
  type Resource,
  readFields,
  readOnly,
  writeFields,
} from '../lens.ts';
import { contentOf, DIALECT, readAddress } from './address.ts';
import { shownIn, writeSlots } from './slots.ts';
import type { Address, CustomerUpdate, CustomerView } from './wire.ts';

const ID_PREFIX = 'cust_';

export const customerId = (customer: Pick<Customer, 'id'>): string => ID_PREFIX + toBase62(customer.id);

/** The record's id behind one of this vendor's, or `undefined` for a text that is none. */
export const customerUuid = (text: string): string | undefined =>
  text.startsWith(ID_PREFIX) ? fromBase62(text.slice(ID_PREFIX.length)) : undefined;

/** All phones, so that another dialect's change of any of them is seen. */
const phonesOf = (customer: Customer): Json =>
  contactPointsOf(customer, 'phone').map(point => [point.id, point.value, point.purposes]);

/** The phone that FlexPortal shows: none after it emptied the field, although others may be left. */
const shownPhone = (customer: Customer) =>
  phrasingOf(customer, DIALECT, 'phone', phonesOf(customer)) === undefined
    ? primaryContactPoint(customer, 'phone')
    : undefined;

const phone: Field<Customer, string | undefined> = phrased(DIALECT, 'phone', {
  of: phonesOf,
  derive: customer => primaryContactPoint(customer, 'phone')?.value,
  store: (customer, wire) => {
    const shown = shownPhone(customer);
    if (wire === '') return shown ? removeContactPoint(customer, shown.id) : customer;
    return shown
      ? changeContactPoint(customer, shown.id, point => withValue(point, wire))
      : addContactPoint(customer, newContactPoint('phone', wire, ['primary']));
  },
});

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

/** A contact in one piece hides one in parts. */
const hiddenContact = ({
  id,
  contactName,
  contactGivenName,
  contactFamilyName,
}: RecordAddress): Omission[] =>
  contactName === null || (contactGivenName === null && contactFamilyName === null)
    ? []
    : ['contactGivenName', 'contactFamilyName'].map(name => ({
        path: `addresses/${id}/address/${name}`,
        reason: 'FlexPortal shows the contact in one piece.',
      }));

/** A main address stands for the billing one that nobody named, and does not say so. */
function assumedBilling(customer: Customer): Omission[] {
  const main = mainAddress(customer);
  return main === undefined || addressWithRole(customer, 'billing') !== undefined
    ? []
    : [
        {
          path: `addresses/${main.address.id}/roles`,
          reason: 'FlexPortal shows the main address where none has the role.',
        },
      ];
}

const NO_FIELD = 'FlexPortal has no field for it.';

/** What FlexPortal has no field for, whoever the customer is (§2.1, §2.2). */
export const untold: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...[
      'gender',
      'birthDate',
      'citizenship',
      'reference',
      'accountNumber',
      'language',
      'priceGroup',
      'taxIds',
    ],
    ...[
      'identityDocuments/**',
      'representatives/**',
      'employees/**',
      'orders/*/status',
      'contactPoints/*/label',
    ],
    ...['label', 'address/latitude', 'address/longitude', 'address/contactExtra', 'address/email']
      .concat('address/phone', 'address/phone2', 'address/fax', 'address/branch')
      .map(name => `addresses/*/${name}`),
  ].map(pattern => [pattern, NO_FIELD]),
);

function omissionsOf(customer: Customer): Omission[] {
  const shown = new Set([
    shownPhone(customer)?.id,
    primaryContactPoint(customer, 'email')?.id,
    shownIn(customer, 'billing')?.address.id,
    shownIn(customer, 'shipping')?.address.id,
  ]);
  const points = customer.contactPoints.filter(point => !shown.has(point.id));
  const links = customer.addresses.filter(link => !shown.has(link.address.id));
  return [
    ...(isArchived(customer)
      ? [{ path: 'archivedAt', reason: 'FlexPortal has no archive; it is told when it changes something.' }]
      : []),
    ...(customer.displayName !== null && (customer.givenName !== null || customer.familyName !== null)
      ? [{ path: 'displayName', reason: 'FlexPortal shows the name in parts.' }]
      : []),
    ...customer.subscriptions
      .filter(subscription => subscription.status !== 'active')
      .map(({ id }) => ({
        path: `subscriptions/${id}/monthlyAmount`,
        reason: 'FlexPortal sums what is active.',
      })),
    ...customer.addresses.flatMap(({ address }) => hiddenContact(address)),
    ...assumedBilling(customer),
    ...points.map(({ id }) => ({
      path: `contactPoints/${id}`,
      reason: 'FlexPortal shows one e-mail and one phone.',
    })),
    ...links.map(({ address }) => ({
      path: `addresses/${address.id}`,
      reason: 'FlexPortal shows one billing and one shipping address.',
    })),
  ];
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
  read: record => ({ wire: readCustomer(record) as unknown as Json, omitted: omissionsOf(record) }),
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
