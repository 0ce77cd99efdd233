/**
 * The laws across dialects: written through any dialect A, read through any dialect B. What A cannot see is unchanged, B
 * reads a record that it can write back unchanged, a change is seen or named as omitted, and `omitted` is complete.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Customer } from '../../record/customer.ts';
import { difference } from '../../record/difference.ts';
import { ConcordError } from '../../record/errors.ts';
import { sameJson } from '../../record/json.ts';
import type { Dialect } from '../contract.ts';
import { DIALECTS } from '../index.ts';
import type { Resource } from '../lens.ts';
import { pathPattern } from '../path-pattern.ts';
import { viewOf } from '../view.ts';
import { customer as anyCustomer } from './generate.ts';
import { edited, leavesOf, perturbed } from './perturb.ts';

/** A few seconds for each dialect; CROSSING_RUNS asks for more. */
const RUNS = Number(process.env.CROSSING_RUNS ?? 60);

interface Crossing {
  readonly before: Customer;
  readonly key: string;
  readonly after: Customer;
}

/** A customer before and after somebody edited in A what A shows; `after` is `before` where A's own rules refuse it. */
const crossings = (resource: Resource): fc.Arbitrary<Crossing> =>
  anyCustomer
    .filter(before => resource.keys(before).length > 0)
    .chain(before =>
      fc
        .tuple(fc.constantFrom(...resource.keys(before)), edited(before))
        .map(([key, seen]) => ({ before, key, after: written(resource, before, key, seen) })),
    );

function written(resource: Resource, before: Customer, key: string, seen: Customer): Customer {
  try {
    return resource.write(before, key, resource.echo(resource.read(seen, key).wire));
  } catch (error) {
    if (error instanceof ConcordError) return before;
    throw error;
  }
}

/**
 * Whether an omission covers the path: it names the value, something that holds it, or something inside it. The order
 * of a list that is omitted is omitted with it.
 */
const covers = (omitted: readonly { path: string }[], place: string): boolean => {
  const path = place.replace(/\/order$/, '');
  return omitted.some(
    each => path === each.path || path.startsWith(`${each.path}/`) || each.path.startsWith(`${path}/`),
  );
};

const wiresOf = (dialect: Dialect, customer: Customer) => viewOf(dialect, customer).resources;

for (const a of DIALECTS) {
  for (const resource of a.resources) {
    describe(`written through ${a.title}’s ${resource.name}`, () => {
      const touches = [...resource.touches, `**/phrasings/${a.name}/**`, `phrasings/${a.name}/**`];
      const holds = (check: (crossing: Crossing) => void) => () =>
        fc.assert(fc.property(crossings(resource), check), { numRuns: RUNS });

      it(
        'what it cannot see is unchanged',
        holds(({ before, key, after }) => {
          const allowed = touches.map(pattern => pathPattern(pattern.replace('{key}', key)));
          const strays = difference(before, after).filter(
            ({ path }) => !allowed.some(pattern => pattern.test(path)),
          );
          assert.deepEqual(strays, []);
        }),
      );

      for (const b of DIALECTS) {
        it(
          `${b.title} writes back unchanged what it reads then`,
          holds(({ after }) => {
            for (const other of b.resources) {
              for (const key of other.keys(after)) {
                const echoed = other.write(after, key, other.echo(other.read(after, key).wire));
                assert.deepEqual(difference(after, echoed), []);
              }
            }
          }),
        );

        it(
          `${b.title} shows the change, or names it as omitted`,
          holds(({ before, after }) => {
            if (!sameJson(wiresOf(b, before), wiresOf(b, after))) return;
            const omitted = [...viewOf(b, before).omitted, ...viewOf(b, after).omitted];
            const unnamed = difference(before, after)
              .map(change => change.path)
              .filter(path => !/phrasings|e164|houseNumber|updatedAt/.test(path) && !covers(omitted, path));
            assert.deepEqual(unnamed, []);
          }),
        );
      }
    });
  }
}

for (const b of DIALECTS) {
  describe(`omitted of ${b.title}`, () => {
    const leaves = anyCustomer
      .map(customer => ({ customer, paths: leavesOf(customer) }))
      .filter(({ paths }) => paths.length > 0)
      .chain(({ customer, paths }) => fc.constantFrom(...paths).map(path => ({ customer, path })));

    it('names every value that it does not tell', () => {
      fc.assert(
        fc.property(leaves, ({ customer, path }) => {
          const other = perturbed(customer, path);
          if (!sameJson(wiresOf(b, customer), wiresOf(b, other))) return;
          const omitted = [...viewOf(b, customer).omitted, ...viewOf(b, other).omitted];
          assert.ok(covers(omitted, path), `${path} is neither told nor omitted`);
        }),
        { numRuns: RUNS * 20 },
      );
    });

    it('names no value as having no field that it does tell', () => {
      const patterns = Object.keys(b.untold).map(pathPattern);
      fc.assert(
        fc.property(leaves, ({ customer, path }) => {
          if (!patterns.some(pattern => pattern.test(path))) return;
          assert.deepEqual(wiresOf(b, perturbed(customer, path)), wiresOf(b, customer), path);
        }),
        { numRuns: RUNS * 20 },
      );
    });
  });
}
