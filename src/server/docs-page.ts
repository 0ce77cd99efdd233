/** The pages under `/docs`: each API's operations for people, made of its OpenAPI document. No script, no font, no call home. */
import type { ProblemPage } from '../api/problems.ts';
import type { Surface } from '../dialects/contract.ts';
import type { OpenApiDocument, Operation, Response } from './openapi.ts';

export const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; display: inline; }
article { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0; padding: .6rem .8rem; }
code, pre { font: .9rem/1.45 ui-monospace, monospace; } pre { overflow: auto; max-height: 30rem; }
.method { font-weight: 700; display: inline-block; min-width: 4.5rem; }
.note { color: color-mix(in srgb, currentColor 70%, transparent); margin: .2rem 0; }
ul { padding-left: 1.2rem; }
summary { cursor: pointer; }
`;

export function indexPage(surfaces: readonly Surface<never>[]): string {
  const items = surfaces.map(
    ({ name, title, routes }) =>
      `<li><a href="/docs/${name}">${escaped(title)}</a>: ${routes.length} operations, ` +
      `<a href="/docs/${name}.json">OpenAPI 3.1</a></li>`,
  );
  return page(
    'The APIs that Concord answers',
    `<p>Concord’s own below <code>/concord/v1</code>; each other on its vendor’s own paths at the root of this origin, and below the name of the vendor.</p><ul>${items.join('')}</ul>` +
      '<p><a href="/docs/problems">Problems</a>: how Concord’s own API refuses, and what to do about it.</p>',
  );
}

export function dialectPage(name: string, document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = document.tags.map(tag => {
    const inGroup = operations.filter(({ operation }) => operation.tags.includes(tag.name));
    return `<h2>${escaped(tag.name)}</h2>${inGroup.map(article).join('')}`;
  });
  const { securitySchemes, responses } = document.components;
  const credentials = Object.values(securitySchemes).map(scheme => {
    const header = scheme.type === 'apiKey' ? scheme.name : `Authorization (${scheme.scheme})`;
    return `<li><code>${escaped(header)}</code>: ${escaped(scheme.description)}</li>`;
  });
  const refusals = Object.entries(responses).map(([status, response]) =>
    details(status, contentOf(response)),
  );
  return page(
    document.info.title,
    `<p><a href="/docs">All APIs</a> · <a href="/docs/${name}.json">OpenAPI 3.1</a></p>` +
      `<p>Credentials, all of them on every request unless an operation says otherwise:</p><ul>${credentials.join('')}</ul>` +
      `${groups.join('')}<h2 id="refusals">Refusals</h2><p>The same for every operation.</p>${refusals.join('')}`,
  );
}

/** Each problem has its code as its anchor: `type` of a problem leads there. */
export function problemsPage(problems: readonly ProblemPage[]): string {
  const articles = problems.map(
    ({ code, status, title, advice }) =>
      `<article id="${code}"><span class="method">${status}</span><h3><code>${code}</code></h3>` +
      `<p>${escaped(title)}</p><p class="note">${withCode(advice)}</p></article>`,
  );
  return page(
    'Problems',
    '<p><a href="/docs">All APIs</a></p><p>What Concord’s own API refuses, it answers as problem details (RFC 9457). ' +
      '<code>code</code> is stable, <code>requestId</code> is what logs and history call the request.</p>' +
      articles.join(''),
  );
}

/** A text with its words of code between backticks. */
const withCode = (text: string): string => escaped(text).replaceAll(/`([^`]*)`/g, '<code>$1</code>');

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function article({ path, method, operation }: Listed): string {
  const { summary, description, parameters = [], requestBody, responses, security } = operation;
  const rows = parameters.map(parameter => {
    const { name, in: place, required, schema } = parameter as Record<string, unknown>;
    return (
      `<li><code>${escaped(String(name))}</code> <span class="note">${place}${required ? ', required' : ''}</span> ` +
      `<code>${escaped(JSON.stringify(schema))}</code></li>`
    );
  });
  const answers = Object.entries(responses).flatMap(([status, response]) =>
    '$ref' in response ? [] : [details(`Answers ${status}`, contentOf(response))],
  );
  return (
    `<article><span class="method">${method.toUpperCase()}</span><h3><code>${escaped(path)}</code></h3>` +
    `<p>${escaped(summary)}${security ? ' · no credentials' : ''}</p><p class="note">${escaped(description)}</p>` +
    (rows.length > 0 ? `<ul>${rows.join('')}</ul>` : '') +
    (requestBody ? details('Takes', requestBody) : '') +
    `${answers.join('')}<p class="note"><a href="#refusals">Refuses</a></p></article>`
  );
}

const contentOf = ({ content }: Response): object => content ?? { content: 'none' };

const details = (title: string, content: object): string =>
  `<details><summary>${escaped(title)}</summary><pre>${escaped(JSON.stringify(content, null, 2))}</pre></details>`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(title)}</title><link rel="stylesheet" href="/docs/style.css"></head>` +
  `<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
