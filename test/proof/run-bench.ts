/** Runs one benchmark in its reduced form, and tells what it measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetResult } from '../../bench/targets.ts';
import { BENCHES, type BenchName } from './claims.ts';
import { ROOT, targetLines } from './record.ts';
import { NUMBER_LENGTH_MAXIMUM, NUMBERS_MAXIMUM, type Run } from './run-tests.ts';

/** A benchmark that is told to end gets this long, for its database to stop in order. */
const END_MILLISECONDS = 30_000;

export async function runBench(name: BenchName, milliseconds: number): Promise<Run> {
  const { file, args } = BENCHES[name];
  const directory = await mkdtemp(join(tmpdir(), 'concord-proof-'));
  const json = join(directory, 'results.json');
  try {
    const child = spawn(process.execPath, [join(ROOT, file), ...args, '--json', json], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      errors = `${errors}${text}`.slice(-4_000);
    });
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), END_MILLISECONDS).unref();
    }, milliseconds);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    if (code !== 0) {
      return { passed: 0, failed: 1, skipped: [], numbers: [], failures: [`${file}: ${errors.trim()}`] };
    }
    return outcomeOf(await readFile(json, 'utf8').catch(() => '{}'), output);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A benchmark that tells its targets passes each that it reaches; of another, its last lines with numbers are told. */
export function outcomeOf(json: string, output: string): Run {
  const { targets } = JSON.parse(json) as { targets?: readonly TargetResult[] };
  if (targets === undefined) {
    return { passed: 1, failed: 0, skipped: [], numbers: numbersOf(output), failures: [] };
  }
  const missed = targets.filter(({ reached, of }) => reached < of);
  return {
    passed: targets.length - missed.length,
    failed: missed.length,
    skipped: [],
    numbers: targetLines(targets),
    failures: targetLines(missed),
  };
}

/** The frames of a table say nothing in a line of text. */
const numbersOf = (output: string): string[] =>
  output
    .split('\n')
    .map(line =>
      line
        .replaceAll(/[┌┐└┘├┤┬┴┼─]/g, '')
        .replaceAll('│', '·')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .map(line => line.replaceAll(/^· | ·$/g, '').slice(0, NUMBER_LENGTH_MAXIMUM))
    .filter(line => /\d/.test(line))
    .slice(-NUMBERS_MAXIMUM);
