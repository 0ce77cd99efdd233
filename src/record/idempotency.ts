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
  /** Another attempt is under way, and has been for less than 30 seconds. */
  | { readonly state: 'running' };

/** Keys are kept for 24 hours, within the tenant. */
export interface Idempotency {
  /**
   * @param requestHash A digest of all that must be the same: who asks, method, path and body. 1 to 128 characters.
   * @throws ConcordError `value-invalid` for a key that is empty or too long.
   */
  begin(tenant: TenantId, key: string, requestHash: string): Promise<Beginning>;
  /**
   * Keeps the answer; `customerId` is whose data it holds. An answer of more than 1 MiB is not kept: sent again, the
   * request is taken for one that died after it had made something.
   */
  finish(attempt: Attempt, answer: KeptAnswer, customerId?: string): Promise<void>;
  /** The attempt failed and made nothing: the next one begins anew. */
  abandon(attempt: Attempt): Promise<void>;
  /** Removes the answers that hold data of a customer who is erased. */
  forget(tenant: TenantId, customerId: string): Promise<void>;
}
