/** The composition root of HTTP: all dialects on one origin, with limits, logs, health and metrics around them. */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { v1 as uuidV1 } from 'uuid';
import type { Dialect, RateLimits, Services } from '../dialects/contract.ts';
import { ConcordError } from '../record/errors.ts';
import { sendAnswer } from './exchange.ts';
import * as limits from './limits.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { mountDialect, refuse } from './mount.ts';
import { ownRoutes } from './own-routes.ts';

export interface AppOptions {
  readonly dialects: readonly Dialect[];
  readonly services: Services;
  /** Counts what the vendors limit; without it nothing is limited. */
  readonly rateLimits?: RateLimits;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
}

export function createApp(options: AppOptions): FastifyInstance {
  const { dialects, services, rateLimits, log, metrics } = options;
  /** The answer of the vendor whose paths these are; Concord's own below no vendor's prefix. */
  const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.raw.url ?? '/';
    const error = new ConcordError('route-not-found');
    for (const dialect of dialects) {
      const mount = path.startsWith(`/${dialect.name}/`) ? `/${dialect.name}` : '';
      if (mount !== '' || dialect.prefixes.some(prefix => path.startsWith(prefix))) {
        return refuse(dialect, mount, log, error, request, reply);
      }
    }
    return sendAnswer(reply, { status: 404, body: { error: error.message } });
  };
  const app = Fastify({
    logger: false,
    // A version 1 UUID, because connectFi's request ids are that (connectfi.md §2.1).
    genReqId: () => uuidV1(),
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
    },
    // A path that cannot be decoded names nothing.
    frameworkErrors: (_error, request, reply) => {
      notFound(request as unknown as FastifyRequest, reply as unknown as FastifyReply);
    },
  });
  // Declared once, so that every request object has the same shape.
  app.decorateRequest('caller');
  app.decorateRequest('wire');
  app.server.maxHeadersCount = limits.HEADER_COUNT_MAXIMUM;
  app.server.maxConnections = limits.CONNECTIONS_MAXIMUM;

  app.addHook('onResponse', async (request, reply) => {
    const { dialect = 'concord', operation = 'unknown' } = request.routeOptions.config;
    metrics.observe(dialect, operation, reply.statusCode, reply.elapsedTime / 1_000);
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
  });

  ownRoutes(app, { metrics, ready: options.ready });
  for (const dialect of dialects) {
    for (const mount of ['', `/${dialect.name}`])
      mountDialect(app, { dialect, mount, services, rateLimits, log });
  }

  app.setNotFoundHandler(notFound);
  return app;
}
