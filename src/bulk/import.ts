/** Takes customers in from a stream of lines: a few batches at once, and no more in memory than those. */

import { isObject, readJson } from '../dialects/body.ts';
import { compile } from '../dialects/schema.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import {
  type Existing,
  type ImportBatch,
  type ImportCounts,
  type ImportEntry,
  type ImportRun,
  type Imports,
  type Refusal,
  refusal,
} from '../record/imports.ts';
import type { Head } from './format.ts';
import { FORMAT, LINE_MAXIMUM_BYTES, VERSION } from './format.ts';
import { HeadLine } from './line-schema.ts';
import { type Line, linesOf } from './lines.ts';
import { readLine } from './read-line.ts';

/** Lines of one transaction. */
const BATCH_LINES = 1_000;

/** Of large customers fewer: what is under way stays some 50 MB a batch with all that is made of it. */
const BATCH_BYTES = 4_000_000;

/** Where batches go: into the store, or to be looked at only. */
export interface Sink {
  isDone(line: number): boolean;
  reserve: ImportRun['reserve'];
  write: ImportRun['write'];
}

export interface Progress extends ImportCounts {
  /** Lines read, the first one and those that an earlier attempt did included. */
  readonly lines: number;
}

export interface ImportSettings {
  readonly jobs: number;
  /** Gets what is refused before it is committed that the lines are done. */
  tell(refusals: readonly Refusal[]): Promise<void>;
  progress(now: Progress): void;
  /** Read no further; what is under way is finished. */
  readonly signal: AbortSignal;
  readonly now: string;
}

export interface Outcome extends Progress {
  /** How many customers the first line says that there are; `undefined` without one. */
  readonly promised: number | undefined;
}

interface Gathered {
  readonly from: number;
  to: number;
  readonly entries: ImportEntry[];
  readonly refusals: Refusal[];
}

/** @throws ConcordError `request-invalid` for a file of another format. */
export async function importLines(
  bytes: AsyncIterable<Buffer>,
  sink: Sink,
  settings: ImportSettings,
): Promise<Outcome> {
  const { jobs, tell, signal, now } = settings;
  const total = { imported: 0, skipped: 0, refused: 0 };
  const underWay = new Set<Promise<void>>();
  let line = 0;
  let failure: unknown;
  let head: Head | undefined;
  let size = 0;
  let gathered: Gathered = { from: 1, to: 0, entries: [], refusals: [] };

  async function store({ from, to, entries, refusals }: Gathered): Promise<void> {
    const batch: ImportBatch = { from, to, entries, refused: refusals.length };
    let isTold = refusals.length === 0;
    const counts = await sink.write(batch, async refused => {
      const all = isTold ? refused : [...refusals, ...refused];
      isTold = true;
      if (all.length > 0) await tell(all);
    });
    for (const kind of ['imported', 'skipped', 'refused'] as const) total[kind] += counts[kind];
    settings.progress({ lines: line, ...total });
  }

  /** Waits for a free place, which is what holds the reader back. */
  async function dispatch(): Promise<void> {
    if (gathered.to < gathered.from) return;
    const work: Promise<void> = store(gathered).then(
      () => void underWay.delete(work),
      error => {
        underWay.delete(work);
        failure ??= error;
      },
    );
    underWay.add(work);
    gathered = { from: gathered.to + 1, to: gathered.to, entries: [], refusals: [] };
    size = 0;
    if (underWay.size >= jobs) await Promise.race(underWay);
  }

  async function begin(first: Line): Promise<boolean> {
    head = headOf(first);
    if (head) await sink.reserve(head.numbers);
    return head !== undefined;
  }

  function take(each: Line): void {
    size += each?.length ?? 0;
    if (each === undefined) gathered.refusals.push(refusal(line, 'line-too-long'));
    else if (!isBlank(each)) {
      const read = readLine(line, each, now);
      if ('entry' in read) gathered.entries.push(read.entry);
      else gathered.refusals.push(read.refused);
    }
  }

  reading: for await (const lines of linesOf(bytes, LINE_MAXIMUM_BYTES)) {
    for (const each of lines) {
      if (signal.aborted || failure !== undefined) break reading;
      line += 1;
      gathered.to = line;
      const isHead = line === 1 && (await begin(each));
      if (!isHead && !sink.isDone(line)) take(each);
      const held = gathered.entries.length + gathered.refusals.length;
      if (held >= BATCH_LINES || size >= BATCH_BYTES) await dispatch();
    }
    settings.progress({ lines: line, ...total });
  }
  if (failure === undefined) await dispatch();
  await Promise.all(underWay);
  if (failure !== undefined) throw failure;
  return { lines: line, ...total, promised: head?.customers };
}

const isBlank = (line: Buffer): boolean => line.length < 3 && line.toString('latin1').trim() === '';

const faultsOfHead = compile(HeadLine);

/** @throws ConcordError `request-invalid` for one of another format, or of a later version. */
function headOf(line: Line): Head | undefined {
  if (line === undefined) return undefined;
  let json: unknown;
  try {
    json = readJson(line);
  } catch {
    return undefined;
  }
  if (!isObject(json) || !('format' in json)) return undefined;
  if (json.format !== FORMAT || json.version !== VERSION || faultsOfHead(json).length > 0) {
    throw new ConcordError('request-invalid', {
      message: `The first line is not that of a file of ${FORMAT}, version ${VERSION}.`,
    });
  }
  return json as unknown as Head;
}

/** Looks at the lines and writes nothing. */
export const onlyLook = (imports: Imports, tenant: TenantId, existing: Existing): Sink => ({
  isDone: () => false,
  reserve: async () => {},
  async write({ entries, refused }, tell) {
    const { refusals, counts } = await imports.check(tenant, entries, existing);
    await tell(refusals);
    return { ...counts, refused: counts.refused + refused };
  },
});
