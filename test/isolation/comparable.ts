/** An answer without what differs from request to request, so that two answers can be compared. Pure. */
import type { Answer } from '../support/concord.ts';

/** Of the moment and of the connection. */
const PASSING_HEADERS = new Set(['date', 'content-length', 'connection', 'keep-alive', 'x-request-id']);

/** Ids and times that are made anew for every answer. */
const MADE_ANEW: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '‹uuid›'],
  [/\b[0-9a-f]{32}\b/g, '‹uuid›'],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/g, '‹time›'],
];

/** `sent` is what the request said that the other request did not: an answer may repeat it. */
export function comparable({ status, headers, text }: Answer, sent: readonly string[]): string {
  const told = [...headers].filter(([name]) => !PASSING_HEADERS.has(name)).map(pair => pair.join(': '));
  let whole = [String(status), ...told, text].join('\n');
  for (const value of [...sent].sort((a, b) => b.length - a.length)) {
    for (const spelling of new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])) {
      if (spelling !== '') whole = whole.replaceAll(spelling, '‹sent›');
    }
  }
  for (const [pattern, mark] of MADE_ANEW) whole = whole.replaceAll(pattern, mark);
  return whole;
}

/** For an answer that made something: its status and the shape of its body, because numbers count on. */
export const outlineOf = ({ status, json }: Answer): string => `${status} ${JSON.stringify(shapeOf(json))}`;

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shapeOf(item)]));
}
