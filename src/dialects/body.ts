/** Bodies: from bytes to a value, with nothing guessed. */
import { ConcordError } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import type { WireRequest } from './contract.ts';

/** No customer nests deeper than a list of objects in an object; this stops recursion, not people. */
const DEPTH_MAXIMUM = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The media type of the body in lower case without parameters; empty when there is none. */
export const mediaType = (request: WireRequest): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

/** The body as text. @throws ConcordError `body-unreadable` when it is not UTF-8. */
export function readText(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new ConcordError('body-unreadable', { message: 'The body is not valid UTF-8.', cause });
  }
}

/** The body as JSON. @throws ConcordError `body-unreadable` when it is not. */
export function readJson(body: Buffer): Json {
  const text = readText(body);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw new ConcordError('body-unreadable', { message: 'The body is not valid JSON.', cause });
  }
  if (deeperThan(value, DEPTH_MAXIMUM)) {
    throw new ConcordError('body-unreadable', { message: 'The body is nested too deeply.' });
  }
  return value;
}

/** The body as a JSON object. @throws ConcordError `body-unreadable` for anything else. */
export function readJsonObject(body: Buffer): { readonly [key: string]: Json } {
  const value = readJson(body);
  if (!isObject(value))
    throw new ConcordError('body-unreadable', { message: 'The body is not a JSON object.' });
  return value;
}

export const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function deeperThan(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    if (deeperThan(item as Json, depth - 1)) return true;
  }
  return false;
}
