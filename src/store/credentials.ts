/** Credentials: who may come in, for every request; and the tokens that a login issues. */
import { createHmac, randomBytes } from 'node:crypto';
import { newId } from '../record/identifier.ts';
import { openCache, openSharing } from './cache.ts';
import {
  type Caller,
  credentialFromRow,
  type FoundCredential,
  type LookupKind,
  lookupOf,
} from './credential-rows.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';
import { hashPassword, spendVerification, verifyPassword } from './passwords.ts';

export interface Credentials {
  byKey(dialect: string, secret: string): Promise<Caller | undefined>;
  byPassword(dialect: string, login: string, password: string): Promise<Caller | undefined>;
  byLookup(dialect: string, lookup: string): Promise<Caller | undefined>;
  issueToken(dialect: string, caller: Caller, secret: string, expiresAt: string): Promise<void>;
  revokeKey(dialect: string, secret: string): Promise<void>;
  changePassword(caller: Caller, before: string, after: string): Promise<boolean>;
}

export interface CredentialsWithCache extends Credentials {
  /** Forgets what was read, because something was revoked or changed. */
  forget(): void;
}

/** A revocation on another node takes effect here within this time. */
const CACHE_LIFETIME_MS = 5_000;
const CACHE_ENTRIES_MAXIMUM = 10_000;

/** A password that was verified costs nothing again while its hash stands, for an hour without use or less. */
const VERIFIED_LIFETIME_MS = 3_600_000;

/** Expired tokens that are removed whenever a new one is issued: more than come, so that they never pile up. */
const EXPIRED_REMOVED_AT_ONCE = 20;

/** A text that is longer is no credential, and hashing it would be somebody else's work. */
const TEXT_MAXIMUM_LENGTH = 8_192;

export function openCredentials(lanes: Lanes): CredentialsWithCache {
  const found = openCache<FoundCredential>(CACHE_ENTRIES_MAXIMUM, CACHE_LIFETIME_MS);
  const verified = openCache<string>(CACHE_ENTRIES_MAXIMUM, VERIFIED_LIFETIME_MS);
  const shareLookUp = openSharing<FoundCredential | undefined>();
  const shareVerification = openSharing<boolean>();
  // What was verified is remembered by a hash that means nothing outside this process.
  const processKey = randomBytes(32);
  let generation = 0;

  async function lookUp(kind: LookupKind, dialect: string, text: string) {
    if (text === '' || text.length > TEXT_MAXIMUM_LENGTH) return undefined;
    const lookup = lookupOf(kind, dialect, text).toString('hex');
    const credential =
      found.get(lookup) ?? (await shareLookUp(`${generation} ${lookup}`, () => read(lookup)));
    const expired = credential?.expiresAt != null && credential.expiresAt <= Date.now();
    return expired ? undefined : credential;
  }

  async function read(lookup: string): Promise<FoundCredential | undefined> {
    const before = generation;
    const { sql, gate } = lanes.read;
    const [row] = await gate(
      async () =>
        await sql<{ credential: string | null }[]>`
          select concord.credential_find(decode(${lookup}, 'hex')) as credential`,
    );
    if (typeof row?.credential !== 'string') return undefined;
    const credential = credentialFromRow(row.credential);
    // Something was revoked while this was read: it may be this one, so it is not kept.
    if (generation === before) found.set(lookup, credential);
    return credential;
  }

  function forget(): void {
    generation += 1;
    found.clear();
  }

  return {
    forget,

    async byKey(dialect, secret) {
      return (await lookUp('secret', dialect, secret))?.caller;
    },

    async byPassword(dialect, login, password) {
      const credential = await lookUp('login', dialect, login);
      const text = password.slice(0, TEXT_MAXIMUM_LENGTH + 1);
      if (text.length > TEXT_MAXIMUM_LENGTH) return undefined;
      const verifier = credential?.verifier;
      if (!credential || !verifier) {
        await spendVerification(text);
        return undefined;
      }
      const key = createHmac('sha256', processKey).update(`${dialect}\0${login}\0${text}`).digest('hex');
      if (verified.get(key) !== verifier) {
        const right = await shareVerification(`${key} ${verifier}`, () => verifyPassword(text, verifier));
        if (!right) return undefined;
        verified.set(key, verifier);
      }
      return credential.caller;
    },

    async byLookup(dialect, lookup) {
      return (await lookUp('lookup', dialect, lookup))?.caller;
    },

    async issueToken(dialect, caller, secret, expiresAt) {
      const lookup = lookupOf('secret', dialect, secret).toString('hex');
      await inTenant(lanes, caller.tenant, async sql => {
        await sql`
          insert into concord.credential
            (tenant_id, id, kind, dialect, name, lookup, settings, parent_id, expires_at)
          values (${caller.tenant}, ${newId()}, 'token', ${dialect}, ${caller.actor}, decode(${lookup}, 'hex'),
            ${JSON.stringify(caller.settings)}::jsonb, ${caller.credentialId}, ${expiresAt})`;
        await sql`
          delete from concord.credential
          where tenant_id = ${caller.tenant} and id in (
            select id from concord.credential
            where tenant_id = ${caller.tenant} and kind = 'token' and expires_at < now()
            limit ${EXPIRED_REMOVED_AT_ONCE}
            for update skip locked
          )`;
      });
    },

    async revokeKey(dialect, secret) {
      forget();
      const credential = await lookUp('secret', dialect, secret);
      if (!credential) return;
      const { tenant } = credential.caller;
      await inTenant(lanes, tenant, sql => {
        return sql`
          update concord.credential set revoked_at = now()
          where tenant_id = ${tenant} and id = ${credential.id} and revoked_at is null`;
      });
      forget();
    },

    async changePassword({ tenant, credentialId }, before, after) {
      if (before.length > TEXT_MAXIMUM_LENGTH || after.length > TEXT_MAXIMUM_LENGTH) return false;
      const [present] = await inTenant(lanes, tenant, sql => {
        return sql<{ verifier: string | null }[]>`
          select verifier from concord.credential
          where tenant_id = ${tenant} and id = ${credentialId} and revoked_at is null`;
      });
      const verifier = present?.verifier ?? undefined;
      if (verifier === undefined || !(await verifyPassword(before, verifier))) return false;
      const next = await hashPassword(after);
      const changed = await inTenant(lanes, tenant, async sql => {
        // Somebody else may have changed it meanwhile: then the old password is no longer the one that was verified.
        const rows = await sql`
          update concord.credential set verifier = ${next}
          where tenant_id = ${tenant} and id = ${credentialId} and revoked_at is null and verifier = ${verifier}
          returning id`;
        return rows.length > 0;
      });
      forget();
      return changed;
    },
  };
}
