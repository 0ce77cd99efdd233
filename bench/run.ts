/**
 * `npm run bench`: a read and a write in each API beside the same for a bare server that does nothing but one prepared
 * statement: the limit. Measured in one run on one machine, interleaved, the median of the rounds.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/store/connection.ts';
import { type Child, endChildren, startChild } from './children.ts';
import type { Loaded } from './load.ts';
import { machine } from './machine.ts';
import { type Measure, type Measurement, measuring } from './measure.ts';
import { readOptions } from './options.ts';
import { plotOf } from './plot.ts';
import { residentBytes, serverProcesses } from './processes.ts';
import { report } from './report.ts';
import { TARGET_NAMES } from './requests.ts';
import { type Memory, type Results, type Row, rowOf } from './results.ts';
import { type Concord, knowsWorkers, type Limits, startBestLimits, startConcord } from './servers.ts';
import { countStatements, reportStatements } from './statements.ts';
import { targetResults } from './targets.ts';

/** Enough for the just-in-time compiler, and for the tables' pages to be in memory. */
const WARM_UP_SECONDS = 0.5;
const POOL_TRIAL_SECONDS = 0.5;
/** Between measurements: what the one left to do must not be done in the other's time. */
const PAUSE_MILLISECONDS = 50;
const MEBIBYTE = 1_048_576;

const options = readOptions();
const say = (text: string) => process.stderr.write(`${text}\n`);
const apis = options.only ?? TARGET_NAMES;
const unknown = apis.filter(name => !TARGET_NAMES.some(each => each === name));
if (unknown.length > 0) throw new Error(`There is no API ${unknown.join(', ')}: ${TARGET_NAMES.join(', ')}.`);

const root = options.data ?? (await mkdtemp(join(tmpdir(), 'concord-bench-')));
const rows: Row[] = [];
const memory: Memory[] = [];
let postgres = '';
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('Stopping …');
    endChildren();
  });
}
const generator: Child<unknown> = await startChild('generator.ts');
try {
  const workers = await knowsWorkers();
  for (const customers of options.customers) {
    const directory = join(root, String(customers));
    const loaded = await load(directory, customers);
    for (const processes of options.processes) {
      if (processes > 1 && !workers) {
        say('This concord serves with one process only (no --workers): skipped.');
        continue;
      }
      await run(directory, loaded, customers, processes);
    }
    if (options.data === undefined) await rm(directory, { recursive: true, force: true });
  }
} finally {
  await generator.stop();
  if (options.data === undefined) await rm(root, { recursive: true, force: true });
}
await finish();

async function load(directory: string, customers: number): Promise<Loaded> {
  say(`Loading ${customers.toLocaleString('en')} customers …`);
  const begin = performance.now();
  const loader = await startChild<Loaded>('load.ts', {
    directory,
    customers,
    statements: options.profile !== undefined,
  });
  await loader.stop();
  const took = Math.round((performance.now() - begin) / 1_000);
  say(loader.said.fresh ? `  loaded in ${took} s` : '  they are there already');
  return loader.said;
}

/** One server, one size: every API, reads and writes. */
async function run(directory: string, loaded: Loaded, customers: number, processes: number): Promise<void> {
  const concord = await startConcord(directory, processes, options.profile);
  let limits: Limits | undefined;
  try {
    postgres = await versionOf(loaded);
    const measure = measuring(generator, directory);
    const order = { access: loaded.access, customers, connections: options.connections };
    limits = await startBestLimits(loaded, processes, options.kinds, async (server, kind) => {
      const trial = { ...order, target: 'limit', kind, seconds: POOL_TRIAL_SECONDS } as const;
      return (await measure(server, trial)).requestsPerSecond;
    });
    say(`The limit’s best pools: ${limits.pools.read} for reads, ${limits.pools.write} for writes.`);
    if (options.profile !== undefined) await countStatements(loaded.target);
    let peak = 0;
    for (const api of apis) {
      for (const kind of options.kinds) {
        const row = await compare(measure, order, { concord, limits }, { customers, processes, api, kind });
        rows.push(row);
        peak = Math.max(peak, row.concord.residentBytes);
        say(`  ${api} ${kind}: ${row.concord.requestsPerSecond}/s, ratio ${row.ratio}`);
      }
    }
    const end = Math.max(...serverProcesses(concord.pid).map(residentBytes));
    memory.push({
      customers,
      processes,
      peakMiB: Math.round(Math.max(peak, end) / MEBIBYTE),
      endMiB: Math.round(end / MEBIBYTE),
    });
    if (options.profile !== undefined) await reportStatements(loaded.target);
  } finally {
    await limits?.read.stop();
    await limits?.write.stop();
    await concord.stop();
  }
}

interface Pair {
  readonly concord: Concord;
  readonly limits: Limits;
}

/** In turns, and who begins changes, so that both suffer alike from what time does to the database and the machine. */
async function compare(
  measure: Measure,
  order: Omit<Parameters<Measure>[1], 'target' | 'kind' | 'seconds'>,
  { concord, limits }: Pair,
  facts: Pick<Row, 'customers' | 'processes' | 'api' | 'kind'>,
): Promise<Row> {
  const { api, kind } = facts;
  const target = api as (typeof TARGET_NAMES)[number];
  const ask = async (who: 'concord' | 'limit', seconds: number): Promise<Measurement> => {
    await new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));
    return who === 'concord'
      ? measure(concord, { ...order, target, kind, seconds })
      : measure(limits[kind], { ...order, target: 'limit', kind, seconds });
  };
  const warmUp = Math.min(WARM_UP_SECONDS, options.seconds);
  await ask('concord', warmUp);
  await ask('limit', warmUp / 2);
  const found = { concord: [] as Measurement[], limit: [] as Measurement[] };
  for (let round = 0; round < options.rounds; round += 1) {
    const turns = ['concord', 'limit'] as const;
    for (const who of round % 2 === 0 ? turns : turns.toReversed()) {
      found[who].push(await ask(who, options.seconds));
    }
  }
  concord.emptyLog();
  return rowOf(facts, found.concord, found.limit);
}

async function versionOf({ target }: Loaded): Promise<string> {
  const sql = connect(target, { connections: 1, application: 'concord bench' });
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  await sql.end();
  return row!.version;
}

async function finish(): Promise<void> {
  const { connections, seconds, rounds } = options;
  const results: Results = {
    at: new Date().toISOString(),
    machine: machine(),
    node: process.version,
    postgres,
    connections,
    seconds,
    rounds,
    rows,
    memory,
  };
  const targets = targetResults(results);
  report(results, targets);
  const folder = join(import.meta.dirname, 'results');
  const file = options.json ?? join(folder, `${results.at.slice(0, 10)}.json`);
  await writeFile(file, `${JSON.stringify({ ...results, targets }, null, 2)}\n`);
  if (options.json === undefined) await writeFile(join(folder, 'speed.svg'), plotOf(results));
  say(`Written: ${file}`);
}
