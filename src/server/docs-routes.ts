/** `/docs`: the OpenAPI document of each dialect, and a page for people. */
import type { FastifyInstance } from 'fastify';
import packageFile from '../../package.json' with { type: 'json' };
import type { Dialect } from '../dialects/contract.ts';
import { dialectPage, indexPage, STYLE } from './docs-page.ts';
import { openApiOf } from './openapi.ts';

/** Nothing but the style sheet of this origin: a page that loads nothing else cannot be made to. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};
const HTML = 'text/html; charset=utf-8';

export function docsRoutes(app: FastifyInstance, dialects: readonly Dialect[]): void {
  const answer = (path: string, type: string, render: () => string): void => {
    let rendered: string | undefined;
    app.get(path, { config: { operation: 'docs' } }, async (_request, reply) => {
      rendered ??= render();
      return reply.headers(HEADERS).type(type).send(rendered);
    });
  };
  answer('/docs', HTML, () => indexPage(dialects));
  answer('/docs/style.css', 'text/css; charset=utf-8', () => STYLE);
  for (const dialect of dialects) {
    const document = () => openApiOf(dialect, packageFile.version);
    answer(`/docs/${dialect.name}`, HTML, () => dialectPage(dialect.name, document()));
    answer(`/docs/${dialect.name}.json`, 'application/json; charset=utf-8', () => JSON.stringify(document()));
  }
}
