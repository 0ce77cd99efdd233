/** A wire between a client and a server that can be cut, frozen or slowed, and mended at the same address. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Relay {
  readonly origin: string;
  readonly port: number;
  /** Ends all connections, and refuses new ones as a server does that is not there. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Holds back everything, and lets in whoever comes, as a machine does that hangs; `thaw` passes on what was held. */
  freeze(): void;
  thaw(): void;
  /** How long each piece takes from here on, in each direction. */
  delay(milliseconds: number): void;
  close(): Promise<void>;
}

/** To an `http://` address, or to a Unix socket by its path. */
export async function openRelay(to: string): Promise<Relay> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  let server: Server;
  let milliseconds = 0;
  let thawed = Promise.resolve();
  let thaw = (): void => {};

  const reach = (): Socket => {
    if (to.startsWith('/')) return connect(to);
    const { hostname, port } = new URL(to);
    return connect(Number(port), hostname);
  };

  /** A piece at a time, in order; with a delay the pieces that come meanwhile travel together. */
  const wire = (): Transform =>
    new Transform({
      transform: (piece, _encoding, done) => {
        const arrived = milliseconds > 0 ? sleep(milliseconds) : Promise.resolve();
        void arrived.then(() => thawed).then(() => done(null, piece));
      },
    });

  async function listen(port: number): Promise<number> {
    server = createServer(inner => {
      const outer = reach();
      track(inner);
      track(outer);
      inner.pipe(wire()).pipe(outer);
      outer.pipe(wire()).pipe(inner);
      inner.on('close', () => outer.destroy());
      outer.on('close', () => inner.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  const port = await listen(0);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    cut,
    mend: async () => {
      await listen(port);
    },
    freeze: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      [thawed, thaw] = [promise, resolve];
    },
    thaw: () => thaw(),
    delay: each => {
      milliseconds = each;
    },
    close: async () => {
      thaw();
      await cut();
    },
  };
}
