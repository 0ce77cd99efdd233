/** The HTTP server on an open store: what it answers with, where it listens, how it stops. */
import { concord } from '../api/index.ts';
import type { ApiServices } from '../api/services.ts';
import { DIALECTS } from '../dialects/index.ts';
import { shareFailures } from '../dialects/login-failures.ts';
import { createApp } from '../server/app.ts';
import { STOP_MILLISECONDS } from '../server/limits.ts';
import type { Log } from '../server/log.ts';
import type { Metrics } from '../server/metrics.ts';
import type { Store } from '../store/index.ts';
import { type Configuration, ConfigurationError } from './configuration.ts';

export interface Serving {
  /** `http://host:port`. */
  readonly origin: string;
  /** Answers what is under way, for `STOP_MILLISECONDS` at most, and nothing new. */
  stop(): Promise<void>;
}

/** @throws ConfigurationError when it cannot listen there. */
export async function serveStore(
  store: Store,
  configuration: Configuration,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): Promise<Serving> {
  shareFailures(store.bulletin);
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
    metrics,
    ready: () => store.health(),
  });
  const { host, port } = configuration;
  await app.listen({ host, port }).catch(error => {
    throw listenErrorOf(error, configuration);
  });
  const address = app.server.address();
  const origin = originOf(host, typeof address === 'object' && address ? address.port : port);
  log('info', 'server.started', { origin, process: process.pid });
  return {
    origin,
    stop: async () => {
      log('info', 'server.stopping');
      stopping.abort();
      const hurry = setTimeout(() => app.server.closeAllConnections(), STOP_MILLISECONDS);
      await app.close();
      clearTimeout(hurry);
    },
  };
}

const originOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Addresses and ports that are not to be had. */
const UNUSABLE = new Set(['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL']);

/** For the person at the terminal. */
export function listenErrorOf(error: unknown, { host, port }: Pick<Configuration, 'host' | 'port'>): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new ConfigurationError(
      `Port ${port} on ${host} is taken. Choose another with --port or CONCORD_PORT.`,
    );
  }
  if (code !== undefined && UNUSABLE.has(code)) {
    return new ConfigurationError(`Cannot listen on ${host}, port ${port} (${code}).`);
  }
  return error;
}
