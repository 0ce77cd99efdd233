/** Billbee's lens over the customer (billbee.md §3); addresses have their own (address-lens.ts). */
import { type Customer, taxId, withTaxId } from '../../record/customer.ts';
import { wholeName, withWholeName } from '../../record/names.ts';
import { withPhrasing } from '../../record/phrasing.ts';
import {
  type Field,
  type Fields,
  phrased,
  type Resource,
  readFields,
  readOnly,
  vendorOnly,
  writeFields,
} from '../lens.ts';
import { readContacts, writeContacts } from './contacts.ts';
import { customerOmissions } from './untold.ts';
import {
  asJson,
  type CustomerHead,
  type CustomerInput,
  type CustomerWire,
  DIALECT,
  netTime,
} from './wire.ts';

const name: Field<Customer, string | null> = phrased(DIALECT, 'Name', {
  of: wholeName,
  derive: wholeName,
  store: (customer, wire) => withWholeName(customer, wire || null),
});

/** Who becomes a business takes the name along; Billbee has one name, so another kind shows the same. */
function withKind(customer: Customer, kind: Customer['kind']): Customer {
  if (customer.kind === kind) return customer;
  const switched = { ...customer, kind };
  const settled =
    kind === 'business' && customer.company === null && customer.displayName !== null
      ? withWholeName(switched, customer.displayName)
      : switched;
  const shown = name.read(customer);
  return name.read(settled) === shown
    ? settled
    : withPhrasing(settled, DIALECT, 'Name', wholeName(settled), shown);
}

/** Shown as a number where it is one that fits; a text that is none belongs to another dialect. */
const numeric = (
  key: 'accountNumber' | 'priceGroup',
  fits: (value: number) => boolean,
): Field<Customer, number | null> => ({
  read: customer => {
    const text = customer[key];
    if (text === null || !/^-?\d{1,16}$/.test(text)) return null;
    return fits(Number(text)) ? Number(text) : null;
  },
  write: (customer, wire) => ({ ...customer, [key]: wire === null ? null : String(wire) }),
});

const isInt32 = (value: number): boolean => value >= -(2 ** 31) && value < 2 ** 31;

const fields: Fields<Customer, CustomerHead> = {
  Id: readOnly(customer => customer.number),
  // A business has its name elsewhere, so the kind is written before the name.
  Type: phrased(DIALECT, 'Type', {
    of: customer => customer.kind,
    derive: (customer): number | null => (customer.kind === 'business' ? 1 : 0),
    store: (customer, wire) =>
      wire === null ? customer : withKind(customer, wire === 1 ? 'business' : 'individual'),
  }),
  Name: name,
  Number: numeric('accountNumber', isInt32),
  PriceGroupId: numeric('priceGroup', Number.isSafeInteger),
  LanguageId: vendorOnly<Customer, number | null>(DIALECT, 'LanguageId', null),
  VatId: phrased(DIALECT, 'VatId', {
    of: customer => taxId(customer, 'vat'),
    derive: customer => taxId(customer, 'vat'),
    store: (customer, wire) => withTaxId(customer, 'vat', wire || null),
  }),
  ArchivedAt: readOnly(customer => netTime(customer.archivedAt)),
  RestoredAt: readOnly(customer => netTime(customer.restoredAt)),
};

/** The order of live answers (billbee.md §3.1): the three views of the contacts stand between the other properties. */
const ORDER = [
  'Id',
  'Name',
  'Email',
  'Tel1',
  'Tel2',
  'Number',
  'PriceGroupId',
  'LanguageId',
  'DefaultMailAddress',
  'DefaultCommercialMailAddress',
  'DefaultStatusUpdatesMailAddress',
  'DefaultPhone1',
  'DefaultPhone2',
  'DefaultFax',
  'VatId',
  'Type',
  'MetaData',
  'ArchivedAt',
  'RestoredAt',
] as const satisfies readonly (keyof CustomerWire)[];

export function readCustomer(customer: Customer): CustomerWire {
  const wire: CustomerWire = { ...readFields(fields, customer), ...readContacts(customer) };
  return Object.fromEntries(ORDER.map(property => [property, wire[property]])) as unknown as CustomerWire;
}

/** The customer after Billbee wrote these properties; absent ones keep their values (billbee.md §5.2 (4) [convention]). */
export const writeCustomer = (customer: Customer, input: CustomerInput): Customer =>
  writeContacts(writeFields(fields, customer, input), input);

export const customerResource: Resource = {
  name: 'customer',
  keys: () => [''],
  read: customer => {
    const wire = readCustomer(customer);
    return { wire: asJson(wire), omitted: customerOmissions(customer, wire) };
  },
  write: (customer, _key, input) => writeCustomer(customer, input as CustomerInput),
  echo: wire => wire,
  touches: [
    'kind',
    'company',
    'displayName',
    'accountNumber',
    'priceGroup',
    'taxIds',
    'taxIds/**',
    'contactPoints/**',
  ],
};
