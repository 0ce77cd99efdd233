/** `concord customer`, as a process of its own against a running server. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, email } from '../support/customers.ts';
import { type Finished, runCommand } from '../support/process.ts';

describe('concord customer', () => {
  let concord: Concord;
  let viewer: Operator;
  let customer: Customer;
  before(async () => {
    concord = await startConcord();
    viewer = await operator(concord, concord.harbor, { role: 'viewer' });
    // So that the number below is nobody else's.
    for (let count = 0; count < 3; count++) await concord.create(concord.harbor, aCustomer());
    const document = {
      ...{ id: newId(), kind: 'passport' as const, value: 'AB-0042', issuingCountry: 'PT' },
      ...{ issuingRegion: null, expiryDate: null },
    };
    customer = await concord.create(
      concord.harbor,
      aCustomer({ contactPoints: [email('ada@cli.example')], identityDocuments: [document] }),
    );
    await concord.store.customers.swap(
      { tenant: concord.harbor.id, dialect: 'billbee', actor: 'shop', requestId: 'r1' },
      { id: customer.id },
      each => ({ ...each, familyName: 'Second' }),
    );
  });
  after(() => concord.stop());

  const command = (...args: string[]): Promise<Finished> =>
    runCommand(['customer', ...args], { CONCORD_URL: concord.origin, CONCORD_KEY: viewer.key });

  it('shows the record by any id that anybody knows it by', async () => {
    const ids = [customer.id, ...DIALECTS.map(dialect => dialect.customerId(customer))];
    for (const id of new Set(ids)) {
      const { code, output, errors } = await command('show', id, '--json');
      assert.equal(code, 0, errors);
      assert.equal(JSON.parse(output).id, customer.id);
    }
    const { output } = await command('show', customer.id);
    for (const text of ['Ada Second', 'ada@cli.example', 'Harrisburg', '…0042', 'flexportal']) {
      assert.ok(output.includes(text), `${text} in\n${output}`);
    }
    assert.ok(!output.includes('AB-0042'));
  });

  it('shows what each dialect answers', async () => {
    const { code, output, errors } = await command('views', String(customer.number));
    assert.equal(code, 0, errors);
    for (const { title, customerId } of DIALECTS)
      assert.ok(output.includes(`${title}: ${customerId(customer)}`));
    assert.ok(output.includes(`GET /api/v1/customers/${customer.number} → 200`));
  });

  it('shows who changed what', async () => {
    const { code, output, errors } = await command('history', customer.id);
    assert.equal(code, 0, errors);
    assert.match(output, /billbee \(shop\) {2}r1\n {2}familyName {2}Sample → Second/);
    const one = await command('history', customer.id, '--limit', '1', '--json');
    assert.equal(JSON.parse(one.output).items.length, 1);
  });

  it('says what is wrong, and with an exit code', async () => {
    const wrong: readonly (readonly [string[], number, RegExp])[] = [
      [['show', 'nobody'], 2, /no customer with the id "nobody"/],
      [['show', newId()], 2, /no such customer/],
      [['show', customer.id, '--key', 'wrong'], 2, /401/],
      [['show', customer.id, '--url', 'x'], 2, /--url/],
      [['show', customer.id, '--url', 'http://127.0.0.1:1'], 1, /Is Concord running/],
      [['history', customer.id, '--limit', '0'], 2, /limit|shape/],
      [['show'], 2, /missing required argument/],
    ];
    for (const [args, expected, message] of wrong) {
      const { code, errors, output } = await command(...args);
      assert.equal(code, expected, `${args.join(' ')}: ${errors}`);
      assert.match(errors, message);
      assert.equal(output, '');
    }
    const keyless = await runCommand(['customer', 'show', customer.id], {
      CONCORD_URL: concord.origin,
      CONCORD_KEY: '',
    });
    assert.deepEqual([keyless.code, /CONCORD_KEY/.test(keyless.errors)], [2, true]);
  });
});
