/** A running Concord in one process: store, server, and the order in which they start and stop. */
import { createLogger, type Log } from '../server/log.ts';
import { createMetrics } from '../server/metrics.ts';
import { openStore, type Store } from '../store/index.ts';
import { type Configuration, ConfigurationError, type EncryptionKey } from './configuration.ts';
import { ownEncryptionKey } from './secrets.ts';
import { serveStore } from './serving.ts';

export interface Running {
  /** `http://host:port`. */
  readonly origin: string;
  /** Rejects when the server ended by itself, after it has stopped. */
  readonly broken?: Promise<never>;
  stop(): Promise<void>;
}

export interface RunningProcess extends Running {
  readonly store: Store;
}

/** What the configuration says of the database and its keys; makes the key where it may. */
export async function storeOptionsOf(configuration: Configuration): Promise<{
  readonly databaseUrl?: string;
  readonly directory?: string;
  readonly keys: readonly EncryptionKey[];
}> {
  const { databaseUrl, dataDirectory, encryptionKeys } = configuration;
  if (databaseUrl && encryptionKeys.length === 0) {
    throw new ConfigurationError(
      'With DATABASE_URL, CONCORD_ENCRYPTION_KEYS must be set: identity documents are encrypted with it, and a ' +
        'key that lives beside one server is lost with it. Make one with: echo "k1:$(openssl rand -base64 32)"',
    );
  }
  const keys = encryptionKeys.length > 0 ? encryptionKeys : [await ownEncryptionKey(dataDirectory)];
  return { ...(databaseUrl ? { databaseUrl } : { directory: dataDirectory }), keys };
}

/** Opens the store that the configuration names. */
export const openConfiguredStore = async (configuration: Configuration, log: Log): Promise<Store> =>
  openStore({ ...(await storeOptionsOf(configuration)), log });

/** Starts a server; `prepare` runs on the open store before the first request is let in. */
export async function run(
  configuration: Configuration,
  prepare: (store: Store) => Promise<void> = async () => {},
): Promise<RunningProcess> {
  const logger = createLogger(configuration.logLevel);
  const { log } = logger;
  const store = await openConfiguredStore(configuration, log);
  try {
    await prepare(store);
    const serving = await serveStore(store, configuration, { log, metrics: createMetrics() });
    return {
      origin: serving.origin,
      store,
      stop: async () => {
        await serving.stop();
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

/**
 * Runs until SIGTERM or SIGINT. A signal during the start waits for the start to finish, because a database
 * that is half started would be left behind; a second signal does not wait for anything.
 */
export function runUntilSignal<R extends Running>(start: () => Promise<R>): Promise<R> {
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
