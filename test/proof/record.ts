/** What the last run of each proof found: `docs/proof.json`, from which `docs/proof.md` is made. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../../bench/machine.ts';
import type { TargetResult } from '../../bench/targets.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const RECORD = join(ROOT, 'docs/proof.json');
export const PAGE = join(ROOT, 'docs/proof.md');
const BENCH_RESULTS = join(ROOT, 'bench/results');

export interface Where extends Machine {
  readonly node: string;
  readonly postgres: string;
}

export interface Outcome {
  readonly at: string;
  readonly where: Where;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  /** What could not be tested there, and why. */
  readonly skipped: readonly string[];
  /** What it measured, in its own words. */
  readonly numbers: readonly string[];
}

/** By the file of a test, or the name of a benchmark. */
export type Outcomes = Readonly<Record<string, Outcome>>;

export function readOutcomes(): Outcomes {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8')) as Outcomes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Of results that carry their targets, one line for each. */
export const targetLines = (targets: readonly TargetResult[]): string[] =>
  targets.map(
    ({ target, wanted, worst, reached, of }) =>
      `${target}: ${reached === of ? 'reached' : `not reached by ${of - reached} of ${of}`}, wanted ${wanted}, worst ${worst}`,
  );

interface FullBench extends Where {
  readonly at: string;
  readonly machine: Machine;
  readonly targets?: readonly TargetResult[];
}

/** The last full `npm run bench`, by the date in the file's name. */
export function readFullBench(): Outcome | undefined {
  const dated = readdirSync(BENCH_RESULTS).filter(name => /^\d{4}-\d{2}-\d{2}\.json$/.test(name));
  for (const name of dated.sort().reverse()) {
    const found = JSON.parse(readFileSync(join(BENCH_RESULTS, name), 'utf8')) as FullBench;
    // Those of before had no targets.
    if (found.targets === undefined) continue;
    const { at, machine, node, postgres, targets } = found;
    const failed = targets.filter(({ reached, of }) => reached < of).length;
    return {
      at,
      where: { ...machine, node, postgres },
      seconds: 0,
      passed: targets.length - failed,
      failed,
      skipped: [],
      numbers: targetLines(targets),
    };
  }
  return undefined;
}
