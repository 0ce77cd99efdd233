/**
 * `npm run bench`: requests per second, p50 and p99 of a read and a write in each dialect, beside the same for a
 * bare server that does nothing but one prepared statement: the limit. Measured in one run on one machine,
 * interleaved, median of the rounds.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Target as Database } from '../src/store/connection.ts';
import { type Started as Concord, startCommand } from '../test/support/process.ts';
import type { Loaded } from './load.ts';
import { type Measurement, measure, median } from './measure.ts';
import { readOptions } from './options.ts';
import { dialectTargets, limitTarget, type Target } from './requests.ts';

/** Pool sizes that are tried for the bare server, whose driver pipelines statements on each connection. */
const LIMIT_POOLS = [1, 2, 4, 8, 16];
const WARM_UP_SECONDS = 1;

interface Started extends Loaded {
  readonly origin: string;
}

const options = readOptions();
const data = options.data ?? (await mkdtemp(join(tmpdir(), 'concord-bench-')));
const children: ChildProcess[] = [];
let serving: Concord | undefined;
const wanted = (dialect: string) => options.only === undefined || options.only.split(',').includes(dialect);
const say = (text: string) => process.stderr.write(`${text}\n`);

async function start<T>(file: string, argument: object): Promise<[ChildProcess, T]> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(argument)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  children.push(child);
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])]);
  if (message === undefined) throw new Error(`${file} did not start`);
  return [child, message as T];
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.disconnect();
  await once(child, 'exit');
}

try {
  say(`Loading ${options.customers} customers …`);
  // A process of its own, so that the memory of the server is that of serving.
  const [loader, loaded] = await start<Loaded>('load.ts', { data, customers: options.customers });
  await stop(loader);
  // The question is what the server can do, not what two of the vendors allow.
  serving = await startCommand(['serve', '--port', '0', '--data', data, '--no-rate-limits'], {
    CONCORD_LOG_LEVEL: 'info',
  });
  const server: Started = { ...loaded, origin: serving.line.replace('Concord answers on ', '') };
  await prepareLimit(server.target, server.ids.length);
  const limits = await bestLimits(server);
  const rows: Row[] = [];
  for (const target of dialectTargets(server.ids, server.access).filter(each => wanted(each.name))) {
    for (const kind of ['read', 'write'] as const) {
      say(`${target.name} ${kind} …`);
      rows.push(await compare(server, limits[kind], target, kind));
    }
  }
  report(rows, await residentBytes(server.origin));
} finally {
  for (const child of children) if (child.exitCode === null) child.kill();
  await serving?.stop();
  if (options.data === undefined) await rm(data, { recursive: true, force: true });
}

/** What the server itself says of its memory. */
async function residentBytes(origin: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1]);
}

interface Row {
  readonly dialect: string;
  readonly kind: 'read' | 'write';
  readonly concord: Measurement;
  readonly limit: Measurement;
  readonly ratio: number;
}

/** The bare server's own table: one row of the size of a customer, and nothing beside it. */
async function prepareLimit(target: Database, customers: number): Promise<void> {
  const sql = connect(target, { connections: 1, application: 'concord bench', unlimited: true });
  const statements = [
    'create schema if not exists concord_bench',
    'drop table if exists concord_bench.customer',
    'create table concord_bench.customer (number bigint primary key, body jsonb not null) with (fillfactor = 70)',
    `insert into concord_bench.customer
       select number, jsonb_build_object('number', number, 'street', '100 Market Street', 'filler', repeat('x', 600))
       from generate_series(1, ${customers}) as number`,
    'vacuum analyze concord_bench.customer',
  ];
  for (const statement of statements) await sql.unsafe(statement);
  await sql.end();
}

/** The bare server with its own best pool: one for reads, one for writes. */
async function bestLimits(server: Started): Promise<{ read: string; write: string }> {
  const best = { read: { origin: '', rate: 0, pool: 0 }, write: { origin: '', rate: 0, pool: 0 } };
  const target = limitTarget(server.ids.length);
  for (const connections of LIMIT_POOLS) {
    const [, { origin }] = await start<{ origin: string }>('limit.ts', {
      target: server.target,
      connections,
    });
    for (const kind of ['read', 'write'] as const) {
      const { requestsPerSecond } = await shoot(origin, target, kind, WARM_UP_SECONDS);
      if (requestsPerSecond > best[kind].rate)
        best[kind] = { origin, rate: requestsPerSecond, pool: connections };
    }
  }
  say(`The limit's best pools: ${best.read.pool} for reads, ${best.write.pool} for writes.`);
  return { read: best.read.origin, write: best.write.origin };
}

function shoot(
  origin: string,
  target: Target,
  kind: 'read' | 'write',
  seconds: number,
): Promise<Measurement> {
  return measure(origin, target, () => target[kind](), { connections: options.connections, seconds });
}

async function compare(
  server: Started,
  limitOrigin: string,
  target: Target,
  kind: 'read' | 'write',
): Promise<Row> {
  const bare = limitTarget(server.ids.length);
  const [ours, theirs]: [Measurement[], Measurement[]] = [[], []];
  await shoot(server.origin, target, kind, WARM_UP_SECONDS);
  for (let round = 0; round < options.rounds; round += 1) {
    ours.push(await shoot(server.origin, target, kind, options.seconds));
    theirs.push(await shoot(limitOrigin, bare, kind, options.seconds));
  }
  const [concord, limit] = [median(ours), median(theirs)];
  if (concord.failures > 0) throw new Error(`${target.name} ${kind}: ${concord.failures} requests failed`);
  const ratio = Math.round((concord.requestsPerSecond / limit.requestsPerSecond) * 100) / 100;
  return { dialect: target.name, kind, concord, limit, ratio };
}

function report(rows: readonly Row[], residentBytes: number): void {
  const memory = Math.round(residentBytes / 1_048_576);
  console.table(
    Object.fromEntries(
      rows.map(({ dialect, kind, concord, limit, ratio }) => [
        `${dialect} ${kind === 'read' ? 'GET' : 'PUT'}`,
        {
          'req/s': concord.requestsPerSecond,
          'p50 ms': concord.p50,
          'p99 ms': concord.p99,
          'limit req/s': limit.requestsPerSecond,
          'limit p50 ms': limit.p50,
          'limit p99 ms': limit.p99,
          ratio,
        },
      ]),
    ),
  );
  console.log(`Memory of the server under load: ${memory} MiB resident.`);
  if (options.json === undefined) return;
  const facts = { at: new Date().toISOString(), node: process.version, cores: availableParallelism() };
  const { customers, connections, seconds, rounds } = options;
  const result = { ...facts, customers, connections, seconds, rounds, memoryMiB: memory, rows };
  writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`).catch(error => {
    throw error;
  });
}
