/** `concord serve`: the production entry. It makes no tenant and no credential, and refuses what is unsafe there. */
import { Command } from 'commander';
import { readConfiguration } from './configuration.ts';
import { type ServerOptions, withServerOptions } from './options.ts';
import { run, runUntilSignal } from './run.ts';

export const serveCommand = (): Command =>
  withServerOptions(new Command('serve').description('run the server'))
    .option(
      '--no-rate-limits',
      'let clients send faster than their vendors do (default: CONCORD_RATE_LIMITS or on)',
    )
    .action(async ({ rateLimits, ...options }: ServerOptions) => {
      // A flag that is not given leaves the environment to say.
      const overrides = { ...options, ...(rateLimits === false && { rateLimits }) };
      const configuration = readConfiguration(process.env, overrides);
      const running = await runUntilSignal(() => run(configuration));
      console.log(`Concord answers on ${running.origin}`);
    });
