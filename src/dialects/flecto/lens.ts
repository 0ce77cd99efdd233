/** Flecto's lens: a customer address with nine attributes (flecto.md §2.1 [seed]). */
import { type Address, type AddressLink, addressById, changeAddress } from '../../record/address.ts';
import { decimalText } from '../../record/coordinates.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { withStreetLine } from '../../record/place.ts';
import {
  type Field,
  type Fields,
  phrased,
  type Resource,
  readFields,
  text,
  within,
  writeFields,
} from '../lens.ts';
import { addressOmissions } from './untold.ts';
import { ADDRESS_TYPE, type AddressAttributes, DIALECT } from './wire.ts';

const onAddress = <Wire extends Json | undefined>(field: Field<Address, Wire>): Field<AddressLink, Wire> =>
  within(
    link => link.address,
    (link, address) => ({ ...link, address }),
    field,
  );

const degrees = (key: 'latitude' | 'longitude'): Field<AddressLink, number | null> =>
  onAddress({
    read: address => (address[key] === null ? null : Number(address[key])),
    write: (address, wire) => ({ ...address, [key]: wire === null ? null : decimalText(wire) }),
  });

const fields: Fields<AddressLink, AddressAttributes> = {
  main: { read: link => link.main, write: (link, main) => ({ ...link, main }) },
  label: { read: link => link.label, write: (link, label) => ({ ...link, label }) },
  latitude: degrees('latitude'),
  longitude: degrees('longitude'),
  address_street: onAddress(
    phrased(DIALECT, 'address_street', {
      of: address => address.line1,
      derive: address => address.line1,
      store: (address, wire) => withStreetLine(address, wire || null),
    }),
  ),
  address_city: onAddress(text(DIALECT, 'address_city', 'city')),
  address_postal_code: onAddress(text(DIALECT, 'address_postal_code', 'postalCode')),
  address_region: onAddress(text(DIALECT, 'address_region', 'region')),
  address_country_code: onAddress({
    read: address => address.country,
    write: (address, country) => ({ ...address, country, countryText: null }),
  }),
};

/** The attributes of one address, in the vendor's order. */
export const readAddress = (link: AddressLink): AddressAttributes => readFields(fields, link);

/** The customer after Flecto wrote these attributes of the address. */
export function writeAddress(
  customer: Customer,
  addressId: string,
  attributes: Partial<AddressAttributes>,
): Customer {
  return changeAddress(customer, addressId, link => writeFields(fields, link, attributes));
}

export const customerAddress: Resource = {
  name: ADDRESS_TYPE,
  keys: customer => customer.addresses.map(link => link.address.id),
  read: (customer, id) => {
    const link = addressById(customer, id)!;
    return { wire: readAddress(link) as unknown as Json, omitted: addressOmissions(link) };
  },
  write: (customer, id, input) => writeAddress(customer, id, input as Partial<AddressAttributes>),
  echo: wire => wire,
  touches: [
    'addresses/*/main',
    'addresses/{key}/label',
    ...[
      'latitude',
      'longitude',
      'line1',
      'houseNumber',
      'city',
      'postalCode',
      'region',
      'country',
      'countryText',
    ].map(name => `addresses/{key}/address/${name}`),
  ],
};
