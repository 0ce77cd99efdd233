/** Faults of a connection: a request that does not arrive in time, or that is none. Node tells of the socket alone. */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Surface, WireAnswer, WireRequest } from '../dialects/contract.ts';
import { ConcordError } from '../record/errors.ts';
import { ownerOf } from './ownership.ts';
import { newRequestId } from './request-id.ts';

/** What Node's parser finds wrong, by its code; anything else is a bad request. */
const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

export interface ClientErrors {
  /** Remembers which request a connection is busy with. */
  watch(server: Server): void;
  handle(error: Error & { code?: string }, socket: Socket): void;
}

export function clientErrors(surfaces: readonly Surface<never>[]): ClientErrors {
  const latest = new WeakMap<Socket, IncomingMessage>();
  return {
    watch: server => {
      server.on('request', request => latest.set(request.socket, request));
    },
    handle: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy();
        return;
      }
      const status = STATUSES[error.code ?? ''] ?? 400;
      const request = latest.get(socket);
      const pending = request !== undefined && !request.complete ? request : undefined;
      socket.end(rawAnswer((status === 408 && pending && refusal(surfaces, pending)) || ownAnswer(status)));
    },
  };
}

/** As the vendor says it whose path this is; `undefined` on nobody's. */
function refusal(
  surfaces: readonly Surface<never>[],
  { method, url, headers }: IncomingMessage,
): WireAnswer | undefined {
  const [path = '/', query = ''] = (url ?? '/').split('?', 2);
  const owner = ownerOf(surfaces, path);
  if (!owner) return undefined;
  const request: WireRequest = {
    method: method ?? 'GET',
    path: path.slice(owner.mount.length),
    params: {},
    query,
    headers: headers as WireRequest['headers'],
    body: Buffer.alloc(0),
    requestId: newRequestId(),
    baseUrl: owner.mount,
  };
  return owner.surface.refuse(new ConcordError('request-timeout'), request);
}

const ownAnswer = (status: number): WireAnswer => ({ status, body: { error: `${STATUS_CODES[status]}.` } });

function rawAnswer({ status, headers = {}, body }: WireAnswer): string {
  const text = JSON.stringify(body);
  const lines = Object.entries({
    'content-type': 'application/json; charset=utf-8',
    ...headers,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`;
}
