/** `Idempotency-Key`: a POST that is sent again is answered again, and nothing is made twice. */
import { createHash } from 'node:crypto';
import type { WireAnswer } from '../dialects/contract.ts';
import { ConcordError } from '../record/errors.ts';
import type { ApiCall } from './route.ts';

const HEADER = 'idempotency-key';
/** Tells that nothing was done now. */
const REPLAYED = { 'idempotency-replayed': 'true' };
/** A request with the same key that is under way is done within this, mostly. */
const BUSY_RETRY_SECONDS = 1;

export async function idempotently(
  call: ApiCall,
  handle: (call: ApiCall) => Promise<WireAnswer>,
): Promise<WireAnswer> {
  const key = call.request.headers[HEADER];
  if (key === undefined) return handle(call);
  const { idempotency } = call.services;
  const beginning = await idempotency.begin(call.caller.tenant, key, hashOf(call));
  switch (beginning.state) {
    case 'done': {
      const { status, headers, body } = beginning.answer;
      return { status, headers: { ...headers, ...REPLAYED }, ...(body !== undefined && { body }) };
    }
    case 'different':
      throw new ConcordError('idempotency-key-reused');
    case 'running':
      throw new ConcordError('idempotency-key-busy', { retryAfterSeconds: BUSY_RETRY_SECONDS });
    case 'new':
  }
  const { attempt } = beginning;
  let answer: WireAnswer;
  try {
    answer = await handle({ ...call, newId: attempt.id });
  } catch (error) {
    await idempotency.abandon(attempt);
    throw error;
  }
  const { status, headers = {}, body } = answer;
  await idempotency.finish(
    attempt,
    { status, headers, ...(body !== undefined && { body }) },
    customerOf(call, answer),
  );
  return answer;
}

/** Whose data the answer holds: an erasure forgets it, too. */
function customerOf({ request }: ApiCall, { body }: WireAnswer): string | undefined {
  const made = (body as { id?: unknown } | undefined)?.id;
  return request.path.includes('/customers')
    ? (request.params.id ?? (typeof made === 'string' ? made : undefined))
    : undefined;
}

/** All that must be the same: who asks, what for, on which state, and the body. */
function hashOf({ request, caller }: ApiCall): string {
  const { method, path, query, body } = request;
  const ifMatch = request.headers['if-match'] ?? '';
  return createHash('sha256')
    .update(JSON.stringify([caller.credentialId, method, path, query, ifMatch]))
    .update(body)
    .digest('base64url');
}
