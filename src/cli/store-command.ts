/** Commands that need the store for a moment and no server. */
import { createLogger } from '../server/log.ts';
import type { Store } from '../store/index.ts';
import { type Configuration, ConfigurationError } from './configuration.ts';
import { openConfiguredStore } from './run.ts';

/** Opens the store, which migrates it, does the work and closes it whatever happens. */
export async function withStore<T>(
  configuration: Configuration,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const logger = createLogger(configuration.logLevel);
  const store = await openConfiguredStore(configuration, logger.log);
  try {
    return await work(store);
  } finally {
    await store.close();
    logger.flush();
  }
}

/** @throws ConfigurationError when there is no such tenant. */
export async function tenantId(store: Store, name: string): Promise<number> {
  const tenant = await store.tenants.find(name);
  if (!tenant)
    throw new ConfigurationError(`There is no tenant "${name}". Make it with: concord tenant create ${name}`);
  return tenant.id;
}
