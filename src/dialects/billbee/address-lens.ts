/** Billbee's lens over one address of a customer (billbee.md §4). */
import {
  type Address,
  addAddress,
  addressById,
  changeAddress,
  emptyAddress,
  linkTo,
} from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { divideName } from '../../record/names.ts';
import {
  type Field,
  type Fields,
  phrased,
  type Resource,
  readFields,
  readOnly,
  text,
  within,
  writeFields,
} from '../lens.ts';
import { readAddressType, writeAddressType } from './address-type.ts';
import { countryCode, housenumber, street } from './street.ts';
import { addressOmissions } from './untold.ts';
import { type AddressInput, type AddressWire, asJson, DIALECT, netTime } from './wire.ts';

interface Place {
  readonly customer: Customer;
  readonly id: string;
}

const addressOf = ({ customer, id }: Place): Address => addressById(customer, id)!.address;

const onAddress = <Wire extends Json | undefined>(field: Field<Address, Wire>): Field<Place, Wire> =>
  within(
    addressOf,
    ({ customer, id }, address) => ({
      customer: changeAddress(customer, id, link => ({ ...link, address })),
      id,
    }),
    field,
  );

type NameKey = 'contactGivenName' | 'contactFamilyName';

/** A name that is known in one piece only is shown divided; the first part that is written replaces that piece. */
function nameParts(address: Address): Pick<Address, NameKey> {
  const { contactGivenName, contactFamilyName, contactName } = address;
  if (contactGivenName !== null || contactFamilyName !== null || contactName === null) {
    return { contactGivenName, contactFamilyName };
  }
  const { givenName, familyName } = divideName(contactName);
  return { contactGivenName: givenName || null, contactFamilyName: familyName || null };
}

const namePart = (name: 'FirstName' | 'LastName', key: NameKey): Field<Place, string | null> =>
  onAddress(
    phrased(DIALECT, name, {
      of: address => nameParts(address)[key],
      derive: address => nameParts(address)[key],
      store: (address, wire) => {
        const before = nameParts(address);
        const value = wire || null;
        // `""` for a part that is empty already is another word, not another name.
        return before[key] === value ? address : { ...address, ...before, [key]: value, contactName: null };
      },
    }),
  );

const fields: Fields<Place, AddressWire> = {
  Id: readOnly(place => addressOf(place).number),
  AddressType: {
    read: ({ customer, id }) => readAddressType(customer, id),
    write: ({ customer, id }, type) => ({ customer: writeAddressType(customer, id, type), id }),
  },
  CustomerId: readOnly(({ customer }) => customer.number),
  Company: onAddress(text(DIALECT, 'Company', 'company')),
  FirstName: namePart('FirstName', 'contactGivenName'),
  LastName: namePart('LastName', 'contactFamilyName'),
  Name2: onAddress(text(DIALECT, 'Name2', 'contactExtra')),
  Street: onAddress(street),
  Housenumber: onAddress(housenumber),
  Zip: onAddress(text(DIALECT, 'Zip', 'postalCode')),
  City: onAddress(text(DIALECT, 'City', 'city')),
  State: onAddress(text(DIALECT, 'State', 'region')),
  CountryCode: onAddress(countryCode),
  Email: onAddress(text(DIALECT, 'Email', 'email')),
  Tel1: onAddress(text(DIALECT, 'Tel1', 'phone')),
  Tel2: onAddress(text(DIALECT, 'Tel2', 'phone2')),
  Fax: onAddress(text(DIALECT, 'Fax', 'fax')),
  AddressAddition: onAddress(text(DIALECT, 'AddressAddition', 'line2')),
  ArchivedAt: onAddress(readOnly(address => netTime(address.archivedAt))),
  RestoredAt: onAddress(readOnly(address => netTime(address.restoredAt))),
};

export const readAddress = (customer: Customer, id: string): AddressWire =>
  readFields(fields, { customer, id });

/** The customer after Billbee wrote these properties of the address; an AddressType of null is none. */
export function writeAddress(customer: Customer, id: string, input: AddressInput): Customer {
  const { AddressType: type, ...texts } = input;
  const given = { ...texts, ...(type != null && { AddressType: type }) } as Partial<AddressWire>;
  return writeFields(fields, { customer, id }, given).customer;
}

/** A new address; without an AddressType it is an invoice address (billbee.md §5.2 (2) [convention]). */
export function addNewAddress(customer: Customer, input: AddressInput, address: Address): Customer {
  const added = addAddress(customer, linkTo(address));
  const typed = writeAddressType(added, address.id, input.AddressType ?? 1);
  return writeAddress(typed, address.id, input);
}

/** An address that the caller can name before it is stored. */
export const newAddress = (): Address => emptyAddress();

/** Whatever a replacement leaves out is emptied (billbee.md §5.2 (9) [docs: swagger-2024]); AddressType is kept. */
export const EMPTIED: AddressInput = Object.fromEntries(
  Object.entries(fields)
    .filter(([name, field]) => field.write && name !== 'AddressType')
    .map(([name]) => [name, null]),
);

export const addressResource: Resource = {
  name: 'customer-address',
  keys: customer => customer.addresses.map(link => link.address.id),
  read: (customer, id) => ({
    wire: asJson(readAddress(customer, id)),
    omitted: addressOmissions(addressById(customer, id)!),
  }),
  write: (customer, id, input) => writeAddress(customer, id, input as AddressInput),
  echo: wire => wire,
  touches: [
    'addresses/{key}/roles',
    'addresses/{key}/roles/**',
    ...[
      'company',
      'contactGivenName',
      'contactFamilyName',
      'contactName',
      'contactExtra',
      'line1',
      'line2',
      'houseNumber',
      'postalCode',
      'city',
      'region',
      'country',
      'countryText',
      'email',
      'phone',
      'phone2',
      'fax',
    ].map(name => `addresses/{key}/address/${name}`),
  ],
};
