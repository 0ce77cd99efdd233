/** A user's addresses as a set with exactly one main one (flecto.md §2.3). Pure. */
import type { StoredObject } from '../../record/objects.ts';
import { identifier, type ResourceObject } from './document.ts';
import type { Attributes } from './request.ts';
import { type AddressAttributes, USER_ADDRESS_TYPE } from './wire.ts';

export interface OwnAddress {
  /** Absent until stored. */
  readonly number?: number;
  readonly body: AddressAttributes;
}

export const EMPTY: AddressAttributes = {
  main: false,
  label: null,
  latitude: null,
  longitude: null,
  address_street: null,
  address_city: null,
  address_postal_code: null,
  address_region: null,
  address_country_code: null,
};

/** With every attribute, in the order of the page. */
export const addressOf = ({ body }: StoredObject): AddressAttributes => withWritten(EMPTY, body);

export const ownAddressResource = (stored: StoredObject): ResourceObject => ({
  ...identifier(USER_ADDRESS_TYPE, stored.number),
  attributes: { ...addressOf(stored), created_at: stored.createdAt, updated_at: stored.updatedAt },
});

export const withNew = (addresses: readonly OwnAddress[], attributes: Attributes): readonly OwnAddress[] =>
  settled([...addresses, { body: withWritten(EMPTY, attributes) }], addresses.length);

export const changed = (
  addresses: readonly OwnAddress[],
  number: number,
  attributes: Attributes,
): readonly OwnAddress[] =>
  settled(
    addresses.map(address =>
      address.number === number
        ? {
            ...address,
            body: { ...withWritten(address.body, attributes), main: mainAfter(address, attributes) },
          }
        : address,
    ),
    addresses.findIndex(address => address.number === number),
  );

/** `main: false` on the main address leaves it main. */
const mainAfter = ({ body }: OwnAddress, { main }: Attributes): boolean => body.main || main === true;

export const removed = (addresses: readonly OwnAddress[], number: number): readonly OwnAddress[] =>
  settled(addresses.filter(address => address.number !== number));

/** The attributes that are known, and no others. */
const withWritten = (before: AddressAttributes, attributes: Attributes): AddressAttributes =>
  Object.fromEntries(
    Object.entries(before).map(([name, value]) => [
      name,
      attributes[name] === undefined ? value : attributes[name],
    ]),
  ) as AddressAttributes;

/** One main address: the one just written where it is to be, else the one that was, else the oldest. */
function settled(addresses: readonly OwnAddress[], written = -1): readonly OwnAddress[] {
  const main = addresses[written]?.body.main
    ? written
    : Math.max(
        addresses.findIndex(({ body }) => body.main),
        0,
      );
  return addresses.map((address, index) =>
    address.body.main === (index === main)
      ? address
      : { ...address, body: { ...address.body, main: index === main } },
  );
}
