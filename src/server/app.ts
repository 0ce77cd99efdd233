/** The composition root of HTTP: all dialects on one origin, with limits, logs, health and metrics around them. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ApiServices } from '../api/services.ts';
import type { Dialect, Surface } from '../dialects/contract.ts';
import { ConcordError, type ErrorCode } from '../record/errors.ts';
import { clientErrors } from './client-errors.ts';
import { keepConnections } from './connections.ts';
import { consoleRoutes } from './console-routes.ts';
import { docsRoutes } from './docs-routes.ts';
import { sendAnswer } from './exchange.ts';
import { toConcordError } from './faults.ts';
import * as limits from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { mountSurface, refuse } from './mount.ts';
import { ownRoutes } from './own-routes.ts';
import { ownerOf } from './ownership.ts';
import { newRequestId } from './request-id.ts';

/** Of faults on paths that belong to no vendor. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  'route-not-found': 404,
  'body-unreadable': 400,
  'body-too-large': 413,
};

export interface AppOptions {
  readonly dialects: readonly Dialect[];
  /** Concord's own API. */
  readonly api: Surface<ApiServices>;
  readonly services: ApiServices;
  /** Whether the limits that vendors document are kept. */
  readonly vendorLimits: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
}

export function createApp(options: AppOptions): FastifyInstance {
  const { dialects, api, services, vendorLimits, log, metrics } = options;
  const surfaces: readonly Surface<never>[] = [api, ...dialects];
  /** No, as whoever says it whose path this is; as Concord says it on nobody's. */
  const sayNo = (error: ConcordError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const [path = '/'] = (request.raw.url ?? '/').split('?', 1);
    const owner = ownerOf(surfaces, path);
    if (owner) return refuse(owner.surface, owner.mount, log, error, request, reply);
    return sendAnswer(reply, { status: STATUSES[error.code] ?? 500, body: { error: error.message } });
  };
  const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    sayNo(new ConcordError('route-not-found'), request, reply);
  const connections = clientErrors(surfaces);
  const app = Fastify({
    logger: false,
    genReqId: newRequestId,
    bodyLimit: limits.BODY_MAXIMUM,
    requestTimeout: limits.REQUEST_ARRIVAL_MILLISECONDS,
    connectionTimeout: limits.CONNECTION_IDLE_MILLISECONDS,
    keepAliveTimeout: limits.KEEP_ALIVE_MILLISECONDS,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // Clients join base address and path in two ways; one makes `/api/v1//customers` (billbee.md §1.1).
    routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: limits.PARAMETER_MAXIMUM },
    http: {
      maxHeaderSize: limits.HEADERS_MAXIMUM,
      headersTimeout: limits.HEADERS_ARRIVAL_MILLISECONDS,
      connectionsCheckingInterval: limits.ARRIVAL_CHECK_MILLISECONDS,
    },
    clientErrorHandler: (error, socket) => connections.handle(error, socket),
    // A path that cannot be decoded names nothing.
    frameworkErrors: (_error, request, reply) => {
      notFound(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
    },
  });
  // Declared once, so that every request object has the same shape.
  app.decorateRequest('caller');
  app.decorateRequest('wire');
  connections.watch(app.server);
  app.server.maxHeadersCount = limits.HEADER_COUNT_MAXIMUM;
  keepConnections(app);

  // No promise: this is asked for every request.
  app.addHook('onResponse', (request, reply, done) => {
    const { dialect = 'concord', operation = 'unknown' } = request.routeOptions.config;
    // A stream lasts as long as somebody looks, which says nothing about speed.
    if (!isStream(reply)) metrics.observe(dialect, operation, reply.statusCode, reply.elapsedTime / 1_000);
    log('info', 'request', {
      requestId: request.id,
      dialect,
      operation,
      method: request.method,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      tenant: request.caller?.tenantName,
      actor: request.caller?.actor,
    });
    done();
  });

  ownRoutes(app, { metrics, ready: options.ready });
  docsRoutes(app, surfaces);
  consoleRoutes(app);
  mountSurface(app, { surface: api, mount: '', services, vendorLimits: true, log });
  for (const surface of dialects) {
    for (const mount of ['', `/${surface.name}`])
      mountSurface(app, { surface, mount, services, vendorLimits, log });
  }

  // What was sent to a path that nobody has is not looked into.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
  app.setErrorHandler((error, request, reply) => sayNo(toConcordError(error), request, reply));
  app.setNotFoundHandler(notFound);
  return app;
}

const isStream = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
