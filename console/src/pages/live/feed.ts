/** What the live page knows: the changes, those that are held back, and how the connection is. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useSession } from '../../api/session.ts';
import { type Change, withFresh } from './entries.ts';
import { type Connection, openStream, type Stream } from './stream.ts';

/** Changes that come within this time are shown at once: a busy feed is drawn four times a second, not a hundred. */
const GATHER_MILLISECONDS = 250;
/** Who leaves the page and comes back within this time misses nothing. */
const REMEMBERED_MILLISECONDS = 600_000;

export interface FeedState {
  /** The newest on top. */
  readonly changes: readonly Change[];
  /** Came while the list stood still. The oldest on top; not more than could be shown. */
  readonly held: readonly Change[];
  /** The list stands still because the person said so. */
  readonly paused: boolean;
  readonly connection: Connection;
}

export interface Feed {
  subscribe(listener: () => void): () => void;
  state(): FeedState;
  /** Begins to listen, from where it stopped. Gives the end of it. */
  start(): () => void;
  pause(paused: boolean): void;
  /** The list stands still while the person reads further down. */
  hold(holding: boolean): void;
  retry(): void;
}

export function createFeed(): Feed {
  const listeners = new Set<() => void>();
  let state: FeedState = { changes: [], held: [], paused: false, connection: { state: 'connecting' } };
  let isHolding = false;
  let gathered: Change[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let stream: Stream | undefined;
  let cursor: string | undefined;

  function become(next: Partial<FeedState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function deliver(): void {
    gathering = undefined;
    const fresh = gathered;
    gathered = [];
    if (fresh.length === 0) return;
    if (state.paused || isHolding) become({ held: withFresh(state.held.toReversed(), fresh).toReversed() });
    else become({ changes: withFresh(state.changes, fresh) });
  }

  function letIn(): void {
    if (state.paused || isHolding || state.held.length === 0) return;
    become({ changes: withFresh(state.changes, state.held), held: [] });
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    start() {
      stream = openStream(
        {
          hear(change) {
            gathered.push(change);
            gathering ??= setTimeout(deliver, GATHER_MILLISECONDS);
          },
          connection: connection => become({ connection }),
        },
        cursor,
      );
      return () => {
        cursor = stream?.cursor();
        stream?.close();
        stream = undefined;
        clearTimeout(gathering);
        deliver();
      };
    },
    pause(paused) {
      become({ paused });
      letIn();
    },
    hold(holding) {
      isHolding = holding;
      letIn();
    },
    retry: () => stream?.retry(),
  };
}

/** Kept with what else was read in this session: signing out forgets it. */
const feedQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['live', tenant],
    queryFn: createFeed,
    initialData: createFeed,
    enabled: false,
    structuralSharing: false,
    gcTime: REMEMBERED_MILLISECONDS,
  });

export function useFeed(): Feed & FeedState {
  const { tenant } = useSession();
  const feed = useQuery(feedQuery(tenant)).data;
  useEffect(() => feed.start(), [feed]);
  return { ...feed, ...useSyncExternalStore(feed.subscribe, feed.state) };
}
