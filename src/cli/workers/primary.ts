/** A server with several processes: this one holds the database and the port, its workers answer. */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createLogger } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import { type DatabaseInUse, poolSizesFor, prepareDatabase } from '../../store/index.ts';
import type { Configuration } from '../configuration.ts';
import { type Running, storeOptionsOf } from '../run.ts';
import { listenErrorOf } from '../serving.ts';
import { openCrew } from './crew.ts';

/** @throws ConfigurationError, StartError when the server cannot start; nothing of it is left then. */
export async function runWorkers(configuration: Configuration, count: number): Promise<Running> {
  const logger = createLogger(configuration.logLevel);
  const { log } = logger;
  const options = await storeOptionsOf(configuration);
  const port = await freePort(configuration);
  cluster.setupPrimary({ exec: join(import.meta.dirname, 'worker.ts'), args: [], serialization: 'advanced' });
  // They load their code while the database starts.
  const crew = openCrew(count, createMetrics('primary'), log);
  let database: DatabaseInUse | undefined;
  let stopped: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    log('info', 'server.stopping');
    await crew.stop();
    // Last, because what a worker still answers is in it.
    await database?.stop();
    log('info', 'server.stopped');
    logger.flush();
  }
  const stop = (): Promise<void> => {
    stopped ??= stopAll();
    return stopped;
  };

  try {
    database = await prepareDatabase({ ...options, log });
    const { stop: _, ...prepared } = database;
    const pools = poolSizesFor(count, prepared.connectionLimit);
    log('info', 'workers.pools', { workers: count, ...pools });
    const origin = await crew.serve({
      configuration: { ...configuration, port },
      database: prepared,
      keys: options.keys,
      pools,
    });
    const broken = crew.broken.catch(async error => {
      await stop();
      throw error;
    });
    // Whoever started the server hears of it; until then it is nobody's.
    broken.catch(() => {});
    return { origin, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The port to listen on, found free before anything is started. With port 0 it is chosen here: a worker that replaces
 * another has to find the same.
 */
async function freePort(configuration: Configuration): Promise<number> {
  const { host, port } = configuration;
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, 'listening');
  } catch (error) {
    throw listenErrorOf(error, configuration);
  }
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : port;
}
