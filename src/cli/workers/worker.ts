/** A worker of a server with several: it serves what its primary tells it, and ends when that one ends. */
import { ConcordError } from '../../record/errors.ts';
import { createLogger } from '../../server/log.ts';
import { createMetrics } from '../../server/metrics.ts';
import { openPrepared } from '../../store/index.ts';
import { ConfigurationError } from '../configuration.ts';
import { serveStore } from '../serving.ts';
import type { Assignment, ToPrimary, ToWorker } from './messages.ts';

/** Milliseconds; the primary itself waits less for each of the others. */
const METRICS_PATIENCE = 5_000;

const tell = (message: ToPrimary): boolean => process.send?.(message) ?? false;

let metrics: ReturnType<typeof createMetrics> | undefined;
let serving: Promise<{ stop(): Promise<void> }> | undefined;
let isStopping = false;
let wanted: PromiseWithResolvers<string> | undefined;

process.on('message', (message: ToWorker) => {
  if (message.kind === 'serve') serving = start(message.assignment);
  else if (message.kind === 'stop') void stop();
  else if (message.kind === 'metrics') wanted?.resolve(message.text);
  else void tellFamilies();
});

// Ctrl-C at a terminal and a supervisor may send them to every process; the primary says the same, and once is enough.
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());

tell({ kind: 'loaded' });

async function start(assignment: Assignment): Promise<{ stop(): Promise<void> }> {
  const { worker, configuration, database, keys, pools } = assignment;
  const logger = createLogger(configuration.logLevel, { worker });
  const { log } = logger;
  const own = createMetrics(String(worker));
  metrics = own;
  try {
    const store = await openPrepared(database, { keys, log, pools });
    const served = await serveStore(store, configuration, {
      log,
      metrics: { ...own, render: metricsOfAll },
    });
    tell({ kind: 'listening', origin: served.origin });
    return {
      stop: async () => {
        await served.stop();
        await store.close();
        log('info', 'worker.stopped');
        logger.flush();
      },
    };
  } catch (error) {
    logger.flush();
    if (!(error instanceof ConfigurationError)) throw error;
    tell({ kind: 'refused', message: error.message });
    return new Promise(() => {});
  }
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await (await serving)?.stop();
  process.exit(0);
}

async function tellFamilies(): Promise<void> {
  if (metrics) tell({ kind: 'families', families: await metrics.families() });
}

/** Asks the primary; whoever asks meanwhile gets the same answer. */
function metricsOfAll(): Promise<string> {
  wanted ??= askForMetrics();
  return wanted.promise;
}

function askForMetrics(): PromiseWithResolvers<string> {
  const asked = Promise.withResolvers<string>();
  const late = setTimeout(() => asked.reject(new ConcordError('unavailable')), METRICS_PATIENCE);
  asked.promise
    .catch(() => {})
    .finally(() => {
      clearTimeout(late);
      wanted = undefined;
    });
  tell({ kind: 'metrics-wanted' });
  return asked;
}
