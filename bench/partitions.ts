/** `node bench/partitions.ts`: what the number of partitions costs a write and a read, in one run on one database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import { table } from '../src/cli/table.ts';
import { openStore } from '../src/store/index.ts';
import { insertChanges, measure, nextMonth, OPERATIONS, openSubject, settle } from './changes.ts';
import { processorClock, wallClock } from './clock.ts';

const number = (text: string) => Math.max(1, Math.trunc(Number(text)) || 1);
const options = new Command('partitions')
  .option('--counts <numbers>', 'partitions in use, rising', '1,13,60')
  .option('--rows <number>', 'changes in all', number, 120_000)
  .option('--samples <number>', 'measurements of each operation', number, 500)
  .option('--processor', 'measure the time of processors, not that on the wall')
  .parse()
  .opts<{ counts: string; rows: number; samples: number; processor?: true }>();

const counts = options.counts.split(',').map(number);
const most = Math.max(...counts);
const directory = await mkdtemp(join(tmpdir(), 'concord-partitions-'));
const key = await ownEncryptionKey(directory);
const first = await openSubject(directory, key, 100);
await first.store.close();
const rows: string[][] = [];
let partitions = 1;
try {
  for (const count of counts) {
    // Opened anew, as a server is that knows nothing of the partitions that were there before.
    const store = await openStore({ directory, keys: [key] });
    const subject = { ...first, store };
    try {
      for (; partitions < count; partitions += 1) await month(subject);
      await month(subject, false);
      const measured = await measure(
        subject,
        options.samples,
        options.processor ? await processorClock(store) : wallClock,
      );
      rows.push([String(count), ...OPERATIONS.map(each => `${measured[each].p50} / ${measured[each].p99}`)]);
    } finally {
      await store.close();
    }
  }
  console.log(table([['Partitions', ...OPERATIONS.map(each => `${each}, p50 / p99 ms`)], ...rows]));
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function month(subject: typeof first, passes = true): Promise<void> {
  const [from, to] = [new Date(Date.now() - 1_000), new Date()];
  await insertChanges(subject, { rows: Math.round(options.rows / most), from, to });
  await settle(subject, to);
  if (passes) await nextMonth(subject, to);
}
