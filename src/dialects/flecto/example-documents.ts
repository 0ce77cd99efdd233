/** Documents that the examples of several operations send (flecto.md §1, §2.1). */
import type { Json } from '../../record/json.ts';

export const document = (
  type: string,
  attributes: Json,
  more: { readonly [name: string]: Json } = {},
): Json => ({
  data: { type, attributes, ...more },
});

/** An address with all of its attributes, of a customer or of a user. */
export const addressDocument = (type: string, label: string): Json =>
  document(type, {
    main: true,
    label,
    latitude: 38.72,
    longitude: -9.14,
    address_street: 'Rua A 1',
    address_city: 'Lisboa',
    address_postal_code: '1000-001',
    address_region: 'Lisboa',
    address_country_code: 'PT',
  });
