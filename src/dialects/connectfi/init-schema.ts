/** What `/customer/init` takes: exactly one of two schemas, individual and business (connectfi.md §4.1). */
import { type Static, Type } from '../schema.ts';
import {
  addresses,
  CLOSED,
  commonId,
  commonStr50,
  commonStr50Req,
  compile,
  countryCodeA3,
  customerEmail,
  date,
  enumeration,
  phones,
  SOME,
} from './schemas.ts';
import { DOCUMENT_TYPES, type DocumentType, REPRESENTATIVE_TYPES } from './wire.ts';

interface InitDocument {
  readonly type: DocumentType;
  readonly value?: string | null;
  readonly issuanceCountryCodeA3?: string;
  readonly issuanceRegion?: string | null;
  readonly expiryDate?: string;
}

const ssn = Type.Object(
  {
    type: Type.Literal('SSN'),
    value: Type.String({ pattern: '^[0-9]{9}$' }),
    issuanceCountryCodeA3: Type.Optional(countryCodeA3),
  },
  CLOSED,
);

const otherDocument = Type.Object(
  {
    type: enumeration(DOCUMENT_TYPES.filter(type => type !== 'SSN')),
    value: Type.Optional(commonStr50),
    issuanceCountryCodeA3: Type.Optional(countryCodeA3),
    issuanceRegion: Type.Optional(commonStr50),
    expiryDate: Type.Optional(date),
  },
  CLOSED,
);

/** §3.7: the rule for `value` hangs on `type`; the discriminator reports the failure of that type alone. */
const document = Type.Unsafe<InitDocument>({
  type: 'object',
  required: ['type'],
  properties: { type: enumeration(DOCUMENT_TYPES) },
  discriminator: { propertyName: 'type' },
  oneOf: [ssn, otherDocument],
});

const person = {
  firstName: commonStr50Req,
  lastName: commonStr50Req,
  gender: Type.Optional(enumeration(['M', 'F'])),
  dateOfBirth: Type.Optional(date),
  email: Type.Optional(customerEmail),
  citizenshipCountryCodeA3: Type.Optional(countryCodeA3),
};

/** §3.3 [convention]: an individual is registered with a social security number. */
const withSsn = {
  ...SOME,
  contains: Type.Object({ type: Type.Literal('SSN') }),
};

/** `common-reference`. */
const customerReference = Type.String({ pattern: '^[0-9a-zA-Z]+$', minLength: 1, maxLength: 32 });

const InitIndividual = Type.Object(
  {
    customerReference,
    customerType: enumeration(['individual']),
    customer: Type.Object(
      { ...person, addresses, phones, identificationDocuments: Type.Array(document, withSsn) },
      CLOSED,
    ),
  },
  CLOSED,
);

const representative = Type.Object(
  {
    id: Type.Optional(commonId),
    ...person,
    businessRepresentativeType: enumeration(REPRESENTATIVE_TYPES),
    addresses: Type.Optional(addresses),
    phones: Type.Optional(phones),
    identificationDocuments: Type.Optional(Type.Array(document, SOME)),
  },
  CLOSED,
);

const InitBusiness = Type.Object(
  {
    customerReference,
    customerType: enumeration(['business']),
    customer: Type.Object(
      {
        businessName: commonStr50Req,
        businessFederalEin: Type.String({ pattern: '^[0-9]{9}$' }),
        businessAddresses: addresses,
        businessPhones: phones,
      },
      CLOSED,
    ),
    // Two representatives with one id could not be told apart by an update.
    businessRepresentatives: Type.Array(representative, { ...SOME, uniqueItemProperties: ['id'] }),
  },
  CLOSED,
);

export type InitIndividual = Static<typeof InitIndividual>;
export type InitBusiness = Static<typeof InitBusiness>;
export type InitRepresentative = Static<typeof representative>;
export type Init = InitIndividual | InitBusiness;

export const Init = Type.Unsafe<Init>({ oneOf: [InitIndividual, InitBusiness] });

export const checkInit = compile(Init);
