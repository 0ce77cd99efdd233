/** Taking a change back: previewed, refused where later changes are in the way, forced, and told as a change itself. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LOOKUPS_MAXIMUM, sharedAddresses } from '../../src/api/shared-addresses.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, HARRISBURG, LISBON } from '../support/customers.ts';
import { type StateReader, stateReader } from '../support/state.ts';

describe('reverting a change', () => {
  let concord: Concord;
  let state: StateReader;
  let editor: Operator;
  before(async () => {
    concord = await startConcord();
    state = stateReader(concord);
    editor = await operator(concord, concord.harbor, { role: 'editor' });
  });
  after(async () => {
    await state.close();
    await concord.stop();
  });

  const change = (
    { id }: Customer,
    wish: Partial<Customer> | ((customer: Customer) => Customer),
  ): Promise<Customer> =>
    concord.store.customers.swap(
      { tenant: concord.harbor.id, dialect: 'billbee', actor: 'test', requestId: newId() },
      { id },
      typeof wish === 'function' ? wish : customer => ({ ...customer, ...wish }),
    );

  const sequenceOf = async ({ id }: Customer): Promise<number> =>
    (await concord.store.changes.history(concord.harbor.id, id, { limit: 1 }))[0]!.sequence;

  const etagOf = async ({ id }: Customer): Promise<string> =>
    (await call(editor, 'GET', `/customers/${id}`)).headers.get('etag')!;

  async function revert(customer: Customer, body: object, ifMatch?: string): Promise<Answer> {
    const etag = ifMatch ?? (await etagOf(customer));
    return call(editor, 'POST', `/customers/${customer.id}/revert`, { body, headers: { 'if-match': etag } });
  }

  const preview = (customer: Customer, body: object): Promise<Answer> =>
    call(editor, 'POST', `/customers/${customer.id}/revert?preview=true`, { body });

  it('puts back what the change set, as a change by this operator', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await change(customer, { familyName: 'Wrong', company: 'Wrong, too' });
    const sequence = await sequenceOf(customer);
    await change(customer, { language: 'pt' });
    const answer = await revert(customer, { sequence });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(
      [answer.json.familyName, answer.json.company, answer.json.language],
      ['Sample', null, 'pt'],
    );
    assert.equal(answer.headers.get('etag'), await etagOf(customer));
    const [newest] = await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 1 });
    assert.deepEqual(
      [newest!.dialect, newest!.actor, newest!.event, newest!.fields.map(({ path }) => path).sort()],
      ['concord', editor.name, null, ['company', 'familyName']],
    );
  });

  it('can be limited to paths, and repeated without effect', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await change(customer, { familyName: 'Wrong', company: 'Right' });
    const sequence = await sequenceOf(customer);
    const answer = await revert(customer, { sequence, paths: ['familyName'] });
    assert.deepEqual([answer.json.familyName, answer.json.company], ['Sample', 'Right']);
    const before = await state.of(concord.harbor.id);
    assert.equal((await revert(customer, { sequence, paths: ['familyName'] })).status, 200);
    assert.equal(await state.of(concord.harbor.id), before);
    const unknown = await revert(customer, { sequence, paths: ['givenName'] });
    assert.deepEqual([unknown.status, unknown.json.code], [409, 'state-conflict']);
  });

  it('takes back that a custom field became an empty list', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await change(customer, { customFields: { note: [] } });
    const answer = await revert(customer, { sequence: await sequenceOf(customer) });
    assert.deepEqual([answer.status, answer.json.customFields], [200, {}]);
  });

  it('is refused for one who is archived, whatever it would do', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await change(customer, { familyName: 'Wrong' });
    const sequence = await sequenceOf(customer);
    await change(customer, { familyName: 'Sample' });
    await change(customer, each => ({ ...each, archivedAt: new Date().toISOString() }));
    const answer = await revert(customer, { sequence });
    assert.deepEqual([answer.status, answer.json.code], [409, 'customer-archived']);
  });

  it('shows what would happen, changes nothing, and needs no precondition', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await change(customer, { familyName: 'Wrong' });
    const sequence = await sequenceOf(customer);
    const before = await state.of(concord.harbor.id);
    const answer = await preview(customer, { sequence });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.json.fields, [{ path: 'familyName', before: 'Wrong', after: 'Sample' }]);
    assert.deepEqual(answer.json.conflicts, []);
    assert.equal(answer.json.customer.familyName, 'Sample');
    assert.equal(await state.of(concord.harbor.id), before);
  });

  it('is refused where later changes set the same, which are named; and can be forced', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    await change(customer, { familyName: 'First', company: 'First' });
    const sequence = await sequenceOf(customer);
    await change(customer, { familyName: 'Second' });
    const later = await sequenceOf(customer);
    const conflicts = [{ path: 'familyName', sequence: later }];

    const previewed = await preview(customer, { sequence });
    assert.deepEqual(previewed.json.conflicts, conflicts);
    assert.equal(previewed.json.customer.familyName, 'Sample');

    const before = await state.of(concord.harbor.id);
    const refused = await revert(customer, { sequence });
    assert.deepEqual([refused.status, refused.json.code], [409, 'state-conflict']);
    assert.deepEqual(refused.json.conflicts, conflicts);
    assert.ok(!refused.text.includes('Second') && !refused.text.includes('Sample'));
    assert.equal(await state.of(concord.harbor.id), before);

    const forced = await revert(customer, { sequence, force: true });
    assert.deepEqual([forced.json.familyName, forced.json.company], ['Sample', null]);
  });

  it('brings back an address with its number, and a document with its number in full', async () => {
    const document = {
      id: newId(),
      kind: 'passport',
      value: 'CANARY-0042',
      issuingCountry: 'PT',
      issuingRegion: null,
      expiryDate: null,
    } as const;
    const customer = await concord.create(
      concord.harbor,
      aCustomer({ identityDocuments: [document] }, [HARRISBURG, LISBON]),
    );
    await change(customer, each => ({
      ...each,
      addresses: each.addresses.slice(0, 1),
      identityDocuments: [],
    }));
    const answer = await revert(customer, { sequence: await sequenceOf(customer) });
    assert.equal(answer.status, 200, answer.text);
    assert.ok(!answer.text.includes('CANARY'));
    const now = await concord.record(concord.harbor, customer.id);
    assert.deepEqual(now.identityDocuments, [document]);
    assert.deepEqual(
      now.addresses.map(({ address }) => [address.id, address.number, address.city]),
      customer.addresses.map(({ address }) => [address.id, address.number, address.city]),
    );
  });

  it('links an address again that another customer still has', async () => {
    const [one, other] = [
      await concord.create(concord.harbor, aCustomer({}, [HARRISBURG, LISBON])),
      await concord.create(concord.harbor, aCustomer({}, [])),
    ];
    const shared = one.addresses[1]!;
    await change(other, each => ({ ...each, addresses: [{ ...shared, main: true }] }));
    await change(one, each => ({ ...each, addresses: each.addresses.slice(0, 1) }));
    const sequence = await sequenceOf(one);
    await change(other, each => ({
      ...each,
      addresses: each.addresses.map(link => ({ ...link, address: { ...link.address, city: 'Porto' } })),
    }));
    const answer = await revert(one, { sequence });
    assert.equal(answer.status, 200, answer.text);
    const now = await concord.record(concord.harbor, one.id);
    assert.equal(now.addresses[1]!.address.id, shared.address.id);
    assert.equal(now.addresses[1]!.address.city, 'Porto');
  });

  it('looks shared addresses up a few at a time, however many there are', async () => {
    const { customers } = concord.store;
    const holder = await concord.create(
      concord.harbor,
      aCustomer(
        {},
        Array.from({ length: 3 * LOOKUPS_MAXIMUM + 1 }, () => ({ ...LISBON })),
      ),
    );
    const lost = holder.addresses.map(({ address }) => ({ id: address.id, number: address.number! }));
    let [now, most] = [0, 0];
    const find: typeof customers.find = async (tenant, key) => {
      most = Math.max(most, ++now);
      return customers.find(tenant, key).finally(() => now--);
    };
    const shared = await sharedAddresses({ find }, concord.harbor.id, lost);
    assert.deepEqual(
      shared.map(({ id }) => id),
      lost.map(({ id }) => id),
    );
    assert.equal(most, LOOKUPS_MAXIMUM);
  });

  it('demands the state that it is about, and is not fooled by a race', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    const old = await etagOf(customer);
    await change(customer, { familyName: 'Wrong' });
    const sequence = await sequenceOf(customer);
    const path = `/customers/${customer.id}/revert`;
    const without = await call(editor, 'POST', path, { body: { sequence } });
    assert.deepEqual([without.status, without.json.code], [428, 'precondition-required']);
    const stale = await revert(customer, { sequence }, old);
    assert.deepEqual([stale.status, stale.json.etag], [412, await etagOf(customer)]);
    const etag = await etagOf(customer);
    const attempts = await Promise.all([1, 2, 3].map(() => revert(customer, { sequence }, etag)));
    assert.deepEqual(attempts.map(({ status }) => status).sort(), [200, 412, 412]);
  });

  it('does not take back that a customer came, and refuses what there is not', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    const creation = await revert(customer, { sequence: await sequenceOf(customer) });
    assert.deepEqual([creation.status, creation.json.code], [409, 'state-conflict']);
    const unknown = await revert(customer, { sequence: 9_999_999 });
    assert.deepEqual([unknown.status, unknown.json.code], [404, 'object-not-found']);
    for (const sequence of [-1, 1.5, '1', null, 2 ** 60]) {
      const { status } = await revert(customer, { sequence });
      assert.ok(status === 400 || (sequence === 2 ** 60 && status === 404), String(sequence));
    }
    const nobody = await call(editor, 'POST', `/customers/${newId()}/revert?preview=true`, {
      body: { sequence: 1 },
    });
    assert.deepEqual([nobody.status, nobody.json.code], [404, 'customer-not-found']);
    assert.equal((await call(editor, 'POST', `/customers/x/revert`, { body: { sequence: 1 } })).status, 404);
  });
});
