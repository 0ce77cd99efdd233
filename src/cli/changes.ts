/** `concord changes`: the partitions of history, and what is old of it into archives. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import { isUuid } from '../record/identifier.ts';
import { archiveChanges } from '../store/archive/archive.ts';
import { eraseInArchives } from '../store/archive/erasure.ts';
import { type Manifest, manifestsIn, verifyFile } from '../store/archive/format.ts';
import { listPartitions, type PartitionState } from '../store/archive/partitions.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { withStore } from './store-command.ts';
import { table } from './table.ts';

interface ArchiveOptions extends StoreOptions {
  readonly to: string;
  readonly before?: string;
  readonly olderThan?: string;
  readonly json?: boolean;
}

interface EraseOptions {
  readonly in: string;
  readonly tenant: string;
  readonly customer: string;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;

const configurationOf = (options: StoreOptions) =>
  readConfiguration(process.env, options, { logLevel: 'warn' });

export function changesCommand(): Command {
  const changes = new Command('changes').description(
    'the history of all customers: its partitions, and archives of what is old',
  );

  withStoreOptions(changes.command('partitions').description('list the partitions, also archived ones'))
    .option('--json', 'answer with one line of JSON')
    .action(async (options: StoreOptions & { json?: boolean }) => {
      const list = await withStore(configurationOf(options), ({ target }) => listPartitions(target));
      console.log(options.json ? JSON.stringify(list) : partitionTable(list));
    });

  withStoreOptions(
    changes
      .command('archive')
      .description(
        'write partitions that are wholly old into files, verify these, and take them out of the database',
      ),
  )
    .requiredOption('--to <directory>', 'where the archives are')
    .option('--before <date>', 'only changes before this date or time, ISO 8601')
    .option('--older-than <days>', 'only changes older than this, such as 400d')
    .option('--json', 'answer with one line of JSON')
    .action(async (options: ArchiveOptions) => {
      const before = timeOf(options, Date.now());
      const directory = resolve(options.to);
      const onArchived = (manifest: Manifest): void => {
        if (!options.json)
          console.log(`${manifest.rows} changes ${spanOf(manifest)} are in ${manifest.file}`);
      };
      const archived = await withStore(configurationOf(options), ({ target }) =>
        archiveChanges(target, { before, directory, onArchived }),
      );
      if (options.json) console.log(JSON.stringify(archived));
      else if (archived.length === 0) console.log('No partition is wholly older.');
    });

  changes
    .command('verify <directory>')
    .description('read archives back and compare them with their manifests')
    .action(async (directory: string) => {
      for (const manifest of await manifestsIn(resolve(directory))) {
        await verifyFile(resolve(directory), manifest);
        console.log(`${manifest.file}: ${manifest.rows} changes ${spanOf(manifest)}, as they were written`);
      }
    });

  changes
    .command('erase')
    .description('take every value of a customer out of archives; `erase` of the API does it in the database')
    .requiredOption('--in <directory>', 'where the archives are')
    .requiredOption('--tenant <name>', 'the tenant of the customer')
    .requiredOption('--customer <id>', 'the id of the customer in Concord')
    .option('--json', 'answer with one line of JSON')
    .action(async (options: EraseOptions) => {
      const id = options.customer.toLowerCase();
      if (!isUuid(id)) throw new ConfigurationError('--customer must be the UUID of a customer.');
      const erased = await eraseInArchives(resolve(options.in), options.tenant, id);
      const count = erased.reduce((sum, { changes }) => sum + changes, 0);
      console.log(
        options.json
          ? JSON.stringify(erased)
          : `${count} changes in ${erased.filter(each => each.changes > 0).length} of ${erased.length} archives of the tenant hold no values any more.`,
      );
    });

  return changes;
}

/** @throws ConfigurationError unless exactly one of them names a time of the past. */
export function timeOf(
  { before, olderThan }: Pick<ArchiveOptions, 'before' | 'olderThan'>,
  now: number,
): Date {
  if ((before === undefined) === (olderThan === undefined)) {
    throw new ConfigurationError('Say either --before or --older-than.');
  }
  const days = /^(\d{1,5})d$/.exec(olderThan ?? '')?.[1];
  if (olderThan !== undefined && days === undefined) {
    throw new ConfigurationError('--older-than must be a number of days, such as 400d.');
  }
  const isDate = before === undefined || /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(before);
  const time = before === undefined ? new Date(now - Number(days) * DAY_MS) : new Date(before);
  if (!isDate || Number.isNaN(time.getTime())) {
    throw new ConfigurationError('--before must be a date such as 2026-01-31, or a time with its zone.');
  }
  if (time.getTime() > now) throw new ConfigurationError('What is to come cannot be archived.');
  return time;
}

const spanOf = ({ firstAt, lastAt }: Pick<Manifest, 'firstAt' | 'lastAt'>): string =>
  firstAt === null || lastAt === null ? '' : `from ${dayOf(firstAt)} to ${dayOf(lastAt)}`;

const dayOf = (time: string): string => time.slice(0, 10);

const MEGABYTE = 1_048_576;

const partitionTable = (list: readonly PartitionState[]): string =>
  table([
    ['Partition', 'From', 'To', 'Changes', 'MiB', 'Archived'],
    ...list.map(each => [
      each.table,
      each.openedAt === null ? 'ahead' : dayOf(each.openedAt),
      each.closedAt === null ? '' : dayOf(each.closedAt),
      each.rows === null ? '' : `${each.archivedAt === null ? '~' : ''}${each.rows}`,
      each.bytes === null ? '' : (each.bytes / MEGABYTE).toFixed(1),
      each.archivedAt === null ? '' : dayOf(each.archivedAt),
    ]),
  ]);
