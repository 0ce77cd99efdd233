/** `concord key`: what an operator sees of a change of keys, one that is killed in the middle, and starts without a key. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimsOf } from '../../src/record/claims.ts';
import { emptyCustomer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import type { Store } from '../../src/store/index.ts';
import { type Installation, installation, K1, K2 } from '../../src/store/keys/test-installation.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { runCommand } from '../support/process.ts';

/** More than two batches, so that a kill can fall between them. */
const CUSTOMERS = 1_200;
/** Rows in a second: a batch of 500 waits four seconds, time enough to be killed in. */
const SLOW_RATE = 125;
/** On a busy machine; the first batch takes half a second. */
const PATIENCE_MS = 30_000;

const spell = ({ id, key }: typeof K1): string => `${id}:${key.toString('base64')}`;

describe('concord key', () => {
  let shared: TestStore;
  let place: Installation;
  let store: Store;
  before(async () => {
    shared = await testStore();
    place = await installation(shared);
    const old = await place.open(K1);
    store = await place.open(K2, K1);
    const { id: tenant } = await old.tenants.create('harbor');
    const origin = { tenant, dialect: 'test', actor: 'test', requestId: 'test' };
    await Promise.all(
      Array.from({ length: CUSTOMERS }, (_, at) => {
        const document = { kind: 'ssn' as const, value: `SECRET-${at}`, issuingCountry: 'US' };
        const customer = {
          ...emptyCustomer('individual'),
          identityDocuments: [{ id: newId(), ...document, issuingRegion: null, expiryDate: null }],
        };
        return old.customers.create(origin, customer, at === 0 ? claimsOf(customer) : []);
      }),
    );
  });
  after(async () => {
    await place.close();
    await shared.close();
  });

  const environment = (...keys: (typeof K1)[]): NodeJS.ProcessEnv => ({
    DATABASE_URL: place.url,
    CONCORD_ENCRYPTION_KEYS: keys.map(spell).join(','),
  });
  const key = (args: readonly string[], ...keys: (typeof K1)[]) =>
    runCommand(['key', ...args], environment(...keys));

  it('says what is left, and what to do about it', async () => {
    const { code, output } = await key(['status'], K2, K1);
    assert.equal(code, 0);
    assert.match(output, /^KIND +KEY +ROWS$/m);
    assert.match(output, new RegExp(`^documents +k1 +${CUSTOMERS} +${CUSTOMERS} left$`, 'm'));
    assert.match(output, /^claims +k1 +1 +1 left$/m);
    assert.match(output, /^2401 left to put under k2: concord key rotate$/m);
  });

  it('refuses rates that are none', async () => {
    for (const rate of ['0', 'fast']) {
      const { code, errors } = await key(['rotate', '--rate', rate], K2, K1);
      assert.deepEqual([code, errors.includes('--rate must be')], [2, true], rate);
    }
  });

  it('goes on where a rotation was killed', async () => {
    const count = async () => {
      const uses = await store.keys.uses();
      return uses.find(({ kind, keyId }) => kind === 'documents' && keyId === 'k2')?.count ?? 0;
    };
    const child = spawn(
      join(import.meta.dirname, '../../bin/concord'),
      ['key', 'rotate', '--rate', String(SLOW_RATE)],
      { env: { ...process.env, ...environment(K2, K1) }, stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    const deadline = Date.now() + PATIENCE_MS;
    while ((await count()) === 0 && Date.now() < deadline) await sleep(50);
    child.kill('SIGKILL');
    await ended;
    const done = await count();
    assert.ok(done > 0 && done < CUSTOMERS, `${done} of ${CUSTOMERS}`);

    const { code, output, errors } = await key(['rotate', '--rate', '100000'], K2, K1);
    assert.equal(code, 0, errors);
    assert.match(output, new RegExp(`^${2 * CUSTOMERS + 1 - done} put under k2\\.$`, 'm'));
    assert.match(output, /^Nothing is left: k1 can be removed from CONCORD_ENCRYPTION_KEYS\.$/m);
    assert.equal(await count(), CUSTOMERS);
    assert.equal((await key(['status'], K2)).code, 0);
  });

  it('starts without no key that is needed, and says which without a word of the others', async () => {
    for (const [keys, expected] of [
      [[K1], /needs the encryption key k2, which is not configured/],
      [[{ ...K1, id: 'k2' }], /encryption key k2 is another one/],
    ] as const) {
      const { code, output, errors } = await runCommand(['serve', '--port', '0'], environment(...keys));
      assert.deepEqual([code, output], [1, ''], errors);
      assert.match(errors, expected);
      for (const { key: secret } of [K1, K2])
        assert.ok(!errors.includes(secret.toString('base64').slice(0, 20)));
      assert.doesNotMatch(errors, /SECRET-|at file:/);
    }
  });
});
