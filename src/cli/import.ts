/** `concord import`: takes customers in from JSON Lines, and goes on where it was interrupted. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { type ImportSettings, importLines, type Outcome, onlyLook, type Progress } from '../bulk/import.ts';
import type { Origin } from '../record/customers.ts';
import type { Existing, ImportRun, Refusal } from '../record/imports.ts';
import type { Store } from '../store/index.ts';
import { openSource, type Source, STANDARD } from './bulk-file.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { durationOf, rateOf, showProgress } from './progress.ts';
import { openRejects } from './rejects.ts';
import { tenantId, withStore } from './store-command.ts';

interface ImportCommandOptions extends StoreOptions {
  readonly tenant: string;
  readonly file: string;
  readonly name?: string;
  readonly rejects?: string;
  readonly existing: Existing;
  readonly jobs: number;
  readonly stopOnError?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** What the history of each customer says that happened. */
const EVENT = 'imported';

/** More batches at once are more transactions that the database holds open, and no faster. */
const JOBS_MAXIMUM = 8;
/** One core reads lines, the others write; with one core, one batch is written while the next is read. */
const JOBS = Math.max(1, Math.min(4, availableParallelism()));

/** Refusals that are told at the terminal; the rest is counted. */
const TOLD_MAXIMUM = 10;

const EXIT_INCOMPLETE = 1;

export function importCommand(): Command {
  return withStoreOptions(
    new Command('import').description('take customers in from JSON Lines (docs/bulk.md)'),
  )
    .addOption(new Option('--tenant <name>', 'whose customers they will be').makeOptionMandatory())
    .option('--file <path>', 'the file, compressed where its name ends in .gz; - is standard input', STANDARD)
    .option('--name <name>', 'what an interrupted import is taken up by (default: the content of the file)')
    .option('--rejects <path>', 'where to write which lines are refused, and why')
    .addOption(
      new Option('--existing <what>', 'what to do with a line whose customer is there already')
        .choices(['refuse', 'skip'])
        .default('refuse'),
    )
    .option('--jobs <number>', 'batches under way at once', readJobs, JOBS)
    .option('--stop-on-error', 'read no further than the first line that is refused')
    .option('--dry-run', 'look at every line and write nothing')
    .option('--json', 'answer with one line of JSON')
    .action(runImport);
}

function readJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > JOBS_MAXIMUM) {
    throw new ConfigurationError(`--jobs must be a whole number from 1 to ${JOBS_MAXIMUM}.`);
  }
  return jobs;
}

async function runImport(options: ImportCommandOptions): Promise<void> {
  const configuration = readConfiguration(process.env, options, { logLevel: 'warn' });
  const source = await openSource(options.file);
  await withStore(configuration, async store => {
    const tenant = await tenantId(store, options.tenant);
    const name = options.name ?? (source.hash ?? `stdin-${randomBytes(8).toString('hex')}`).slice(0, 32);
    const origin: Origin = {
      ...{ tenant, dialect: 'concord', actor: 'command line', requestId: `import ${name}`, event: EVENT },
    };
    if (options.dryRun) {
      await importInto({ isDone: () => false }, source, options, settings =>
        importLines(source.bytes, onlyLook(store.imports, tenant, options.existing), settings),
      );
      return;
    }
    const run = await begin(store, origin, name, source, options);
    try {
      await importInto(run, source, options, async settings => {
        const outcome = await importLines(source.bytes, run, settings);
        if (!settings.signal.aborted) await run.finish();
        return outcome;
      });
    } finally {
      await run.close();
    }
  });
}

const begin = (
  { imports }: Store,
  origin: Origin,
  name: string,
  { hash = 'standard input' }: Source,
  { existing, jobs }: ImportCommandOptions,
): Promise<ImportRun> => imports.begin(origin, { name, source: hash, existing, jobs });

type Before = Pick<ImportRun, 'isDone'> & Partial<Pick<ImportRun, 'before'>>;

async function importInto(
  { isDone, before }: Before,
  source: Source,
  options: ImportCommandOptions,
  work: (settings: ImportSettings) => Promise<Outcome>,
): Promise<void> {
  const rejects = options.rejects === undefined ? undefined : await openRejects(options.rejects, isDone);
  const stopping = new AbortController();
  const stop = () => stopping.abort('signal');
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let state: Progress = { lines: 0, imported: 0, skipped: 0, refused: 0 };
  let told = 0;
  const tell = async (refusals: readonly Refusal[]): Promise<void> => {
    await rejects?.add(refusals);
    for (const { line, code, message } of refusals) {
      if (rejects === undefined && told < TOLD_MAXIMUM) console.error(`line ${line}: ${code}: ${message}`);
      told += 1;
    }
    if (options.stopOnError) stopping.abort('error');
  };
  const progress = showProgress('customers', () => ({
    count: state.imported + state.skipped,
    part: source.part(),
    more: state.refused > 0 ? `, ${state.refused} refused` : '',
  }));
  const started = performance.now();
  try {
    const outcome = await work({
      jobs: options.jobs,
      tell,
      progress: now => {
        state = now;
      },
      signal: stopping.signal,
      now: new Date().toISOString(),
    });
    progress.stop();
    report(outcome, { ...options, before, seconds: (performance.now() - started) / 1_000 });
    if (stopping.signal.aborted) explainStop(stopping.signal.reason, options);
    const isShort = outcome.promised !== undefined && outcome.lines - 1 < outcome.promised;
    if (isShort && !stopping.signal.aborted) {
      console.error(`concord: the file is cut off: its first line tells of ${outcome.promised} customers.`);
    }
    if (outcome.refused + (before?.refused ?? 0) > 0 || stopping.signal.aborted || isShort) {
      process.exitCode = EXIT_INCOMPLETE;
    }
  } finally {
    progress.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await rejects?.close();
  }
}

interface Reported {
  readonly before: ImportRun['before'] | undefined;
  readonly seconds: number;
  readonly dryRun?: true;
  readonly json?: true;
}

function report(
  { lines, imported, skipped, refused }: Outcome,
  { before, seconds, dryRun, json }: Reported,
): void {
  if (json) {
    console.log(JSON.stringify({ lines, imported, skipped, refused, before: before ?? null, seconds }));
    return;
  }
  const verb = dryRun ? 'could be imported' : 'imported';
  const earlier = before?.imported ? ` (${before.imported} before)` : '';
  console.log(
    `${imported} customers ${verb}${earlier}, ${skipped} skipped, ${refused} refused, ` +
      `in ${durationOf(seconds)}: ${rateOf(imported, seconds)}/s.`,
  );
}

function explainStop(reason: unknown, { dryRun, file, name }: ImportCommandOptions): void {
  const again = dryRun
    ? ''
    : file === STANDARD && name === undefined
      ? ' An import from standard input can be taken up only when it has a --name.'
      : ' The same command goes on from here.';
  console.error(
    reason === 'error' ? 'concord: stopped at a line that is refused.' : `concord: interrupted.${again}`,
  );
}
