/** Changes of a tenant as they happen: one look at the database for all who listen, and none while nobody does. */
import type { Changes, FedChange } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';

/** Between two looks; with the look itself a change arrives within 300 ms. */
const LOOK_MILLISECONDS = 200;
/** After a failure; a database that restarts takes about as long. */
const RETRY_MILLISECONDS = 1_000;
/** Changes of one look; more are fetched at once. */
const LOOK_MAXIMUM = 100;

export interface Listener {
  /** Every change from the moment of listening on, in order; it may get the last ones before that, too. */
  hear(changes: readonly FedChange[], cursor: string): void;
  /** The feed does not lead on from where it was: what came meanwhile is not to be had here. */
  lose(): void;
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
      const watch = watches.get(tenant) ?? openWatch(changes, tenant);
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
      let hasMore = true;
      while (hasMore && listeners.size > 0) {
        const page = await changes.read(tenant, { after: cursor, limit: LOOK_MAXIMUM });
        cursor = page.cursor;
        for (const listener of listeners) listener.hear(page.changes, cursor);
        hasMore = page.hasMore;
      }
      lookIn(LOOK_MILLISECONDS);
    } catch (error) {
      if (error instanceof ConcordError && error.code === 'cursor-expired') await lose();
      // The next look tells what this one missed; that the database is away is written down where requests fail.
      lookIn(RETRY_MILLISECONDS);
    }
  }

  /** Of a database that lost its last changes, such as a replica that took over. */
  async function lose(): Promise<void> {
    for (const listener of listeners) listener.lose();
    cursor = await changes.latest(tenant).catch(() => cursor);
  }

  return { listeners, begun: begin(), stop: () => clearTimeout(timer) };
}
