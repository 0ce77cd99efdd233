/** What the API says of history that was archived: what is left, and that something is missing, never that there was nothing. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../src/record/customer.ts';
import { archiveChanges } from '../../src/store/archive/archive.ts';
import { monthPasses } from '../../src/store/test-months.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { aCustomer } from '../support/customers.ts';
import { readEvents } from '../support/events.ts';

describe('history that was archived', () => {
  let concord: Concord;
  let admin: Operator;
  let directory: string;
  let customer: Customer;
  let quiet: Customer;
  let old: { cursor: string; sequence: number; archivedAt: string };
  let kept: number;

  const rename = (familyName: string): Promise<Customer> =>
    concord.store.customers.swap(
      { tenant: concord.harbor.id, dialect: 'billbee', actor: 'test', requestId: 'test' },
      { id: customer.id },
      one => ({ ...one, familyName }),
    );

  before(async () => {
    concord = await startConcord();
    admin = await operator(concord, concord.harbor, { reveal: true });
    directory = await mkdtemp(join(tmpdir(), 'concord-archived-'));
    customer = await concord.create(concord.harbor, aCustomer());
    quiet = await concord.create(concord.harbor, aCustomer());
    const cursor = (await call(admin, 'GET', '/changes?limit=1')).json.cursor;
    await rename('Old');
    const [{ sequence, at }] = (await call(admin, 'GET', `/customers/${customer.id}/history`)).json.items;
    old = { cursor, sequence, archivedAt: at };
    await monthPasses(concord.store);
    await rename('New');
    kept = (await call(admin, 'GET', `/customers/${customer.id}/history`)).json.items[0].sequence;
    await archiveChanges(concord.store.target, { before: new Date(), directory });
  });
  after(async () => {
    await concord.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('ends at the oldest change that is kept, and says so', async () => {
    const { json } = await call(admin, 'GET', `/customers/${customer.id}/history`);
    assert.deepEqual(
      json.items.map((item: { sequence: number }) => item.sequence),
      [kept],
    );
    assert.equal(json.archivedUntil, old.archivedAt);
  });

  it('leaves a customer whose whole history was archived', async () => {
    const { status, json } = await call(admin, 'GET', `/customers/${quiet.id}/history`);
    assert.deepEqual([status, json.items, json.archivedUntil], [200, [], old.archivedAt]);
    const exported = await call(admin, 'POST', `/customers/${quiet.id}/export`, { body: {} });
    assert.equal(exported.status, 200, exported.text);
    assert.deepEqual([exported.json.history, exported.json.archivedUntil], [[], old.archivedAt]);
    const erased = await call(admin, 'POST', `/customers/${quiet.id}/erase`);
    assert.equal(erased.status, 204, erased.text);
  });

  it('is no ground for a wrong record of then', async () => {
    const then = await call(admin, 'GET', `/customers/${customer.id}?at=${old.archivedAt}`);
    assert.equal(then.json.familyName, 'Old');
    const before = new Date(Date.parse(old.archivedAt) - 1).toISOString();
    const refused = await call(admin, 'GET', `/customers/${customer.id}?at=${before}`);
    // Created in the same millisecond, the customer was not there before it.
    const isYounger = customer.createdAt > before;
    assert.equal(refused.status, isYounger ? 404 : 410, refused.text);
    if (!isYounger) assert.ok(refused.json.detail.includes(old.archivedAt));
  });

  it('leaves out where values of then come from', async () => {
    const { json } = await call(admin, 'GET', `/customers/${customer.id}/provenance`);
    assert.deepEqual(Object.keys(json.fields), ['familyName']);
    assert.equal(json.archivedUntil, old.archivedAt);
  });

  it('cannot be reverted', async () => {
    const { status, json } = await call(admin, 'POST', `/customers/${customer.id}/revert?preview=true`, {
      body: { sequence: old.sequence },
    });
    assert.deepEqual([status, json.code], [410, 'history-archived']);
    const present = await call(admin, 'POST', `/customers/${customer.id}/revert?preview=true`, {
      body: { sequence: kept },
    });
    assert.equal(present.status, 200);
    assert.equal(present.json.customer.familyName, 'Old');
  });

  it('is told to whoever follows the feed from before it, in pages and as a stream', async () => {
    for (const query of [`?after=${old.cursor}`, '?after=0-0', `?after=${old.cursor}&dialect=billbee`]) {
      const { status, json } = await call(admin, 'GET', `/changes${query}`);
      assert.deepEqual([status, json.code], [410, 'cursor-expired'], query);
    }
    const stream = await readEvents(admin, '', { 'last-event-id': old.cursor });
    assert.equal(stream.response.status, 410);
    stream.close();
    const ahead = await call(admin, 'GET', '/changes?after=99999999999-1');
    assert.deepEqual([ahead.status, ahead.json.code], [410, 'cursor-expired']);
  });

  it('does not stand in the way of whoever begins with what is kept', async () => {
    const { status, json } = await call(admin, 'GET', '/changes');
    assert.equal(status, 200);
    assert.equal(json.items[0].sequence, kept);
    const stream = await readEvents(admin, '?dialect=billbee');
    assert.equal(stream.response.status, 200);
    await rename('Newest');
    await stream.until(events => events.length === 1);
    stream.close();
  });
});
