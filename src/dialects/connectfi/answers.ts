/** connectFi's successes as schemas: the record of a customer and what else stands in the envelope (connectfi.md §2.1, §3, §4.5). */
import { type TSchema, Type } from '../schema.ts';
import { ADDRESS_CONTENT, CLOSED, commonId, customerEmail, date, enumeration, phone } from './schemas.ts';
import { ADDRESS_TYPES, DOCUMENT_TYPES, EMPLOYEE_STATUSES, REPRESENTATIVE_TYPES } from './wire.ts';

const text = Type.String();
/** §2.1 [derived]: a version 1 UUID without dashes. */
export const requestId = Type.String({ pattern: '^[0-9a-f]{12}1[0-9a-f]{19}$' });
const countryCodeA3 = Type.String({ pattern: '^[A-Z]{3}$' });
/** §3.1 [seed]. */
const instant = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });

const success = (data: TSchema): TSchema => Type.Object({ code: Type.Literal('0'), data, requestId }, CLOSED);

/** §3.5 [seed]: what was no second line reads back as it was sent. */
const address = Type.Object(
  {
    type: enumeration(ADDRESS_TYPES),
    ...ADDRESS_CONTENT,
    addressLine2: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 50 })),
  },
  CLOSED,
);

/** §3.7: of a social security number an individual shows the last four digits. */
const MaskedDocument = Type.Object(
  {
    type: Type.Literal('SSN'),
    issuanceCountryCodeA3: Type.Optional(countryCodeA3),
    last4: Type.Optional(Type.String({ maxLength: 4 })),
  },
  CLOSED,
);

const documentOf = (types: readonly string[]): TSchema =>
  Type.Object(
    {
      type: enumeration(types),
      value: Type.Optional(text),
      issuanceCountryCodeA3: Type.Optional(countryCodeA3),
      issuanceRegion: Type.Optional(text),
      expiryDate: Type.Optional(date),
    },
    CLOSED,
  );

const person = {
  firstName: Type.Optional(text),
  lastName: Type.Optional(text),
  gender: Type.Optional(enumeration(['M', 'F'])),
};

const contact = {
  email: Type.Optional(customerEmail),
  citizenshipCountryCodeA3: Type.Optional(countryCodeA3),
  addresses: Type.Array(address),
  phones: Type.Array(phone),
};

const Individual = Type.Object(
  {
    ...person,
    dateOfBirth: Type.Optional(date),
    ...contact,
    identificationDocuments: Type.Array(
      Type.Union([MaskedDocument, documentOf(DOCUMENT_TYPES.filter(type => type !== 'SSN'))]),
    ),
  },
  CLOSED,
);

const Business = Type.Object(
  {
    businessName: Type.Optional(text),
    businessFederalEin: Type.Optional(text),
    businessAddresses: Type.Array(address),
    businessPhones: Type.Array(phone),
  },
  CLOSED,
);

/** §4.6 [seed]: the date of birth is an instant here, and documents are plain. */
const Representative = Type.Object(
  {
    id: commonId,
    ...person,
    dateOfBirth: Type.Optional(instant),
    businessRepresentativeType: enumeration(REPRESENTATIVE_TYPES),
    ...contact,
    identificationDocuments: Type.Array(documentOf(DOCUMENT_TYPES)),
  },
  CLOSED,
);

const Employee = Type.Object(
  {
    employeeId: commonId,
    firstName: text,
    lastName: text,
    position: text,
    status: enumeration(EMPLOYEE_STATUSES),
    dtsCreatedAt: instant,
  },
  CLOSED,
);

/** §3.2 [seed]. */
const record = (type: 'individual' | 'business', customer: TSchema, more: Record<string, TSchema> = {}) =>
  Type.Object(
    {
      reference: Type.Optional(text),
      customerId: commonId,
      customerType: Type.Literal(type),
      customer,
      boises: Type.Array(Type.Unknown(), { maxItems: 0 }),
      dtsCreatedAt: instant,
      ...more,
    },
    CLOSED,
  );

const individual = record('individual', Individual);
const business = record('business', Business, {
  businessRepresentatives: Type.Array(Representative),
  employees: Type.Optional(Type.Array(Employee, { minItems: 1 })),
});

export const CustomerRecord = success(Type.Union([individual, business]));
export const BusinessRecord = success(business);
/** §1.2 [derived] from four samples. */
const token = Type.String({ pattern: '^[0-9a-zA-Z]{66}$' });
export const Token = success(Type.Object({ token, dtsExpireAt: instant }, CLOSED));
export const Confirmation = success(Type.Object({ status: Type.Literal(true) }, CLOSED));
