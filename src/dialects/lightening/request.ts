/** Lightening's request bodies: JSON or a form, and one that is empty says nothing (lightening.md §5.2). */
import { isUtf8 } from 'node:buffer';
import { ConcordError } from '../../record/errors.ts';
import { mediaType, readJsonObject, readText } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { type Pair, pairsOf, readPairs, type Sent } from './form.ts';
import { MESSAGES } from './wire.ts';

/** What a body may be; one without a content type is told by its first byte (§5.2 [convention]). */
export const MEDIA_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
] as const;

/** The only list in a body. */
const LIST = 'customer_ids';

/** What decoders put where bytes are no UTF-8. */
const REPLACEMENT = '\uFFFD';

/** @throws ConcordError `unsupported-media-type`, `body-unreadable`. */
export async function readBody(request: WireRequest): Promise<Sent> {
  const { body } = request;
  if (body.length === 0) return new Map();
  switch (mediaType(request)) {
    case 'application/json':
      return new Map(Object.entries(readJsonObject(body)));
    case 'application/x-www-form-urlencoded':
      return readPairs(pairsOf(readText(body)), LIST);
    case 'multipart/form-data':
      return readPairs(await parts(request), LIST);
    case '':
      return readText(body).trimStart().startsWith('{')
        ? new Map(Object.entries(readJsonObject(body)))
        : readPairs(pairsOf(readText(body)), LIST);
    default:
      throw new ConcordError('unsupported-media-type');
  }
}

/** The text parts; files are ignored. */
async function parts({ body, headers }: WireRequest): Promise<Pair[]> {
  let form: FormData;
  try {
    // A copy: a Node Buffer may lie in memory that it shares with others.
    const response = new Response(Uint8Array.from(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    });
    form = await response.formData();
  } catch (cause) {
    throw new ConcordError('body-unreadable', { message: 'The body is not a valid multipart form.', cause });
  }
  const texts = [...form].flatMap(([name, value]): Pair[] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  if (texts.some(pair => pair.join('').includes(REPLACEMENT)) && !isUtf8(body)) {
    throw new ConcordError('body-unreadable', { message: 'The form is not valid UTF-8.' });
  }
  return texts;
}

/** §4.3 [seed]: an empty request is an error of its own; unknown names say nothing [convention]. */
export function expectSomething(sent: Sent, names: readonly string[]): void {
  if (!names.some(name => sent.has(name))) {
    throw new ConcordError('request-invalid', { message: MESSAGES.nothingSent });
  }
}
