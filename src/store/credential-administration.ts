/** Administration of credentials: made, listed and revoked by the people who run a tenant. */
import { randomBytes } from 'node:crypto';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid, newId } from '../record/identifier.ts';
import type { Json } from '../record/json.ts';
import { type LookupKind, lookupOf } from './credential-rows.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';
import { hashPassword } from './passwords.ts';

interface NewCredentialFacts {
  readonly tenant: TenantId;
  readonly dialect: string;
  /** Goes to history as the actor, so it holds no personal data. */
  readonly name: string;
  readonly settings?: Readonly<Record<string, Json>>;
  /** ISO 8601; without it, until revoked. */
  readonly expiresAt?: string;
}

export type NewCredential = NewCredentialFacts &
  (
    | { readonly kind: 'key'; readonly secret?: string }
    | { readonly kind: 'password'; readonly login: string; readonly secret?: string }
    | { readonly kind: 'issuer'; readonly lookup: string }
  );

export interface CredentialFacts {
  readonly id: string;
  readonly kind: 'key' | 'password' | 'issuer';
  readonly dialect: string;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

export interface CredentialAdministration {
  /**
   * The secret is the one given or a random one, and this is the only time that it can be had.
   *
   * @throws ConcordError `value-taken` when the secret, login or lookup is in use in this dialect.
   */
  create(credential: NewCredential): Promise<{ readonly id: string; readonly secret: string | undefined }>;
  list(tenant: TenantId): Promise<CredentialFacts[]>;
  /** Ends the credential and every token that was issued for it; false when there is none that still counts. */
  revoke(tenant: TenantId, id: string): Promise<boolean>;
}

/** 256 bits: guessing is hopeless, so a fast hash is enough. */
const SECRET_BYTES = 32;
const LIST_MAXIMUM = 1_000;

interface CredentialRow {
  readonly id: string;
  readonly kind: CredentialFacts['kind'];
  readonly dialect: string;
  readonly name: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

export const openCredentialAdministration = (lanes: Lanes, forget: () => void): CredentialAdministration => ({
  async create(credential) {
    const { tenant, kind, dialect, name, settings = {}, expiresAt = null } = credential;
    const secret =
      credential.kind === 'issuer'
        ? undefined
        : (credential.secret ?? randomBytes(SECRET_BYTES).toString('base64url'));
    const verifier = credential.kind === 'password' ? await hashPassword(secret!) : null;
    const [lookupKind, text] = namedBy(credential, secret);
    const lookup = lookupOf(lookupKind, dialect, text).toString('hex');
    const id = newId();
    await inTenant(lanes, tenant, async sql => {
      await sql`select concord.credential_claim(decode(${lookup}, 'hex'))`;
      await sql`
        insert into concord.credential
          (tenant_id, id, kind, dialect, name, lookup, verifier, settings, expires_at)
        values (${tenant}, ${id}, ${kind}, ${dialect}, ${name}, decode(${lookup}, 'hex'), ${verifier},
          ${JSON.stringify(settings)}::jsonb, ${expiresAt})`;
    });
    return { id, secret };
  },

  async list(tenant) {
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<CredentialRow[]>`
        select id, kind, dialect, name, created_at, expires_at, revoked_at from concord.credential
        where tenant_id = ${tenant} and kind <> 'token' order by dialect, id limit ${LIST_MAXIMUM}`;
    });
    return rows.map(row => ({
      id: row.id,
      kind: row.kind,
      dialect: row.dialect,
      name: row.name,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at?.toISOString() ?? null,
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }));
  },

  async revoke(tenant, id) {
    if (!isUuid(id)) return false;
    const revoked = await inTenant(lanes, tenant, async sql => {
      const rows = await sql`
        update concord.credential set revoked_at = now()
        where tenant_id = ${tenant} and id = ${id} and revoked_at is null returning id`;
      await sql`delete from concord.credential where tenant_id = ${tenant} and parent_id = ${id}`;
      return rows.length > 0;
    });
    forget();
    return revoked;
  },
});

function namedBy(credential: NewCredential, secret: string | undefined): [LookupKind, string] {
  const named: [LookupKind, string] =
    credential.kind === 'key'
      ? ['secret', secret ?? '']
      : credential.kind === 'password'
        ? ['login', credential.login]
        : ['lookup', credential.lookup];
  if (named[1] === '') throw new ConcordError('value-invalid', { message: 'A credential cannot be empty.' });
  return named;
}
