/** Between Fastify and a dialect: HTTP becomes a `WireRequest`, a `WireAnswer` becomes HTTP. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireAnswer, WireRequest } from '../dialects/contract.ts';
import { UNREAD_BODY_MAXIMUM } from './limits.ts';

const NO_BODY = Buffer.alloc(0);

/** `mount` is the prefix under which the dialect is served, without a trailing slash; empty at the root. */
export function readRequest(request: FastifyRequest, mount: string): WireRequest {
  const { url } = request.raw;
  const [path = '/', query = ''] = splitOnce(url ?? '/', '?');
  return {
    method: request.method,
    path: path.startsWith(mount) ? path.slice(mount.length) : path,
    params: (request.params ?? {}) as Record<string, string>,
    query,
    headers: headersOf(request.raw),
    body: Buffer.isBuffer(request.body) ? request.body : NO_BODY,
    requestId: request.id,
    baseUrl: `${request.protocol}://${request.host}${mount}`,
  };
}

/** Node gives a list for `set-cookie` alone, which no client sends; the others are one text each. */
function headersOf({ headers }: IncomingMessage): WireRequest['headers'] {
  const cookies = headers['set-cookie'];
  return (cookies ? { ...headers, 'set-cookie': cookies.join(', ') } : headers) as WireRequest['headers'];
}

/** The same request with its body, which is read after the credentials were looked at. */
export const withBody = (request: WireRequest, body: unknown): WireRequest =>
  Buffer.isBuffer(body) ? { ...request, body } : request;

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** An answer with a body is JSON unless its headers say otherwise; one without has no content type at all. */
export function sendAnswer(reply: FastifyReply, answer: WireAnswer): FastifyReply {
  reply.code(answer.status);
  if (answer.headers) reply.headers(answer.headers);
  if (isUnread(reply.request.raw)) reply.header('connection', 'close');
  if (answer.stream !== undefined) {
    const { stream, until } = answer;
    return reply.send(Readable.from(stream, { objectMode: false, ...(until && { signal: until }) }));
  }
  if (answer.body === undefined) return reply.send();
  if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json; charset=utf-8');
  return reply.serializer(asIs).send(JSON.stringify(answer.body));
}

const asIs = (body: unknown): string => body as string;

/** The answer comes before the body, which is too much to be read for nothing: the connection ends with the answer. */
export function isUnread(request: IncomingMessage): boolean {
  if (request.complete) return false;
  const { headers } = request;
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > UNREAD_BODY_MAXIMUM
  );
}
