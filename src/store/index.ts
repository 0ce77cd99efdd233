/** The store: PostgreSQL, one's own or an embedded one, behind the ports of the record and the dialects. */
import type { CredentialAdministration, Reveals } from '../record/access.ts';
import type { Changes } from '../record/changes.ts';
import type { Customers } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import type { Idempotency } from '../record/idempotency.ts';
import type { VendorObjects } from '../record/objects.ts';
import type { Search } from '../record/search.ts';
import type { Tenants } from '../record/tenants.ts';
import { openChanges } from './changes.ts';
import type { Target } from './connection.ts';
import { openCredentialAdministration } from './credential-administration.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { openCustomers } from './customers.ts';
import { type Embedded, startEmbedded } from './embedded/start.ts';
import { type EncryptionKey, openVault } from './encryption.ts';
import { verifyFeed } from './feed-check.ts';
import { openIdempotency } from './idempotency.ts';
import { type Log, silent } from './log.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openObjects } from './objects.ts';
import { openPools, POOL_SIZES, POOLER_SIZES, type PoolSizes, type Pools } from './pools.ts';
import { openRateLimits, type RateLimits } from './rates.ts';
import type { ReadReport } from './replicas.ts';
import { openReveals } from './reveals.ts';
import { verifyRole, verifyTimeouts, workingRole } from './roles.ts';
import { openSearch } from './search.ts';
import { fillSearch } from './search-fill.ts';
import { StartError } from './start-errors.ts';
import { openTenants } from './tenants.ts';

export type { Change, Changes } from '../record/changes.ts';
export type { Tenant, Tenants } from '../record/tenants.ts';
export type { EncryptionKey } from './encryption.ts';
export type { Log, LogLevel } from './log.ts';
export type { ReadReport } from './replicas.ts';
export { DirectoryInUse, StartError } from './start-errors.ts';

export interface StoreOptions {
  /** A PostgreSQL 15 or newer; without it an embedded one is started in `directory`. */
  readonly databaseUrl?: string;
  readonly directory?: string;
  /** The first one seals, all of them open. */
  readonly keys: readonly EncryptionKey[];
  readonly log?: Log;
  readonly pools?: Partial<PoolSizes>;
  /** The URL leads to a pooler in transaction mode, which knows no settings of a session. */
  readonly pooler?: boolean;
  /** Streaming replicas of the database, for reads that take longer. */
  readonly replicaUrls?: readonly string[];
}

export interface Store {
  readonly customers: Customers;
  readonly search: Search;
  readonly changes: Changes;
  readonly credentials: Credentials & CredentialAdministration;
  readonly tenants: Tenants;
  readonly objects: VendorObjects;
  readonly rateLimits: RateLimits;
  readonly idempotency: Idempotency;
  readonly reveals: Reveals;
  /** What this is: for the health page and for administration. */
  readonly embedded: boolean;
  /** The number of the last migration that the database has. */
  readonly schemaVersion: number;
  /** Where the database is, for tools beside the server. */
  readonly target: Target;
  /** Where reads went that a replica may answer, and how the replicas are. */
  reads(): ReadReport;
  /** True when the database answers in time. */
  health(): Promise<boolean>;
  /** Waits for what is under way, and stops an embedded database. */
  close(): Promise<void>;
}

/** A health check that takes longer says no. */
const HEALTH_TIMEOUT_MS = 2_000;

/** @throws StartError, DirectoryInUse */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { log = silent, pooler = false, replicaUrls = [] } = options;
  // Before anything is started: a store without its keys would write what nobody can read.
  const vault = openVault(options.keys);
  const embedded = options.databaseUrl === undefined ? await startIn(options.directory, log) : undefined;
  const target: Target = embedded ? embedded.connection : { url: options.databaseUrl! };
  let pools: Pools | undefined;
  let schemaVersion: number;
  try {
    await migrate(target, log);
    schemaVersion = (await readMigrations()).at(-1)?.version ?? 0;
    const role = await workingRole(target, pooler);
    const sizes = { ...(pooler ? POOLER_SIZES : POOL_SIZES), ...options.pools };
    const replicas = replicaUrls.map(url => ({ url }));
    pools = openPools(target, { pooler, ...(role ? { role } : {}) }, sizes, { replicas, log });
    await verifyRole(pools.read.sql);
    await verifyFeed(pools.scan.sql);
    if (pooler) await verifyTimeouts(pools.read.sql, log);
    await fillSearch(target, { pooler, ...(role ? { role } : {}) }, vault, log);
  } catch (error) {
    await pools?.end();
    await embedded?.stop();
    throw startErrorOf(error);
  }
  const lanes = pools;
  const credentials = openCredentials(lanes);
  const administration = openCredentialAdministration(lanes, credentials.forget, credentials.lastUse);

  return {
    customers: openCustomers(lanes, vault),
    search: openSearch(lanes, vault),
    changes: openChanges(lanes, vault),
    credentials: { ...credentials, ...administration },
    tenants: openTenants(lanes),
    objects: openObjects(lanes),
    rateLimits: openRateLimits(lanes),
    idempotency: openIdempotency(lanes, vault),
    reveals: openReveals(lanes),
    embedded: embedded !== undefined,
    schemaVersion,
    target,
    reads: lanes.report,
    health: () => answers(lanes),
    close: async () => {
      await credentials.lastUse.close();
      await lanes.end();
      await embedded?.stop();
    },
  };
}

/** What people get wrong in a URL, by the code of Node or PostgreSQL. */
const REASONS: Readonly<Record<string, string>> = {
  ERR_INVALID_URL:
    'DATABASE_URL is no URL: is the port a number, is every special character of the password encoded?',
  ENOTFOUND: 'DATABASE_URL names a host that cannot be found.',
  ECONNREFUSED: 'Nothing listens at the host and port of DATABASE_URL.',
  '3D000': 'DATABASE_URL names a database that does not exist.',
  '28000': 'The server refuses the login of DATABASE_URL.',
  '28P01': 'The server refuses the password of DATABASE_URL.',
};

/** The driver's error for the person at the terminal: by code, because its message may repeat a secret of the URL. */
function startErrorOf(error: unknown): unknown {
  if (error instanceof StartError || error instanceof ConcordError) return error;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return error;
  const reason = REASONS[code] ?? 'Look at the address, the login and the rights in DATABASE_URL.';
  return new StartError('database-failed', `The database cannot be used (${code}). ${reason}`, error);
}

function startIn(directory: string | undefined, log: Log): Promise<Embedded> {
  if (directory === undefined) {
    throw new StartError('configuration-invalid', 'Neither a database URL nor a data directory is given.');
  }
  return startEmbedded({ directory, log });
}

async function answers({ read }: Pools): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(late.resolve, HEALTH_TIMEOUT_MS, false);
  const asked = read
    .gate(async () => await read.sql`select 1`)
    .then(
      () => true,
      () => false,
    );
  return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
}
