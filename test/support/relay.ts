/** A wire between a browser and a server that can be cut, and mended at the same address. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Relay {
  readonly origin: string;
  /** Ends all connections, and refuses new ones as a server does that is not there. */
  cut(): Promise<void>;
  /** At the same address again; with another target where that is given. */
  mend(target?: string): Promise<void>;
  close(): Promise<void>;
}

export async function openRelay(origin: string): Promise<Relay> {
  let target = new URL(origin);
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  let server: Server;

  async function listen(port: number): Promise<number> {
    server = createServer(inner => {
      const outer = connect(Number(target.port), target.hostname);
      track(inner);
      track(outer);
      inner.pipe(outer);
      outer.pipe(inner);
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
    cut,
    mend: async (moved = target.origin) => {
      target = new URL(moved);
      await listen(port);
    },
    close: cut,
  };
}
