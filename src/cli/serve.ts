/** `concord serve`: the production entry. It makes no tenant and no credential, and refuses what is unsafe there. */
import { Command } from 'commander';
import { readConfiguration } from './configuration.ts';
import { type ServerOptions, withServerOptions } from './options.ts';
import { run, runUntilSignal } from './run.ts';

export const serveCommand = (): Command =>
  withServerOptions(new Command('serve').description('run the server')).action(
    async (options: ServerOptions) => {
      const configuration = readConfiguration(process.env, options);
      const running = await runUntilSignal(() => run(configuration));
      console.log(`Concord answers on ${running.origin}`);
    },
  );
