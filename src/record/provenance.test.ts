import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { customer as anyCustomer } from '../dialects/conformance/generate.ts';
import { edited } from '../dialects/conformance/perturb.ts';
import type { Change } from './changes.ts';
import type { Customer } from './customer.ts';
import { difference } from './difference.ts';
import { valueAt } from './history.ts';
import { sameJson } from './json.ts';
import { leavesOf, type Provenance, provenanceOf } from './provenance.ts';

const courses = fc
  .tuple(anyCustomer, anyCustomer)
  .chain(([first, other]) =>
    fc.tuple(
      fc.constant(first),
      edited(first),
      fc.constant({ ...other, id: first.id }),
      edited({ ...other, id: first.id }),
    ),
  );

const changesOf = (states: readonly Customer[]): Change[] =>
  states
    .map((state, at) => ({
      sequence: at + 1,
      customerId: state.id,
      customerNumber: state.number,
      dialect: `dialect-${at}`,
      actor: 'tester',
      requestId: String(at),
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, at)).toISOString(),
      event: null,
      fields: difference(states[at - 1], state),
      erased: false,
    }))
    .reverse();

describe('provenance', () => {
  it('names for each present value the change since which it stands', () => {
    fc.assert(
      fc.property(courses, states => {
        const present = states.at(-1)!;
        const { sources, open } = provenanceOf(present, changesOf(states));
        assert.equal(open.size, 0);
        assert.deepEqual(new Set(sources.keys()), new Set(leavesOf(present)));
        for (const [path, source] of sources) {
          const value = valueAt(present, path);
          let since = states.length;
          while (since > 1 && sameJson(valueAt(states[since - 2]!, path), value)) since -= 1;
          assert.equal(source.sequence, since, path);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is the same read page by page, and says when it knows everything', () => {
    fc.assert(
      fc.property(courses, states => {
        const present = states.at(-1)!;
        const changes = changesOf(states);
        let known: Provenance | undefined;
        let read = 0;
        for (const change of changes) {
          known = provenanceOf(present, [change], known);
          read += 1;
          if (known.open.size === 0) break;
        }
        assert.deepEqual(known, provenanceOf(present, changes));
        assert.ok(read === changes.length || known?.open.size === 0);
      }),
    );
  });

  it('answers nothing for what no change explains', () => {
    fc.assert(
      fc.property(anyCustomer, present => {
        const { sources, open } = provenanceOf(present, []);
        assert.equal(sources.size, 0);
        assert.deepEqual([...open], leavesOf(present));
      }),
    );
  });
});
