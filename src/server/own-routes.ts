/** What Concord answers in its own name: is it ready, how is it doing. Whether it lives, `/health` says, a vendor's path. */
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

export interface OwnRoutes {
  readonly metrics: Metrics;
  ready(): Promise<boolean>;
}

export function ownRoutes(app: FastifyInstance, { metrics, ready }: OwnRoutes): void {
  app.get('/ready', { config: { operation: 'ready' } }, async (_request, reply) => {
    const isReady = await ready();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'database unavailable' });
  });

  app.get('/metrics', { config: { operation: 'metrics' } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.render()),
  );
}
