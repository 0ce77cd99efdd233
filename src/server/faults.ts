/** Faults of the HTTP layer, in the words of the catalogue. */
import type { FastifyError } from 'fastify';
import { ConcordError, type ErrorCode } from '../record/errors.ts';

const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body-unreadable',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body-unreadable',
  FST_ERR_BAD_URL: 'route-not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'route-not-found',
};

/** Every error as one of the catalogue; what nobody foresaw is `internal`. */
export function toConcordError(error: unknown): ConcordError {
  if (error instanceof ConcordError) return error;
  // The client went away in the middle of its body; nobody hears the answer, and nothing is wrong here.
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ECONNRESET') {
    return new ConcordError('request-timeout', { cause: error });
  }
  const code = FASTIFY_CODES[(error as FastifyError | undefined)?.code ?? ''];
  return new ConcordError(code ?? 'internal', { cause: error });
}
