/** A customer is bounded; each dialect that would add to one who is full says so in its vendor's way. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { emptyAddress, linkTo, replaceAddresses } from '../src/record/address.ts';
import { ADDRESSES_MAXIMUM, ENTRIES_MAXIMUM } from '../src/record/bounds.ts';
import type { Customer } from '../src/record/customer.ts';
import { toBase62 } from '../src/record/identifier.ts';
import { call, operator } from './support/api.ts';
import { type Concord, startConcord } from './support/concord.ts';
import { aCustomer, email, HARRISBURG } from './support/customers.ts';

describe('a customer with all the addresses that one may have', () => {
  let concord: Concord;
  let full: Customer;
  before(async () => {
    concord = await startConcord();
    const many = Array.from({ length: ADDRESSES_MAXIMUM }, (_, at) =>
      linkTo(
        { ...emptyAddress(), line1: `${at} Quay Rd` },
        { roles: at === 0 ? ['billing', 'shipping'] : [] },
      ),
    );
    full = await concord.create(concord.harbor, replaceAddresses(aCustomer({}, []), many));
  });
  after(async () => {
    assert.equal((await concord.record(concord.harbor, full.id)).addresses.length, ADDRESSES_MAXIMUM);
    await concord.stop();
  });

  it('Flecto: 409 with a sentence in the language of the caller', async () => {
    const path = `/api/saas/me/customers/${full.number}/addresses`;
    const answer = await concord.send(concord.harbor, 'flecto', 'POST', path, {
      body: { data: { type: 'customer_address', attributes: { label: 'HQ' } } },
      headers: { 'accept-language': 'pt' },
    });
    assert.equal(answer.status, 409);
    assert.equal(answer.json.errors[0].detail, 'Um cliente tem no máximo 1000 moradas.');
  });

  it('FlexPortal: 409 when a slot would fork', async () => {
    const id = `cust_${toBase62(full.id)}`;
    const shippingAddress = {
      contactName: 'Bo',
      streetAddress: '1 New St',
      city: 'Cork',
      country: 'Ireland',
    };
    const answer = await concord.send(concord.harbor, 'flexportal', 'PUT', `/v1/customers/${id}`, {
      body: { customerId: id, shippingAddress },
    });
    assert.equal(answer.status, 409, answer.text);
    assert.equal(answer.json.error.message, 'A customer has at most 1000 addresses.');
  });

  it('Lightening: result false', async () => {
    const answer = await concord.send(concord.harbor, 'lightening', 'POST', '/address', {
      body: { customer_ids: [full.number], company: 'Harbor Tools' },
    });
    assert.deepEqual(answer.json, { error: 'A customer has at most 1000 addresses.', result: false });
  });

  it('Billbee: 400 InvalidData', async () => {
    const path = `/api/v1/customers/${full.number}/addresses`;
    const answer = await concord.send(concord.harbor, 'billbee', 'POST', path, { body: { City: 'Cork' } });
    assert.equal(answer.status, 400);
    assert.deepEqual([answer.json.ErrorCode, answer.json.Data], [11, null]);
  });
});

describe('a customer with all the entries that one may have', () => {
  let concord: Concord;
  let full: Customer;
  before(async () => {
    concord = await startConcord();
    const contactPoints = Array.from({ length: ENTRIES_MAXIMUM - 1 }, (_, at) => email(`p${at}@b.example`));
    full = await concord.create(
      concord.harbor,
      aCustomer({ kind: 'business', company: 'Works', contactPoints }, [HARRISBURG]),
    );
  });
  after(async () => {
    const { contactPoints, addresses } = await concord.record(concord.harbor, full.id);
    assert.equal(contactPoints.length + addresses.length, ENTRIES_MAXIMUM);
    await concord.stop();
  });

  it('Concord: 409, for an entry of a representative as well', async () => {
    const editor = await operator(concord, concord.harbor, { role: 'editor' });
    const patch = (body: object) =>
      call(editor, 'PATCH', `/customers/${full.id}`, { body, headers: { 'if-match': '*' } });
    const more = await patch({ representatives: [{ role: 'principalOwner' }] });
    assert.deepEqual([more.status, more.json.code], [409, 'state-conflict']);
    assert.match(more.json.detail, /3000 entries/);
    const exchanged = await patch({ representatives: [{ role: 'principalOwner' }], addresses: [] });
    assert.equal(exchanged.status, 200, exchanged.text);
    const { id } = exchanged.json.representatives[0];
    const contactPoints = [{ kind: 'phone', value: '1' }];
    assert.equal((await patch({ representatives: [{ id, contactPoints }] })).status, 409);
    const back = await patch({ representatives: [], addresses: [{ city: 'Cork' }] });
    assert.equal(back.status, 200, back.text);
  });

  it('Flecto: 409 with a sentence in the language of the caller', async () => {
    const path = `/api/saas/me/customers/${full.number}/addresses`;
    const answer = await concord.send(concord.harbor, 'flecto', 'POST', path, {
      body: { data: { type: 'customer_address', attributes: { label: 'HQ' } } },
      headers: { 'accept-language': 'pt' },
    });
    assert.equal(answer.status, 409);
    assert.equal(
      answer.json.errors[0].detail,
      'Um cliente tem no máximo 3000 entradas em todas as listas juntas.',
    );
  });

  it('Lightening: result false', async () => {
    const answer = await concord.send(concord.harbor, 'lightening', 'POST', '/address', {
      body: { customer_ids: [full.number], company: 'Harbor Tools' },
    });
    assert.deepEqual(answer.json, {
      error: 'A customer has at most 3000 entries in all lists together.',
      result: false,
    });
  });

  it('Billbee: 400 InvalidData', async () => {
    const path = `/api/v1/customers/${full.number}/addresses`;
    const answer = await concord.send(concord.harbor, 'billbee', 'POST', path, { body: { City: 'Cork' } });
    assert.equal(answer.status, 400);
    assert.deepEqual([answer.json.ErrorCode, answer.json.Data], [11, null]);
  });
});
