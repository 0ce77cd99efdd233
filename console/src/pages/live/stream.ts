/** The server's stream of changes, opened again from the last change seen whenever it breaks. */
import { onlineManager } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';
import { ConnectionError, isProblem, ProblemError } from '../../api/problem.ts';
import type { Change } from './entries.ts';

const PATH = '/concord/v1/changes';

/** The first pause before another attempt; each further one is twice as long. */
const PAUSE_MILLISECONDS = 500;
const PAUSE_MAXIMUM_MILLISECONDS = 15_000;
/** So many pages that lost the same server do not all come back in the same moment. */
const JITTER = 0.3;

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** `error` is what the server said; absent when it could not be reached. */
  | { readonly state: 'lost'; readonly error?: unknown };

export interface StreamListener {
  hear(change: Change): void;
  connection(connection: Connection): void;
}

export interface Stream {
  /** The place to go on from. */
  cursor(): string | undefined;
  /** Does not wait for the pause to end. */
  retry(): void;
  close(): void;
}

/** @param after the place to go on from; only what happens from now on without it. */
export function openStream(listener: StreamListener, after: string | undefined): Stream {
  const closing = new AbortController();
  let cursor = after;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  /**
   * Asks for the place first: an event source tells neither why it was refused nor where it stands before the first
   * event, and so a change between two connections could be missed.
   */
  async function open(): Promise<void> {
    clearTimeout(timer);
    try {
      const query = cursor === undefined ? { after: 'latest' } : { after: cursor, limit: '1' };
      const feed = await bodyOf(api.GET(PATH, { params: { query }, signal: closing.signal }));
      cursor ??= feed.cursor;
    } catch (error) {
      if (closing.signal.aborted) return;
      // A place that the server does not know, such as after its data were put back or old ones archived: begin anew.
      if (isProblem(error, 'request-invalid') || isProblem(error, 'cursor-expired')) cursor = undefined;
      return lost(error);
    }
    if (closing.signal.aborted) return;
    listen(cursor);
  }

  function listen(place: string): void {
    const opened = new EventSource(`${PATH}?after=${encodeURIComponent(place)}`);
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      listener.connection({ state: 'live' });
    });
    opened.addEventListener('change', event => {
      cursor = event.lastEventId;
      listener.hear(JSON.parse(event.data) as Change);
    });
    // Its own way to connect again has neither a growing pause nor a word about a refusal.
    opened.addEventListener('error', () => {
      if (source === opened) lost(undefined);
    });
  }

  function lost(error: unknown): void {
    source?.close();
    source = undefined;
    listener.connection({ state: 'lost', ...(error instanceof ProblemError && { error }) });
    const pause = Math.min(PAUSE_MILLISECONDS * 2 ** failures, PAUSE_MAXIMUM_MILLISECONDS);
    failures += 1;
    const asked = error instanceof ProblemError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
    clearTimeout(timer);
    // Somebody looks already whether the server is back.
    if (error instanceof ConnectionError && !onlineManager.isOnline()) return;
    timer = setTimeout(open, Math.max(asked, pause * (1 + JITTER * Math.random())));
  }

  const retry = (): void => {
    if (source === undefined && !closing.signal.aborted) void open();
  };
  const stopWatching = onlineManager.subscribe(online => {
    if (online) retry();
  });

  listener.connection({ state: 'connecting' });
  void open();
  return {
    cursor: () => cursor,
    retry,
    close() {
      closing.abort();
      clearTimeout(timer);
      stopWatching();
      source?.close();
      source = undefined;
    },
  };
}
