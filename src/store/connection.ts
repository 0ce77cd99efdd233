/** Connections to PostgreSQL: one place for the driver's options, and for what JSON and numbers look like. */
import type postgres from 'postgres';
import { readDatabaseUrl } from './database-url.ts';
import { openDriver } from './driver.ts';

/** Where the database is. */
export type Target =
  | { readonly url: string }
  | { readonly path: string; readonly database: string; readonly username: string };

export interface ConnectionOptions {
  readonly connections: number;
  readonly application: string;
  /** The role to work as, where the login is allowed to do more than the server should. */
  readonly role?: string;
  /** Behind a pooler in transaction mode a session has no settings of its own. */
  readonly pooler?: boolean;
  /** Without a limit for a migration, which takes as long as it takes. */
  readonly unlimited?: boolean;
}

/** The longest that a caller of an API waits for a connection before it is told to come back. */
const CONNECT_TIMEOUT_SECONDS = 5;

/** The slowest statement of the server is a page of 1,000 customers, some 30 ms; hundredfold is a fault. */
const STATEMENT_TIMEOUT_MS = 10_000;
const LOCK_TIMEOUT_MS = 5_000;
/** Transactions of the server have no pauses in them. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** After a loss, try again soon: the embedded database is back within 0.2 s. */
const RECONNECT_PAUSE_SECONDS = 0.1;

const same = (value: string): string => value;

/** JSON goes to and fro as text, so that each caller parses and writes it once. int8 fits: 2^53 rows are many. */
const TYPES = {
  json: { to: 114, from: [114, 3802], serialize: same, parse: same },
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
};

export type Sql = ReturnType<typeof connect>;
export type Transaction = postgres.TransactionSql<{ json: string; bigint: number }>;
/** What runs a statement, inside a transaction or not. */
export type Queries = postgres.ISql<{ json: string; bigint: number }>;

export function connect(target: Target, options: ConnectionOptions) {
  const settings = options.pooler
    ? {}
    : {
        ...(options.role ? { role: options.role } : {}),
        ...(options.unlimited
          ? {}
          : {
              statement_timeout: STATEMENT_TIMEOUT_MS,
              lock_timeout: LOCK_TIMEOUT_MS,
              idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
            }),
      };
  const common = {
    max: options.connections,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    fetch_types: false,
    backoff: () => RECONNECT_PAUSE_SECONDS,
    // A statement that is prepared stays with a connection, and a pooler gives each transaction another one.
    prepare: !options.pooler,
    types: TYPES,
    connection: { application_name: options.application, ...settings },
    onnotice: () => {},
  };
  if (!('url' in target)) return openDriver({ ...common, ...target });
  const { url, host } = readDatabaseUrl(target.url);
  return openDriver(url, host === undefined ? common : { ...common, host });
}
