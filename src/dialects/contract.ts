/**
 * What a dialect is: who may come in, which operations it answers, how it says no, and the lenses through
 * which it sees the record. Framework-free: the server turns HTTP into a `WireRequest` and back.
 */
import type { Customer, TenantId } from '../record/customer.ts';
import type { CustomerKey, Customers, Origin } from '../record/customers.ts';
import type { ConcordError } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import type { VendorObjects } from '../record/objects.ts';
import type { CredentialForm } from './credential-form.ts';
import type { Resource } from './lens.ts';
import type { TSchema } from './schema.ts';

export type DialectName = 'flecto' | 'flexportal' | 'lightening' | 'connectfi' | 'billbee';

/** Whose credentials: a dialect's, or those of Concord's own API. */
export type CredentialSpace = DialectName | 'concord';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An API on the wire, whoever invented it: a vendor, or Concord. Its operations use the services `S`. */
export interface Surface<S = Services> {
  /** Stands in paths, logs and metrics. */
  readonly name: string;
  /** As its owner writes it. */
  readonly title: string;
  readonly routes: readonly Route<S>[];
  /**
   * Prefixes of its paths at the root of the origin, so that an unknown path below them gets its own kind of answer.
   * A path that two share belongs to the first in the list.
   */
  readonly prefixes: readonly string[];
  /** @throws ConcordError `unauthenticated`, `forbidden`, `tenant-mismatch`. */
  authenticate(request: WireRequest, services: S): Promise<Caller>;
  /** Its way of saying an error. It tells nothing that the error does not. */
  refuse(error: ConcordError, request: WireRequest): WireAnswer;
  /** The bodies of refusals by status, the same for every operation; `null` for none. */
  readonly refusals: Answers;
  /** Media types that an answer with a body may have, without parameters; the first is the usual one. */
  readonly mediaTypes: readonly string[];
  /** Of refusals, where they differ. */
  readonly refusalMediaTypes?: readonly string[];
  /** OpenAPI security schemes by name. All of them together let a caller in. */
  readonly security: Readonly<Record<string, SecurityScheme>>;
  /** The limits for this caller on this route; absent where none are documented. */
  rateLimits?(caller: Caller, route: Route<S>): readonly RateLimit[];
}

export interface Dialect extends Surface {
  readonly name: DialectName;
  /** The lenses of the dialect: what the conformance suite tests. */
  readonly resources: readonly Resource[];
  /**
   * What the record knows and no resource of the vendor has a field for: patterns of the paths of `difference()`, each
   * with a sentence that says why. What depends on the customer at hand is told by the resources themselves.
   */
  readonly untold: Readonly<Record<string, string>>;
  /** The id by which the vendor's clients know the customer. */
  customerId(customer: Pick<Customer, 'id' | 'number' | 'kind'>): string;
  /** The customer whom such an id may name, or `undefined` for a text that is none. */
  customerKey(id: string): CustomerKey | undefined;
  /** The paths that a client reads to see all of one customer, the most telling first; without a mount prefix. */
  shows(customer: Customer): readonly string[];
  /** How its credentials are made, and what their clients are told. */
  readonly credential: CredentialForm;
  /**
   * Its clients read numbers of identity documents in full, and no look is recorded: who makes or rotates one of its
   * credentials must have the right to reveal.
   */
  readonly showsDocumentNumbers?: true;
  /** What an administrator may make beside the customers, by kind: the schemas of their bodies. */
  readonly objects?: Readonly<Record<string, TSchema>>;
}

export type SecurityScheme =
  | { readonly type: 'http'; readonly scheme: 'bearer' | 'basic'; readonly description: string }
  | { readonly type: 'apiKey'; readonly in: 'header'; readonly name: string; readonly description: string };

/** A schema by status; `null` for an answer without a body. */
export type Answers = Readonly<Record<number, TSchema | null>>;

/** At most `maximum` requests in any `seconds`. */
export interface RateLimit {
  /** What is counted, within the tenant: two callers with the same key count together. */
  readonly key: string;
  readonly maximum: number;
  readonly seconds: number;
}

/** Where a fact about a vendor comes from, the strongest first; `own` is what Concord itself decides. */
export type Provenance = 'seed' | 'docs' | 'convention' | 'own';

export interface Route<S = Services> {
  readonly method: Method;
  /** With parameters as `:name`, such as `/api/v1/customers/:id`. */
  readonly path: string;
  /** The vendor's name for the operation, for logs, metrics and the coverage table. Unique within the dialect. */
  readonly operation: string;
  /** The vendor's name for the group of operations that this one belongs to. */
  readonly group: string;
  /** What it does, for the documentation; absent where the vendor's pages say it. */
  readonly description?: string;
  /** What vouches for the method and the path, and where the specification says so: `flecto.md §2.4`. */
  readonly provenance: Provenance;
  readonly section: string;
  /** Query parameters by name, such as `page[size]`; each may be left out, unless it is named in `queryRequired`. */
  readonly query?: Readonly<Record<string, TSchema>>;
  readonly queryRequired?: readonly string[];
  /** What the operation reads: the schema that validates it. */
  readonly body?: RequestBody;
  /** Successes. Refusals are the dialect's, and added to these. */
  readonly answers: Answers;
  /** A success may be a stream of server-sent events in the place of a body. */
  readonly streams?: true;
  /** Answers without credentials: a login. */
  readonly open?: true;
  /** The largest body, in bytes, where the vendor documents one; otherwise the server's own limit holds. */
  readonly bodyMaximum?: number;
  /** Steps in the order of the vendor's checks; each throws a ConcordError or goes on. */
  handle(call: Call<S>): Promise<WireAnswer>;
}

export interface RequestBody {
  /** The first is the usual one. */
  readonly mediaTypes: readonly string[];
  readonly schema: TSchema;
}

/** A request as it came, before anybody has an opinion on it. */
export interface WireRequest {
  readonly method: string;
  /** Without the query string, as the client sent it, without the mount prefix. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** The raw query string without `?`; dialects differ in how they read one. */
  readonly query: string;
  /** Names in lower case; a repeated header joined by `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Empty when there was none. */
  readonly body: Buffer;
  /** UUID version 1: connectFi shows it without dashes, logs and history carry it. */
  readonly requestId: string;
  /** `http://host` and the mount prefix, for links to oneself. */
  readonly baseUrl: string;
}

export interface WireAnswer {
  readonly status: number;
  /** Content type included; a body without one is JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What to write as JSON; `undefined` for no body at all. */
  readonly body?: unknown;
  /** In the place of a body: texts to write as they come, until the client or the server ends it. */
  readonly stream?: AsyncIterable<string>;
  /** Breaks the stream off, whatever the client has not read of it. */
  readonly until?: AbortSignal;
}

export interface Call<S = Services> {
  readonly request: WireRequest;
  /** Nobody on a route that is `open`. */
  readonly caller: Caller;
  readonly services: S;
  /** Who writes, for the customers port. `event` is the vendor's name for what happens. */
  origin(event?: string): Origin;
}

/** Whom the credentials belong to. */
export interface Caller {
  readonly tenant: TenantId;
  /** The tenant's public name, such as `harbor`. */
  readonly tenantName: string;
  /** The name of the credential; goes to history. */
  readonly actor: string;
  readonly credentialId: string;
  /** Who it is of those that the credential stands for: the `sub` of a token. Absent where it stands for itself. */
  readonly subject?: string;
  /** What the credential carries for its dialect: a key hash, an issuer, permissions. */
  readonly settings: Readonly<Record<string, Json>>;
}

export interface Services {
  readonly customers: Customers;
  readonly credentials: Credentials;
  readonly objects: VendorObjects;
  /** For what has to be limited whatever the vendor says, such as what anybody may send. */
  readonly rateLimits: RateLimits;
  /** ISO 8601 UTC with milliseconds. */
  now(): string;
}

/** The port to the credentials of all tenants. Each answers `undefined` for unknown, expired and revoked alike. */
export interface Credentials {
  /** A random key or token, found by its SHA-256. */
  byKey(dialect: CredentialSpace, secret: string): Promise<Caller | undefined>;
  /** A login with its password (argon2id); a wrong password costs as much time as an unknown login. */
  byPassword(dialect: CredentialSpace, login: string, password: string): Promise<Caller | undefined>;
  /** A trust anchor, such as issuer, audience and subject of a JWT. The settings say how to verify it. */
  byLookup(dialect: CredentialSpace, lookup: string): Promise<Caller | undefined>;
  /** Makes a token that stands for `caller` until `expiresAt` (ISO 8601) or until its credential is revoked. */
  issueToken(dialect: CredentialSpace, caller: Caller, secret: string, expiresAt: string): Promise<void>;
  /** Ends a token that `issueToken` made, at once. A configured key stays: that one belongs to whoever runs the tenant. */
  revokeKey(dialect: CredentialSpace, secret: string): Promise<void>;
  /**
   * Gives the caller's credential another password, which must have been a login with one. False when `before` is not
   * the password. Tokens that were issued for it stay.
   */
  changePassword(caller: Caller, before: string, after: string): Promise<boolean>;
}

/** Counts requests for all server processes together. */
export interface RateLimits {
  /** Counts one request towards all of the limits, or none and says in how many seconds to try again. */
  take(caller: Caller, limits: readonly RateLimit[]): Promise<number | undefined>;
}
