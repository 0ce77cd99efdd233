/** Hears at once when a credential ends or changes, whoever did it: this server, another one, or a command. */
import { connect, type Target } from './connection.ts';
import type { Log } from './log.ts';

/** Told by the triggers on `concord.credential`. A message says nothing of whose credential it is. */
const CHANNEL = 'concord_credentials';

/** The driver itself listens again after a loss; this is for the first time alone. */
const RETRY_MS = 1_000;

export interface Revocations {
  close(): Promise<void>;
}

/**
 * Calls `forget` at each message, and whenever it begins to listen: what was said meanwhile was not heard. While it does
 * not listen, what is remembered of credentials still ends with its lifetime.
 */
export async function listenForRevocations(
  target: Target,
  forget: () => void,
  log: Log,
): Promise<Revocations> {
  const sql = connect(target, { connections: 1, application: 'concord listen' });
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    try {
      await sql.listen(CHANNEL, forget, forget);
    } catch {
      if (isClosed) return;
      log('warn', 'revocations.unheard', { retryMilliseconds: RETRY_MS });
      retry = setTimeout(listen, RETRY_MS).unref();
    }
  }

  await listen();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await sql.end({ timeout: 0 });
    },
  };
}
