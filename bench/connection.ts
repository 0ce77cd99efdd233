/**
 * One keep-alive connection of the load generator: it writes a request that is ready as text, and reads one answer. Written
 * for this, because whatever the generator costs is taken from server and database on the same machine.
 */
import { connect as connectSocket, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

export interface Connection {
  /** One after the other: the next may be sent when the one before is answered. */
  ask(request: string): void;
  close(): void;
}

export interface Listener {
  answered(answer: Answer): void;
  /** The connection is of no more use. */
  failed(reason: string): void;
}

const END_OF_HEADERS = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

export async function connect(port: number, host: string, listener: Listener): Promise<Connection> {
  const socket = await opened(connectSocket({ port, host, noDelay: true }));
  let gathered: Buffer | undefined;
  let waiting = false;
  let closed = false;
  const fail = (reason: string) => {
    if (closed) return;
    closed = true;
    socket.destroy();
    listener.failed(reason);
  };
  socket.on('data', (chunk: Buffer) => {
    gathered = gathered === undefined ? chunk : Buffer.concat([gathered, chunk]);
    if (!waiting) return fail('an answer that nobody asked for');
    const answer = readAnswer(gathered);
    if (answer === undefined) return;
    if (answer === 'malformed') return fail('an answer that is no HTTP');
    gathered = undefined;
    waiting = false;
    listener.answered(answer);
  });
  socket.on('error', error => fail((error as NodeJS.ErrnoException).code ?? error.message));
  socket.on('close', () => fail('closed by the server'));
  return {
    ask: request => {
      waiting = true;
      socket.write(request, 'latin1');
    },
    close: () => {
      closed = true;
      socket.destroy();
    },
  };
}

function opened(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}

/** `undefined` while a part of it is missing. More than one answer is malformed: nobody asks twice at once. */
export function readAnswer(bytes: Buffer): Answer | 'malformed' | undefined {
  const end = bytes.indexOf(END_OF_HEADERS);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  if (status === undefined) return 'malformed';
  const start = end + END_OF_HEADERS.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const stop = start + Number(length);
    if (bytes.length > stop) return 'malformed';
    return bytes.length < stop ? undefined : { status: Number(status), body: bytes.subarray(start, stop) };
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    // The marks between chunks stay in; the text that a right answer has is looked for in what the server writes at once.
    const last = bytes.subarray(end + 2);
    return last.indexOf(LAST_CHUNK) < 0 ? undefined : { status: Number(status), body: bytes.subarray(start) };
  }
  return bytes.length > start ? 'malformed' : { status: Number(status), body: bytes.subarray(start) };
}
