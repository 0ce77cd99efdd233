/** A change of the encryption key as an operator does it (docs/keys.md), two servers, clients all along: no failed request. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoAccess } from '../../src/cli/demo/access.ts';
import { demoIssuer } from '../../src/cli/demo/openid.ts';
import { claimsOf } from '../../src/record/claims.ts';
import { emptyCustomer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { type Installation, installation, K1, K2 } from '../../src/store/keys/test-installation.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { documentClients } from '../support/document-clients.ts';
import { runCommand } from '../support/process.ts';
import { rollingServers } from '../support/rolling-servers.ts';

/** Customers with a document each that are there before anything happens; 5,000 keep the rotation busy for some seconds. */
const CUSTOMERS = Number(process.env.PROOF_CUSTOMERS ?? 5_000);
/** Seconds between one step and the next. */
const STEP_SECONDS = Number(process.env.PROOF_STEP_SECONDS ?? 8);
const CREATORS = 16;

const spell = ({ id, key }: typeof K1): string => `${id}:${key.toString('base64')}`;

describe('the encryption key', { timeout: 15 * 60_000 }, () => {
  let shared: TestStore;
  let place: Installation;
  let directory: string;
  before(async () => {
    shared = await testStore();
    place = await installation(shared);
    directory = await mkdtemp(join(tmpdir(), 'concord-keys-'));
  });
  after(async () => {
    await place.close();
    await shared.close();
    await rm(directory, { recursive: true, force: true });
  });

  const environment = (...keys: (typeof K1)[]): NodeJS.ProcessEnv => ({
    DATABASE_URL: place.url,
    CONCORD_ENCRYPTION_KEYS: keys.map(spell).join(','),
  });
  const key = async (verb: string, settings: NodeJS.ProcessEnv) => {
    const { code, output, errors } = await runCommand(['key', verb, '--json'], settings);
    assert.equal(code, 0, errors + output);
    return JSON.parse(output);
  };

  it('is changed under load', async t => {
    const store = await place.open(K1);
    const tenant = await store.tenants.create('harbor');
    const access = await demoAccess(store, tenant, await demoIssuer(directory));
    const origin = { tenant: tenant.id, dialect: 'test', actor: 'test', requestId: 'test' };
    let made = 0;
    await Promise.all(
      Array.from({ length: CREATORS }, async () => {
        while (made < CUSTOMERS) {
          const value = `7${made++}`;
          const customer = {
            ...emptyCustomer('individual'),
            identityDocuments: [
              {
                id: newId(),
                ...{
                  kind: 'ssn' as const,
                  value,
                  issuingCountry: 'US',
                  issuingRegion: null,
                  expiryDate: null,
                },
              },
            ],
          };
          await store.customers.create(origin, customer, claimsOf(customer));
        }
      }),
    );

    const servers = await rollingServers(2, environment(K1));
    const clients = documentClients(servers, access);
    const phase = async (name: string, work: () => Promise<unknown>) => {
      const before = { ...clients.answered };
      const started = performance.now();
      await work();
      await sleep(STEP_SECONDS * 1_000);
      const rounds = Object.entries(clients.answered).map(
        ([who, count]) => `${who} ${count - (before[who] ?? 0)}`,
      );
      t.diagnostic(
        `${name}: ${((performance.now() - started) / 1_000).toFixed(1)} s, rounds of ${rounds.join(', ')}`,
      );
      assert.deepEqual(clients.faults, [], name);
    };
    try {
      await phase('under k1', async () => {});
      await phase('rolled to k1,k2', () => servers.roll(environment(K1, K2)));
      await phase('rolled to k2,k1', () => servers.roll(environment(K2, K1)));
      await phase('rotated', async () => {
        const { resealed, released, unreadable, left } = await key('rotate', environment(K2, K1));
        t.diagnostic(`put under k2: ${resealed}`);
        assert.deepEqual({ released, unreadable, left }, { released: 0, unreadable: 0, left: 0 });
        assert.ok(resealed >= 3 * CUSTOMERS, 'documents, their history and their claims');
      });
      const { left } = await key('status', environment(K2, K1));
      assert.equal(left, 0);
      await phase('rolled to k2', () => servers.roll(environment(K2)));
      await clients.stop();
      const read = await clients.readAll();
      t.diagnostic(`read again, and every claim tried, under k2 alone: ${read} customers`);
      const rest = await key('rotate', environment(K2));
      assert.deepEqual(
        rest.uses.map(({ keyId }: { keyId: string }) => keyId),
        rest.uses.map(() => 'k2'),
      );
      assert.deepEqual(clients.faults, []);
      assert.doesNotMatch(servers.logs(), /"level":50|request\.failed/);
    } finally {
      await clients.stop();
      await servers.stop();
    }
  });
});
