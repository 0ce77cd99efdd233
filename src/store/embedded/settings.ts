/** The settings of the embedded PostgreSQL: a small server that keeps what it has confirmed. */

/** Most connections at once: of the 32 workers that a server may have, and some 20 for what runs beside it. */
const CONNECTIONS_MAXIMUM = 250;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: String(CONNECTIONS_MAXIMUM),
  // 10,000 customers with addresses and history take some 60 MB; the rest of a table lives in the page cache.
  shared_buffers: '256MB',
  // Durability is the point of a system of record: an answered write survives kill -9 and a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Compressed, the log is a third as long and each change costs 140 µs more of a processor: 2,012 changes of an
  // address a second against 2,577.
  wal_compression: 'off',
  // No replica reads this WAL, so it need not carry what one would need.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Three worker processes less; point reads from shared buffers have no use for them.
  io_method: 'sync',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  autovacuum_max_workers: '2',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  update_process_title: 'off',
  cluster_name: 'concord',
  // The log must not hold personal data: LOG and FATAL lines only, without statements, parameters and details.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_autovacuum_min_duration: '-1',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
  logging_collector: 'off',
};

export const serverArguments = (dataDirectory: string, socketDirectory: string): string[] => [
  '-D',
  dataDirectory,
  '-k',
  socketDirectory,
  ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/**
 * UTF-8 with the built-in C.UTF-8 collation: byte order, Unicode case mapping, and the same on every machine.
 * Trust is safe behind a socket in a directory with mode 0700.
 */
export const initdbArguments = (dataDirectory: string): string[] => [
  '-D',
  dataDirectory,
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/** Nothing of the caller's environment reaches the database: PG… variables would change what it does. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};
