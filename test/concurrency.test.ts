import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../src/dialects/index.ts';
import { type Concord, startConcord } from './support/concord.ts';
import { aCustomer, email, HARRISBURG, phone } from './support/customers.ts';

/** Clients at once, each of which changes a field that no other one changes. */
const CLIENTS = 32;

describe('many clients on one customer', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  it(`${CLIENTS} clients change different fields through different dialects, and nothing is lost`, async () => {
    const addresses = Array.from({ length: 12 }, (_, index) => ({
      ...HARRISBURG,
      line1: `${index + 1} Start Street`,
    }));
    const customer = await concord.create(
      concord.harbor,
      aCustomer({ contactPoints: [email('start@example.test'), phone('+17175550100')] }, addresses),
    );
    const { harbor } = concord;
    const id = (dialect: string) => DIALECTS.find(each => each.name === dialect)!.customerId(customer);
    const number = (index: number) => customer.addresses[index]!.address.number;
    const flecto = (index: number) =>
      concord.send(
        harbor,
        'flecto',
        'PUT',
        `/api/saas/me/customers/${customer.number}/addresses/${number(index)}`,
        {
          body: { data: { type: 'customer_address', attributes: { label: `Label ${index}` } } },
        },
      );
    const billbee = (index: number) =>
      concord.send(harbor, 'billbee', 'PATCH', `/api/v1/customers/addresses/${number(index)}`, {
        body: { Zip: `99${100 + index}` },
      });
    const lightening = (index: number) =>
      concord.send(harbor, 'lightening', 'POST', `/address/${number(index)}`, {
        body: { customer_ids: [customer.number], company: 'Same', ksmsid: `KS${index}` },
      });
    const writes = [
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(flecto),
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(billbee),
      ...[0, 1, 2, 3, 4, 5, 6, 7].map(lightening),
      concord.send(harbor, 'flexportal', 'PUT', `/v1/customers/${id('flexportal')}`, {
        body: { customerId: id('flexportal'), firstName: 'Grace' },
      }),
      concord.send(harbor, 'connectfi', 'POST', '/customer/update', {
        body: { customerId: id('connectfi'), customer: { email: 'changed@example.test' } },
      }),
      concord.send(harbor, 'billbee', 'PUT', `/api/v1/customers/${customer.number}`, {
        body: { VatId: 'DE811569869' },
      }),
      concord.send(harbor, 'billbee', 'PUT', `/api/v1/customers/${customer.number}`, {
        body: { PriceGroupId: 1818 },
      }),
    ];
    assert.equal(writes.length, CLIENTS);
    for (const answer of await Promise.all(writes)) assert.equal(answer.status, 200, answer.text);

    const after = await concord.record(harbor, customer.id);
    assert.equal(after.givenName, 'Grace');
    assert.equal(after.contactPoints[0]!.value, 'changed@example.test');
    assert.deepEqual(after.taxIds, [{ kind: 'vat', value: 'DE811569869' }]);
    assert.equal(after.priceGroup, '1818');
    for (const [index, { label, address }] of after.addresses.entries()) {
      assert.equal(label, index < 10 ? `Label ${index}` : null);
      assert.equal(address.postalCode, index < 10 ? `99${100 + index}` : HARRISBURG.postalCode);
      assert.equal(address.phrasings.lightening?.ksmsid?.said, index < 8 ? `KS${index}` : undefined);
    }
    const history = await concord.store.changes.history(harbor.id, customer.id, { limit: 100 });
    assert.equal(history.length, CLIENTS + 1, 'one change each, and the creation');
  });

  it('keeps an address of two customers one address, and tells it in both histories', async () => {
    const owner = await concord.create(concord.harbor, aCustomer());
    const guest = await concord.create(concord.harbor, aCustomer({ givenName: 'Guest' }, []));
    const number = owner.addresses[0]!.address.number;
    const shared = await concord.send(concord.harbor, 'lightening', 'POST', `/address/${number}`, {
      body: { customer_ids: [owner.number, guest.number], company: 'Ada Sample' },
    });
    assert.equal(shared.json.result, true, shared.text);
    const change = await concord.send(
      concord.harbor,
      'flecto',
      'PUT',
      `/api/saas/me/customers/${guest.number}/addresses/${number}`,
      { body: { data: { type: 'customer_address', attributes: { address_city: 'Shared Town' } } } },
    );
    assert.equal(change.status, 200);
    for (const { id } of [owner, guest]) {
      const record = await concord.record(concord.harbor, id);
      assert.equal(record.addresses[0]!.address.city, 'Shared Town');
      const [latest] = await concord.store.changes.history(concord.harbor.id, id, { limit: 1 });
      assert.equal(latest!.event, 'CUSTOMER_ADDRESS__UPDATED');
      assert.ok(latest!.fields.some(field => field.path.endsWith('/city') && field.after === 'Shared Town'));
    }
  });
});
