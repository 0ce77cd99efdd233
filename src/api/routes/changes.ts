/** The feed of changes, by cursor and as server-sent events. */
import type { WireAnswer, WireRequest } from '../../dialects/contract.ts';
import { Type } from '../../dialects/schema.ts';
import { OWN_DIALECT } from '../../record/access.ts';
import { positionOf } from '../../record/changes.ts';
import { authenticate } from '../auth.ts';
import { openChangeStream } from '../change-stream.ts';
import { changeResource } from '../history.ts';
import { invalidParameter, limitOf } from '../pagination.ts';
import { readQuery } from '../request.ts';
import { type ApiCall, type ApiRoute, ownRoute } from '../route.ts';
import { Feed } from '../schemas/history.ts';
import { Limit } from '../schemas/values.ts';
import type { ApiServices } from '../services.ts';

const STREAM_TYPE = 'text/event-stream';
/** In the place of a cursor: the end of the feed at this moment. */
const LATEST = 'latest';

const feedQuery = {
  after: Type.String({
    maxLength: 50,
    description: 'A cursor of this feed, or `latest` for its present end.',
  }),
  limit: Limit,
  dialect: Type.String({ maxLength: 50, description: 'Only changes that came through this API.' }),
};

export const changeRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'GET',
    path: '/changes',
    operation: 'Read the feed of changes',
    group: 'Changes',
    description:
      'Every change of every customer of the tenant, oldest first. Following the cursor never skips one. Without a cursor it begins with the oldest change that is kept; a cursor behind which changes were archived is refused with 410 `cursor-expired`: take the cursor `latest`, read all customers, and follow the feed from there. With a `dialect` a page may hold less than it could, or nothing, although `hasMore` is true. With `Accept: text/event-stream` they come as they happen: each event has its cursor as `id`, so that `Last-Event-ID` resumes exactly; without one it begins now.',
    query: feedQuery,
    answers: { 200: Feed },
    streams: true,
    handle: call => (asksForStream(call.request) ? streamFeed(call) : readFeed(call)),
  }),
];

function asksForStream({ headers }: WireRequest): boolean {
  const types = (headers.accept ?? '').split(',').map(type => type.split(';', 1)[0]!.trim().toLowerCase());
  return types.includes(STREAM_TYPE);
}

async function readFeed({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const { after, limit: wanted, dialect } = readQuery(request, feedQuery);
  const limit = limitOf(wanted);
  expectDialect(services, dialect);
  if (after === LATEST) {
    return {
      status: 200,
      body: { items: [], cursor: await services.changes.latest(caller.tenant), hasMore: false },
    };
  }
  expectCursor('after', after);
  const { changes, cursor, hasMore } = await services.changes.read(caller.tenant, {
    limit,
    ...(after !== undefined && { after }),
    ...(dialect !== undefined && { dialect }),
  });
  return { status: 200, body: { items: changes.map(changeResource), cursor, hasMore } };
}

async function streamFeed({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const { after: asked, limit, dialect } = readQuery(request, feedQuery);
  if (limit !== undefined) throw invalidParameter('limit', 'is for the feed in pages');
  expectDialect(services, dialect);
  const after = request.headers['last-event-id'] ?? (asked === LATEST ? undefined : asked);
  expectCursor(request.headers['last-event-id'] === undefined ? 'after' : 'Last-Event-ID', after);
  const { events, until } = await openChangeStream(services, {
    tenant: caller.tenant,
    ...(dialect !== undefined && { dialect }),
    ...(after !== undefined && { after }),
    admitted: () => authenticate(request, services),
  });
  return {
    status: 200,
    headers: {
      'content-type': STREAM_TYPE,
      // Some proxies gather what they pass on, which would make it late.
      'x-accel-buffering': 'no',
      // So that a server that stops does not wait for a connection that could be used again.
      connection: 'close',
    },
    stream: events,
    until,
  };
}

function expectCursor(name: string, cursor: string | undefined): void {
  if (cursor !== undefined && !positionOf(cursor)) throw invalidParameter(name, 'is no cursor of this feed');
}

function expectDialect({ dialects }: ApiServices, dialect: string | undefined): void {
  const names = [OWN_DIALECT, ...dialects.map(({ name }) => name as string)];
  if (dialect !== undefined && !names.includes(dialect)) {
    throw invalidParameter('dialect', `must be one of ${names.join(', ')}`);
  }
}
