import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import { SUBJECTS } from '../support/examples.ts';
import { coveragePage, PAGE, staleGaps, unexplained } from './page.ts';

describe('coverage', () => {
  it('is written down as it is (npm run coverage-page)', () => {
    assert.equal(readFileSync(PAGE, 'utf8'), coveragePage());
  });

  for (const dialect of DIALECTS) {
    it(`${dialect.title}: no operation is missing without a reason, and no reason is stale`, () => {
      assert.deepEqual(unexplained(dialect), []);
      assert.deepEqual(staleGaps(dialect), []);
    });

    it(`${dialect.title}: each route has a refusal of its own beside the credentials`, () => {
      const bare = SUBJECTS.filter(each => each.dialect === dialect && each.example.failures.length === 0);
      assert.deepEqual(bare, []);
    });
  }
});
