/** Lightening's lens: an address of the address book, one row for each customer who has it (lightening.md §3). */
import { type Address, addressById, changeAddress } from '../../record/address.ts';
import { parseDecimal } from '../../record/coordinates.ts';
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { wholeName } from '../../record/names.ts';
import { remembered } from '../../record/phrasing.ts';
import { countryAsText, withCountryText, withStreetLine } from '../../record/place.ts';
import {
  type Field,
  type Fields,
  phrased,
  type Resource,
  readFields,
  text,
  vendorOnly,
  writeFields,
} from '../lens.ts';
import { type BranchNames, branchName, NO_BRANCHES } from './branch.ts';
import { type AddressContent, type AddressEntity, DIALECT } from './wire.ts';

/** Text never set is the empty text (§2.3 [seed]). */
const line = (
  name: keyof AddressContent,
  key: 'company' | 'line2' | 'postalCode' | 'city' | 'region' | 'email',
) => text<Address>(DIALECT, name, key, { nothing: '' }) as Field<Address, string>;

/** The digits as they were sent stay, `40.712800` as well, while they mean the same place (§2.3 [convention]). */
const degrees = (name: 'latitude' | 'longitude', bound: 90 | 180) =>
  phrased<Address, string | null>(DIALECT, name, {
    of: address => address[name],
    derive: address => address[name],
    store: (address, wire) => ({
      ...address,
      [name]: wire === null ? null : (parseDecimal(wire, bound) ?? null),
    }),
  });

const fields: Fields<Address, AddressContent> = {
  company: line('company', 'company'),
  street1: phrased(DIALECT, 'street1', {
    of: address => address.line1,
    derive: address => address.line1 ?? '',
    store: (address, wire) => withStreetLine(address, wire || null),
  }),
  street2: line('street2', 'line2'),
  postal_code: line('postal_code', 'postalCode'),
  city: line('city', 'city'),
  state: line('state', 'region'),
  country: phrased(DIALECT, 'country', {
    of: address => [address.country, address.countryText],
    derive: address => countryAsText(address) ?? '',
    store: (address, wire) => withCountryText(address, wire),
  }),
  branch_id: {
    read: address => String(address.branch ?? 0),
    write: (address, wire) => ({ ...address, branch: Number(wire) || null }),
  },
  ksmsid: vendorOnly(DIALECT, 'ksmsid', ''),
  authorized_email: line('authorized_email', 'email'),
  latitude: degrees('latitude', 90),
  longitude: degrees('longitude', 180),
};

/** What a request may say of an address, as it reads now. */
export const readContent = (address: Address): AddressContent => readFields(fields, address);

/** The address after these fields were written; one that reads like this already stays the same object. */
export const writeContent = (address: Address, content: Partial<AddressContent>): Address =>
  writeFields(fields, address, content);

/** The row of one customer, in the page's order of keys. `branches` has the names that whoever asks has read. */
export function readEntity(
  customer: Customer,
  address: Address,
  branches: BranchNames = NO_BRANCHES,
): AddressEntity {
  const { latitude, longitude, ...content } = readContent(address);
  return {
    customer_id: String(customer.number),
    ...content,
    id: String(address.number),
    latitude,
    longitude,
    // An integration fills it, requests do not (§3.3 [convention]).
    pp_account: String(remembered(address, DIALECT, 'pp_account') ?? ''),
    customer_name: wholeName(customer),
    customer_account: customer.accountNumber ?? '',
    branch_name: branchName(branches, address.branch),
  };
}

/** Fields that a request cannot carry; the vendor ignores them in one (§3.2 [convention]). */
const contentOf = (wire: Json): Json => {
  const { customer_id, id, pp_account, customer_name, customer_account, branch_name, ...content } =
    wire as unknown as AddressEntity;
  return content as unknown as Json;
};

export const address: Resource = {
  name: 'address',
  keys: customer => customer.addresses.map(link => link.address.id),
  read: (customer, id) => ({
    wire: readEntity(customer, addressById(customer, id)!.address) as unknown as Json,
    omitted: [],
  }),
  write: (customer, id, input) =>
    changeAddress(customer, id, link => {
      const after = writeContent(link.address, input as Partial<AddressContent>);
      return after === link.address ? link : { ...link, address: after };
    }),
  echo: contentOf,
  touches: [
    'company',
    'line1',
    'houseNumber',
    'line2',
    'postalCode',
    'city',
    'region',
    'country',
    'countryText',
    'branch',
    'email',
    'latitude',
    'longitude',
  ].map(name => `addresses/{key}/address/${name}`),
};
