/** `Idempotency-Key`: a POST that is sent again is answered again, and nothing is made twice. */
import { createHash } from 'node:crypto';
import type { WireAnswer } from '../dialects/contract.ts';
import { ConcordError } from '../record/errors.ts';
import type { AnswerAbout } from '../record/idempotency.ts';
import type { ApiCall, OwnRoute } from './route.ts';

const HEADER = 'idempotency-key';
/** Tells that nothing was done now. */
const REPLAYED = { 'idempotency-replayed': 'true' };

export async function idempotently(
  call: ApiCall,
  handle: (call: ApiCall) => Promise<WireAnswer>,
  about: OwnRoute['about'],
): Promise<WireAnswer> {
  const key = call.request.headers[HEADER];
  if (key === undefined) return handle(call);
  const { idempotency } = call.services;
  const beginning = await idempotency.begin(call.caller.tenant, key, hashOf(call), aboutOf(call, about));
  switch (beginning.state) {
    case 'done': {
      const { status, headers, body } = beginning.answer;
      return { status, headers: { ...headers, ...REPLAYED }, ...(body !== undefined && { body }) };
    }
    case 'different':
      throw new ConcordError('idempotency-key-reused');
    case 'running':
      throw new ConcordError('idempotency-key-busy', { retryAfterSeconds: beginning.retryAfterSeconds });
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
  await idempotency.finish(attempt, { status, headers, ...(body !== undefined && { body }) });
  return answer;
}

/** From the parameter and not from the path, which has as many spellings as a client likes. */
function aboutOf({ request }: ApiCall, about: OwnRoute['about']): AnswerAbout | undefined {
  return about === 'customer' ? { customerId: request.params.id! } : about;
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
