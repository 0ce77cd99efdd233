/** What is claimed, each with the commands that show it. A line here is a line of `docs/proof.md`. */

/** A command whose last outcome is told. */
export type Evidence =
  /** A file of tests: quick ones are part of `npm test`, those named `*.proof.ts` are not. */
  | { readonly test: string; readonly shows?: RegExp }
  /** One of the benchmarks below, as `npm run proof` runs it: smaller than in full. */
  | { readonly bench: BenchName; readonly shows?: RegExp }
  /** `npm run bench`, whose last results are in `bench/results/`. */
  | { readonly full: 'npm run bench'; readonly shows: RegExp };

export interface Claim {
  readonly says: string;
  readonly by: readonly Evidence[];
  /** What of it does not hold, or is only designed. */
  readonly but?: string;
}

export interface Chapter {
  readonly title: string;
  readonly claims: readonly Claim[];
}

/** Each writes JSON where `--json` says, and is small enough for two cores: `npm run proof` takes 40 minutes at most. */
export const BENCHES = {
  speed: {
    file: 'bench/run.ts',
    args: ['--customers', '10000,100000', '--rounds', '3', '--seconds', '0.5'],
  },
  start: { file: 'bench/start.ts', args: [] },
  bulk: { file: 'bench/bulk.ts', args: ['--customers', '100000'] },
  year: { file: 'bench/year.ts', args: [] },
} as const satisfies Record<string, { file: string; args: readonly string[] }>;
export type BenchName = keyof typeof BENCHES;

const speed = (shows: RegExp): readonly Evidence[] => [
  { full: 'npm run bench', shows },
  { bench: 'speed', shows },
];

export const CHAPTERS: readonly Chapter[] = [
  {
    title: 'Speed and scale',
    claims: [
      {
        says: 'GET: at least half of what a bare server with one prepared statement answers, at 10,000, 100,000 and a million customers',
        by: speed(/limit, GET/),
      },
      { says: 'PUT, with history row and row-level security: at least half', by: speed(/limit, PUT/) },
      {
        says: 'Throughput at a million customers: at least 0.9 of that at 10,000',
        by: [{ full: 'npm run bench', shows: /at 1,000,000/ }],
      },
      { says: 'p99 at 32 connections: at most three times the limit’s', by: speed(/^p99/) },
      { says: 'Memory: at most 320 MiB for each process, under load, at any size', by: speed(/memory/) },
      {
        says: 'Ready within 2 s on existing data, within 5 s on an empty directory',
        by: [{ bench: 'start' }],
      },
      {
        says: 'The benchmark’s own numbers are right: every refusal, wrong answer and lost connection fails the run',
        by: [{ test: 'test/bench/generator.test.ts' }, { test: 'test/bench/results.test.ts' }],
      },
      {
        says: '`serve --workers`: one process per core on one port; counters, limits and revocations hold across them',
        by: [{ test: 'test/cli/workers.test.ts' }],
      },
      {
        says: 'A million customers in from JSON Lines and out again, at least 0.3 of raw COPY, in constant memory',
        by: [{ bench: 'bulk' }, { test: 'test/proof/bulk.proof.ts' }],
      },
      { says: 'An interrupted import resumes without duplicates', by: [{ test: 'test/cli/import.test.ts' }] },
      {
        says: 'The change table is partitioned by time; retention and archive are a command',
        by: [
          { test: 'src/store/partitions.test.ts' },
          { test: 'src/store/archive/archive.test.ts' },
          { test: 'test/cli/changes.test.ts' },
        ],
      },
      { says: 'A year of 100 writes a second: the feed stays flat', by: [{ bench: 'year' }] },
    ],
  },
  {
    title: 'Beyond one machine',
    claims: [
      {
        says: 'Two servers over one database: changes, revocations, limits, idempotency keys and the live feed hold across them',
        by: [{ test: 'test/scaling/two-servers.test.ts' }],
      },
      {
        says: 'Read replicas: a client reads its own writes; a replica is promoted while writes go on',
        by: [{ test: 'src/store/replicas.test.ts' }, { test: 'test/proof/replica.proof.ts' }],
      },
      { says: 'pgbouncer in transaction mode in front', by: [{ test: 'test/proof/pgbouncer.proof.ts' }] },
      {
        says: 'Every key begins with the tenant, as Citus by `tenant_id` would need',
        by: [{ test: 'src/store/schema.test.ts' }],
        but: 'Citus itself is designed only: docs/scaling.md.',
      },
    ],
  },
  {
    title: 'Faults',
    claims: [
      {
        says: 'Server and database killed at random points, 50 times in 1,000 writes: what was acknowledged is there, nothing half, feed without gap or duplicate',
        by: [{ test: 'test/faults.test.ts' }, { test: 'test/proof/kills.proof.ts' }],
      },
      {
        says: 'Database away for 10 s: requests fail fast with the vendor’s own body, recovery within 2 s, no crash',
        by: [{ test: 'src/store/outage.test.ts' }, { test: 'test/proof/outage.proof.ts' }],
      },
      {
        says: 'Disk full: a clear error, no corruption, recovery when there is room again',
        by: [{ test: 'test/proof/disk.proof.ts' }],
      },
      {
        says: 'Slow database: a bounded queue, 503 with `Retry-After`, bounded memory',
        by: [{ test: 'test/proof/slow.proof.ts' }],
      },
      {
        says: 'Slow-loris, 10,000 idle connections, 100 MB bodies, deep JSON, header floods: bounded',
        by: [
          { test: 'test/attacks.test.ts' },
          { test: 'test/slow-requests.test.ts' },
          { test: 'test/faults/network.test.ts' },
          { test: 'test/proof/network.proof.ts' },
        ],
      },
      {
        says: 'The clock jumps back an hour: ids, feed and tokens hold',
        by: [{ test: 'test/proof/clock.proof.ts' }],
      },
      {
        says: 'Twenty servers start at once on an empty database',
        by: [{ test: 'test/faults/starts.test.ts' }, { test: 'test/proof/starts.proof.ts' }],
      },
    ],
  },
  {
    title: 'Isolation and secrets',
    claims: [
      {
        says: 'For every route: another tenant’s ids in path, query and body; no, wrong, revoked and foreign credentials; nothing leaks, nothing changes',
        by: [
          { test: 'test/isolation/routes.test.ts' },
          { test: 'test/isolation/credentials.test.ts' },
          { test: 'test/isolation/counters.test.ts' },
          { test: 'test/isolation/work.test.ts' },
          { test: 'test/proof/isolation.proof.ts' },
        ],
      },
      {
        says: 'Row-level security alone yields nothing of another tenant',
        by: [{ test: 'test/isolation/row-security.test.ts' }],
      },
      {
        says: 'Canaries in every personal field: not in logs, metrics, error bodies, feed or crash output',
        by: [{ test: 'test/isolation/canaries.test.ts' }],
      },
      {
        says: 'The encryption key is rotated under load: no failed request, old ciphertexts re-encrypted, the old key removable',
        by: [{ test: 'src/store/keys/rotation.test.ts' }, { test: 'test/proof/key-rotation.proof.ts' }],
      },
    ],
  },
];

export const allEvidence = (): Evidence[] => CHAPTERS.flatMap(({ claims }) => claims.flatMap(({ by }) => by));

/** Under which name the record has its outcome; `npm run bench` keeps its own. */
export const keyOf = (evidence: Evidence): string | undefined =>
  'test' in evidence ? evidence.test : 'bench' in evidence ? evidence.bench : undefined;

export function commandOf(evidence: Evidence): string {
  if ('full' in evidence) return evidence.full;
  if ('bench' in evidence) return `npm run proof -- ${evidence.bench}`;
  return evidence.test.endsWith('.proof.ts')
    ? `npm run proof -- ${evidence.test.replace(/^.*\/|\.proof\.ts$/g, '')}`
    : `npm run test:file -- ${evidence.test}`;
}
