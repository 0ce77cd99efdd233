import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { compile } from '../schema.ts';
import { bindObject } from './bind.ts';
import { ADDRESS, CUSTOMER, type Model, NEW_CUSTOMER, SEARCH, type Shape } from './model.ts';
import { schemaOf } from './model-schema.ts';
import { faultsOf } from './values.ts';

const MODELS = { CUSTOMER, NEW_CUSTOMER, ADDRESS, SEARCH };

const RUNS = 2_000;

/** What somebody may send anywhere. */
const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom(null, true, '', ' ', 'x', '2', ' 7 ', 'a\nb', 'customer', 'ORDER', '\ud800', 0, 1, 2, 9),
  fc.constantFrom(-1, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53, 1e300, [], {}, [null], [[]], ['x'], [{}]),
  fc.constantFrom(
    'x'.repeat(254),
    'x'.repeat(255),
    'x'.repeat(1_000),
    'x'.repeat(1_001),
    Array(201).fill({}),
  ),
  fc.integer(),
  fc.string({ unit: 'grapheme' }),
);

type Body = { readonly [name: string]: Json };

/** A few properties at a time, so that one wrong value does not always hide another. */
const bodyFor = (model: Model): fc.Arbitrary<Body> =>
  fc.subarray(Object.entries(model), { maxLength: 2 }).chain(some => {
    const values = some.map(([name, shape]) => [name, shape ? valueFor(shape) : anything] as const);
    return fc.record(Object.fromEntries(values), { noNullPrototype: true });
  });

function valueFor(shape: Shape): fc.Arbitrary<Json> {
  if (shape.kind === 'object') return fc.oneof(anything, bodyFor(shape.model));
  if (shape.kind === 'list') return fc.oneof(anything, fc.array(valueFor(shape.item), { maxLength: 3 }));
  return anything;
}

function isRefused(model: Model, body: Body): boolean {
  const faults: Fault[] = [];
  const bound = bindObject(model, body, '', faults);
  return faults.length > 0 || faultsOf(model, bound).length > 0;
}

/** Texts of digits are numbers too, and the schema does not say which of them are in range. */
const hasDigits = (body: Json): boolean => /"\s*[+-]?\d+\s*"/.test(JSON.stringify(body));

describe('the schema of a billbee model', () => {
  for (const [name, model] of Object.entries(MODELS)) {
    it(`${name}: refuses what binding and the rules of values refuse, and nothing else`, () => {
      const check = compile(schemaOf(model));
      const seen = { refused: 0, taken: 0 };
      fc.assert(
        fc.property(bodyFor(model), body => {
          const refused = check(body).length > 0;
          seen[refused ? 'refused' : 'taken'] += 1;
          if (refused || !hasDigits(body)) assert.equal(isRefused(model, body), refused);
        }),
        { numRuns: RUNS },
      );
      assert.ok(seen.refused > RUNS / 10 && seen.taken > RUNS / 10, JSON.stringify(seen));
    });
  }
});
