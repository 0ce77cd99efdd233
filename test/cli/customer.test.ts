/** `concord customer`, as a process of its own against a running server. */
import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { ConfigurationError } from '../../src/cli/configuration.ts';
import { customerCommand } from '../../src/cli/customer.ts';
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

  /** A process of its own, as a user has it. */
  const command = (...args: string[]): Promise<Finished> =>
    runCommand(['customer', ...args], { CONCORD_URL: concord.origin, CONCORD_KEY: viewer.key });

  /** The same command within this process, which starts in no time. What it throws comes out. */
  async function within(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const log = mock.method(console, 'log', (line: string) => lines.push(line));
    try {
      const access = ['--url', concord.origin, '--key', viewer.key];
      const [name, ...rest] = args;
      await customerCommand()
        .exitOverride()
        .parseAsync([name!, ...access, ...rest], { from: 'user' });
    } finally {
      log.mock.restore();
    }
    return lines.join('\n');
  }

  it('shows the record by any id that anybody knows it by', async () => {
    const ids = [customer.id, ...DIALECTS.map(dialect => dialect.customerId(customer))];
    for (const id of new Set(ids)) {
      assert.equal(JSON.parse(await within('show', id, '--json')).id, customer.id);
    }
    const { code, output, errors } = await command('show', customer.id);
    assert.equal(code, 0, errors);
    for (const text of ['Ada Second', 'ada@cli.example', 'Harrisburg', '…0042', 'flexportal']) {
      assert.ok(output.includes(text), `${text} in\n${output}`);
    }
    assert.ok(!output.includes('AB-0042'));
  });

  it('shows what each dialect answers', async () => {
    const output = await within('views', String(customer.number));
    for (const { title, customerId } of DIALECTS) {
      assert.ok(output.includes(`${title}: ${customerId(customer)}`));
    }
    assert.ok(output.includes(`GET /api/v1/customers/${customer.number} → 200`));
  });

  it('shows who changed what', async () => {
    const output = await within('history', customer.id);
    assert.match(output, /billbee \(shop\) {2}r1\n {2}familyName {2}Sample → Second/);
    const one = await within('history', customer.id, '--limit', '1', '--json');
    assert.equal(JSON.parse(one).items.length, 1);
  });

  it('says what is wrong', async () => {
    const wrong: readonly (readonly [string[], RegExp])[] = [
      [['show', 'nobody'], /no customer with the id "nobody"/],
      [['show', newId()], /no such customer/],
      [['show', customer.id, '--key', 'wrong'], /401/],
      [['show', customer.id, '--key', ''], /CONCORD_KEY/],
      [['show', customer.id, '--url', 'x'], /--url/],
      [['history', customer.id, '--limit', '0'], /shape/],
    ];
    for (const [args, message] of wrong) {
      await assert.rejects(within(...args), error => {
        assert.ok(error instanceof ConfigurationError, args.join(' '));
        assert.match(error.message, message);
        return true;
      });
    }
  });

  it('tells a wrong command from a server that is away by its exit code', async () => {
    const [none, away] = await Promise.all([
      command('show', 'nobody'),
      command('show', customer.id, '--url', 'http://127.0.0.1:1'),
    ]);
    assert.deepEqual([none.code, none.output], [2, '']);
    assert.deepEqual([away.code, away.output], [1, '']);
    assert.match(away.errors, /Is Concord running/);
  });
});
