/** Options that several commands share, so that they are spelt and explained in one place. */
import type { Command } from 'commander';

export interface StoreOptions {
  readonly data?: string;
}

export interface ServerOptions extends StoreOptions {
  readonly host?: string;
  readonly port?: string;
  readonly logLevel?: string;
  readonly rateLimits?: boolean;
}

export const withStoreOptions = (command: Command): Command =>
  command.option('--data <directory>', 'where the embedded database lives (default: CONCORD_DATA or ./data)');

export const withServerOptions = (command: Command): Command =>
  withStoreOptions(command)
    .option('--host <address>', 'the address to listen on (default: CONCORD_HOST or 127.0.0.1)')
    .option('--port <number>', 'the port to listen on, 0 for any free one (default: CONCORD_PORT or 4000)')
    .option('--log-level <level>', 'debug, info, warn, error or silent (default: CONCORD_LOG_LEVEL)');
