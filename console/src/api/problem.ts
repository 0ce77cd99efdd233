/** What the server refuses, and what never reached it, as errors that pages can tell apart. */
import type { components } from '../../../src/client/schema.d.ts';

export type ProblemBody = components['schemas']['Problem'];

/** The server said no: RFC 9457. `code` is stable. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** Values that break a rule, by field. */
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly body: Partial<ProblemBody>;
  /** When to try again, in seconds. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, body: Partial<ProblemBody>, retryAfterSeconds?: number) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.requestId = body.requestId;
    this.errors = body.errors ?? [];
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The server was not reached, or went away in mid-answer. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

export const isProblem = (error: unknown, ...codes: readonly string[]): error is ProblemError =>
  error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code));

/** The message for one field, `undefined` when it broke no rule. Names such as `contactPoints/0/value`. */
export const faultAt = (error: unknown, field: string): string | undefined =>
  error instanceof ProblemError ? error.errors.find(fault => fault.field === field)?.message : undefined;

export async function problemOf(response: Response): Promise<ProblemError> {
  const body: Partial<ProblemBody> = await response
    .json()
    .then((value: unknown) => (typeof value === 'object' && value !== null ? value : {}))
    .catch(() => ({}));
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemError(response.status, body, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
