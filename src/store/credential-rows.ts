/** Credentials as they are stored: found by a hash over what was shown, never by the thing itself. */
import { hash } from 'node:crypto';
import type { TenantId } from '../record/customer.ts';
import type { Json } from '../record/json.ts';

/** Whom a credential belongs to. */
export interface Caller {
  readonly tenant: TenantId;
  readonly tenantName: string;
  /** The name of the credential; goes to history. */
  readonly actor: string;
  /** The credential itself; of a token, the one that it was issued for. */
  readonly credentialId: string;
  readonly settings: Readonly<Record<string, Json>>;
}

export interface FoundCredential {
  readonly caller: Caller;
  /** The row's own id, which of a token is not the caller's. */
  readonly id: string;
  readonly verifier: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
}

/** What `concord.credential_find` gives. */
interface FoundRow {
  readonly tenant: number;
  readonly tenantName: string;
  readonly id: string;
  readonly root: string;
  readonly name: string;
  readonly verifier: string | null;
  readonly settings: Readonly<Record<string, Json>>;
  readonly expiresAt: string | null;
}

/** Keys and tokens are random secrets; logins and lookups are names. None of them can be mistaken for another. */
export type LookupKind = 'secret' | 'login' | 'lookup';

export const lookupOf = (kind: LookupKind, dialect: string, text: string): Buffer =>
  hash('sha256', `${kind}\0${dialect}\0${text}`, 'buffer');

export function credentialFromRow(text: string): FoundCredential {
  const row = JSON.parse(text) as FoundRow;
  return {
    caller: {
      tenant: row.tenant,
      tenantName: row.tenantName,
      actor: row.name,
      credentialId: row.root,
      settings: row.settings,
    },
    id: row.id,
    verifier: row.verifier,
    expiresAt: row.expiresAt === null ? null : Date.parse(row.expiresAt),
  };
}
