/** A reader of server-sent events, as a browser's EventSource reads them (HTML Living Standard §9.2). */
import { bearer, type Operator } from './api.ts';

export interface ServerEvent {
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into events of every shape.
  readonly data: any;
}

export interface EventReader {
  readonly response: Response;
  /** All events so far. */
  readonly events: readonly ServerEvent[];
  /** Comments so far. */
  readonly comments: readonly string[];
  /** What a client that lost its connection sends as `Last-Event-ID`. */
  lastEventId(): string;
  /** Waits until there are so many events, or longer than it should take. */
  until(done: (events: readonly ServerEvent[]) => boolean, milliseconds?: number): Promise<void>;
  /** Resolves when the server ended the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

const WAIT_MILLISECONDS = 10_000;

export async function readEvents(
  { origin, key }: Pick<Operator, 'origin' | 'key'>,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const ending = new AbortController();
  const response = await fetch(`${origin}/concord/v1/changes${query}`, {
    headers: { ...bearer(key), accept: 'text/event-stream', ...headers },
    signal: ending.signal,
  });
  const events: ServerEvent[] = [];
  const comments: string[] = [];
  let lastId = '';

  function dispatch(block: string): void {
    let [data, type] = ['', ''];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const [name, value] = [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
      if (colon === 0) comments.push(value);
      else if (name === 'id') lastId = value;
      else if (name === 'event') type = value;
      else if (name === 'data') data += value;
    }
    if (data !== '') events.push({ id: lastId, type, data: JSON.parse(data) });
  }

  async function read(): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        rest += decoder.decode(chunk, { stream: true });
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
          dispatch(rest.slice(0, end));
          rest = rest.slice(end + 2);
        }
      }
    } catch {
      // Broken off, by the test or by the server; what was not whole is not counted.
    }
  }
  const ended = read();

  return {
    response,
    events,
    comments,
    lastEventId: () => lastId,
    async until(done, milliseconds = WAIT_MILLISECONDS) {
      const deadline = Date.now() + milliseconds;
      while (!done(events)) {
        if (Date.now() > deadline) throw new Error(`only ${events.length} events came`);
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    },
    ended,
    close: () => ending.abort(),
  };
}
