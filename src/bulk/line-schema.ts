/** The shape of a line: what Concord's own API shows of a customer, and the rest of what the record knows. */
import {
  AddressFields,
  ContactPointFields,
  CustomerFields,
  IdentityDocumentFields,
  PersonFields,
  RepresentativeFields,
} from '../api/schemas/customer.ts';
import { Anything, Choice, Instant, NullableInstant, Uuid } from '../api/schemas/values.ts';
import { NUMBER_MAXIMUM } from '../dialects/path.ts';
import { Line, type TSchema, Type } from '../dialects/schema.ts';
import { REFERENCES_MAXIMUM } from '../record/trade.ts';

const strict = { additionalProperties: false } as const;

const optional = (fields: Readonly<Record<string, TSchema>>): Record<string, TSchema> =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)]));

const RecordNumber = Type.Integer({ minimum: 1, maximum: NUMBER_MAXIMUM });
const NAME_MAXIMUM = 200;

/** What each dialect said, in its own words; see src/record/phrasing.ts. */
const Phrasings = Type.Record(
  Type.String({ maxLength: NAME_MAXIMUM }),
  Type.Record(
    Type.String({ maxLength: NAME_MAXIMUM }),
    Type.Object({ said: Anything, of: Type.Optional(Anything) }, strict),
  ),
);

const entity = { id: Uuid, phrasings: Phrasings };

const ContactPoint = Type.Object(
  {
    ...optional({
      ...entity,
      number: RecordNumber,
      ...ContactPointFields,
      e164: Type.String({ pattern: '^\\+[0-9]{1,20}$' }),
    }),
    kind: ContactPointFields.kind,
    value: ContactPointFields.value,
  },
  strict,
);

const Address = Type.Object(
  optional({
    ...entity,
    number: RecordNumber,
    ...AddressFields,
    rank: Type.Integer({ minimum: 0, maximum: NUMBER_MAXIMUM }),
    version: Type.Integer({ minimum: 0, maximum: NUMBER_MAXIMUM }),
    createdAt: Instant,
    updatedAt: Instant,
  }),
  strict,
);

const IdentityDocument = Type.Object(
  { ...optional({ id: Uuid, ...IdentityDocumentFields }), kind: IdentityDocumentFields.kind },
  strict,
);

const party = {
  ...PersonFields,
  contactPoints: Type.Array(ContactPoint),
  addresses: Type.Array(Address),
  identityDocuments: Type.Array(IdentityDocument),
};

const Representative = Type.Object(
  { ...optional({ ...entity, ...party }), role: RepresentativeFields.role },
  strict,
);

const Employee = Type.Object(
  {
    customerId: Uuid,
    position: Line(1_000),
    ...optional({ status: Choice(['active', 'disabled']), createdAt: Instant }),
  },
  strict,
);

/** As FlexPortal's ids look, in whose answers they stand. */
const Reference = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

const Order = Type.Object(
  { id: Reference, status: Choice(['pending', 'confirmed', 'partial', 'fulfilled', 'cancelled']) },
  strict,
);

const Subscription = Type.Object(
  {
    id: Reference,
    status: Choice(['active', 'ended']),
    monthlyAmount: Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,2})?$' }),
  },
  strict,
);

export const CustomerLine = Type.Object(
  optional({
    ...entity,
    number: RecordNumber,
    ...CustomerFields,
    ...party,
    representatives: Type.Array(Representative),
    employees: Type.Array(Employee),
    orders: Type.Array(Order, { maxItems: REFERENCES_MAXIMUM }),
    subscriptions: Type.Array(Subscription, { maxItems: REFERENCES_MAXIMUM }),
    archivedAt: NullableInstant,
    restoredAt: NullableInstant,
    createdAt: Instant,
    createdBy: Line(NAME_MAXIMUM),
  }),
  { ...strict, title: 'CustomerLine' },
);

const Count = Type.Integer({ minimum: 0, maximum: NUMBER_MAXIMUM });

export const HeadLine = Type.Object({
  format: Type.String(),
  version: Type.Integer(),
  customers: Count,
  numbers: Type.Object({ customers: Count, addresses: Count, contactPoints: Count }),
});
