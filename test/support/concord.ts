/** A whole Concord for tests: server and PostgreSQL of its own, two tenants with credentials in every dialect. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Access, demoAccess } from '../../src/cli/demo/access.ts';
import { type DemoIssuer, demoIssuer } from '../../src/cli/demo/openid.ts';
import { run } from '../../src/cli/run.ts';
import type { DialectName, Method } from '../../src/dialects/contract.ts';
import type { Customer } from '../../src/record/customer.ts';
import type { Claim } from '../../src/record/customers.ts';
import type { Store } from '../../src/store/index.ts';
import { TEST_KEY } from '../../src/store/test-store.ts';

export interface TestTenant {
  readonly id: number;
  readonly name: string;
  readonly access: Access;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, to look into; `undefined` when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape and fails when they differ.
  readonly json: any;
}

export interface SendOptions {
  /** Sent as JSON; a string or a buffer goes as it is. */
  readonly body?: unknown;
  /** Added to the tenant's credentials; `undefined` takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Concord {
  readonly origin: string;
  readonly store: Store;
  readonly harbor: TestTenant;
  readonly meadow: TestTenant;
  /** Sends a request with the tenant's credentials for the dialect. */
  send(
    tenant: TestTenant,
    dialect: DialectName,
    method: Method | string,
    path: string,
    options?: SendOptions,
  ): Promise<Answer>;
  /** A further tenant that nobody else in the file uses. */
  tenant(name: string): Promise<TestTenant>;
  /** Stores a customer without going through a dialect. */
  create(tenant: TestTenant, customer: Customer, claims?: readonly Claim[]): Promise<Customer>;
  /** The record as it is now. */
  record(tenant: TestTenant, id: string): Promise<Customer>;
  stop(): Promise<void>;
}

export interface ConcordOptions {
  readonly rateLimits?: boolean;
  /** A database of the test's own, in place of an embedded one. */
  readonly database?: {
    readonly url: string;
    readonly pooler?: boolean;
    readonly replicaUrls?: readonly string[];
  };
}

export async function startConcord(options: ConcordOptions = {}): Promise<Concord> {
  const { database } = options;
  const dataDirectory = await mkdtemp(join(tmpdir(), 'concord-test-'));
  const tenants: TestTenant[] = [];
  const issuer = await demoIssuer(dataDirectory);
  const running = await run(
    {
      databaseUrl: database?.url,
      pooler: database?.pooler ?? false,
      replicaUrls: database?.replicaUrls ?? [],
      dataDirectory,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      rateLimits: options.rateLimits ?? false,
      encryptionKeys: database ? [TEST_KEY] : [],
    },
    async store => {
      for (const name of ['harbor', 'meadow']) tenants.push(await newTenant(store, name, issuer));
    },
  );
  const { origin, store } = running;
  const [harbor, meadow] = tenants as [TestTenant, TestTenant];
  return {
    origin,
    store,
    harbor,
    meadow,
    send: (tenant, dialect, method, path, options = {}) =>
      send(`${origin}${path}`, method, tenant.access[dialect].headers, options),
    tenant: name => newTenant(store, name, issuer),
    create: (tenant, customer, claims = []) =>
      store.customers.create(
        { tenant: tenant.id, dialect: 'test', actor: 'test', requestId: 'test' },
        customer,
        claims,
      ),
    record: async (tenant, id) => {
      const customer = await store.customers.find(tenant.id, { id });
      if (!customer) throw new Error('no such customer');
      return customer;
    },
    stop: async () => {
      await running.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

async function newTenant(store: Store, name: string, issuer: DemoIssuer): Promise<TestTenant> {
  const { id } = await store.tenants.create(name);
  return { id, name, access: await demoAccess(store, { id, name }, issuer) };
}

/** One request; `credentials` are the headers that let it in. */
export async function send(
  url: string,
  method: string,
  credentials: Readonly<Record<string, string>>,
  { body, headers = {} }: SendOptions,
): Promise<Answer> {
  const asIs = typeof body === 'string' || body instanceof Uint8Array;
  const sent = new Headers(credentials);
  if (body !== undefined && !asIs) sent.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) sent.delete(name);
    else sent.set(name, value);
  }
  // A Blob without a type, so that no content type is sent but the one the test names.
  const payload = body === undefined ? null : asIs ? new Blob([body as string]) : JSON.stringify(body);
  const response = await fetch(url, { method, headers: sent, body: payload, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
