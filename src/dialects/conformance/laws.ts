/**
 * The four laws of a lens, as property tests that every resource of every dialect runs (design: a dialect is a lens).
 *
 * What a vendor's own documents make impossible is a gap: data with a reason. A gap that nothing meets fails
 * the suite, so that a stale excuse cannot stay.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Customer } from '../../record/customer.ts';
import { difference } from '../../record/difference.ts';
import { type Json, sameJson } from '../../record/json.ts';
import type { DialectName } from '../contract.ts';
import type { Resource } from '../lens.ts';
import { pathPattern } from '../path-pattern.ts';
import { customer as anyCustomer } from './generate.ts';

export type Law = 'PutGet' | 'GetPut' | 'PutPut' | 'no harm';

export interface Gap {
  readonly law: Law;
  /** Why the vendor's rules forbid what the law asks, with their source. */
  readonly reason: string;
  /** Whether this write is one of those. */
  meets(customer: Customer, key: string, input: Json): boolean;
}

export interface Subject {
  readonly dialect: DialectName;
  readonly resource: Resource;
  /** Writes that the vendor's validation lets pass, for this part of this customer. */
  inputs(customer: Customer, key: string): fc.Arbitrary<Json>;
  /** Where the resource needs a special kind of customer; any otherwise. */
  readonly customers?: fc.Arbitrary<Customer>;
  readonly gaps?: readonly Gap[];
}

const RUNS = 300;

export function laws(subject: Subject): void {
  const { dialect, resource, gaps = [] } = subject;
  const met = new Set<Gap>();
  const excused = (law: Law, customer: Customer, key: string, input: Json): boolean => {
    const gap = gaps.find(each => each.law === law && each.meets(customer, key, input));
    if (gap) met.add(gap);
    return gap !== undefined;
  };
  const situations = (subject.customers ?? anyCustomer)
    .filter(customer => resource.keys(customer).length > 0)
    .chain(customer =>
      fc
        .constantFrom(...resource.keys(customer))
        .chain(key => subject.inputs(customer, key).map(input => ({ customer, key, input }))),
    );
  const holds = (law: Law, check: (customer: Customer, key: string, input: Json) => void) => () =>
    fc.assert(
      fc.property(situations, ({ customer, key, input }) => {
        if (!excused(law, customer, key, input)) check(customer, key, input);
      }),
      { numRuns: RUNS },
    );

  describe(`${dialect} ${resource.name}`, () => {
    it(
      'shows what was written (PutGet)',
      holds('PutGet', (customer, key, input) => {
        const after = resource.echo(resource.read(resource.write(customer, key, input), key).wire);
        assert.deepEqual(plain(partOf(after, input)), plain(input));
      }),
    );

    it(
      'changes nothing when what was read is written back (GetPut)',
      holds('GetPut', (customer, key) => {
        const echoed = resource.write(customer, key, resource.echo(resource.read(customer, key).wire));
        assert.deepEqual(difference(customer, echoed), []);
      }),
    );

    it(
      'writes the same when writing twice (idempotence)',
      holds('PutPut', (customer, key, input) => {
        const once = resource.write(customer, key, input);
        assert.deepEqual(difference(once, resource.write(once, key, input)), []);
      }),
    );

    it(
      'leaves alone what it cannot see',
      holds('no harm', (customer, key, input) => {
        const allowed = [...resource.touches, `**/phrasings/${dialect}/**`, `phrasings/${dialect}/**`].map(
          pattern => pathPattern(pattern.replace('{key}', key)),
        );
        const strays = difference(customer, resource.write(customer, key, input))
          .map(change => change.path)
          .filter(path => !allowed.some(pattern => pattern.test(path)));
        assert.deepEqual(strays, []);
      }),
    );

    after(() => {
      for (const gap of gaps) assert.ok(met.has(gap), `unused gap: ${gap.law}, ${gap.reason}`);
    });
  });
}

/** The members of `whole` that `part` names, at every level, so that the two can be compared. */
function partOf(whole: Json, part: Json): Json {
  if (sameJson(whole, part)) return part;
  if (!isObject(whole) || !isObject(part)) return whole;
  return Object.fromEntries(
    Object.keys(part).flatMap(name => (name in whole ? [[name, partOf(whole[name]!, part[name]!)]] : [])),
  );
}

/** As JSON would carry it: generated objects may have no prototype. */
const plain = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
