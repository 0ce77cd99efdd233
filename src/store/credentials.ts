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
import { type LastUse, openLastUse } from './last-use.ts';
import { changePassword } from './password-change.ts';
import { spendVerification, verifyPassword } from './passwords.ts';

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
  readonly lastUse: LastUse;
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
  const lastUse = openLastUse(lanes);
  const found = openCache<readonly FoundCredential[]>(CACHE_ENTRIES_MAXIMUM, CACHE_LIFETIME_MS);
  const verified = openCache<string>(CACHE_ENTRIES_MAXIMUM, VERIFIED_LIFETIME_MS);
  const shareLookUp = openSharing<readonly FoundCredential[]>();
  const shareVerification = openSharing<boolean>();
  // What was verified is remembered by a hash that means nothing outside this process.
  const processKey = randomBytes(32);
  let generation = 0;

  /** Newest first: two while a password is being rotated, otherwise one at most. */
  async function lookUp(kind: LookupKind, dialect: string, text: string): Promise<FoundCredential[]> {
    return kept(kind, dialect, text) ?? (await lookUpAfresh(kind, dialect, text));
  }

  function kept(kind: LookupKind, dialect: string, text: string): FoundCredential[] | undefined {
    return text.length > TEXT_MAXIMUM_LENGTH
      ? undefined
      : found.get(lookupOf(kind, dialect, text).toString('hex'))?.filter(stillCounts);
  }

  async function lookUpAfresh(kind: LookupKind, dialect: string, text: string): Promise<FoundCredential[]> {
    if (text === '' || text.length > TEXT_MAXIMUM_LENGTH) return [];
    const lookup = lookupOf(kind, dialect, text).toString('hex');
    return (await shareLookUp(`${generation} ${lookup}`, () => read(lookup))).filter(stillCounts);
  }

  async function read(lookup: string): Promise<readonly FoundCredential[]> {
    const before = generation;
    const { sql, gate } = lanes.read;
    const rows = await gate(
      async () =>
        await sql<{ credential: string }[]>`
          select concord.credential_find(decode(${lookup}, 'hex')) as credential`,
    );
    const credentials = rows.map(row => credentialFromRow(row.credential));
    // Something was revoked while this was read: it may be this one, so it is not kept. Neither is that there is none.
    if (generation === before && credentials.length > 0) found.set(lookup, credentials);
    return credentials;
  }

  function used({ caller }: FoundCredential): Caller {
    lastUse.note(caller.tenant, caller.credentialId);
    return caller;
  }

  async function oneOf(kind: LookupKind, dialect: string, text: string): Promise<Caller | undefined> {
    const [credential] = await lookUp(kind, dialect, text);
    return credential && used(credential);
  }

  const digestOf = (dialect: string, login: string, password: string): string =>
    createHmac('sha256', processKey).update(`${dialect}\0${login}\0${password}`).digest('hex');

  /** A verification that succeeded is remembered, and costs nothing while the verifier is the same. */
  async function fits(digest: string, password: string, verifier: string): Promise<boolean> {
    const right = await shareVerification(`${digest} ${verifier}`, () => verifyPassword(password, verifier));
    if (right) verified.set(digest, verifier);
    return right;
  }

  function forget(): void {
    generation += 1;
    found.clear();
  }

  return {
    forget,
    lastUse,

    byKey: (dialect, secret) => oneOf('secret', dialect, secret),

    byLookup: (dialect, lookup) => oneOf('lookup', dialect, lookup),

    async byPassword(dialect, login, password) {
      if (password.length > TEXT_MAXIMUM_LENGTH) return undefined;
      const digest = digestOf(dialect, login, password);
      const isVerified = (each: FoundCredential): boolean =>
        each.verifier !== null && verified.get(digest) === each.verifier;
      const remembered = kept('login', dialect, login)?.find(isVerified);
      if (remembered) return used(remembered);
      // An unknown login is looked up each time. So is a known one, or it would be answered sooner, and told apart.
      const credentials = await lookUpAfresh('login', dialect, login);
      const known = credentials.find(isVerified);
      if (known) return used(known);
      const verifiers = credentials.map(each => each.verifier).filter(each => each !== null);
      if (verifiers.length === 0) await spendVerification(password);
      // Both at once: one after the other, a wrong password would take longer while one is being rotated.
      const right = await Promise.all(verifiers.map(verifier => fits(digest, password, verifier)));
      const credential = credentials.find(each => each.verifier === verifiers[right.indexOf(true)]);
      return credential && credential.verifier !== null ? used(credential) : undefined;
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
      const [credential] = await lookUp('secret', dialect, secret);
      if (!credential) return;
      const { tenant } = credential.caller;
      await inTenant(lanes, tenant, sql => {
        return sql`
          update concord.credential set revoked_at = now()
          where tenant_id = ${tenant} and id = ${credential.id} and kind = 'token' and revoked_at is null`;
      });
      forget();
    },

    async changePassword(caller, before, after) {
      if (before.length > TEXT_MAXIMUM_LENGTH || after.length > TEXT_MAXIMUM_LENGTH) return false;
      const changed = await changePassword(lanes, caller, before, after);
      forget();
      return changed;
    },
  };
}

const stillCounts = ({ expiresAt }: FoundCredential): boolean => expiresAt === null || expiresAt > Date.now();
