/** The port to requests that may be sent again: what was answered once is answered again, and nothing is made twice. */
import type { TenantId } from './customer.ts';

/** Characters of a key, of any kind. */
export const IDEMPOTENCY_KEY_MAXIMUM = 255;

/** An answer as it goes out. It is sealed where it is kept, because it may hold personal data or a new secret. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What is written as JSON; absent for no body. */
  readonly body?: unknown;
}

/** One attempt at a request. Whoever holds it finishes or abandons it. */
export interface Attempt {
  readonly tenant: TenantId;
  readonly key: string;
  /** The UUID of what is made, the same in every attempt: looking for it tells whether an earlier one made it. */
  readonly id: string;
  /** Counts from 1. An attempt that a later one took over can no longer finish or abandon. */
  readonly number: number;
}

export type Beginning =
  /** Nobody has done it; `attempt.number` above 1 when an earlier one died and may have got as far as making it. */
  | { readonly state: 'new'; readonly attempt: Attempt }
  | { readonly state: 'done'; readonly answer: KeptAnswer }
  /** The key stands for another request. */
  | { readonly state: 'different' }
  /** Another attempt is under way; if it died, the key is free after these seconds, 1 to 30. */
  | { readonly state: 'running'; readonly retryAfterSeconds: number };

/** Whose data the answer will hold: a customer's who is there, or that of one who is made with the attempt's `id`. */
export type AnswerAbout = { readonly customerId: string } | 'new customer';

/** Keys are kept for 24 hours, within the tenant. */
export interface Idempotency {
  /**
   * @param requestHash A digest of all that must be the same: who asks, method, path and body. 1 to 128 characters.
   * @param about Told before there is an answer, so that an erasure meanwhile finds what is about the customer.
   * @throws ConcordError `value-invalid` for a key that is empty or too long.
   */
  begin(tenant: TenantId, key: string, requestHash: string, about?: AnswerAbout): Promise<Beginning>;
  /**
   * Keeps the answer, unless the customer whom it is about was erased meanwhile. An answer of more than 1 MiB is not
   * kept: sent again, the request is taken for one that died after it had made something.
   */
  finish(attempt: Attempt, answer: KeptAnswer): Promise<void>;
  /** The attempt failed and made nothing: the next one begins anew. */
  abandon(attempt: Attempt): Promise<void>;
  /** Removes the answers that hold data of a customer who is erased, and those that would, of requests under way. */
  forget(tenant: TenantId, customerId: string): Promise<void>;
}
