/** A customer has a bounded number of addresses; each dialect that would add another says so in its vendor's way. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { emptyAddress, linkTo, replaceAddresses } from '../src/record/address.ts';
import { ADDRESSES_MAXIMUM, type Customer } from '../src/record/customer.ts';
import { toBase62 } from '../src/record/identifier.ts';
import { type Concord, startConcord } from './support/concord.ts';
import { aCustomer } from './support/customers.ts';

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
