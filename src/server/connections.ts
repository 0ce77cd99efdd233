/** Connections: what one may have under way, who makes room when every place is taken, and who is cut off. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { isUnread } from './exchange.ts';
import {
  CONNECTIONS_MAXIMUM,
  PIPELINED_AT_ONCE,
  PIPELINED_MAXIMUM,
  UNREAD_CHECK_MILLISECONDS,
  UNREAD_MAXIMUM,
  UNREAD_MILLISECONDS,
} from './limits.ts';

/** Between a connection's arrival and the end of the one that makes room for it there are two for a moment. */
const PASSING = 100;

interface Connection {
  /** Requests that arrived, and those whose answer went out or never will. Answers go out in the order of requests. */
  arrived: number;
  answered: number;
  /** Requests that wait for those before them, in order. */
  readonly waiting: { readonly number: number; readonly begin: () => void }[];
  /** What the client had taken at the last look, and since when it has taken nothing more. */
  taken: number;
  since: number;
}

export function keepConnections(app: FastifyInstance): void {
  const { server } = app;
  const connections = new Map<Socket, Connection>();
  // Whoever was not heard of for longest comes first: those who never sent a request, and those who did.
  const strangers = new Set<Socket>();
  const idle = new Set<Socket>();

  server.maxConnections = CONNECTIONS_MAXIMUM + PASSING;
  server.on('connection', socket => {
    if (connections.size >= CONNECTIONS_MAXIMUM) makeRoom();
    connections.set(socket, { arrived: 0, answered: 0, waiting: [], taken: 0, since: 0 });
    strangers.add(socket);
    socket.once('close', () => {
      connections.delete(socket);
      strangers.delete(socket);
      idle.delete(socket);
    });
  });

  /** Those who never sent a request go first; of two of a kind, the one that has been silent for longer. */
  function makeRoom(): void {
    const [socket] = strangers.size > 0 ? strangers : idle;
    socket?.destroy();
  }

  // Before Fastify hears of the request.
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (!connection) return;
    connection.arrived += 1;
    if (connection.arrived - connection.answered > PIPELINED_MAXIMUM) {
      socket.destroy();
      return;
    }
    strangers.delete(socket);
    idle.delete(socket);
    // A body may never arrive, so that its sender counts as silent, though as one who was heard of just now.
    if (hasBody(request)) idle.add(socket);
    response.once('close', () => {
      if (isUnread(request)) socket.destroy();
      else settle(socket, connection);
    });
  });

  function settle(socket: Socket, connection: Connection): void {
    connection.answered += 1;
    while ((connection.waiting[0]?.number ?? Infinity) < connection.answered + PIPELINED_AT_ONCE) {
      connection.waiting.shift()!.begin();
    }
    if (connection.answered < connection.arrived || socket.destroyed) return;
    idle.delete(socket);
    idle.add(socket);
  }

  // The first of all hooks, in the same turn as the event above: the latest request is this one.
  app.addHook('onRequest', (request, _reply, done) => {
    const connection = connections.get(request.raw.socket);
    const number = connection ? connection.arrived - 1 : 0;
    if (!connection || number < connection.answered + PIPELINED_AT_ONCE) done();
    else connection.waiting.push({ number, begin: done });
  });

  const looking = setInterval(() => cutOff(connections), UNREAD_CHECK_MILLISECONDS).unref();
  server.on('close', () => clearInterval(looking));
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Those who take nothing of what waits for them; and, where too much waits in all, those for whom the most does. */
function cutOff(connections: ReadonlyMap<Socket, Connection>): void {
  const now = performance.now();
  let total = 0;
  const unread: Socket[] = [];
  for (const [socket, connection] of connections) {
    const { writableLength } = socket;
    if (writableLength === 0) continue;
    const taken = socket.bytesWritten - writableLength;
    if (taken !== connection.taken || connection.since === 0) {
      connection.taken = taken;
      connection.since = now;
    } else if (now - connection.since > UNREAD_MILLISECONDS) {
      socket.destroy();
      continue;
    }
    total += writableLength;
    unread.push(socket);
  }
  if (total <= UNREAD_MAXIMUM) return;
  unread.sort((one, other) => other.writableLength - one.writableLength);
  for (const socket of unread) {
    if (total <= UNREAD_MAXIMUM) return;
    total -= socket.writableLength;
    socket.destroy();
  }
}
