/** Flecto on the wire: JSON:API documents and their schemas (flecto.md §2). */
import { ALPHA2 } from '../../record/country.ts';
import { compile, NullableLine, type Static, Type } from '../schema.ts';

/** flecto.md §2.1 [convention]. */
const TEXT_MAXIMUM = 255;
const POSTAL_CODE_MAXIMUM = 32;

const degrees = (bound: number) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: -bound, maximum: bound });

/** The nine attributes in the order of the page (flecto.md §2.1 [seed]); each may be absent. */
export const AddressAttributes = Type.Partial(
  Type.Object({
    main: Type.Boolean(),
    label: NullableLine(TEXT_MAXIMUM),
    latitude: degrees(90),
    longitude: degrees(180),
    address_street: NullableLine(TEXT_MAXIMUM),
    address_city: NullableLine(TEXT_MAXIMUM),
    address_postal_code: NullableLine(POSTAL_CODE_MAXIMUM),
    address_region: NullableLine(TEXT_MAXIMUM),
    address_country_code: Type.Unsafe<string | null>({ enum: [...ALPHA2, null] }),
  }),
);

export type AddressAttributes = Required<Static<typeof AddressAttributes>>;

export const checkAddressAttributes = compile(AddressAttributes);

/** One resource object of a JSON:API document. */
export interface ResourceObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, unknown>>;
}

export const ADDRESS_TYPE = 'customer_address';
