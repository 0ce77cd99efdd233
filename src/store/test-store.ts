/** A store for tests: one embedded database a process, and a fresh tenant for whoever asks. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type Tenant } from './index.ts';

export interface TestStore {
  readonly store: Store;
  /** A tenant that nobody else has; the name is random unless given. */
  tenant(name?: string): Promise<Tenant>;
  /** The database stops when the last one who asked for it closes. */
  close(): Promise<void>;
}

export const TEST_KEY = { id: 'test', key: randomBytes(32) };

let users = 0;
let started: Promise<{ store: Store; directory: string }> | undefined;

export async function testStore(): Promise<TestStore> {
  users += 1;
  started ??= start();
  const { store, directory } = await started;
  let open = true;
  return {
    store,
    tenant: (name = `test-${randomBytes(6).toString('hex')}`) => store.tenants.create(name),
    async close() {
      if (!open) return;
      open = false;
      users -= 1;
      if (users > 0) return;
      started = undefined;
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Runs with a test store and closes it. */
export async function withStore<T>(work: (test: TestStore) => Promise<T>): Promise<T> {
  const test = await testStore();
  try {
    return await work(test);
  } finally {
    await test.close();
  }
}

async function start() {
  const directory = await mkdtemp(join(tmpdir(), 'concord-test-'));
  const store = await openStore({ directory, keys: [TEST_KEY] });
  return { store, directory };
}
