import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { customer as anyCustomer } from '../dialects/conformance/generate.ts';
import { edited } from '../dialects/conformance/perturb.ts';
import {
  type Address,
  addAddress,
  changeAddress,
  emptyAddress,
  linkTo,
  mainAddress,
  removeAddress,
} from './address.ts';
import type { Change } from './changes.ts';
import { addContactPoint, changeContactPoint, newContactPoint } from './contact-points.ts';
import { type Customer, emptyCustomer } from './customer.ts';
import { difference, fullDifference, masked } from './difference.ts';
import { ConcordError } from './errors.ts';
import type { Json } from './json.ts';
import { lostAddresses, type RevertOptions, revertChange } from './revert.ts';

const changeOf = (before: Customer | undefined, after: Customer | undefined, sequence = 1): Change => ({
  sequence,
  customerId: 'c',
  customerNumber: 1,
  dialect: 'test',
  actor: 'tester',
  requestId: '1',
  at: '2026-01-01T00:00:00.000Z',
  event: null,
  fields: fullDifference(before, after),
  erased: false,
});

const revert = (customer: Customer, change: Change, options: Partial<RevertOptions> = {}): Customer =>
  revertChange(customer, change, { later: [], ...options }).customer;

/** Custom fields hold any JSON, also what says nothing elsewhere. */
const customFields = fc.dictionary(
  fc.constantFrom('tier', 'note', 'a/b'),
  fc.constantFrom<Json[]>('gold', 1, null, '', [], {}, [null], { a: [] }),
);
const openCustomer = fc
  .tuple(anyCustomer, customFields)
  .map(([customer, fields]): Customer => ({ ...customer, customFields: fields }));
const openEdited = (before: Customer): fc.Arbitrary<Customer> =>
  fc
    .tuple(edited(before), fc.option(customFields))
    .map(([after, fields]) => (fields === null ? after : { ...after, customFields: fields }));

const refusal = (rule: string, fields?: unknown) => (error: unknown) => {
  assert.ok(error instanceof ConcordError);
  assert.equal(error.code, 'state-conflict');
  assert.deepEqual(error.context, { rule, ...(fields !== undefined && { fields }) });
  return true;
};

const place = (id: string, number: number, city = 'Lisboa'): Address => ({
  ...emptyAddress(id),
  number,
  version: 1,
  city,
});

const living = (...addresses: Address[]): Customer =>
  addresses.reduce(
    (customer, address) => addAddress(customer, linkTo(address)),
    emptyCustomer('individual', 'c'),
  );

const inCity = (customer: Customer, id: string, city: string): Customer =>
  changeAddress(customer, id, link => ({ ...link, address: { ...link.address, city } }));

describe('reverting a change', () => {
  it('gives the record before it, for any two records of a customer', () => {
    const pairs = openCustomer.chain(before =>
      fc.tuple(
        fc.constant(before),
        fc.oneof(
          openEdited(before),
          openCustomer.map(other => ({ ...other, id: before.id })),
        ),
      ),
    );
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const reverted = revert(after, changeOf(before, after));
        assert.deepEqual(fullDifference(before, reverted), []);
      }),
      { numRuns: 300 },
    );
  });

  it('of one path leaves the others alone', () => {
    fc.assert(
      fc.property(
        openCustomer.chain(before => fc.tuple(fc.constant(before), openEdited(before), fc.nat())),
        ([before, after, pick]) => {
          const change = changeOf(before, after);
          if (change.fields.length === 0) return;
          const { path } = change.fields[pick % change.fields.length]!;
          const reverted = revert(after, change, { paths: [path] });
          assert.deepEqual(
            difference(after, reverted).map(field => field.path),
            [path],
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('twice is reverting once', () => {
    fc.assert(
      fc.property(
        openCustomer.chain(before => fc.tuple(fc.constant(before), openEdited(before))),
        ([before, after]) => {
          const change = changeOf(before, after);
          const once = revert(after, change);
          assert.equal(revert(once, change), once);
        },
      ),
    );
  });

  it('leaves what others changed meanwhile', () => {
    const before = { ...emptyCustomer('individual', 'c'), givenName: 'Ada', familyName: 'One' };
    const after = { ...before, givenName: 'Eva' };
    const now = { ...after, familyName: 'Two', customFields: { a: null } };
    assert.deepEqual(revert(now, changeOf(before, after)), { ...now, givenName: 'Ada' });
  });

  it('is refused where the value was changed again, and names by which change', () => {
    const before = { ...emptyCustomer('individual', 'c'), givenName: 'Ada' };
    const after = { ...before, givenName: 'Eva', company: 'Firm' };
    const now = { ...after, givenName: 'Ida' };
    const change = changeOf(before, after, 4);
    const later = [changeOf(after, now, 9), changeOf({ ...before, givenName: 'x' }, after, 7)];
    assert.throws(
      () => revert(now, change, { later }),
      refusal('later-changes', [{ path: 'givenName', sequence: 9 }]),
    );
    assert.throws(
      () => revert(now, change),
      refusal('later-changes', [{ path: 'givenName', sequence: null }]),
    );
    assert.equal(revert(now, change, { force: true }).givenName, 'Ada');
    assert.deepEqual(revert(now, change, { paths: ['company'] }), { ...now, company: null });
    assert.throws(() => revert(now, change, { paths: ['nothing'] }), refusal('unknown-paths'));
  });

  it('tells a custom field that is null from one that is not there', () => {
    const before = { ...emptyCustomer('individual', 'c'), customFields: { a: null } };
    const after = { ...before, customFields: {} };
    assert.deepEqual(revert(after, changeOf(before, after)).customFields, { a: null });
    assert.deepEqual(revert(before, changeOf(after, before)).customFields, {});
    const never = { ...before, customFields: { a: 1 } };
    assert.throws(
      () => revert({ ...before, customFields: {} }, changeOf(never, before)),
      refusal('later-changes', [{ path: 'customFields/a', sequence: null }]),
    );
  });

  it('tells a custom field that is an empty list from one that is not there', () => {
    const none = emptyCustomer('individual', 'c');
    const empty = { ...none, customFields: { a: [] } };
    assert.deepEqual(revert(empty, changeOf(none, empty)).customFields, {});
    assert.deepEqual(revert(none, changeOf(empty, none)).customFields, { a: [] });
    const full = { ...none, customFields: { a: 1 } };
    assert.throws(
      () => revert(none, changeOf(full, empty)),
      refusal('later-changes', [{ path: 'customFields/a', sequence: null }]),
    );
  });

  it('does not undo that a customer came, went or was erased', () => {
    const customer = emptyCustomer('individual', 'c');
    assert.throws(() => revert(customer, changeOf(undefined, customer)), refusal('creation'));
    assert.throws(() => revert(customer, changeOf(customer, undefined)), refusal('removal'));
    assert.throws(
      () => revert(customer, { ...changeOf(customer, customer), erased: true }),
      refusal('erased'),
    );
  });

  it('does not put a masked number in the place of a document’s', () => {
    const document = {
      id: 'd',
      kind: 'ssn',
      issuingCountry: null,
      issuingRegion: null,
      expiryDate: null,
    } as const;
    const before = {
      ...emptyCustomer('individual', 'c'),
      identityDocuments: [{ ...document, value: '111-22-3333' }],
    };
    const after = { ...before, identityDocuments: [{ ...document, value: '999-88-7777' }] };
    const change = changeOf(before, after);
    assert.deepEqual(revert(after, change), before);
    assert.throws(() => revert(after, { ...change, fields: change.fields.map(masked) }), refusal('masked'));
  });
});

describe('reverting what happened to addresses', () => {
  const before = living(place('a', 1), place('b', 2), place('d', 3));

  it('brings back an address with its id, its number and its place', () => {
    const after = removeAddress(before, 'b');
    const change = changeOf(before, after);
    assert.deepEqual(lostAddresses(change), [{ id: 'b', number: 2 }]);
    for (const paths of [undefined, ['addresses/b'], ['addresses/b/address/city']]) {
      const reverted = revert(after, change, paths ? { paths } : {});
      assert.deepEqual(
        reverted.addresses.map(link => [link.address.id, link.address.number, link.address.version]),
        [
          ['a', 1, 1],
          ['b', 2, 0],
          ['d', 3, 1],
        ],
      );
    }
  });

  it('links again what somebody else still has, as it is now', () => {
    const after = removeAddress(before, 'b');
    const shared = { ...place('b', 2, 'Porto'), version: 4 };
    const reverted = revert(after, changeOf(before, after), { shared: [shared] });
    assert.deepEqual(reverted.addresses[1]?.address, shared);
  });

  it('keeps one main address, which is the one that comes back', () => {
    const after = removeAddress(before, 'a');
    assert.equal(mainAddress(after)?.address.id, 'b');
    const change = changeOf(before, after);
    const mains = (customer: Customer) => customer.addresses.map(link => [link.address.id, link.main]);
    const asBefore = [
      ['a', true],
      ['b', false],
      ['d', false],
    ];
    assert.deepEqual(mains(revert(after, change, { paths: ['addresses/a'] })), asBefore);
    const moved = changeAddress(after, 'd', link => ({ ...link, main: true }));
    const later = [changeOf(after, moved, 5)];
    assert.throws(
      () => revert(moved, change, { later }),
      refusal('later-changes', [{ path: 'addresses/d/main', sequence: 5 }]),
    );
    assert.deepEqual(mains(revert(moved, change, { force: true })), asBefore);
  });

  it('does not take away an address that was worked on since, unless forced; then another one is main', () => {
    const added = addAddress(living(place('a', 1)), linkTo(place('n', 9)));
    const change = changeOf(living(place('a', 1)), added);
    const main = changeAddress(added, 'n', link => ({ ...link, main: true, label: 'Home' }));
    assert.throws(
      () => revert(main, change),
      refusal('later-changes', [
        { path: 'addresses/n/main', sequence: null },
        { path: 'addresses/n/label', sequence: null },
      ]),
    );
    const forced = revert(main, change, { force: true });
    assert.deepEqual(
      forced.addresses.map(link => [link.address.id, link.main]),
      [['a', true]],
    );
  });

  it('is refused, even by force, where the address is gone', () => {
    const moved = inCity(before, 'b', 'Porto');
    const gone = removeAddress(moved, 'b');
    const fields = [{ path: 'addresses/b/address/city', sequence: 8 }];
    const options = { later: [changeOf(moved, gone, 8)] };
    assert.throws(() => revert(gone, changeOf(before, moved), options), refusal('later-changes', fields));
    assert.throws(
      () => revert(gone, changeOf(before, moved), { ...options, force: true }),
      refusal('gone', fields),
    );
  });

  it('puts an order back, as far as the same items are there', () => {
    const turned = { ...before, addresses: before.addresses.toReversed() };
    const more = addAddress(turned, linkTo(place('z', 8)));
    assert.deepEqual(
      revert(more, changeOf(before, turned)).addresses.map(link => link.address.id),
      ['a', 'b', 'd', 'z'],
    );
  });
});

describe('reverting what happened to contact points', () => {
  it('takes a purpose back from whoever holds it by now, by force alone', () => {
    const [one, two] = ['1@x.test', '2@x.test'].map(value => newContactPoint('email', value, ['primary']));
    const before = addContactPoint(emptyCustomer('individual', 'c'), one!);
    const without = changeContactPoint(before, one!.id, point => ({ ...point, purposes: [] }));
    const now = addContactPoint(without, two!);
    const change = changeOf(before, without);
    assert.throws(
      () => revert(now, change),
      refusal('later-changes', [{ path: `contactPoints/${two!.id}/purposes`, sequence: null }]),
    );
    const reverted = revert(now, change, { force: true });
    assert.deepEqual(
      reverted.contactPoints.map(point => [point.id, point.purposes]),
      [
        [one!.id, ['primary']],
        [two!.id, []],
      ],
    );
  });
});
