/**
 * `node bench/start.ts`: how long a server takes until it answers, on an empty directory and on existing data, with one
 * process and with several. Wall clock from the start of the command to the first answer of `/ready`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { startCommand } from '../test/support/process.ts';
import { originOf } from '../test/support/serving.ts';

interface Options {
  readonly rounds: number;
  readonly workers: number;
}

interface Row {
  readonly directory: 'empty' | 'existing';
  readonly workers: number;
  /** Milliseconds. */
  readonly median: number;
  readonly worst: number;
  readonly limit: number;
}

/** Milliseconds: what is promised. */
const LIMITS = { empty: 5_000, existing: 2_000 } as const;

const whole = (text: string) => Math.max(1, Math.trunc(Number(text)) || 1);
const options = new Command('start')
  .option('--rounds <number>', 'starts of each kind; the median counts', whole, 5)
  .option('--workers <number>', 'processes of the server with several', whole, 2)
  .parse()
  .opts<Options>();

/** Milliseconds until the server answers; it is stopped afterwards. */
async function measureStart(directory: string, workers: number): Promise<number> {
  const began = performance.now();
  const server = await startCommand([
    'serve',
    ...['--port', '0', '--data', directory, '--workers', String(workers)],
  ]);
  const { ok } = await fetch(`${originOf(server)}/ready`);
  const passed = performance.now() - began;
  await server.stop();
  if (!ok) throw new Error('the server is not ready');
  return passed;
}

async function measureRound(workers: number): Promise<{ empty: number; existing: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'concord-start-'));
  try {
    const empty = await measureStart(directory, workers);
    return { empty, existing: await measureStart(directory, workers) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const counts = [...new Set([1, options.workers])];
const measured = new Map(
  counts.map(workers => [workers, { empty: [] as number[], existing: [] as number[] }]),
);
for (let round = 1; round <= options.rounds; round += 1) {
  for (const workers of counts) {
    process.stderr.write(`Round ${round} of ${options.rounds}, ${workers} worker(s) …\n`);
    const { empty, existing } = await measureRound(workers);
    measured.get(workers)!.empty.push(empty);
    measured.get(workers)!.existing.push(existing);
  }
}
const rows: Row[] = [...measured].flatMap(([workers, times]) =>
  (['empty', 'existing'] as const).map(directory => ({
    directory,
    workers,
    median: Math.round(median(times[directory])),
    worst: Math.round(Math.max(...times[directory])),
    limit: LIMITS[directory],
  })),
);

process.stderr.write(
  [
    '| Directory | Workers | Median ms | Worst ms | Limit ms |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows.map(row => `| ${row.directory} | ${row.workers} | ${row.median} | ${row.worst} | ${row.limit} |`),
    '',
  ].join('\n'),
);
console.log(
  JSON.stringify({
    measuredAt: new Date().toISOString(),
    machine: { processor: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
    rounds: options.rounds,
    rows,
  }),
);
if (rows.some(({ median, limit }) => median > limit)) process.exitCode = 1;
