/** `node bench/year.ts`: a year of changes passes through the table, month by month, old months are archived, reads stay flat. */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import { table } from '../src/cli/table.ts';
import { archiveChanges } from '../src/store/archive/archive.ts';
import { listPartitions } from '../src/store/archive/partitions.ts';
import {
  insertChanges,
  type Measured,
  measure,
  nextMonth,
  OPERATIONS,
  openSubject,
  settle,
} from './changes.ts';
import { processorClock, wallClock } from './clock.ts';

const DAY_MS = 86_400_000;
const DAYS_OF_MONTH = 365 / 12;
/** How many changes of a customer a month brings: more than one page of a history. */
const CHANGES_OF_CUSTOMER = 60;
/** The last month may cost so much of what the first one did. */
const FLAT_MAXIMUM = 1.2;
/** What two measurements of the same thing differ by, at these times of less than a millisecond. */
const NOISE_MS = 0.05;

const number = (text: string) => Math.max(0, Number(text) || 0);
const options = new Command('year')
  .option('--rate <number>', 'changes a second that are simulated', number, 100)
  .option('--days <number>', 'days that are simulated', number, 365)
  .option('--sample <part>', 'the part of the changes that is written', number, 0.0033)
  .option('--keep <months>', 'whole months that stay in the database', number, 3)
  .option('--samples <number>', 'measurements of each operation a month', number, 300)
  .option('--processor', 'measure the time of processors, not that on the wall')
  .option('--json <file>', 'also write the results as JSON')
  .parse()
  .opts<{
    rate: number;
    days: number;
    sample: number;
    keep: number;
    samples: number;
    processor?: true;
    json?: string;
  }>();

interface Month {
  readonly month: number;
  /** Changes that the database holds when it is measured. */
  readonly kept: number;
  readonly partitions: number;
  readonly megabytes: number;
  readonly insertedPerSecond: number;
  readonly measured: Measured;
  /** Of the month that went, when one did. */
  readonly archived?: { readonly rows: number; readonly megabytes: number; readonly perSecond: number };
}

const say = (text: string) => process.stderr.write(`${text}\n`);
const round = (value: number, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits;

const months = Math.max(1, Math.round(options.days / DAYS_OF_MONTH));
const rowsOfMonth = Math.round((options.rate * options.days * 86_400 * options.sample) / months);
const monthMs = (options.days / months) * DAY_MS;
const directory = await mkdtemp(join(tmpdir(), 'concord-year-'));
const archives = join(directory, 'archives');

say(
  `${options.rate} changes a second for ${options.days} days are ${options.rate * options.days * 86_400}; ` +
    `1 in ${round(1 / options.sample)} is written: ${rowsOfMonth} in each of ${months} months.`,
);
const key = await ownEncryptionKey(directory);
const subject = await openSubject(
  directory,
  key,
  Math.max(100, Math.round(rowsOfMonth / CHANGES_OF_CUSTOMER)),
);
const { store } = subject;
try {
  const clock = options.processor ? await processorClock(store) : wallClock;
  const begin = Date.now() - options.days * DAY_MS;
  const results: Month[] = [];
  for (let month = 1; month <= months; month += 1) {
    const [from, to] = [new Date(begin + (month - 1) * monthMs), new Date(begin + month * monthMs)];
    const started = performance.now();
    await insertChanges(subject, { rows: rowsOfMonth, from, to });
    const insertedPerSecond = round((rowsOfMonth * 1_000) / (performance.now() - started));
    await settle(subject, to);
    // The first time warms up the program, too.
    if (month === 1) await measure(subject, options.samples, clock);
    const measured = await measure(subject, options.samples, clock);
    const present = (await listPartitions(store.target)).filter(each => each.archivedAt === null);
    await settle(subject, to);
    await nextMonth(subject, to);
    const archived = await archiveUntil(new Date(to.getTime() - options.keep * monthMs + 1));
    results.push({
      month,
      kept: present.reduce((sum, each) => sum + (each.rows ?? 0), 0),
      partitions: present.length,
      megabytes: round(present.reduce((sum, each) => sum + (each.bytes ?? 0), 0) / 1_048_576),
      insertedPerSecond,
      measured,
      ...(archived && { archived }),
    });
    say(`month ${month}: ${JSON.stringify(results.at(-1))}`);
  }
  console.log(report(results));
  const verdict = OPERATIONS.map(operation => {
    const [first, last] = [results[0]!.measured[operation].p50, results.at(-1)!.measured[operation].p50];
    return {
      operation,
      first,
      last,
      ratio: round(last / first, 2),
      isFlat: last <= FLAT_MAXIMUM * first + NOISE_MS,
    };
  });
  console.log(
    `\n${table([['', 'First month p50', 'Last month p50', 'Ratio', `Flat (≤ ${FLAT_MAXIMUM})`], ...verdict.map(each => [each.operation, String(each.first), String(each.last), String(each.ratio), each.isFlat ? 'yes' : 'NO'])])}`,
  );
  if (options.json) {
    await writeFile(
      options.json,
      `${JSON.stringify({ options, rowsOfMonth, months: results, verdict }, null, 2)}\n`,
    );
  }
  process.exitCode = verdict.every(each => each.isFlat) ? 0 : 1;
} finally {
  await store.close();
  await rm(directory, { recursive: true, force: true });
}

/** What `concord changes archive` does. */
async function archiveUntil(before: Date): Promise<Month['archived'] | undefined> {
  const started = performance.now();
  const gone = await archiveChanges(store.target, { before, directory: archives });
  const rows = gone.reduce((sum, each) => sum + each.rows, 0);
  if (gone.length === 0) return undefined;
  const sizes = await Promise.all(gone.map(async each => (await stat(join(archives, each.file))).size));
  return {
    rows,
    megabytes: round(sizes.reduce((sum, size) => sum + size, 0) / 1_048_576),
    perSecond: round((rows * 1_000) / (performance.now() - started)),
  };
}

function report(results: readonly Month[]): string {
  const cells = results.map(each => [
    String(each.month),
    String(each.kept),
    String(each.partitions),
    String(each.megabytes),
    ...OPERATIONS.map(operation => `${each.measured[operation].p50} / ${each.measured[operation].p99}`),
    each.archived ? `${each.archived.rows} at ${each.archived.perSecond}/s` : '',
  ]);
  const head = [
    'Month',
    'Changes kept',
    'Partitions',
    'MiB',
    ...OPERATIONS.map(each => `${each}, ms`),
    'Archived',
  ];
  return table([head, ...cells]);
}
