/**
 * Connections that were on their way to a worker when it died. Node's round robin sends one after the other, each when
 * the one before was taken; of the one that was not taken it hears no more, and neither closes it nor gives it to another
 * worker. Its client would wait for ever; closed, it tries again.
 */
import type { Worker } from 'node:cluster';

/** What node:cluster sends with a connection, and what it is answered. */
interface Sent {
  readonly cmd?: string;
  readonly act?: string;
  readonly seq?: number;
}
interface Reply {
  readonly cmd?: string;
  readonly ack?: number;
}

export function closeOrphans(worker: Worker): void {
  const { process } = worker;
  const underway = new Map<number, { close(): void }>();
  const send = process.send.bind(process) as (...all: unknown[]) => boolean;
  process.send = (...all: unknown[]): boolean => {
    const [message, handle] = all as [Sent, { close(): void } | undefined];
    if (message?.act === 'newconn' && handle && message.seq !== undefined) underway.set(message.seq, handle);
    return send(...all);
  };
  process.on('internalMessage' as 'message', reply => {
    const { ack } = reply as Reply;
    // It was taken, or goes to another one.
    if (ack !== undefined) underway.delete(ack);
  });
  process.once('exit', () => {
    for (const handle of underway.values()) handle.close();
    underway.clear();
  });
}
