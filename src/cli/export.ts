/** `concord export`: writes the customers of a tenant as JSON Lines, as they are at one moment. */
import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { exportLines } from '../bulk/export.ts';
import { STANDARD, writeTo } from './bulk-file.ts';
import { readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { durationOf, rateOf, showProgress } from './progress.ts';
import { tenantId, withStore } from './store-command.ts';

interface ExportOptions extends StoreOptions {
  readonly tenant: string;
  readonly file: string;
  readonly withDocumentNumbers?: true;
}

export function exportCommand(): Command {
  return withStoreOptions(new Command('export').description('write customers as JSON Lines (docs/bulk.md)'))
    .addOption(new Option('--tenant <name>', 'whose customers').makeOptionMandatory())
    .option(
      '--file <path>',
      'the file, compressed where its name ends in .gz; - is standard output',
      STANDARD,
    )
    .option(
      '--with-document-numbers',
      'with the numbers of identity documents in clear; the look at each is recorded',
    )
    .action(runExport);
}

async function runExport(options: ExportOptions): Promise<void> {
  const configuration = readConfiguration(process.env, options, { logLevel: 'warn' });
  await withStore(configuration, async store => {
    const tenant = await tenantId(store, options.tenant);
    const started = performance.now();
    let state = { count: 0, part: 0 };
    const progress = showProgress('customers', () => state);
    try {
      const lines = exportLines(store.exports, {
        tenant,
        tenantName: options.tenant,
        documentNumbers: options.withDocumentNumbers === true,
        actor: 'command line',
        requestId: `export ${randomUUID()}`,
        now: new Date().toISOString(),
        progress: (done, of) => {
          state = { count: done, part: of === 0 ? 1 : done / of };
        },
      });
      await writeTo(options.file, lines);
    } finally {
      progress.stop();
    }
    const seconds = (performance.now() - started) / 1_000;
    console.error(
      `${state.count} customers exported in ${durationOf(seconds)}: ${rateOf(state.count, seconds)}/s.`,
    );
  });
}
