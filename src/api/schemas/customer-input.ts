/** What one may send of a customer: to make one, and as a JSON Merge Patch (RFC 7396), where lists are whole. */
import { type Static, type TSchema, Type } from '../../dialects/schema.ts';
import {
  AddressFields,
  ContactPointFields,
  CustomerFields,
  Employee,
  IdentityDocumentFields,
  RepresentativeFields,
} from './customer.ts';
import { Uuid } from './values.ts';

/** Entries of one list of a customer; many times what firms have. */
const LIST_MAXIMUM = 1_000;
/** Representatives of one customer, and entries of one list of a representative: as many as connectFi registers at once. */
const PEOPLE_MAXIMUM = 100;

/** `null` in a merge patch takes a field back to nothing. */
const orNull = (schema: TSchema): TSchema => {
  const { type } = schema as unknown as { type?: string | readonly string[] };
  const types = typeof type === 'string' ? [type] : type;
  if (!types || types.includes('null')) return schema;
  const { enum: values, ...rest } = schema as unknown as { enum?: readonly unknown[] };
  return Type.Unsafe({ ...rest, ...(values && { enum: [...values, null] }), type: [...types, 'null'] });
};

const optional = <Fields extends Record<string, TSchema>>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, Type.Optional(schema)])) as {
    [Name in keyof Fields]: ReturnType<typeof Type.Optional<Fields[Name]>>;
  };

const strict = { additionalProperties: false } as const;
/** What an answer shows and nobody writes may be sent back as it came; it is passed over. */
const shown = (...names: string[]) =>
  Object.fromEntries(names.map(name => [name, Type.Optional(Type.Unsafe<unknown>({}))]));

/** With the id of an entry that is there, its other fields are kept; without one it is new. */
const entry = { id: Type.Optional(Uuid) };

export const ContactPointInput = Type.Object(
  { ...entry, ...optional(ContactPointFields), ...shown('number', 'e164') },
  { ...strict, title: 'ContactPointInput' },
);
export const AddressInput = Type.Object(
  { ...entry, ...optional(AddressFields), ...shown('number', 'formatted', 'createdAt', 'updatedAt') },
  { ...strict, title: 'AddressInput' },
);
export const IdentityDocumentInput = Type.Object(
  { ...entry, ...optional(IdentityDocumentFields) },
  { ...strict, title: 'IdentityDocumentInput' },
);
const list = (items: TSchema, maximum: number = LIST_MAXIMUM) => Type.Array(items, { maxItems: maximum });

export const RepresentativeInput = Type.Object(
  {
    ...entry,
    ...optional(RepresentativeFields),
    identityDocuments: Type.Optional(list(IdentityDocumentInput, PEOPLE_MAXIMUM)),
    contactPoints: Type.Optional(list(ContactPointInput, PEOPLE_MAXIMUM)),
    addresses: Type.Optional(list(AddressInput, PEOPLE_MAXIMUM)),
  },
  { ...strict, title: 'RepresentativeInput' },
);
const EmployeeInput = Type.Object(
  {
    customerId: Uuid,
    ...optional({ position: Employee.properties.position, status: Employee.properties.status }),
    ...shown('createdAt'),
  },
  { ...strict, title: 'EmployeeInput' },
);

const lists = {
  contactPoints: Type.Optional(list(ContactPointInput)),
  addresses: Type.Optional(list(AddressInput)),
  identityDocuments: Type.Optional(list(IdentityDocumentInput)),
  representatives: Type.Optional(list(RepresentativeInput, PEOPLE_MAXIMUM)),
  employees: Type.Optional(list(EmployeeInput)),
};
const readOnly = shown(
  'id',
  'number',
  'version',
  'name',
  'archived',
  'archivedAt',
  'restoredAt',
  'orders',
  'subscriptions',
  'ids',
  'createdAt',
  'updatedAt',
  'createdBy',
);

export const NewCustomer = Type.Object(
  { kind: CustomerFields.kind, ...optional((({ kind: _kind, ...rest }) => rest)(CustomerFields)), ...lists },
  { ...strict, title: 'NewCustomer' },
);
export const CustomerPatch = Type.Object(
  {
    ...optional(
      Object.fromEntries(
        Object.entries({ ...CustomerFields }).map(([name, schema]) => [name, orNull(schema)]),
      ),
    ),
    ...Object.fromEntries(
      Object.entries(lists).map(([name, schema]) => [name, Type.Optional(orNull(schema))]),
    ),
    ...readOnly,
  },
  { ...strict, title: 'CustomerPatch' },
);
export type NewCustomer = Static<typeof NewCustomer>;
