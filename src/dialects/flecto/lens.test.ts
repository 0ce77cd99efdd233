import fc from 'fast-check';
import { mainAddress } from '../../record/address.ts';
import { ALPHA2 } from '../../record/country.ts';
import type { Json } from '../../record/json.ts';
import { email, line, optional } from '../conformance/generate.ts';
import { laws } from '../conformance/laws.ts';
import { customer } from './customer-lens.ts';
import { customerAddress } from './lens.ts';
import { CUSTOMER_TYPES, IDENTIFICATION_TYPES, LOCALES } from './wire.ts';

const text = optional(fc.oneof(line(60), fc.constant('')));
const degrees = (bound: number) =>
  optional(
    fc.oneof(
      fc.integer({ min: -bound, max: bound }),
      fc.double({ min: -bound, max: bound, noNaN: true }).map(value => Number(value.toFixed(8)) + 0),
    ),
  );

const attributes = fc.record(
  {
    main: fc.boolean(),
    label: text,
    latitude: degrees(90),
    longitude: degrees(180),
    address_street: text,
    address_city: text,
    address_postal_code: text,
    address_region: text,
    address_country_code: optional(fc.constantFrom(...ALPHA2)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;

laws({
  dialect: 'flecto',
  resource: customerAddress,
  inputs: () => attributes,
  gaps: [
    {
      law: 'PutGet',
      reason:
        '`main: false` on the main address leaves it main: pick another instead (flecto.md §2.3 [convention])',
      meets: (customer, key, input) =>
        mainAddress(customer)?.address.id === key && (input as { main?: boolean }).main === false,
    },
  ],
});

const name = line(60).filter(each => /\S/.test(each));
const number = fc.oneof(
  fc.constantFrom('+351211234567', '+351 21 123 45 67', '+49 30 123456', '+1 (717) 555-0123'),
  fc.stringMatching(/^\+1[2-9][0-9]{9}$/),
);

const customerAttributes = fc.record(
  {
    name,
    customer_type: fc.constantFrom(...CUSTOMER_TYPES),
    email: optional(email),
    phone_number: optional(number),
    vat_number: text,
    fiscal_name: text,
    identification_type: optional(fc.constantFrom(...IDENTIFICATION_TYPES)),
    identification_number: optional(fc.stringMatching(/^[A-Z]{2}[0-9]{6}$/)),
    id_verified: fc.boolean(),
    locale: optional(fc.constantFrom(...LOCALES)),
    discount_percentage: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(12.5)),
    notes: optional(fc.constantFrom('', '**bold**\n- a\n- b', 'one line')),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;

laws({ dialect: 'flecto', resource: customer, inputs: () => customerAttributes });
