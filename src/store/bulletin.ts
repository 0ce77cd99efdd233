/** What processes on one database tell each other: that credentials changed, and short texts that may be lost. */
import { connect, type Target } from './connection.ts';
import type { Lanes } from './customers.ts';
import type { Log } from './log.ts';

/** Told by the triggers on `concord.credential`. A message says nothing of whose credential it is. */
const CREDENTIALS = 'concord_credentials';
/** Told by processes. */
const BULLETIN = 'concord_bulletin';
/** Characters; PostgreSQL takes 8,000 bytes. */
const TEXT_MAXIMUM = 200;

/** The driver itself listens again after a loss; this is for the first time alone. */
const RETRY_MS = 1_000;

export interface Bulletin {
  /** To all processes, this one included. */
  tell(text: string): void;
  hear(listener: (text: string) => void): void;
  close(): Promise<void>;
}

export interface BulletinOptions {
  readonly target: Target;
  /** A pooler in transaction mode lets nobody listen. What is remembered of credentials then ends with its lifetime. */
  readonly pooler: boolean;
  /** Called at each change of credentials, and at the start of listening: what was told before was not heard. */
  readonly forget: () => void;
  readonly log: Log;
}

export async function openBulletin(lanes: Lanes, options: BulletinOptions): Promise<Bulletin> {
  const { target, pooler, forget, log } = options;
  const sql = pooler ? undefined : connect(target, { connections: 1, application: 'concord listen' });
  const listeners: ((text: string) => void)[] = [];
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  const announce = (text: string): void => {
    for (const listener of listeners) listener(text);
  };

  async function listen(): Promise<void> {
    try {
      await sql?.listen(CREDENTIALS, forget, forget);
      await sql?.listen(BULLETIN, announce);
    } catch {
      if (isClosed) return;
      log('warn', 'bulletin.unheard', { retryMilliseconds: RETRY_MS });
      retry = setTimeout(listen, RETRY_MS).unref();
    }
  }

  await listen();
  return {
    tell(text) {
      const { sql, gate } = lanes.scan;
      if (text.length > TEXT_MAXIMUM) return;
      gate(async () => await sql`select pg_notify(${BULLETIN}, ${text})`).catch(() => {});
    },

    hear: listener => {
      listeners.push(listener);
    },

    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await sql?.end({ timeout: 0 });
    },
  };
}
