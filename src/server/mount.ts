/** One API, a dialect or Concord's own, as an encapsulated Fastify plugin: its own credentials, bodies and error answers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Caller, Method, RateLimits, Route, Surface, WireRequest } from '../dialects/contract.ts';
import { ConcordError } from '../record/errors.ts';
import { listening } from '../record/listening.ts';
import { readRequest, sendAnswer, withBody } from './exchange.ts';
import { toConcordError } from './faults.ts';
import { errorFacts, type Log } from './log.ts';

/** What every API needs, to count requests. */
interface Limited {
  readonly rateLimits: RateLimits;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose credentials came with the request; absent on an open route. */
    caller?: Caller;
    /** The request before its body was read; absent on an open route. */
    wire?: WireRequest;
  }
  interface FastifyContextConfig {
    /** For logs and metrics. */
    dialect?: string;
    operation?: string;
  }
}

export interface Mounted<S> {
  readonly surface: Surface<S>;
  /** The prefix below which it answers; empty at the root of the origin. */
  readonly mount: string;
  readonly services: S;
  readonly vendorLimits: boolean;
  readonly log: Log;
}

/** Answers all operations below `mount`. */
export function mountSurface<S extends Limited>(app: FastifyInstance, mounted: Mounted<S>): void {
  const { surface, mount, log } = mounted;
  app.register(
    async scope => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      scope.setErrorHandler((error, request, reply) =>
        refuse(surface, mount, log, toConcordError(error), request, reply),
      );
      for (const route of surface.routes) addRoute(scope, mounted, route);
      for (const path of new Set(surface.routes.map(route => route.path)))
        refuseOtherMethods(scope, surface, path);
    },
    { prefix: mount },
  );
}

function addRoute<S extends Limited>(
  scope: FastifyInstance,
  { surface, mount, services, vendorLimits }: Mounted<S>,
  route: Route<S>,
): void {
  scope.route({
    method: route.method,
    url: route.path,
    config: { dialect: surface.name, operation: route.operation },
    ...(route.bodyMaximum !== undefined && { bodyLimit: route.bodyMaximum }),
    // Credentials are looked at before the body is read, so that strangers cannot make the server read much.
    onRequest: async (request: FastifyRequest) => {
      if (!route.open) {
        const wire = readRequest(request, mount);
        request.wire = wire;
        request.caller = await listening(request.raw.socket, () => surface.authenticate(wire, services));
        if (vendorLimits) await expectWithinLimits(services.rateLimits, surface, request.caller, route);
      }
      expectPlainBody(request);
    },
    handler: async (request, reply) => {
      const caller = request.caller ?? nobody;
      const call: Call<S> = {
        request: request.wire ? withBody(request.wire, request.body) : readRequest(request, mount),
        caller,
        services,
        origin: event => ({
          tenant: caller.tenant,
          dialect: surface.name,
          actor: caller.actor,
          requestId: request.id,
          ...(event !== undefined && { event }),
        }),
      };
      return sendAnswer(reply, await listening(request.raw.socket, () => route.handle(call)));
    },
  });
}

/** Compressed bodies are not read: a small one may become a large one. @throws ConcordError `unsupported-media-type`. */
function expectPlainBody({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new ConcordError('unsupported-media-type', { message: 'Content-Encoding must be identity.' });
  }
}

/** @throws ConcordError `too-many-requests`, with whole seconds, as HTTP's `Retry-After` has them. */
async function expectWithinLimits<S>(
  rateLimits: RateLimits,
  surface: Surface<S>,
  caller: Caller,
  route: Route<S>,
): Promise<void> {
  const wait = await rateLimits.take(caller, surface.rateLimits?.(caller, route) ?? []);
  if (wait !== undefined) {
    throw new ConcordError('too-many-requests', { retryAfterSeconds: Math.max(1, Math.ceil(wait)) });
  }
}

/** A caller on an open route belongs to no tenant, so that a look-up made by mistake finds nothing. */
const nobody: Caller = { tenant: 0, tenantName: '', actor: '', credentialId: '', settings: {} };

function refuseOtherMethods(scope: FastifyInstance, surface: Surface<never>, path: string): void {
  const allowed = surface.routes.filter(route => route.path === path).map(route => route.method);
  const others = METHODS.filter(method => !allowed.includes(method as Method));
  scope.route({
    method: others,
    url: path,
    config: { dialect: surface.name, operation: 'method not allowed' },
    handler: async () => {
      throw new ConcordError('method-not-allowed', { context: { allow: allowed.sort().join(', ') } });
    },
  });
}

/** Says no as the vendor would, and writes down what the caller is not told. */
export function refuse(
  surface: Surface<never>,
  mount: string,
  log: Log,
  error: ConcordError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const answer = surface.refuse(error, readRequest(request, mount));
  if (answer.status >= 500) {
    log('error', 'request.failed', { requestId: request.id, dialect: surface.name, ...errorFacts(error) });
  }
  return sendAnswer(reply, answer);
}
