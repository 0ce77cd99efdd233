/** A running Concord: store, server, and the order in which they start and stop. */

import { concord } from '../api/index.ts';
import type { ApiServices } from '../api/services.ts';
import { DIALECTS } from '../dialects/index.ts';
import { createApp } from '../server/app.ts';
import { STOP_MILLISECONDS } from '../server/limits.ts';
import { createLogger, type Log } from '../server/log.ts';
import { createMetrics } from '../server/metrics.ts';
import { openStore, type Store } from '../store/index.ts';
import { type Configuration, ConfigurationError } from './configuration.ts';
import { ownEncryptionKey } from './secrets.ts';

export interface Running {
  /** `http://host:port`. */
  readonly origin: string;
  readonly store: Store;
  stop(): Promise<void>;
}

/** Opens the store that the configuration names. */
export async function openConfiguredStore(configuration: Configuration, log: Log): Promise<Store> {
  const { databaseUrl, pooler, replicaUrls, dataDirectory, encryptionKeys } = configuration;
  if (databaseUrl && encryptionKeys.length === 0) {
    throw new ConfigurationError(
      'With DATABASE_URL, CONCORD_ENCRYPTION_KEYS must be set: identity documents are encrypted with it, and a ' +
        'key that lives beside one server is lost with it. Make one with: echo "k1:$(openssl rand -base64 32)"',
    );
  }
  const keys = encryptionKeys.length > 0 ? encryptionKeys : [await ownEncryptionKey(dataDirectory)];
  const database = databaseUrl ? { databaseUrl, pooler, replicaUrls } : { directory: dataDirectory };
  return openStore({ ...database, keys, log });
}

/** Starts a server; `prepare` runs on the open store before the first request is let in. */
export async function run(
  configuration: Configuration,
  prepare: (store: Store) => Promise<void> = async () => {},
): Promise<Running> {
  const logger = createLogger(configuration.logLevel);
  const { log } = logger;
  const store = await openConfiguredStore(configuration, log);
  try {
    await prepare(store);
    const stopping = new AbortController();
    const services: ApiServices = {
      dialects: DIALECTS,
      customers: store.customers,
      credentials: store.credentials,
      objects: store.objects,
      rateLimits: store.rateLimits,
      now: () => new Date().toISOString(),
      changes: store.changes,
      search: store.search,
      administration: store.credentials,
      tenants: store.tenants,
      reveals: store.reveals,
      idempotency: store.idempotency,
      stopping: stopping.signal,
    };
    const app = createApp({
      dialects: DIALECTS,
      api: concord,
      services,
      vendorLimits: configuration.rateLimits,
      log,
      metrics: createMetrics(() => store.reads()),
      ready: () => store.health(),
    });
    const origin = await listen(app, configuration);
    log('info', 'server.started', { origin, process: process.pid });
    return {
      origin,
      store,
      stop: async () => {
        log('info', 'server.stopping');
        stopping.abort();
        const hurry = setTimeout(() => app.server.closeAllConnections(), STOP_MILLISECONDS);
        await app.close();
        clearTimeout(hurry);
        await store.close();
        log('info', 'server.stopped');
        logger.flush();
      },
    };
  } catch (error) {
    await store.close();
    logger.flush();
    throw error;
  }
}

/** Addresses and ports that are not to be had. */
const UNUSABLE = new Set(['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL']);

async function listen(app: ReturnType<typeof createApp>, { host, port }: Configuration): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new ConfigurationError(
        `Port ${port} on ${host} is taken. Choose another with --port or CONCORD_PORT.`,
      );
    }
    if (code !== undefined && UNUSABLE.has(code)) {
      throw new ConfigurationError(`Cannot listen on ${host}, port ${port} (${code}).`);
    }
    throw error;
  }
  const address = app.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

/**
 * Runs until SIGTERM or SIGINT. A signal during the start waits for the start to finish, because a database
 * that is half started would be left behind; a second signal does not wait for anything.
 */
export function runUntilSignal(start: () => Promise<Running>): Promise<Running> {
  let stopping = false;
  const running = start();
  const stop = () => {
    if (stopping) process.exit(EXIT_FORCED);
    stopping = true;
    running
      .then(each => each.stop())
      .then(
        () => process.exit(0),
        () => process.exit(EXIT_FORCED),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return running;
}

/** The exit code when stopping did not go as it should. */
const EXIT_FORCED = 1;
