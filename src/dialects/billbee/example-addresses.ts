/** Examples of Billbee's operations on addresses (billbee.md §5.2: 6–14). */
import type { Json } from '../../record/json.ts';
import type { Example, ExampleFailure } from '../conformance/examples.ts';
import {
  absent,
  addressOf,
  type Build,
  invalid,
  NO_ERROR,
  NOWHERE,
  ofAddress,
  ofCustomer,
  reading,
  UNKNOWN,
  unbound,
  writing,
} from './example-cases.ts';

export const ADDRESS = {
  AddressType: 2,
  Company: null,
  FirstName: 'Ada',
  LastName: 'Beispiel',
  Street: 'Musterweg',
  Housenumber: '5',
  Zip: '10115',
  City: 'Berlin',
  CountryCode: 'DE',
};

const wrongAddress = (
  place: Build,
  rest: { readonly [name: string]: Json } = {},
): readonly ExampleFailure[] => [
  unbound('a number where a text belongs', world => ({ ...place(world), body: { ...rest, City: 5 } })),
  invalid(
    'an unknown AddressType',
    world => ({ ...place(world), body: { ...rest, AddressType: 3 } }),
    'AddressType must be 1 or 2.',
  ),
];

export const getAddress = reading('customer address', ofAddress, {
  body: world => ({ ...NO_ERROR, Data: { Id: addressOf(world), CustomerId: world.individual.number } }),
});

export const writeAddress = (body: Json): Example =>
  writing({
    place: ofAddress,
    body: () => body,
    shows: world => ({
      ...(body as object),
      Id: addressOf(world),
      CustomerId: world.individual.number,
    }),
    failures: [
      ...absent('customer address', { body }),
      ...wrongAddress(ofAddress),
      invalid('an archived customer', ({ archived }) => ({
        params: { id: archived.addresses[0]!.address.number! },
        body,
      })),
    ],
  });

export const addAddress = writing({
  place: ofCustomer,
  body: () => ADDRESS,
  shows: ({ individual }) => ({ ...ADDRESS, CustomerId: individual.number }),
  failures: [
    ...absent('customer', { body: ADDRESS }),
    ...wrongAddress(ofCustomer),
    invalid(
      'an Id',
      world => ({ ...ofCustomer(world), body: { ...ADDRESS, Id: 5 } }),
      'Id must be null for a new address.',
    ),
    invalid('an archived customer', ({ archived }) => ({ params: { id: archived.number }, body: ADDRESS })),
  ],
});

export const createAddress = writing({
  place: NOWHERE,
  body: ({ individual }) => ({ ...ADDRESS, CustomerId: individual.number }),
  shows: ({ individual }) => ({ ...ADDRESS, CustomerId: individual.number }),
  failures: [
    invalid('no customer', () => ({ body: ADDRESS }), 'CustomerId is not the Id of a customer.'),
    invalid('an unknown customer', () => ({ body: { ...ADDRESS, CustomerId: UNKNOWN } })),
    invalid('an archived customer', ({ archived }) => ({
      body: { ...ADDRESS, CustomerId: archived.number },
    })),
    invalid('an Id', ({ individual }) => ({ body: { ...ADDRESS, CustomerId: individual.number, Id: 5 } })),
    unbound('a text where a number belongs', () => ({ body: { ...ADDRESS, CustomerId: 'x' } })),
    invalid('an unknown AddressType', ({ individual }) => ({
      body: { ...ADDRESS, CustomerId: individual.number, AddressType: 3 },
    })),
  ],
});
