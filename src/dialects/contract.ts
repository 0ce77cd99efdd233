/**
 * What a dialect is: who may come in, which operations it answers, how it says no, and the lenses through
 * which it sees the record. Framework-free: the server turns HTTP into a `WireRequest` and back.
 */
import type { Customer, TenantId } from '../record/customer.ts';
import type { Customers, Origin } from '../record/customers.ts';
import type { ConcordError } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import type { Resource } from './lens.ts';

export type DialectName = 'flecto' | 'flexportal' | 'lightening' | 'connectfi' | 'billbee';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Dialect {
  readonly name: DialectName;
  /** As the vendor writes it. */
  readonly title: string;
  readonly routes: readonly Route[];
  /**
   * Prefixes of the vendor's paths at the root of the origin, so that an unknown path below them gets this
   * vendor's own answer. A path that two vendors share belongs to the first in the list of dialects.
   */
  readonly prefixes: readonly string[];
  /** The lenses of the dialect: what the conformance suite tests. */
  readonly resources: readonly Resource[];
  /** The id by which the vendor's clients know the customer. */
  customerId(customer: Pick<Customer, 'id' | 'number' | 'kind'>): string;
  /** @throws ConcordError `unauthenticated`, `forbidden`, `tenant-mismatch`. */
  authenticate(request: WireRequest, services: Services): Promise<Caller>;
  /** The vendor's way of saying an error. It tells nothing that the error does not. */
  refuse(error: ConcordError, request: WireRequest): WireAnswer;
}

export interface Route {
  readonly method: Method;
  /** With parameters as `:name`, such as `/api/v1/customers/:id`. */
  readonly path: string;
  /** The vendor's name for the operation, for logs, metrics and the coverage table. */
  readonly operation: string;
  /** Answers without credentials: a login. */
  readonly open?: true;
  /** The largest body, in bytes, where the vendor documents one; otherwise the server's own limit holds. */
  readonly bodyMaximum?: number;
  /** Steps in the order of the vendor's checks; each throws a ConcordError or goes on. */
  handle(call: Call): Promise<WireAnswer>;
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
}

export interface Call {
  readonly request: WireRequest;
  /** Nobody on a route that is `open`. */
  readonly caller: Caller;
  readonly services: Services;
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
  /** What the credential carries for its dialect: a key hash, an issuer, permissions. */
  readonly settings: Readonly<Record<string, Json>>;
}

export interface Services {
  readonly customers: Customers;
  readonly credentials: Credentials;
  /** ISO 8601 UTC with milliseconds. */
  now(): string;
}

/** The port to the credentials of all tenants. Each answers `undefined` for unknown, expired and revoked alike. */
export interface Credentials {
  /** A random key or token, found by its SHA-256. */
  byKey(dialect: DialectName, secret: string): Promise<Caller | undefined>;
  /** A login with its password (argon2id); a wrong password costs as much time as an unknown login. */
  byPassword(dialect: DialectName, login: string, password: string): Promise<Caller | undefined>;
  /** A trust anchor, such as issuer, audience and subject of a JWT. The settings say how to verify it. */
  byLookup(dialect: DialectName, lookup: string): Promise<Caller | undefined>;
  /** Makes a token that stands for `caller` until `expiresAt` (ISO 8601) or until its credential is revoked. */
  issueToken(dialect: DialectName, caller: Caller, secret: string, expiresAt: string): Promise<void>;
  /** Ends a key or token at once. */
  revokeKey(dialect: DialectName, secret: string): Promise<void>;
}
