/** The history of a customer, page by page, and where each present value comes from. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { leavesOf } from '../../src/record/provenance.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, email } from '../support/customers.ts';

describe('the history of a customer', () => {
  let concord: Concord;
  let viewer: Operator;
  let editor: Operator;
  before(async () => {
    concord = await startConcord();
    viewer = await operator(concord, concord.harbor, { role: 'viewer' });
    editor = await operator(concord, concord.harbor, { role: 'admin' });
  });
  after(() => concord.stop());

  const change = (dialect: string, { id }: Customer, wish: Partial<Customer>): Promise<Customer> =>
    concord.store.customers.swap(
      { tenant: concord.harbor.id, dialect, actor: `${dialect} key`, requestId: newId() },
      { id },
      customer => ({ ...customer, ...wish }),
    );

  it('is told newest first, page by page, with a link to the next one', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    for (let count = 1; count <= 7; count++)
      await change('billbee', customer, { familyName: `Name ${count}` });
    const names: string[] = [];
    let url: string | undefined = `/customers/${customer.id}/history?limit=3`;
    let pages = 0;
    while (url !== undefined) {
      const answer = await call(viewer, 'GET', url);
      assert.equal(answer.status, 200, answer.text);
      const { items, next } = answer.json;
      for (const { fields } of items)
        names.push(fields.find((f: { path: string }) => f.path === 'familyName').after);
      const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      assert.equal(link === undefined, next === null);
      if (link !== undefined) assert.equal(new URL(link).searchParams.get('cursor'), next);
      url = link?.slice(`${concord.origin}/concord/v1`.length);
      pages += 1;
    }
    assert.equal(pages, 3);
    assert.deepEqual(names, ['Name 7', 'Name 6', 'Name 5', 'Name 4', 'Name 3', 'Name 2', 'Name 1', 'Sample']);
  });

  it('says who, through which API, when and what, with masked numbers', async () => {
    const value = '123-45-6789';
    const customer = await concord.create(concord.harbor, aCustomer());
    const changed = await change('connectfi', customer, {
      identityDocuments: [
        { id: newId(), kind: 'ssn', value, issuingCountry: 'US', issuingRegion: null, expiryDate: null },
      ],
    });
    const answer = await call(viewer, 'GET', `/customers/${customer.id}/history`);
    const [newest] = answer.json.items;
    assert.equal(newest.dialect, 'connectfi');
    assert.equal(newest.actor, 'connectfi key');
    assert.equal(newest.customerNumber, customer.number);
    assert.equal(newest.erased, false);
    assert.equal(newest.at, changed.updatedAt);
    const field = newest.fields.find((each: { path: string }) => each.path.endsWith('/value'));
    assert.deepEqual([field.before, field.after], [null, '…6789']);
    assert.ok(!answer.text.includes(value));
  });

  it('stays when the customer is removed, and when he or she is erased, without values then', async () => {
    const customer = await concord.create(concord.harbor, aCustomer({ familyName: 'Canaryname' }));
    await concord.store.customers.remove(
      { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' },
      { id: customer.id },
    );
    const removed = await call(viewer, 'GET', `/customers/${customer.id}/history`);
    assert.equal(removed.status, 200);
    assert.ok(removed.text.includes('Canaryname'));
    assert.equal((await call(editor, 'POST', `/customers/${customer.id}/erase`)).status, 204);
    const erased = await call(viewer, 'GET', `/customers/${customer.id}/history`);
    assert.equal(erased.status, 200);
    assert.ok(erased.json.items.length >= removed.json.items.length);
    assert.ok(!erased.text.includes('Canaryname'));
    assert.ok(erased.json.items.at(-1).erased);
    assert.equal((await call(viewer, 'GET', `/customers/${customer.id}/provenance`)).status, 404);
  });

  it('is not found where there is none, and none of another tenant is', async () => {
    const customer = await concord.create(concord.harbor, aCustomer());
    const stranger = await operator(concord, concord.meadow, { role: 'admin' });
    for (const rest of ['history', 'provenance']) {
      for (const id of [newId(), 'x', `${customer.number}`, '%00', "'"]) {
        const answer = await call(viewer, 'GET', `/customers/${id}/${rest}`);
        assert.deepEqual([answer.status, answer.json.code], [404, 'customer-not-found']);
      }
      assert.equal((await call(stranger, 'GET', `/customers/${customer.id}/${rest}`)).status, 404);
    }
    const behind = await call(
      viewer,
      'GET',
      `/customers/${customer.id}/history?cursor=${Buffer.from('1').toString('base64url')}`,
    );
    assert.deepEqual([behind.status, behind.json.items, behind.json.next], [200, [], null]);
    for (const cursor of ['x', '-1', '', Buffer.from('1e3').toString('base64url')]) {
      const answer = await call(viewer, 'GET', `/customers/${customer.id}/history?cursor=${cursor}`);
      assert.deepEqual([answer.status, answer.json.errors[0].field], [400, 'cursor']);
    }
  });

  it('tells for each present value which change set it', async () => {
    const customer = await concord.create(
      concord.harbor,
      aCustomer({ contactPoints: [email('ada@a.example')] }),
    );
    await change('billbee', customer, { familyName: 'Second' });
    await change('flecto', customer, { familyName: 'Third', company: 'Works' });
    // Further back than one page.
    for (let count = 0; count < 210; count++)
      await change('test', customer, { language: count % 2 ? 'en' : 'pt' });
    const [creation] = (
      await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 1_000 })
    ).slice(-1);
    const present = await concord.record(concord.harbor, customer.id);
    const { fields } = (await call(viewer, 'GET', `/customers/${customer.id}/provenance`)).json;
    assert.deepEqual(Object.keys(fields).sort(), leavesOf(present).sort());
    assert.equal(fields.familyName.dialect, 'flecto');
    assert.equal(fields.company.actor, 'flecto key');
    assert.equal(fields.givenName.sequence, creation!.sequence);
    assert.equal(fields.language.dialect, 'test');
    const [point] = customer.contactPoints;
    assert.equal(fields[`contactPoints/${point!.id}/value`].at, creation!.at);
  });
});
