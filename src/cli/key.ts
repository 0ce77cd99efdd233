/** `concord key`: what is under which encryption key, and the change to a new one (docs/keys.md). */
import { Command } from 'commander';
import type { Keys, KeyUse, RotationReport } from '../store/index.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { withStore } from './store-command.ts';
import { table } from './table.ts';

interface KeyOptions extends StoreOptions {
  readonly json?: boolean;
}

/** Progress is told this often. */
const PROGRESS_MS = 2_000;

/** Rows in a second; the upper end is no limit on any machine. */
const RATE_MAXIMUM = 1_000_000;

export function keyCommand(): Command {
  const key = new Command('key').description(
    'what is under which encryption key, and the change to a new one',
  );

  withStoreOptions(key.command('status').description('count what is under which key'))
    .option('--json', 'answer with one line of JSON')
    .action(async (options: KeyOptions) => {
      await withKeys(options, async keys => {
        const uses = await keys.uses();
        const left = uses.reduce((sum, use) => sum + use.left, 0);
        console.log(options.json ? JSON.stringify({ keys: keys.ids, left, uses }) : tell(keys, uses, left));
      });
    });

  withStoreOptions(
    key.command('rotate').description('put everything under the first key, beside running servers'),
  )
    .option('--rate <rows>', 'rows in a second at most (default: 2000)')
    .option('--json', 'answer with one line of JSON')
    .action(async (options: KeyOptions & { readonly rate?: string }) => {
      const rate = options.rate === undefined ? undefined : rateOf(options.rate);
      await withKeys(options, async keys => {
        const report = await keys.rotate({
          ...(rate !== undefined && { rate }),
          progress: progressTo(process.stderr),
        });
        console.log(options.json ? JSON.stringify({ keys: keys.ids, ...report }) : tellReport(keys, report));
        if (report.left > 0) process.exitCode = 1;
      });
    });

  return key;
}

const withKeys = (options: StoreOptions, work: (keys: Keys) => Promise<void>): Promise<void> =>
  withStore(readConfiguration(process.env, options, { logLevel: 'warn' }), store => work(store.keys));

function rateOf(text: string): number {
  const rate = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (rate >= 1 && rate <= RATE_MAXIMUM) return rate;
  throw new ConfigurationError(`--rate must be a whole number of rows from 1 to ${RATE_MAXIMUM}.`);
}

function progressTo(stream: NodeJS.WritableStream) {
  let told = Date.now();
  return ({ done, total }: { readonly done: number; readonly total: number }) => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    stream.write(`${done} of ${total}\n`);
  };
}

/** What a person is told: a table, and whether old keys can go. */
function tell(keys: Keys, uses: readonly KeyUse[], left: number): string {
  const [first, ...others] = keys.ids;
  const rows = uses.map(({ kind, keyId, count, left: lost }) => [
    kind,
    keyId ?? 'not known',
    String(count),
    lost > 0 ? `${lost} left` : keyId === first ? '' : `also under ${first}`,
  ]);
  const lines =
    uses.length > 0 ? [table([['KIND', 'KEY', 'ROWS', ''], ...rows])] : ['Nothing is under any key.'];
  if (left > 0) return [...lines, `${left} left to put under ${first}: concord key rotate`].join('\n');
  if (others.length === 0) return lines.join('\n');
  return [
    ...lines,
    `Nothing is left: ${others.join(', ')} can be removed from CONCORD_ENCRYPTION_KEYS.`,
  ].join('\n');
}

function tellReport(keys: Keys, { resealed, released, unreadable, left, uses }: RotationReport): string {
  const lines = [`${resealed} put under ${keys.ids[0]}.`];
  if (released > 0) {
    lines.push(`${released} claims were given up: their values are in no record and no history any more.`);
  }
  if (unreadable > 0) {
    lines.push(
      `${unreadable} cannot be opened: their key is not configured, or they were changed in the database.`,
    );
  } else if (left > 0) {
    lines.push(
      'A running server still seals with another key: give all of them the new one first, and run this again.',
    );
  }
  return [...lines, tell(keys, uses, left)].join('\n');
}
