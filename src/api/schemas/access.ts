/** Operators, sessions, credentials, tenants and reveals. */
import { NullableLine, type Static, Type } from '../../dialects/schema.ts';
import { OVERLAP_MAXIMUM_SECONDS, REASON_MAXIMUM } from '../../record/access.ts';
import { Choice, Instant, NullableInstant, Text, Uuid } from './values.ts';

export const ROLES = ['viewer', 'editor', 'admin'] as const;
export const Role = Choice(ROLES);
export type Role = Static<typeof Role>;

export const SignIn = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: 1_000 }),
  },
  { title: 'SignIn', additionalProperties: false },
);

export const Session = Type.Object(
  {
    /** The name of the operator: what history says. */
    name: Type.String(),
    tenant: Type.String(),
    role: Role,
    /** May see the numbers of identity documents; each look is recorded. */
    reveal: Type.Boolean(),
    /** May list and make tenants. */
    installation: Type.Boolean(),
    /** To be sent as `X-CSRF-Token` with everything but GET; `null` for a key, which needs none. */
    csrfToken: Type.Union([Type.String(), Type.Null()]),
  },
  { title: 'Session' },
);
export type Session = Static<typeof Session>;

export const Credential = Type.Object(
  {
    id: Uuid,
    /** A dialect, or `concord` for an operator. */
    dialect: Type.String(),
    kind: Choice(['key', 'password', 'issuer']),
    name: Type.String(),
    /** What is no secret: role, reveal, tier, issuer, audience … */
    settings: Type.Record(Type.String(), Type.Unsafe<unknown>({})),
    createdAt: Instant,
    expiresAt: NullableInstant,
    revokedAt: NullableInstant,
    /** To the minute. */
    lastUsedAt: NullableInstant,
    /** The credential that a rotation put in its place: this one ends at `expiresAt`. */
    replacedBy: Type.Union([Uuid, Type.Null()]),
  },
  { title: 'Credential' },
);
export const Credentials = Type.Object({ items: Type.Array(Credential) }, { title: 'Credentials' });

export const NewCredential = Type.Object(
  {
    dialect: Type.String(),
    name: Type.String({ minLength: 1, maxLength: 100, format: 'line' }),
    /** What the dialect asks for: see `GET /concord/v1/credential-forms`. */
    options: Type.Optional(
      Type.Record(
        Type.String({ maxLength: 50 }),
        Type.Unsafe<string | boolean>({ type: ['string', 'boolean'], maxLength: 2_000 }),
      ),
    ),
  },
  { title: 'NewCredential', additionalProperties: false },
);
export const IssuedCredential = Type.Object(
  {
    credential: Credential,
    /** What the client must send, by the names that its vendor uses. Shown this once. */
    secrets: Type.Record(Type.String(), Type.String()),
  },
  { title: 'IssuedCredential' },
);
export const Rotation = Type.Object(
  { overlapSeconds: Type.Integer({ minimum: 0, maximum: OVERLAP_MAXIMUM_SECONDS }) },
  { title: 'Rotation', additionalProperties: false },
);
export const CredentialForms = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          dialect: Type.String(),
          title: Type.String(),
          /** JSON Schema of `options`. */
          options: Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
          /** Clients with such a credential read numbers of identity documents: only who may reveal can make or rotate one. */
          needsReveal: Type.Boolean(),
        },
        { title: 'CredentialForm' },
      ),
    ),
  },
  { title: 'CredentialForms' },
);

export const Tenant = Type.Object({ name: Type.String(), createdAt: Instant }, { title: 'Tenant' });
export const Tenants = Type.Object({ items: Type.Array(Tenant) }, { title: 'Tenants' });
export const NewTenant = Type.Object(
  {
    name: Type.String({ maxLength: 63 }),
    /** The name and the login of its first administrator. */
    operator: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 100, format: 'line' }),
        login: Type.String({ minLength: 1, maxLength: 254, format: 'line' }),
      },
      { additionalProperties: false },
    ),
  },
  { title: 'NewTenant', additionalProperties: false },
);
export const IssuedTenant = Type.Object(
  { tenant: Tenant, secrets: Type.Record(Type.String(), Type.String()) },
  { title: 'IssuedTenant' },
);

export const RevealRequest = Type.Object(
  { reason: Type.Optional(NullableLine(REASON_MAXIMUM)) },
  { title: 'RevealRequest', additionalProperties: false },
);
export const Revealed = Type.Object(
  { value: Type.Union([Type.String(), Type.Null()]) },
  { title: 'Revealed' },
);
export const Reveal = Type.Object(
  {
    id: Type.String(),
    at: Instant,
    actor: Type.String(),
    customerId: Uuid,
    /** `null` for an export, which shows all documents. */
    documentId: Type.Union([Uuid, Type.Null()]),
    requestId: Type.String(),
    reason: Text,
  },
  { title: 'Reveal' },
);
export const Reveals = Type.Object(
  { items: Type.Array(Reveal), next: Type.Union([Type.String(), Type.Null()]) },
  { title: 'Reveals' },
);

export const DialectInfo = Type.Object(
  { name: Type.String(), title: Type.String(), operations: Type.Integer() },
  { title: 'DialectInfo' },
);
export const DialectList = Type.Object({ items: Type.Array(DialectInfo) }, { title: 'DialectList' });
