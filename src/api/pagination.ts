/** Pages of a list: how many, from where, and where the next one is. */
import type { WireAnswer, WireRequest } from '../dialects/contract.ts';
import { ConcordError } from '../record/errors.ts';
import { PAGE_MAXIMUM } from './schemas/values.ts';

const PAGE_USUAL = 50;

/** @throws ConcordError `request-invalid` beyond the maximum. */
export function limitOf(limit: string | undefined, usual: number = PAGE_USUAL): number {
  const number = limit === undefined ? usual : Number(limit);
  if (number > PAGE_MAXIMUM) throw invalidParameter('limit', `must be at most ${PAGE_MAXIMUM}`);
  return number;
}

/** Opaque, so that what is in it may change. */
export const cursorTo = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

/** What `cursorTo` was given. @throws ConcordError `request-invalid` for a text that it never made. */
export function cursorKey(cursor: string, isKey: (key: string) => boolean): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursorTo(key) !== cursor || !isKey(key)) throw invalidCursor();
  return key;
}

export const invalidCursor = (): ConcordError =>
  invalidParameter('cursor', 'is none of this list, or of a customer who is no more: begin anew');

export const invalidParameter = (field: string, message: string): ConcordError =>
  new ConcordError('request-invalid', {
    message: `The query parameter ${field} ${message}.`,
    faults: [{ field, message }],
  });

/** A page with the cursor of the next one in the body and in `Link` (RFC 8288), which repeats the query. */
export function pageAnswer(request: WireRequest, items: readonly unknown[], next: string | null): WireAnswer {
  if (next === null) return { status: 200, body: { items, next } };
  const query = new URLSearchParams(request.query);
  query.set('cursor', next);
  const link = `<${request.baseUrl}${request.path}?${query}>; rel="next"`;
  return { status: 200, headers: { link }, body: { items, next } };
}
