/**
 * The sockets of one pool. A database that hangs, or a network that swallows everything, closes none of them, and the
 * driver waits for an answer for ever: those that have said nothing for too long are closed here.
 */
import { Socket } from 'node:net';

/** What the driver knows of where to connect to. */
interface Place {
  readonly path?: string | false;
  readonly host?: readonly string[];
  readonly port?: readonly number[];
}

export interface Sockets {
  /** For the driver's option `socket`: it is connecting, and keeps what is written until it is. */
  open(place: object): Socket;
  /** Notes which of them have said something since the last look. */
  look(): void;
  /** Closes those that have been silent so long. */
  closeSilent(milliseconds: number): void;
}

interface Heard {
  bytes: number;
  at: number;
}

export function openSockets(): Sockets {
  const heard = new Map<Socket, Heard>();
  let attempts = 0;

  /** Of several hosts each attempt takes the next, as the driver itself does. */
  function open({ path, host = [], port = [] }: Place): Socket {
    const socket = new Socket();
    heard.set(socket, { bytes: 0, at: performance.now() });
    if (path) return socket.connect(path);
    const at = attempts++ % Math.max(1, host.length);
    const place = { host: host[at] ?? 'localhost', port: port[at] ?? port[0]! };
    // The driver reads the name that a certificate must have, and the place for its errors, here.
    return Object.assign(socket.connect(place), place);
  }

  function look(): void {
    const now = performance.now();
    for (const [socket, last] of heard) {
      if (socket.destroyed) heard.delete(socket);
      else if (socket.bytesRead !== last.bytes) heard.set(socket, { bytes: socket.bytesRead, at: now });
    }
  }

  function closeSilent(milliseconds: number): void {
    const limit = performance.now() - milliseconds;
    for (const [socket, { at }] of heard) if (at < limit) socket.destroy();
  }

  return { open, look, closeSilent };
}
