/** `concord serve`: the production entry. It makes no tenant and no credential, and refuses what is unsafe there. */
import { Command } from 'commander';
import { readConfiguration } from './configuration.ts';
import { type ServerOptions, withServerOptions } from './options.ts';
import { type Running, run, runUntilSignal } from './run.ts';
import { readWorkers, WORKERS_MAXIMUM } from './worker-count.ts';
import { runWorkers } from './workers/primary.ts';

export const serveCommand = (): Command =>
  withServerOptions(new Command('serve').description('run the server'))
    .option(
      '--no-rate-limits',
      'let clients send faster than their vendors do (default: CONCORD_RATE_LIMITS or on)',
    )
    .option(
      '--workers <number>',
      `processes that answer, 1 to ${WORKERS_MAXIMUM}, or auto for one a core (default: CONCORD_WORKERS or 1)`,
    )
    .action(async ({ rateLimits, workers, ...options }: ServerOptions & { workers?: string }) => {
      // A flag that is not given leaves the environment to say.
      const overrides = { ...options, ...(rateLimits === false && { rateLimits }) };
      const configuration = readConfiguration(process.env, overrides);
      const count = readWorkers(workers, process.env.CONCORD_WORKERS);
      const running = await runUntilSignal<Running>(() =>
        count === 1 ? run(configuration) : runWorkers(configuration, count),
      );
      console.log(`Concord answers on ${running.origin}`);
      await running.broken;
    });
