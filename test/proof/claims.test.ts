/** What is claimed can be run, and the page says what the record says. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { allEvidence, BENCHES, CHAPTERS, type Chapter, commandOf, keyOf } from './claims.ts';
import { pageOf, presentPage } from './page.ts';
import { type Outcome, PAGE, ROOT } from './record.ts';
import { outcomeOf } from './run-bench.ts';

const here = (file: string) => existsSync(join(ROOT, file));

describe('what is claimed', () => {
  it('names files that are there', () => {
    const files = [
      ...allEvidence().flatMap(evidence => ('test' in evidence ? evidence.test : [])),
      ...Object.values(BENCHES).map(({ file }) => file),
    ];
    assert.deepEqual(
      [...new Set(files)].filter(file => !here(file)),
      [],
    );
  });

  it('has every long test', () => {
    const claimed = new Set(allEvidence().map(keyOf));
    const proofs = readdirSync(join(ROOT, 'test/proof')).filter(name => name.endsWith('.proof.ts'));
    assert.deepEqual(
      proofs.filter(name => !claimed.has(`test/proof/${name}`)),
      [],
    );
  });

  it('is shown by something, and said once', () => {
    const claims = CHAPTERS.flatMap(chapter => chapter.claims);
    assert.deepEqual(
      claims.filter(({ by }) => by.length === 0),
      [],
    );
    assert.equal(new Set(claims.map(({ says }) => says)).size, claims.length);
  });

  it('is what docs/proof.md says; if not: node test/proof/page.ts', () => {
    assert.equal(readFileSync(PAGE, 'utf8'), presentPage());
  });
});

describe('the page', () => {
  const outcome = (wish: Partial<Outcome> = {}): Outcome => ({
    at: '2026-11-24T12:00:00.000Z',
    where: { processor: 'Any', cores: 2, memoryGiB: 8, node: 'v24', postgres: '18' },
    seconds: 3,
    passed: 2,
    failed: 0,
    skipped: [],
    numbers: [],
    ...wish,
  });
  const chapters = (shows?: RegExp): Chapter[] => [
    { title: 'Any', claims: [{ says: 'It | holds', by: [{ test: 'a.proof.ts', ...(shows && { shows }) }] }] },
  ];
  const page = (of: Outcome | undefined, shows?: RegExp) =>
    pageOf(chapters(shows), of ? { 'a.proof.ts': of } : {}, undefined);

  it('tells a failure, a reason for not testing, and that nothing was run', () => {
    assert.match(page(outcome({ failed: 1 })), /\*\*1 failed\*\*, 2 passed in 3 s/);
    assert.match(page(outcome({ skipped: ['x: no tmpfs'] })), /2 passed in 3 s<br>skipped: x: no tmpfs/);
    assert.match(page(outcome({ passed: 0, skipped: ['all: why'] })), /none ran in 3 s/);
    assert.match(page(undefined), /not run yet/);
  });

  it('shows the numbers that are meant, and breaks no cell', () => {
    const numbers = ['rate 1|2', 'memory <3'];
    assert.match(page(outcome({ numbers }), /memory/), /\| memory &lt;3 \| 2026-11-24 \| A \|/);
    assert.match(page(outcome({ numbers })), /rate 1\\\|2<br>memory &lt;3/);
    assert.match(page(outcome({ numbers }), /nothing/), /not measured/);
    assert.match(page(outcome()), /\| It \\\| holds \|/);
    assert.match(page(outcome()), /\*\*A\*\*: Any, 2 cores, 8 GiB, Node.js v24, PostgreSQL 18/);
  });
});

describe('commands', () => {
  it('are what one types', () => {
    assert.equal(commandOf({ test: 'test/proof/kills.proof.ts' }), 'npm run proof -- kills');
    assert.equal(commandOf({ test: 'test/faults.test.ts' }), 'npm run test:file -- test/faults.test.ts');
    assert.equal(commandOf({ bench: 'bulk' }), 'npm run proof -- bulk');
  });
});

describe('a benchmark', () => {
  const target = { target: 'speed', wanted: '≥ 0.5', worst: '0.4 (x)', reached: 1, of: 2 };

  it('fails by the targets that it misses', () => {
    const run = outcomeOf(JSON.stringify({ targets: [target, { ...target, reached: 2 }] }), '');
    assert.deepEqual([run.passed, run.failed], [1, 1]);
    assert.equal(run.failures[0], 'speed: not reached by 1 of 2, wanted ≥ 0.5, worst 0.4 (x)');
  });

  it('without targets tells its lines that have numbers', () => {
    const run = outcomeOf('{}', '┌───┐\n│ a │ 12 │\nno number\nrate: 3\n');
    assert.deepEqual(run.numbers, ['a · 12', 'rate: 3']);
    assert.equal(run.failed, 0);
  });
});
