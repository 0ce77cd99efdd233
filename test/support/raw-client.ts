/** A client that sends bytes and not requests, however wrong, and says what came back. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RawAnswer {
  /** The status codes of all answers, in order. */
  readonly statuses: readonly number[];
  /** Everything that was received. */
  readonly text: string;
  /** The server ended the connection. */
  readonly closed: boolean;
  /** Bytes that the operating system took from this client. */
  readonly sent: number;
}

/** A server that has more to say says it by then. */
const SILENCE_MS = 300;

export interface RawClient {
  readonly socket: Socket;
  /** What came back so far. */
  text(): string;
  isClosed(): boolean;
}

export function rawClient(port: number): RawClient {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let closed = false;
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
  });
  socket.setEncoding('latin1').on('data', chunk => {
    text += chunk;
  });
  return { socket, text: () => text, isClosed: () => closed };
}

/** Sends all of it, as fast as it is taken, and waits until the server is silent or has ended the connection. */
export async function sendRaw(
  port: number,
  head: string,
  body: Iterable<Buffer> = [],
  patienceMs = 20_000,
): Promise<RawAnswer> {
  const client = rawClient(port);
  const { socket } = client;
  const deadline = Date.now() + patienceMs;
  socket.write(head, 'latin1');
  for (const chunk of body) {
    if (client.isClosed() || !socket.writable) break;
    if (!socket.write(chunk)) await Promise.race([drained(socket), sleep(1_000)]);
  }
  let heard = -1;
  while (!client.isClosed() && Date.now() < deadline) {
    if (heard === client.text().length && heard > 0) break;
    heard = client.text().length;
    await sleep(SILENCE_MS);
  }
  const answer = {
    statuses: [...client.text().matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)),
    text: client.text(),
    closed: client.isClosed(),
    sent: socket.bytesWritten - socket.writableLength,
  };
  socket.destroy();
  return answer;
}

async function drained(socket: Socket): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  const never = () => {};
  await Promise.race([
    once(socket, 'drain', { signal }).catch(never),
    once(socket, 'close', { signal }).catch(never),
  ]);
  done.abort();
}

export const headLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
