/** A Concord whose statements pass a wire, so that a test sees how much is done, or has other statements done. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoIssuer } from '../../src/cli/demo/openid.ts';
import { run } from '../../src/cli/run.ts';
import type { Store } from '../../src/store/index.ts';
import { TEST_KEY, testStore } from '../../src/store/test-store.ts';
import { type Concord, concordOn, newTenant } from '../support/concord.ts';
import { openWire, type Wire } from '../support/wire.ts';

export interface Wired extends Concord {
  readonly wire: Wire;
  /** The server's own store, whose statements pass the wire. */
  readonly wiredStore: Store;
}

/** The store of the test itself is not on the wire: what is counted and rewritten is the server's alone. */
export async function startWired(rewrite?: (sql: string) => string): Promise<Wired> {
  const database = await testStore();
  const wire = await openWire(database.store.target, rewrite);
  const dataDirectory = await mkdtemp(join(tmpdir(), 'concord-wired-'));
  const issuer = await demoIssuer(dataDirectory);
  const running = await run({
    databaseUrl: wire.databaseUrl,
    dataDirectory,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    rateLimits: false,
    encryptionKeys: [TEST_KEY],
  });
  const { store } = database;
  const concord = concordOn({
    origin: running.origin,
    store,
    issuer,
    tenants: [await newTenant(store, 'harbor', issuer), await newTenant(store, 'meadow', issuer)],
    stop: async () => {
      await running.stop();
      await wire.close();
      await database.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  });
  return { ...concord, wire, wiredStore: running.store };
}
