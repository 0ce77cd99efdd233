/** `concord migrate`: brings the database to the schema of this version, and says which. */
import { Command } from 'commander';
import { readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { withStore } from './store-command.ts';

export const migrateCommand = (): Command =>
  withStoreOptions(new Command('migrate').description('bring the database to the schema of this version'))
    .option('--json', 'answer with one line of JSON')
    .action(async (options: StoreOptions & { json?: boolean }) => {
      await withStore(readConfiguration(process.env, options, { logLevel: 'warn' }), async store => {
        const { schemaVersion } = store;
        console.log(
          options.json ? JSON.stringify({ schemaVersion }) : `The schema is at version ${schemaVersion}.`,
        );
      });
    });
