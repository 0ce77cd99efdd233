import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { customer as anyCustomer, link as anyLink } from '../dialects/conformance/generate.ts';
import { edited } from '../dialects/conformance/perturb.ts';
import {
  type AddressLink,
  addAddress,
  changeAddress,
  emptyAddress,
  linkTo,
  removeAddress,
} from '../record/address.ts';
import type { Change } from '../record/changes.ts';
import { type Customer, emptyCustomer } from '../record/customer.ts';
import type { Origin } from '../record/customers.ts';
import { fullDifference } from '../record/difference.ts';
import { provenanceOf } from '../record/provenance.ts';
import { lostAddresses, revertChange } from '../record/revert.ts';
import { connect } from './connection.ts';
import { type TestStore, testStore } from './test-store.ts';

let shared: TestStore;
let origin: Origin;

before(async () => {
  shared = await testStore();
});

beforeEach(async () => {
  const { id } = await shared.tenant();
  origin = { tenant: id, dialect: 'test', actor: 'tester', requestId: randomUUID() };
});

after(() => shared.close());

/** As a dialect makes it: what is new has no number and no version. */
const unstored = (link: AddressLink): AddressLink => ({
  ...link,
  address: { ...link.address, number: null, version: 0 },
});

const fresh = (customer: Customer): Customer => ({
  ...customer,
  addresses: customer.addresses.map(unstored),
  contactPoints: customer.contactPoints.map(point => ({ ...point, number: null })),
});

const find = async (id: string): Promise<Customer | undefined> =>
  shared.store.customers.find(origin.tenant, { id });

const history = (id: string): Promise<Change[]> =>
  shared.store.changes.history(origin.tenant, id, { limit: 1_000 }, { inFull: true });

const assertSame = (actual: Customer | undefined, expected: Customer | undefined): void => {
  assert.equal(actual === undefined, expected === undefined);
  assert.deepEqual(fullDifference(actual, expected), []);
};

/** What an operator does who takes a change back. */
async function revert(id: string, change: Change): Promise<Customer> {
  const { customers } = shared.store;
  const addresses = await Promise.all(
    lostAddresses(change).map(async lost => {
      const [owner] = await customers.select(origin.tenant, { addressNumber: lost.number });
      return owner?.addresses.find(link => link.address.id === lost.id)?.address ?? [];
    }),
  );
  return customers.swap(
    origin,
    { id },
    customer => revertChange(customer, change, { later: [], shared: addresses.flat() }).customer,
  );
}

type Step = (one: Customer, two: Customer) => Promise<unknown>;

/** One value of the arbitrary, always the same for the seed. */
const one = <T>(arbitrary: fc.Arbitrary<T>, seed: number): T =>
  fc.sample(arbitrary, { seed, numRuns: 1 })[0]!;

const STEPS: Readonly<Record<string, (seed: number) => Step>> = {
  edit: seed => first => swap(first, customer => one(edited(customer), seed)),
  editOther: seed => (_, second) => swap(second, customer => one(edited(customer), seed)),
  replace: seed => first =>
    swap(first, ({ id, number, createdAt, createdBy }) => ({
      ...fresh(one(anyCustomer, seed)),
      ...{ id, number, createdAt, createdBy },
    })),
  add: seed => first => swap(first, customer => addAddress(customer, unstored(one(anyLink, seed)))),
  drop: seed => first =>
    swap(first, customer => {
      const link = customer.addresses[seed % Math.max(customer.addresses.length, 1)];
      return link ? removeAddress(customer, link.address.id) : customer;
    }),
  turn: () => first =>
    swap(first, customer => ({
      ...customer,
      addresses: customer.addresses.toReversed(),
      contactPoints: customer.contactPoints.toReversed(),
    })),
  share: seed => (first, second) => {
    const link = first.addresses[seed % Math.max(first.addresses.length, 1)];
    const has = second.addresses.some(other => other.address.id === link?.address.id);
    return link && !has
      ? swap(second, customer => addAddress(customer, linkTo(link.address, { rank: 1 })))
      : Promise.resolve();
  },
};

const swap = (customer: Customer, change: (customer: Customer) => Customer): Promise<Customer> =>
  shared.store.customers.swap({ ...origin, dialect: `d${customer.number}` }, { id: customer.id }, change);

const course = fc.tuple(
  anyCustomer,
  anyCustomer,
  fc.array(fc.tuple(fc.constantFrom(...Object.keys(STEPS), 'revert', 'revert'), fc.nat()), {
    minLength: 4,
    maxLength: 12,
  }),
);

describe('history in the database', () => {
  test('leads back to any moment, and each change is taken back exactly', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(course, async ([a, b, steps]) => {
        const { customers } = shared.store;
        const ids = [randomUUID(), randomUUID()] as const;
        const moments: { at: string; states: (Customer | undefined)[] }[] = [];
        const remember = async () => {
          moments.push({ at: new Date().toISOString(), states: await Promise.all(ids.map(find)) });
          await sleep(2);
        };
        await remember();
        await customers.create(origin, { ...fresh(a), id: ids[0] });
        await customers.create(origin, { ...fresh(b), id: ids[1] });
        await remember();
        for (const [name, seed] of steps) {
          const [first, second] = (await Promise.all(ids.map(find))) as [Customer, Customer];
          if (name !== 'revert') {
            await STEPS[name]!(seed)(first, second);
          } else {
            const [latest] = await history(first.id);
            if (latest && latest.fields.length > 0 && !latest.fields.some(field => field.path === 'id')) {
              const reverted = await revert(first.id, latest);
              const earlier = await customers.at(
                origin.tenant,
                first.id,
                new Date(Date.parse(latest.at) - 1).toISOString(),
              );
              assertSame(reverted, earlier);
              assertSame(await find(first.id), reverted);
            }
          }
          await remember();
        }
        await customers.remove(origin, { id: ids[0] });
        await remember();
        for (const { at, states } of moments) {
          for (const [index, id] of ids.entries()) {
            assertSame(await customers.at(origin.tenant, id, at), states[index]);
          }
        }
        const present = (await find(ids[1]))!;
        assert.equal(provenanceOf(present, await history(ids[1])).open.size, 0);
      }),
      { numRuns: 15 },
    );
  });

  test('knows nobody who never was, and refuses what is no time', async () => {
    const { customers } = shared.store;
    assert.equal(await customers.at(origin.tenant, randomUUID(), '2026-01-01T00:00:00Z'), undefined);
    assert.equal(await customers.at(origin.tenant, 'no-uuid', '2026-01-01T00:00:00Z'), undefined);
    await assert.rejects(customers.at(origin.tenant, randomUUID(), 'yesterday'), { code: 'request-invalid' });
  });

  test('reads as many pages as it takes, and no other tenant’s', async () => {
    const { customers } = shared.store;
    const { id } = await customers.create(origin, emptyCustomer('individual'));
    const at = new Date().toISOString();
    await sleep(2);
    const sql = connect(shared.store.target, { connections: 1, application: 'test' });
    await sql`
      insert into concord.change
        (tenant_id, customer_id, customer_number, dialect, actor, request_id, at, event, fields)
      select ${origin.tenant}, ${id}, 1, 'test', 'many', '1', now(), null, jsonb_build_array(
        jsonb_build_object('path', 'givenName', 'before', nullif(n, 1)::text, 'after', n + 1))
      from generate_series(1, 2500) as n`;
    await sql.end();
    await customers.swap(origin, { id }, customer => ({ ...customer, givenName: '2501' }));
    assert.equal((await customers.at(origin.tenant, id, at))?.givenName, null);
    const { id: stranger } = await shared.tenant();
    assert.equal(await customers.at(stranger, id, at), undefined);
    assert.deepEqual(await shared.store.changes.history(stranger, id, { limit: 10 }), []);
  });
});

describe('numbers of identity documents in history', () => {
  const document = {
    id: randomUUID(),
    kind: 'ssn',
    value: '987-65-4321',
    issuingCountry: 'US',
    issuingRegion: null,
    expiryDate: null,
  } as const;
  const path = `identityDocuments/${document.id}/value`;

  test('are masked unless asked for, and come back with a revert', async () => {
    const { customers, changes } = shared.store;
    const { id } = await customers.create(origin, {
      ...emptyCustomer('individual'),
      identityDocuments: [document],
    });
    await customers.swap(origin, { id }, customer => ({ ...customer, identityDocuments: [] }));
    const [latest] = await changes.history(origin.tenant, id, { limit: 1 });
    const masked = latest!.fields.find(field => field.path === path);
    assert.deepEqual([masked?.before, masked?.after], ['…4321', null]);
    assert.deepEqual(await changes.find(origin.tenant, id, latest!.sequence), latest);
    const inFull = await changes.find(origin.tenant, id, latest!.sequence, { inFull: true });
    assert.equal(inFull?.fields.find(field => field.path === path)?.before, document.value);
    const reverted = await revert(id, inFull!);
    assert.deepEqual(reverted.identityDocuments, [document]);
    assert.deepEqual((await find(id))?.identityDocuments, [document]);
    assert.equal(await changes.find(origin.tenant, randomUUID(), latest!.sequence), undefined);
    assert.equal(await changes.find(origin.tenant, id, 0), undefined);
  });

  test('stay masked where nothing is sealed, and a sealed one opens for its own customer alone', async () => {
    const { customers, changes } = shared.store;
    const make = () =>
      customers.create(origin, { ...emptyCustomer('individual'), identityDocuments: [document] });
    const [old, other] = [await make(), await make()];
    const sql = connect(shared.store.target, { connections: 1, application: 'test' });
    await sql`update concord.change set sealed = null where customer_id = ${old.id}`;
    const [change] = await changes.history(origin.tenant, old.id, { limit: 1 }, { inFull: true });
    assert.equal(change?.fields.find(field => field.path === path)?.after, '…4321');
    await sql`
      update concord.change
      set sealed = (select sealed from concord.change where customer_id = ${other.id})
      where customer_id = ${old.id}`;
    await sql.end();
    await assert.rejects(changes.history(origin.tenant, old.id, { limit: 1 }, { inFull: true }), {
      code: 'internal',
    });
  });
});

describe('a shared address in history', () => {
  const inCity = (customer: Customer, city: string): Customer =>
    changeAddress(customer, customer.addresses[0]!.address.id, link => ({
      ...link,
      address: { ...link.address, city },
    }));

  test('is told as it was when a link went, however many changed it at the same moment', async () => {
    const { customers } = shared.store;
    for (let round = 0; round < 10; round += 1) {
      const owner = await customers.create(
        origin,
        addAddress(emptyCustomer('individual'), linkTo({ ...emptyAddress(), city: '0' })),
      );
      const address = owner.addresses[0]!.address;
      const leaving = await customers.create(
        origin,
        addAddress(emptyCustomer('individual'), linkTo(address, { rank: 1 })),
      );
      await Promise.all([
        ...Array.from({ length: 4 }, (_, at) =>
          customers.swap(origin, { id: owner.id }, customer => inCity(customer, String(at + 1))),
        ),
        round % 2 === 0
          ? customers.remove(origin, { id: leaving.id })
          : customers.swap(origin, { id: leaving.id }, customer => removeAddress(customer, address.id)),
      ]);
      let city: unknown = null;
      for (const { fields } of (await history(leaving.id)).reverse()) {
        const field = fields.find(each => each.path === `addresses/${address.id}/address/city`);
        if (!field) continue;
        assert.equal(field.before, city);
        city = field.after;
      }
    }
  });

  test('is linked again as it is now when its removal is taken back', async () => {
    const { customers } = shared.store;
    const owner = await customers.create(
      origin,
      addAddress(emptyCustomer('individual'), linkTo({ ...emptyAddress(), city: 'Lisboa' })),
    );
    const { address } = owner.addresses[0]!;
    const { id } = await customers.create(
      origin,
      addAddress(emptyCustomer('individual'), linkTo(address, { rank: 1 })),
    );
    await customers.swap(origin, { id }, customer => removeAddress(customer, address.id));
    const moved = await customers.swap(origin, { id: owner.id }, customer => inCity(customer, 'Porto'));
    const [latest] = await history(id);
    await assert.rejects(
      customers.swap(origin, { id }, customer => revertChange(customer, latest!, { later: [] }).customer),
      { code: 'value-taken' },
      'an address that is there cannot be made',
    );
    const reverted = await revert(id, latest!);
    assert.deepEqual(reverted.addresses[0]?.address, moved.addresses[0]?.address);
    assert.equal(reverted.addresses[0]?.rank, 1);
  });
});
