import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { customer as anyCustomer, link } from '../dialects/conformance/generate.ts';
import { edited } from '../dialects/conformance/perturb.ts';
import { addAddress } from './address.ts';
import type { Change } from './changes.ts';
import { newContactPoint } from './contact-points.ts';
import { type Customer, emptyCustomer } from './customer.ts';
import { difference, fullDifference } from './difference.ts';
import { apply, rewind, unapply, valueAt } from './history.ts';
import type { Json } from './json.ts';
import { leavesOf } from './provenance.ts';

const RUNS = 300;

/** Any JSON, because a custom field may hold any, under any key. */
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const key = fc.oneof(
  fc.constantFrom('a', 'a/b', 'a~1b', '~', '', 'order', 'version', 'constructor', '__proto__'),
  fc.string({ maxLength: 4 }),
);
const phrasings = fc.dictionary(
  fc.constantFrom('one', 'two', 'a/b'),
  fc.dictionary(
    key,
    fc.oneof(
      fc.record({ said: json, of: json }),
      json.map(said => ({ said })),
    ),
    { minKeys: 1, maxKeys: 2 },
  ),
  { maxKeys: 2 },
);

/** A customer as `generate.ts` makes one, with what only exact history tells apart. */
const record: fc.Arbitrary<Customer> = fc
  .tuple(anyCustomer, fc.dictionary(key, json, { maxKeys: 4 }), phrasings, phrasings)
  .map(([customer, customFields, own, ofAddress]) => ({
    ...customer,
    customFields,
    phrasings: own,
    addresses: customer.addresses.map((each, at) =>
      at === 0 ? { ...each, address: { ...each.address, phrasings: ofAddress } } : each,
    ),
  }));

const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<Item[]> =>
  fc.shuffledSubarray([...items], { minLength: 0, maxLength: items.length });

/** The same customer later: lists lose, gain and move items, values change. */
const later = (before: Customer): fc.Arbitrary<Customer> =>
  fc
    .tuple(edited(before), record)
    .chain(([own, other]) =>
      fc.record({
        own: fc.constant(own),
        addresses: shuffled([...own.addresses, ...other.addresses]),
        contactPoints: shuffled([...own.contactPoints, ...other.contactPoints]),
        representatives: shuffled([...own.representatives, ...other.representatives]),
        identityDocuments: shuffled([...own.identityDocuments, ...other.identityDocuments]),
        employees: shuffled([...own.employees, ...other.employees]),
        customFields: fc.constantFrom(own.customFields, other.customFields),
        phrasings: fc.constantFrom(own.phrasings, other.phrasings),
        taxIds: fc.constantFrom(own.taxIds, other.taxIds),
      }),
    )
    .map(({ own, ...lists }) => ({ ...own, ...lists }) as Customer);

const pairs = record.chain(before =>
  fc.tuple(
    fc.constant(before),
    fc.oneof(
      later(before),
      record.map(other => ({ ...other, id: before.id })),
    ),
  ),
);

/** Version and time of change are not history's to keep. */
const plain = (customer: Customer | undefined): unknown =>
  customer &&
  JSON.parse(
    JSON.stringify({
      ...customer,
      version: 0,
      updatedAt: '',
      addresses: customer.addresses.map(each => ({
        ...each,
        address: { ...each.address, version: 0, updatedAt: '' },
      })),
      representatives: customer.representatives.map(person => ({
        ...person,
        addresses: person.addresses.map(each => ({
          ...each,
          address: { ...each.address, version: 0, updatedAt: '' },
        })),
      })),
    }),
  );

/** As the history of the store gives it back. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('history', () => {
  it('leads from either of two records to the other', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const fields = stored(fullDifference(before, after));
        assert.deepEqual(plain(apply(before, fields)), plain(after));
        assert.deepEqual(plain(unapply(after, fields)), plain(before));
      }),
      { numRuns: RUNS },
    );
  });

  it('makes a customer of nothing, and nothing of a customer', () => {
    fc.assert(
      fc.property(record, customer => {
        const created = stored(fullDifference(undefined, customer));
        assert.deepEqual(plain(apply(undefined, created)), plain(customer));
        assert.equal(unapply(customer, created), undefined);
        const removed = stored(fullDifference(customer, undefined));
        assert.equal(apply(customer, removed), undefined);
        assert.deepEqual(plain(unapply(undefined, removed)), plain(customer));
      }),
      { numRuns: RUNS },
    );
  });

  it('says nothing of what is the same', () => {
    fc.assert(
      fc.property(record, customer => {
        assert.deepEqual(fullDifference(customer, stored(customer)), []);
      }),
    );
  });

  it('names each path once, and the value there by it', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const fields = fullDifference(before, after);
        assert.equal(new Set(fields.map(({ path }) => path)).size, fields.length);
        for (const { path, before: left, after: right } of fields) {
          assert.deepEqual(valueAt(before, path) ?? null, left, path);
          assert.deepEqual(valueAt(after, path) ?? null, right, path);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('goes back to any moment, also of a customer who was removed', () => {
    const course = record.chain(first =>
      fc.tuple(
        fc.constant(first),
        later(first).chain(second =>
          fc.tuple(
            fc.constant(second),
            later(second).chain(third => fc.tuple(fc.constant(third), later(third))),
          ),
        ),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(
        course,
        fc.integer({ min: 1, max: 3 }),
        ([first, [second, [third, fourth]], gone], page) => {
          const states = [undefined, first, second, third, fourth, ...(gone ? [undefined] : [])];
          const newestFirst = states
            .slice(1)
            .map((state, at) => change(at + 1, fullDifference(states[at], state)))
            .reverse();
          for (const [at, state] of states.entries()) {
            let current = states.at(-1);
            for (let from = 0; from < newestFirst.length; from += page) {
              const rewound = rewind(current, newestFirst.slice(from, from + page), timeOf(at));
              current = rewound.customer;
              if (rewound.reached) break;
            }
            assert.deepEqual(plain(current), plain(state));
          }
        },
      ),
      { numRuns: RUNS / 3 },
    );
  });
});

const timeOf = (step: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, step)).toISOString();

const change = (sequence: number, fields: Change['fields']): Change => ({
  sequence,
  customerId: '',
  customerNumber: 1,
  dialect: 'test',
  actor: 'tester',
  requestId: '1',
  at: timeOf(sequence),
  event: null,
  fields,
  erased: false,
});

describe('the difference', () => {
  const customer = (customFields: Customer['customFields']): Customer => ({
    ...emptyCustomer('business', 'c'),
    customFields,
  });

  it('keeps a custom field whole, and tells null from nothing', () => {
    assert.deepEqual(difference(customer({ a: { b: [] } }), customer({ a: {}, n: null })), [
      { path: 'customFields/a', before: { b: [] }, after: {} },
      { path: 'customFields/n', before: null, after: null, explicitNull: 'after' },
    ]);
  });

  it('escapes a name that holds a slash as JSON Pointer does', () => {
    const [field] = difference(customer({}), customer({ 'a/b~': 1 }));
    assert.equal(field?.path, 'customFields/a~1b~0');
  });

  it('tells the order of a list when an item came between the others', () => {
    const [one, two, between] = ['1@x.test', '2@x.test', '3@x.test'].map(value =>
      newContactPoint('email', value),
    );
    const before = { ...customer({}), contactPoints: [one!, two!] };
    const fields = difference(before, { ...before, contactPoints: [one!, between!, two!] });
    assert.deepEqual(fields.at(-1), {
      path: 'contactPoints/order',
      before: [one!.id, two!.id],
      after: [one!.id, between!.id, two!.id],
    });
    const atTheEnd = difference(before, { ...before, contactPoints: [one!, two!, between!] });
    assert.ok(!atTheEnd.some(({ path }) => path.endsWith('/order')));
  });

  it('masks the number of a document, and tells that it changed even when the last four stay', () => {
    const document = {
      id: 'd',
      kind: 'ssn',
      value: '111-22-3333',
      issuingCountry: null,
      issuingRegion: null,
      expiryDate: null,
    } as const;
    const before = { ...customer({}), identityDocuments: [document] };
    const after = { ...customer({}), identityDocuments: [{ ...document, value: '999-99-3333' }] };
    assert.deepEqual(difference(before, after), [
      { path: 'identityDocuments/d/value', before: '…3333', after: '…3333' },
    ]);
    assert.deepEqual(fullDifference(before, after), [
      { path: 'identityDocuments/d/value', before: '111-22-3333', after: '999-99-3333' },
    ]);
  });

  it('reads what schema versions before 3 told key by key', () => {
    const after = apply(customer({ a: { b: 1, c: 2 } }), [
      { path: 'customFields/a/b', before: 1, after: null },
      { path: 'customFields/d/e', before: null, after: 'x' },
      { path: 'phrasings/one/locale/said', before: null, after: 'pt-PT' },
      { path: 'phrasings/one/locale/of', before: null, after: 'pt' },
    ]);
    assert.deepEqual(after?.customFields, { a: { c: 2 }, d: { e: 'x' } });
    assert.deepEqual(after?.phrasings, { one: { locale: { said: 'pt-PT', of: 'pt' } } });
  });

  it('takes no longer for a customer with a thousand addresses than a write may', () => {
    const [sample] = fc.sample(link, 1);
    let many = customer({});
    for (let at = 0; at < 1_000; at += 1) {
      many = addAddress(many, { ...sample!, address: { ...sample!.address, id: `a${at}` } });
    }
    const begun = performance.now();
    apply(undefined, fullDifference(undefined, many));
    const took = performance.now() - begun;
    assert.ok(took < 2_000, `${Math.round(took)} ms`);
    assert.ok(leavesOf(many).length > 1_000);
  });
});
