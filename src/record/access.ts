/** The ports to whoever may come in: credentials and their administration, operators, and the log of reveals. */
import type { TenantId } from './customer.ts';
import type { Json } from './json.ts';

/** The name under which the credentials of Concord's own API are kept, beside those of the vendors' dialects. */
export const OWN_DIALECT = 'concord';

/** What an operator may do: look, change customers, or run the tenant, too. Each includes those before it. */
export const OPERATOR_ROLES = ['viewer', 'editor', 'admin'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** What the credential of an operator carries: the settings of a person's login or of a program's key. */
export interface OperatorRights {
  readonly role: OperatorRole;
  /** May see the numbers of identity documents; each look is recorded. */
  readonly reveal: boolean;
  /** May list and make tenants: the one right that reaches beyond the operator's own. Counts for an admin only. */
  readonly installation: boolean;
}

/** The rights that settings give; `undefined` where they are not an operator's, which gives none. */
export function operatorRightsOf(settings: Readonly<Record<string, Json>>): OperatorRights | undefined {
  const role = OPERATOR_ROLES.find(each => each === settings.role);
  if (role === undefined) return undefined;
  return {
    role,
    reveal: settings.reveal === true,
    installation: role === 'admin' && settings.installation === true,
  };
}

/** A session of a person ends after this many milliseconds: a working day, and never a second one. */
export const SESSION_LIFETIME_MILLISECONDS = 12 * 3_600_000;

/**
 * How a credential is found and what is secret of it: a random key, a login with its password, or an issuer whose
 * tokens are trusted and that has no secret of ours.
 */
export type CredentialIdentity =
  | { readonly kind: 'key'; readonly secret?: string }
  | { readonly kind: 'password'; readonly login: string; readonly secret?: string }
  | { readonly kind: 'issuer'; readonly lookup: string };

/** A credential as it is wanted, whosever it will be. */
export type CredentialDraft = CredentialIdentity & {
  /** The name of a dialect, or `OWN_DIALECT`. */
  readonly dialect: string;
  /** Goes to history as the actor, so it holds no personal data. */
  readonly name: string;
  readonly settings?: Readonly<Record<string, Json>>;
  /** ISO 8601; without it, until revoked. */
  readonly expiresAt?: string;
};

export type NewCredential = CredentialDraft & { readonly tenant: TenantId };

/** Settings that may be shown; whatever else a credential carries, such as the digest of a key, stays in the store. */
export const OPEN_SETTINGS: readonly string[] = [
  'role',
  'reveal',
  'installation',
  'tier',
  'permissions',
  'issuer',
  'audience',
  'subject',
  'jwksUrl',
  'inHouse',
  'store',
];

/** A credential as it may be shown: no secret, no login, no digest of either. Times are ISO 8601 UTC. */
export interface CredentialFacts {
  readonly id: string;
  readonly kind: CredentialIdentity['kind'];
  readonly dialect: string;
  readonly name: string;
  /** Those of `OPEN_SETTINGS` that it has. */
  readonly settings: Readonly<Record<string, Json>>;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** To the minute or so, tokens of it included; `null` for never. */
  readonly lastUsedAt: string | null;
  /** The credential that a rotation put in its place. */
  readonly replacedBy: string | null;
}

/** The credential of an administrator that still counts. */
export type StandingAdmin = Pick<CredentialFacts, 'id' | 'replacedBy'>;

/** The longest that a rotated secret may go on beside the new one, in seconds: 30 days. */
export const OVERLAP_MAXIMUM_SECONDS = 30 * 86_400;

export interface Rotation {
  /** How long the old secret goes on, 0 to `OVERLAP_MAXIMUM_SECONDS`; 0 ends it at once, with its tokens. */
  readonly overlapSeconds: number;
  /** The new secret, where its dialect says how one looks; otherwise a random one. */
  readonly secret?: string;
  /** Settings that go with the new secret, laid over those of the old credential. */
  readonly settings?: Readonly<Record<string, Json>>;
}

export interface Rotated {
  /** The new credential's. */
  readonly id: string;
  readonly secret: string;
  /** When the old one ends, or has ended. ISO 8601 UTC. */
  readonly previousExpiresAt: string;
}

/** Administration of credentials by those who run a tenant. A secret is given once and can never be had again. */
export interface CredentialAdministration {
  /**
   * The secret is the one given or a random one.
   *
   * @throws ConcordError `value-taken` when the secret, login or lookup is in use in this dialect.
   */
  create(credential: NewCredential): Promise<{ readonly id: string; readonly secret: string | undefined }>;
  /** All but tokens: those that still count before those that have ended, each newest first, 1,000 at most. */
  list(tenant: TenantId): Promise<CredentialFacts[]>;
  /** Whether there is one of this name, or was. */
  has(tenant: TenantId, dialect: string, name: string): Promise<boolean>;
  find(tenant: TenantId, id: string): Promise<CredentialFacts | undefined>;
  /**
   * Ends the credential with every token that was issued for it, and what it replaced and was still to end. False when
   * there is none that still counts. `expect` may refuse by throwing, on all administrators of the tenant that still
   * count, as they are at the moment of the revocation.
   */
  revoke(tenant: TenantId, id: string, expect?: (admins: readonly StandingAdmin[]) => void): Promise<boolean>;
  /**
   * Puts a new credential with another secret in the place of one: the same dialect, name, login, settings and end.
   * Rotating the new one within the overlap ends the old one at once: there are never more than two.
   *
   * @throws ConcordError `object-not-found` when there is none that still counts; `state-conflict` for an issuer, which
   * has no secret, and for one that was replaced already; `value-invalid` for an overlap out of range.
   */
  rotate(tenant: TenantId, id: string, rotation: Rotation): Promise<Rotated>;
}

/** One look at the number of an identity document. It says which, and never what. */
export interface NewReveal {
  readonly tenant: TenantId;
  readonly actor: string;
  readonly credentialId: string;
  readonly customerId: string;
  /** `null` for all of the customer's documents at once, as in an export. */
  readonly documentId: string | null;
  readonly requestId: string;
  /** Why, in the operator's words: one line of at most `REASON_MAXIMUM` characters. */
  readonly reason?: string;
}

export const REASON_MAXIMUM = 500;

export interface Reveal extends Omit<NewReveal, 'tenant' | 'reason'> {
  /** In the order of time. */
  readonly id: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  readonly reason: string | null;
}

/** The log of reveals: written once and kept; of one whose customer is erased all but the reason. */
export interface Reveals {
  /** @throws ConcordError `value-invalid` for a reason that is not one line or too long. */
  record(reveal: NewReveal): Promise<void>;
  /** Newest first, from behind the one with the id `after`. `limit` is 1 to 1,000. */
  list(
    tenant: TenantId,
    query: { readonly customerId?: string; readonly after?: string; readonly limit: number },
  ): Promise<Reveal[]>;
  /** For an erasure: free text may name the person. That somebody looked, who and when is kept. */
  forgetReasons(tenant: TenantId, customerId: string): Promise<void>;
}
