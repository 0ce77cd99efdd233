/** The store: PostgreSQL, one's own or an embedded one, behind the ports of the record and the dialects. */
import type { CredentialAdministration, Reveals } from '../record/access.ts';
import type { Changes } from '../record/changes.ts';
import type { Customers } from '../record/customers.ts';
import type { Idempotency } from '../record/idempotency.ts';
import type { VendorObjects } from '../record/objects.ts';
import type { Search } from '../record/search.ts';
import type { Tenants } from '../record/tenants.ts';
import { type Bulletin, openBulletin } from './bulletin.ts';
import { openChanges } from './changes.ts';
import type { Target } from './connection.ts';
import { poolSizesFor } from './connection-budget.ts';
import { openCredentialAdministration } from './credential-administration.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { openCustomers } from './customers.ts';
import { type EncryptionKey, openVault } from './encryption.ts';
import { openIdempotency } from './idempotency.ts';
import { type Log, silent } from './log.ts';
import { openObjects } from './objects.ts';
import { openPools, type PoolSizes, type Pools } from './pools.ts';
import { type PreparedDatabase, prepareDatabase } from './prepare.ts';
import { openRateLimits, type RateLimits } from './rates.ts';
import { openReveals } from './reveals.ts';
import { openSearch } from './search.ts';
import { openTenants } from './tenants.ts';

export type { Change, Changes } from '../record/changes.ts';
export type { Tenant, Tenants } from '../record/tenants.ts';
export { poolSizesFor } from './connection-budget.ts';
export type { EncryptionKey } from './encryption.ts';
export type { Log, LogLevel } from './log.ts';
export type { PoolSizes } from './pools.ts';
export { type DatabaseInUse, type PreparedDatabase, prepareDatabase } from './prepare.ts';
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
  /** To and from all processes on the database. */
  readonly bulletin: Pick<Bulletin, 'tell' | 'hear'>;
  /** What this is: for the health page and for administration. */
  readonly embedded: boolean;
  /** The number of the last migration that the database has. */
  readonly schemaVersion: number;
  /** Where the database is, for tools beside the server. */
  readonly target: Target;
  /** True when the database answers in time. */
  health(): Promise<boolean>;
  /** Waits for what is under way, and stops an embedded database. */
  close(): Promise<void>;
}

/** A health check that takes longer says no. */
const HEALTH_TIMEOUT_MS = 2_000;

/** @throws StartError, DirectoryInUse */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { keys, log = silent } = options;
  const database = await prepareDatabase({ ...options, log });
  try {
    const pools = { ...poolSizesFor(1, database.connectionLimit), ...options.pools };
    const store = await openPrepared(database, { keys, log, pools });
    return {
      ...store,
      close: async () => {
        await store.close();
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** The store on a database that some process, this one or another, has prepared and stops. */
export async function openPrepared(
  database: PreparedDatabase,
  { keys, log, pools }: Required<Pick<StoreOptions, 'keys' | 'log'>> & { readonly pools: PoolSizes },
): Promise<Store> {
  const { target, role, pooler, embedded, schemaVersion } = database;
  const vault = openVault(keys);
  const lanes = openPools(target, { pooler, ...(role ? { role } : {}) }, pools);
  const credentials = openCredentials(lanes);
  const administration = openCredentialAdministration(lanes, credentials.forget, credentials.lastUse);
  const bulletin = await openBulletin(lanes, { target, pooler, forget: credentials.forget, log });

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
    bulletin,
    embedded,
    schemaVersion,
    target,
    health: () => answers(lanes),
    close: async () => {
      await credentials.lastUse.close();
      await Promise.all([bulletin.close(), lanes.end()]);
    },
  };
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
