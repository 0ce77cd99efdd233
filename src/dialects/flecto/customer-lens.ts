/** Flecto's lens on the customer: fifteen attributes (flecto.md §3.2). */
import { type Customer, taxId, withTaxId } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { wholeName, withWholeName } from '../../record/names.ts';
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
import { email, phoneNumber } from './contacts.ts';
import { identificationNumber, identificationType } from './identification.ts';
import { customerOmissions } from './untold.ts';
import { CUSTOMER_TYPE, type CustomerAttributes, DIALECT, LOCALES } from './wire.ts';

export interface CustomerView extends CustomerAttributes {
  readonly internal_id: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The name stays when the type changes, unless a company that was known all along is now the name. */
function withKind(customer: Customer, kind: Customer['kind']): Customer {
  const name = wholeName(customer);
  const after = { ...customer, kind };
  const known = kind === 'business' && customer.company !== null;
  return known || name === '' || (kind === 'individual' && wholeName(after) === name)
    ? after
    : withWholeName(after, name);
}

const locale: Field<Customer, CustomerAttributes['locale']> = {
  read: ({ language }) => LOCALES.find(each => each === language) ?? null,
  write: (customer, language) => ({ ...customer, language }),
};

const fields: Fields<Customer, CustomerView> = {
  internal_id: readOnly(customer => customer.number),
  name: { read: wholeName, write: withWholeName },
  customer_type: {
    read: customer => (customer.kind === 'business' ? 'company' : 'individual'),
    write: (customer, type) => withKind(customer, type === 'company' ? 'business' : 'individual'),
  },
  email,
  phone_number: phoneNumber,
  vat_number: phrased(DIALECT, 'vat_number', {
    of: customer => taxId(customer, 'vat'),
    derive: customer => taxId(customer, 'vat'),
    store: (customer, wire) => withTaxId(customer, 'vat', wire || null),
  }),
  fiscal_name: vendorOnly<Customer, string | null>(DIALECT, 'fiscal_name', null),
  identification_type: identificationType,
  identification_number: identificationNumber,
  id_verified: vendorOnly<Customer, boolean>(DIALECT, 'id_verified', false),
  locale,
  discount_percentage: vendorOnly<Customer, number>(DIALECT, 'discount_percentage', 0),
  notes: vendorOnly<Customer, string | null>(DIALECT, 'notes', null),
  created_at: readOnly(customer => customer.createdAt),
  updated_at: readOnly(customer => customer.updatedAt),
};

/** The attributes of the customer, in the order of flecto.md §3.2. */
export const readCustomer = (customer: Customer): CustomerView => readFields(fields, customer);

/** The customer after Flecto wrote these attributes. */
export const writeCustomer = (customer: Customer, attributes: Partial<CustomerAttributes>): Customer =>
  writeFields(fields, customer, attributes as Partial<CustomerView>);

export const customer: Resource = {
  name: CUSTOMER_TYPE,
  keys: () => [''],
  read: record => ({ wire: readCustomer(record) as unknown as Json, omitted: customerOmissions(record) }),
  write: (record, _key, input) => writeCustomer(record, input as unknown as Partial<CustomerAttributes>),
  echo: wire => wire,
  touches: [
    ...['displayName', 'company', 'kind', 'language', 'taxIds'],
    ...['contactPoints/**', 'identityDocuments/**'],
  ],
};
