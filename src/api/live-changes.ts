/** Changes of a tenant as they happen: one look at the database for all who listen, and none while nobody does. */
import type { Changes, FedChange } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { forAll } from '../record/listening.ts';

/** Between two looks; with the look itself a change arrives within 300 ms. */
const LOOK_MILLISECONDS = 200;
/** After a failure; a database that restarts takes about as long. */
const RETRY_MILLISECONDS = 1_000;
/** Changes of one look; more are fetched at once. */
const LOOK_MAXIMUM = 100;

export interface Listener {
  /** Every change from the moment of listening on, in order; it may get the last ones before that, too. */
  hear(changes: readonly FedChange[], cursor: string): void;
}

export interface LiveChanges {
  /** What becomes visible after the answer is heard. The answer ends it. */
  listen(tenant: TenantId, listener: Listener): Promise<() => void>;
}

interface Watch {
  readonly listeners: Set<Listener>;
  readonly begun: Promise<void>;
  stop(): void;
}

export function openLiveChanges(changes: Changes): LiveChanges {
  const watches = new Map<TenantId, Watch>();

  return {
    async listen(tenant, listener) {
      const watch = watches.get(tenant) ?? forAll(() => openWatch(changes, tenant));
      watches.set(tenant, watch);
      watch.listeners.add(listener);
      const leave = (): void => {
        watch.listeners.delete(listener);
        if (watch.listeners.size > 0) return;
        watch.stop();
        if (watches.get(tenant) === watch) watches.delete(tenant);
      };
      try {
        await watch.begun;
      } catch (error) {
        leave();
        throw error;
      }
      return leave;
    },
  };
}

function openWatch(changes: Changes, tenant: TenantId): Watch {
  const listeners = new Set<Listener>();
  let cursor = '';
  let timer: NodeJS.Timeout | undefined;

  async function begin(): Promise<void> {
    cursor = await changes.latest(tenant);
    lookIn(LOOK_MILLISECONDS);
  }

  function lookIn(milliseconds: number): void {
    if (listeners.size > 0) timer = setTimeout(look, milliseconds);
  }

  async function look(): Promise<void> {
    try {
      let isFull = true;
      while (isFull && listeners.size > 0) {
        const page = await changes.read(tenant, { after: cursor, limit: LOOK_MAXIMUM });
        cursor = page.cursor;
        for (const listener of listeners) listener.hear(page.changes, cursor);
        isFull = page.changes.length === LOOK_MAXIMUM;
      }
      lookIn(LOOK_MILLISECONDS);
    } catch {
      // The next look tells what this one missed; that the database is away is written down where requests fail.
      lookIn(RETRY_MILLISECONDS);
    }
  }

  return { listeners, begun: begin(), stop: () => clearTimeout(timer) };
}
