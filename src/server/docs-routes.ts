/** `/docs`: the OpenAPI document of each API, and a page for people. */
import type { FastifyInstance } from 'fastify';
import packageFile from '../../package.json' with { type: 'json' };
import { problemPages } from '../api/problems.ts';
import type { Surface } from '../dialects/contract.ts';
import { dialectPage, indexPage, problemsPage, STYLE } from './docs-page.ts';
import { openApiOf } from './openapi.ts';

/** Nothing but the style sheet of this origin: a page that loads nothing else cannot be made to. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};
const HTML = 'text/html; charset=utf-8';

export function docsRoutes(app: FastifyInstance, surfaces: readonly Surface<never>[]): void {
  const answer = (path: string, type: string, render: () => string): void => {
    let rendered: string | undefined;
    app.get(path, { config: { operation: 'docs' } }, async (_request, reply) => {
      rendered ??= render();
      return reply.headers(HEADERS).type(type).send(rendered);
    });
  };
  answer('/docs', HTML, () => indexPage(surfaces));
  answer('/docs/style.css', 'text/css; charset=utf-8', () => STYLE);
  answer('/docs/problems', HTML, () => problemsPage(problemPages()));
  for (const surface of surfaces) {
    const document = () => openApiOf(surface, packageFile.version);
    answer(`/docs/${surface.name}`, HTML, () => dialectPage(surface.name, document()));
    answer(`/docs/${surface.name}.json`, 'application/json; charset=utf-8', () => JSON.stringify(document()));
  }
}
