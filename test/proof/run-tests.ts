/** Runs one file of tests in a process of its own, and tells what came of it. */
import { join } from 'node:path';
import { run } from 'node:test';
import { ROOT } from './record.ts';

export interface Run {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly numbers: readonly string[];
  /** What failed, for the terminal. */
  readonly failures: readonly string[];
}

/** What a test may tell; the record is read by people. */
export const NUMBERS_MAXIMUM = 60;
export const NUMBER_LENGTH_MAXIMUM = 300;

/** What the runner itself says at the end of a file. */
const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

export async function runTests(file: string, milliseconds: number): Promise<Run> {
  let passed = 0;
  const [skipped, numbers, failures] = [[] as string[], [] as string[], [] as string[]];
  const stream = run({
    files: [join(ROOT, file)],
    cwd: ROOT,
    concurrency: 1,
    isolation: 'process',
    execArgv: ['--import', './test/support/check-answers.ts'],
    signal: AbortSignal.timeout(milliseconds),
  });
  for await (const { type, data } of stream as AsyncIterable<{ type: string; data: Reported }>) {
    if (type === 'test:diagnostic' && data.message !== undefined && !SUMMARY.test(data.message)) {
      numbers.push(data.message.slice(0, NUMBER_LENGTH_MAXIMUM));
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const reason = data.skip ?? data.todo;
    if (type === 'test:fail') failures.push(`${data.name}: ${causeOf(data)}`);
    else if (reason !== undefined && reason !== false) skipped.push(`${data.name}: ${reason}`);
    else if (data.details?.type !== 'suite') passed += 1;
  }
  return { passed, failed: failures.length, skipped, numbers: numbers.slice(0, NUMBERS_MAXIMUM), failures };
}

/** The parts of the runner's events that count here. */
interface Reported {
  readonly name: string;
  readonly message?: string;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details?: { readonly type?: string; readonly error?: Error };
}

const causeOf = ({ details }: Reported): string => {
  const cause = (details?.error?.cause ?? details?.error) as { message?: string } | string | undefined;
  return (typeof cause === 'string' ? cause : (cause?.message ?? '')).slice(0, NUMBER_LENGTH_MAXIMUM);
};
