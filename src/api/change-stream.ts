/** The feed of changes as server-sent events: from a cursor on, exactly, until somebody ends it. */
import { isBehind } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { openBacklog } from './backlog.ts';
import { eventOf } from './change-event.ts';
import { type LiveChanges, openLiveChanges } from './live-changes.ts';
import type { ApiServices } from './services.ts';

/** Proxies close what is silent, most of them after a minute. */
const HEARTBEAT_MILLISECONDS = 15_000;
/** Between two looks at whether the reader may still listen, and does. */
const WATCH_MILLISECONDS = 2_000;
/** For what is on its way when a stream ends; who does not read by then is cut off. */
const FAREWELL_MILLISECONDS = 300;
/** A reader that takes nothing for so long while something waits for it does not follow what happens. */
const STALL_MILLISECONDS = 10_000;
/** When a client asks again that lost its connection. */
const RECONNECT_MILLISECONDS = 1_000;
/** Changes that are read at once by a stream that catches up. */
const CATCH_UP_MAXIMUM = 100;

/** A page or a program each; all of them cost one look at the database. */
const STREAMS_OF_TENANT_MAXIMUM = 100;
/** Each holds the backlog of a slow reader at the worst, most of which all readers of a tenant share. */
const STREAMS_MAXIMUM = 1_000;
/** When a place is likely to be free. */
const FULL_RETRY_SECONDS = 10;

export interface StreamWish {
  readonly tenant: TenantId;
  /** Only changes that came through it. */
  readonly dialect?: string;
  /** What was seen last; everything that becomes visible from now on when absent. */
  readonly after?: string;
  /** Rejects once whoever asked may no longer see changes. */
  admitted(): Promise<unknown>;
}

export interface ChangeStream {
  readonly events: AsyncIterable<string>;
  /** Breaks off what a reader does not take. */
  readonly until: AbortSignal;
}

/** Of one process, for as long as it serves. */
interface Streams {
  readonly live: LiveChanges;
  readonly open: Map<TenantId, number>;
}

const streamsOf = new WeakMap<ApiServices, Streams>();

function streamsFor(services: ApiServices): Streams {
  const streams = streamsOf.get(services) ?? { live: openLiveChanges(services.changes), open: new Map() };
  streamsOf.set(services, streams);
  return streams;
}

/** @throws ConcordError `too-many-requests` when there are as many streams as there may be; `cursor-expired`. */
export async function openChangeStream(services: ApiServices, wish: StreamWish): Promise<ChangeStream> {
  const streams = streamsFor(services);
  const leavePlace = takePlace(streams, wish.tenant);
  try {
    const start = wish.after ?? (await services.changes.latest(wish.tenant));
    // A cursor that does not lead on is refused now: once the stream has begun, it could only break off.
    await services.changes.read(wish.tenant, { after: start, limit: 1 });
    return streamFrom(services, streams.live, { ...wish, after: start }, leavePlace);
  } catch (error) {
    leavePlace();
    throw error;
  }
}

function takePlace({ open }: Streams, tenant: TenantId): () => void {
  const ofTenant = open.get(tenant) ?? 0;
  const all = [...open.values()].reduce((sum, count) => sum + count, 0);
  if (ofTenant >= STREAMS_OF_TENANT_MAXIMUM || all >= STREAMS_MAXIMUM) {
    throw new ConcordError('too-many-requests', {
      message:
        'There are as many streams of changes as there may be at once. Close one, or read the feed in pages.',
      retryAfterSeconds: FULL_RETRY_SECONDS,
    });
  }
  open.set(tenant, ofTenant + 1);
  let isTaken = true;
  return () => {
    if (!isTaken) return;
    isTaken = false;
    const left = (open.get(tenant) ?? 1) - 1;
    if (left > 0) open.set(tenant, left);
    else open.delete(tenant);
  };
}

type Started = StreamWish & { readonly after: string };

function streamFrom(
  services: ApiServices,
  live: LiveChanges,
  wish: Started,
  leavePlace: () => void,
): ChangeStream {
  const broken = new AbortController();
  let isEnding = false;
  let farewell: NodeJS.Timeout | undefined;
  /** When something was given that the reader has not taken yet. */
  let givenAt: number | undefined;
  const backlog = openBacklog(wish.dialect);
  const watching = setInterval(watch, WATCH_MILLISECONDS);
  services.stopping.addEventListener('abort', end, { once: true });
  if (services.stopping.aborted) end();

  /** What is on its way may still arrive. */
  function end(): void {
    if (isEnding) return;
    isEnding = true;
    backlog.wake();
    farewell = setTimeout(() => broken.abort(), FAREWELL_MILLISECONDS);
  }

  function close(): void {
    isEnding = true;
    backlog.wake();
    clearTimeout(farewell);
    clearInterval(watching);
    services.stopping.removeEventListener('abort', end);
    leavePlace();
  }

  function watch(): void {
    if (givenAt !== undefined && Date.now() - givenAt > STALL_MILLISECONDS) end();
    wish.admitted().catch(error => {
      if (error instanceof ConcordError && REFUSALS.has(error.code)) end();
    });
  }

  /** Changes that are stored, until there are no more. */
  async function* stored(after: string): AsyncGenerator<string, string> {
    let cursor = after;
    for (let hasMore = true; hasMore && !isEnding; ) {
      const page = await services.changes.read(wish.tenant, {
        after: cursor,
        limit: CATCH_UP_MAXIMUM,
        ...(wish.dialect !== undefined && { dialect: wish.dialect }),
      });
      for (const change of page.changes) yield eventOf(change);
      cursor = page.cursor;
      hasMore = page.hasMore;
    }
    return cursor;
  }

  async function* events(): AsyncGenerator<string> {
    let leave: (() => void) | undefined;
    try {
      yield `retry: ${RECONNECT_MILLISECONDS}\nid: ${wish.after}\n\n`;
      let cursor = yield* stored(wish.after);
      // Only then, so that catching up with a long history does not fill the backlog.
      leave = await live.listen(wish.tenant, backlog);
      cursor = yield* stored(cursor);
      let beat = Date.now() + HEARTBEAT_MILLISECONDS;
      while (!isEnding) {
        const heard = backlog.take();
        const fresh = heard.changes.filter(change => isBehind(change.cursor, cursor));
        for (const change of fresh) yield eventOf(change);
        if (heard.isLost) cursor = yield* stored(cursor);
        else if (heard.cursor !== undefined && isBehind(heard.cursor, cursor)) cursor = heard.cursor;
        if (fresh.length > 0) beat = Date.now() + HEARTBEAT_MILLISECONDS;
        if (Date.now() >= beat) {
          beat = Date.now() + HEARTBEAT_MILLISECONDS;
          yield `: still here\nid: ${cursor}\n\n`;
        }
        if (!isEnding) await backlog.wait(beat - Date.now());
      }
    } finally {
      leave?.();
      close();
    }
  }

  const generator = events();
  return {
    until: broken.signal,
    events: {
      [Symbol.asyncIterator]: () => ({
        async next() {
          givenAt = undefined;
          const given = await generator.next();
          givenAt = Date.now();
          return given;
        },
        // A generator hears of its end only when it has something to give: it is woken for that.
        return: () => {
          close();
          return generator.return(undefined);
        },
      }),
    },
  };
}

/** That the database is away for a moment says nothing about the credential. */
const REFUSALS = new Set(['unauthenticated', 'forbidden']);
