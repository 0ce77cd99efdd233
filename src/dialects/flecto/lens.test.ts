import fc from 'fast-check';
import { mainAddress } from '../../record/address.ts';
import { ALPHA2 } from '../../record/country.ts';
import type { Json } from '../../record/json.ts';
import { line, optional } from '../conformance/generate.ts';
import { laws } from '../conformance/laws.ts';
import { customerAddress } from './lens.ts';

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
