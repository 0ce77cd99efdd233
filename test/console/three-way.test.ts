/** Merging edits of a record: disjoint changes come together, the same ones are a conflict, nothing is lost. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mergeRecord } from '../../console/src/pages/customer/record/merge-record.ts';
import { faultsById, patchBetween } from '../../console/src/pages/customer/record/record-patch.ts';
import { same, threeWay } from '../../console/src/pages/customer/record/three-way.ts';
import type { Customer } from '../../console/src/pages/customer/record/types.ts';
import { mergePatch } from '../../src/api/merge-patch.ts';
import { customerResource } from '../../src/api/resource.ts';
import type { Json } from '../../src/record/json.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const record = (): Customer =>
  customerResource(
    aCustomer(
      { contactPoints: [email('a@example.test'), phone('+351211234567')], customFields: { tier: 'gold' } },
      [
        { ...HARRISBURG, label: 'Home' },
        { ...LISBON, label: 'Summer' },
      ],
    ),
    [],
  ) as unknown as Customer;

const entry = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), city: fc.constantFrom('x', 'y', null) });
const state = fc.record({
  name: fc.constantFrom('one', 'two', null),
  kind: fc.constantFrom('p', 'q'),
  list: fc.uniqueArray(entry, { selector: ({ id }) => id }),
});

describe('a three-way merge', () => {
  it('is mine where they changed nothing, theirs where I changed nothing', () => {
    fc.assert(
      fc.property(state, state, (base, other) => {
        for (const merge of [threeWay(base, other, base), threeWay(base, base, other)]) {
          assert.deepEqual(merge.conflicts, []);
          assert.ok(same(merge.merged, other));
        }
      }),
    );
  });

  it('has no conflict where both changed the same to the same, and the choice decides every other', () => {
    fc.assert(
      fc.property(state, state, state, (base, mine, theirs) => {
        assert.deepEqual(threeWay(base, mine, mine).conflicts, []);
        const { conflicts } = threeWay(base, mine, theirs);
        const all = (side: 'mine' | 'theirs') =>
          threeWay(base, mine, theirs, Object.fromEntries(conflicts.map(({ path }) => [path, side]))).merged;
        for (const [side, whole] of [
          ['mine', all('mine')],
          ['theirs', all('theirs')],
        ] as const) {
          const again = threeWay(base, side === 'mine' ? mine : theirs, whole);
          assert.deepEqual(again.conflicts, [], 'nothing of the chosen side is lost');
        }
      }),
    );
  });

  it('says the same, whoever is asked', () => {
    fc.assert(
      fc.property(state, state, state, (base, mine, theirs) => {
        const paths = (one: object, other: object) =>
          threeWay<object>(base, one, other)
            .conflicts.map(({ path }) => path)
            .sort();
        assert.deepEqual(paths(mine, theirs), paths(theirs, mine));
      }),
    );
  });

  it('keeps an order that I changed, and puts what they added behind its neighbour', () => {
    const ids = (list: string) => ({ list: [...list].map(id => ({ id })) });
    const merge = threeWay(ids('abc'), ids('cab'), ids('abxc'));
    assert.deepEqual(merge.merged, ids('cabx'));
  });

  it('takes removing against changing as a conflict', () => {
    const of = (...list: { id: string; city: string }[]) => ({ list });
    const base = of({ id: 'a', city: 'x' });
    const { conflicts } = threeWay(base, of(), of({ id: 'a', city: 'y' }));
    assert.deepEqual(conflicts, [
      { path: 'list/a', base: { id: 'a', city: 'x' }, mine: undefined, theirs: { id: 'a', city: 'y' } },
    ]);
  });
});

describe('a merge of records', () => {
  it('brings together two fields of one address, and tells what they changed', () => {
    const base = record();
    const [home, summer] = base.addresses as [Customer['addresses'][0], Customer['addresses'][0]];
    const mine = { ...base, addresses: [{ ...home, city: 'Mine' }, summer] };
    const theirs = {
      ...base,
      version: 2,
      addresses: [{ ...home, line1: 'Theirs', updatedAt: 'later' }, summer],
    };
    const { merged, conflicts, taken } = mergeRecord(base, mine, theirs);
    assert.deepEqual(conflicts, []);
    assert.deepEqual([merged.addresses[0]!.city, merged.addresses[0]!.line1], ['Mine', 'Theirs']);
    assert.deepEqual(taken, [`addresses/${home.id}/line1`]);
    assert.deepEqual(patchBetween(theirs, merged).addresses, [
      { id: home.id, city: 'Mine' },
      { id: summer.id },
    ]);
  });

  it('takes two new main addresses as one conflict, not as two main addresses', () => {
    const base = record();
    const main = (at: number | undefined): Customer => ({
      ...base,
      addresses: base.addresses.map((address, index) => ({ ...address, main: index === at })),
    });
    const { conflicts, merged } = mergeRecord(main(undefined), main(0), main(1), {
      'holders/address main': 'theirs',
    });
    assert.deepEqual(
      conflicts.map(({ path }) => path),
      ['holders/address main'],
    );
    assert.deepEqual(
      merged.addresses.map(address => address.main),
      [false, true],
    );
  });

  it('leaves a record that nobody changed as it is, and sends nothing', () => {
    const base = record();
    const { merged } = mergeRecord(base, base, base);
    assert.deepEqual(merged, base);
    assert.deepEqual(patchBetween(base, merged), {});
  });
});

describe('a patch between two states', () => {
  it('leads from one to the other in custom fields, as RFC 7396 says', () => {
    const value = fc.letrec<{ value: unknown }>(tie => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.array(fc.integer()),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
      ),
    })).value;
    const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value);
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        const base = record();
        const patch = patchBetween({ ...base, customFields: before }, { ...base, customFields: after });
        const reached = mergePatch(before as Json, (patch.customFields ?? {}) as Json);
        assert.ok(same(reached, after), JSON.stringify({ before, after, reached }));
      }),
    );
  });

  it('sends what a new entry has, without the id that it does not have yet', () => {
    const base = record();
    const point = { ...base.contactPoints[0]!, id: 'new', value: 'b@example.test', purposes: [] };
    const { contactPoints } = patchBetween(base, { ...base, contactPoints: [...base.contactPoints, point] });
    assert.deepEqual(contactPoints?.at(-1), { kind: 'email', value: 'b@example.test', purposes: [] });
  });

  it('finds the entry that a fault is about', () => {
    const base = record();
    const point = { ...base.contactPoints[0]!, id: 'new' };
    const wanted = { ...base, contactPoints: [...base.contactPoints, point] };
    const faults = [
      { field: 'contactPoints/2/value', message: 'one' },
      { field: 'addresses/1/country', message: 'two' },
      { field: 'birthDate', message: 'three' },
    ];
    assert.deepEqual(faultsById(faults, wanted), {
      'contactPoints/new/value': 'one',
      [`addresses/${base.addresses[1]!.id}/country`]: 'two',
      birthDate: 'three',
    });
  });
});
