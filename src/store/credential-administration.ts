/** Administration of credentials: made, listed, rotated and revoked by the people who run a tenant. */
import { randomBytes } from 'node:crypto';
import type { PendingQuery, Row } from 'postgres';
import {
  type CredentialAdministration,
  type CredentialFacts,
  type NewCredential,
  OPEN_SETTINGS,
  OWN_DIALECT,
  type StandingAdmin,
} from '../record/access.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid, newId } from '../record/identifier.ts';
import type { Json } from '../record/json.ts';
import type { Transaction } from './connection.ts';
import { openRotation } from './credential-rotation.ts';
import { type LookupKind, lookupOf } from './credential-rows.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';
import type { LastUse } from './last-use.ts';
import { hashPassword } from './passwords.ts';

/** 256 bits: guessing is hopeless, so a fast hash is enough. */
const SECRET_BYTES = 32;
/** Some 0.3 KiB each. A tenant has tens that count; every rotation leaves one that has ended. */
const LIST_MAXIMUM = 1_000;

interface CredentialRow {
  readonly id: string;
  readonly kind: CredentialFacts['kind'];
  readonly dialect: string;
  readonly name: string;
  readonly settings: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly last_used_at: Date | null;
  readonly replaced_by: string | null;
}

export const randomSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export function openCredentialAdministration(
  lanes: Lanes,
  forget: () => void,
  lastUse?: Pick<LastUse, 'pending'>,
): CredentialAdministration {
  const facts = (rows: readonly CredentialRow[]): CredentialFacts[] =>
    rows.map(row => factsOf(row, lastUse?.pending(row.id)));

  /** Without an id, all of them. */
  const read = async (tenant: TenantId, id?: string): Promise<CredentialFacts[]> =>
    facts(
      await inTenant(lanes, tenant, sql =>
        select(sql, tenant, id === undefined ? sql`` : sql`and id = ${id}`),
      ),
    );

  const select = (sql: Transaction, tenant: TenantId, condition: PendingQuery<Row[]>) =>
    sql<CredentialRow[]>`
      select id, kind, dialect, name, settings::text as settings, created_at, expires_at, revoked_at, last_used_at,
        replaced_by
      from concord.credential
      where tenant_id = ${tenant} and kind <> 'token' ${condition}
      order by (revoked_at is null and (expires_at is null or expires_at > now())) desc, id desc
      limit ${LIST_MAXIMUM}`;

  /** One after another, so that two revocations at once do not each count on the other's credential. */
  async function admins(sql: Transaction, tenant: TenantId): Promise<StandingAdmin[]> {
    const lock = `concord.credential ${tenant}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
    // No limit: of those that were cut off one could be the last.
    return sql<StandingAdmin[]>`
      select id, replaced_by as "replacedBy" from concord.credential
      where tenant_id = ${tenant} and kind <> 'token' and dialect = ${OWN_DIALECT} and settings ->> 'role' = 'admin'
        and revoked_at is null and (expires_at is null or expires_at > now())`;
  }

  return {
    ...openRotation(lanes, forget, randomSecret),

    async create(credential) {
      const { tenant, kind, dialect, name, settings = {}, expiresAt = null } = credential;
      const secret = credential.kind === 'issuer' ? undefined : (credential.secret ?? randomSecret());
      const [lookupKind, text] = namedBy(credential, secret);
      const verifier = credential.kind === 'password' ? await hashPassword(secret!) : null;
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

    list: tenant => read(tenant),

    async has(tenant, dialect, name) {
      const rows = await inTenant(
        lanes,
        tenant,
        sql => sql`
          select 1 from concord.credential
          where tenant_id = ${tenant} and dialect = ${dialect} and name = ${name} and kind <> 'token' limit 1`,
      );
      return rows.length > 0;
    },

    async find(tenant, id) {
      return isUuid(id) ? (await read(tenant, id))[0] : undefined;
    },

    async revoke(tenant, id, expect) {
      if (!isUuid(id)) return false;
      const revoked = await inTenant(lanes, tenant, async sql => {
        expect?.(await admins(sql, tenant));
        const rows = await sql<{ id: string }[]>`
          update concord.credential set revoked_at = now()
          where tenant_id = ${tenant} and (id = ${id} or replaced_by = ${id}) and revoked_at is null returning id`;
        await sql`
          delete from concord.credential where tenant_id = ${tenant} and parent_id in (
            select id from concord.credential where tenant_id = ${tenant} and (id = ${id} or replaced_by = ${id})
          )`;
        return rows.some(row => row.id === id);
      });
      forget();
      return revoked;
    },
  };
}

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

function factsOf(row: CredentialRow, pending: string | undefined): CredentialFacts {
  const settings = JSON.parse(row.settings) as Record<string, Json>;
  return {
    id: row.id,
    kind: row.kind,
    dialect: row.dialect,
    name: row.name,
    settings: Object.fromEntries(Object.entries(settings).filter(([name]) => OPEN_SETTINGS.includes(name))),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    lastUsedAt: pending ?? row.last_used_at?.toISOString() ?? null,
    replacedBy: row.replaced_by,
  };
}
