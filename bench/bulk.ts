/** `node bench/bulk.ts`: how long an import and an export take, beside PostgreSQL's own COPY of the same rows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { ownEncryptionKey } from '../src/cli/secrets.ts';
import { connect, type Sql } from '../src/store/connection.ts';
import { openStore } from '../src/store/index.ts';
import { writeLines } from './bulk-lines.ts';

const whole = (text: string) => Math.max(1, Math.trunc(Number(text)) || 1);
const options = new Command('bulk')
  .option('--customers <number>', 'customers to import and to export', whole, 100_000)
  .option('--jobs <number>', 'batches under way at once (default: that of concord import)', whole)
  .option('--json <file>', 'also write the results as JSON')
  .parse()
  .opts<{ customers: number; jobs?: number; json?: string }>();

/** In the order in which their foreign keys allow to fill them. */
const TABLES = ['customer', 'address', 'customer_address', 'claim', 'change', 'search_word'];
const TENANT = 'bulk';
const COMMAND = join(import.meta.dirname, '../bin/concord');

const say = (text: string) => process.stderr.write(`${text}\n`);

interface Finished {
  readonly output: string;
  readonly seconds: number;
  /** The most memory that the process ever had. */
  readonly memoryMegabytes: number;
}

/** How often the high-water mark is read: it only rises, so the last reading misses what came in this time. */
const MEMORY_EVERY_MS = 100;

async function concord(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Finished> {
  const started = performance.now();
  const child = spawn(COMMAND, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text;
  });
  let memory = 0;
  const timer = setInterval(() => {
    memory = Math.max(memory, highWaterMark(child.pid!));
  }, MEMORY_EVERY_MS);
  const [code] = (await once(child, 'close')) as [number];
  clearInterval(timer);
  if (code !== 0) throw new Error(`concord ${args[0]} ended with ${code}`);
  return { output, seconds: (performance.now() - started) / 1_000, memoryMegabytes: memory };
}

function highWaterMark(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1_024);
  } catch {
    return 0;
  }
}

/** The rows of the tables as text files, and back into the empty tables with all their indexes. */
async function copyAgain(sql: Sql, directory: string): Promise<Record<string, number>> {
  for (const table of TABLES) await sql.unsafe(`copy concord.${table} to '${directory}/${table}.copy'`);
  await sql.unsafe(`truncate ${TABLES.map(table => `concord.${table}`).join(', ')}`);
  await sql.unsafe('checkpoint');
  const seconds: Record<string, number> = {};
  for (const table of TABLES) {
    const started = performance.now();
    await sql.unsafe(`copy concord.${table} from '${directory}/${table}.copy'`);
    seconds[table] = (performance.now() - started) / 1_000;
  }
  return seconds;
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

const directory = await mkdtemp(join(tmpdir(), 'concord-bulk-'));
const data = join(directory, 'data');
const key = await ownEncryptionKey(data);
const store = await openStore({ directory: data, keys: [key] });
try {
  const { target } = store;
  if (!('path' in target)) throw new Error('the embedded database is reached through a socket');
  const environment = {
    DATABASE_URL: `postgres://${target.username}@localhost/${target.database}?host=${join(target.path, '..')}`,
    CONCORD_ENCRYPTION_KEYS: `${key.id}:${Buffer.from(key.key).toString('base64')}`,
  };
  const sql = connect(target, { connections: 1, application: 'concord bench', unlimited: true });
  await store.tenants.create(TENANT);
  const [lines, exported] = [join(directory, 'customers.jsonl'), join(directory, 'exported.jsonl')];
  say(`writing ${options.customers} lines`);
  await writeLines(lines, options.customers);
  await sql.unsafe('checkpoint');
  say('importing');
  const jobs = options.jobs === undefined ? [] : ['--jobs', String(options.jobs)];
  const taken = await concord(
    ['import', '--tenant', TENANT, '--file', lines, '--json', ...jobs],
    environment,
  );
  const counts = JSON.parse(taken.output) as { imported: number; seconds: number };
  if (counts.imported !== options.customers) throw new Error(`only ${counts.imported} were imported`);
  await sql.unsafe('vacuum analyze');
  say('exporting');
  const given = await concord(['export', '--tenant', TENANT, '--file', exported], environment);
  say('copying');
  const copies = join(directory, 'copies');
  // The database may run as another user.
  await mkdir(copies);
  await chmod(copies, 0o777);
  await chmod(directory, 0o711);
  const copied = await copyAgain(sql, copies);
  const copySeconds = Object.values(copied).reduce((sum, each) => sum + each, 0);
  await sql.end();
  const perSecond = (seconds: number) => Math.round(options.customers / seconds);
  const result = {
    at: new Date().toISOString(),
    machine: {
      cores: availableParallelism(),
      processor: cpus()[0]?.model ?? 'unknown',
      node: process.version,
    },
    customers: options.customers,
    import: {
      seconds: round(taken.seconds),
      customersPerSecond: perSecond(taken.seconds),
      memoryMegabytes: taken.memoryMegabytes,
      fileMegabytes: Math.round((await stat(lines)).size / 1e6),
    },
    export: {
      seconds: round(given.seconds),
      customersPerSecond: perSecond(given.seconds),
      memoryMegabytes: given.memoryMegabytes,
      fileMegabytes: Math.round((await stat(exported)).size / 1e6),
    },
    copy: {
      seconds: round(copySeconds),
      customersPerSecond: perSecond(copySeconds),
      secondsByTable: Object.fromEntries(Object.entries(copied).map(([table, each]) => [table, round(each)])),
    },
    ratioOfImportToCopy: round(copySeconds / taken.seconds),
  };
  console.table({
    import: {
      'customers/s': result.import.customersPerSecond,
      seconds: result.import.seconds,
      'memory MB': result.import.memoryMegabytes,
    },
    export: {
      'customers/s': result.export.customersPerSecond,
      seconds: result.export.seconds,
      'memory MB': result.export.memoryMegabytes,
    },
    'raw COPY': { 'customers/s': result.copy.customersPerSecond, seconds: result.copy.seconds },
  });
  console.log(`import / COPY: ${result.ratioOfImportToCopy} (target 0.3)`);
  console.log(JSON.stringify(result.copy.secondsByTable));
  if (options.json) await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await store.close();
  await rm(directory, { recursive: true, force: true });
}
