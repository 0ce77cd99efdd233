/** The port to history: what changed in one customer, and the feed of all changes of a tenant. */
import type { TenantId } from './customer.ts';
import type { FieldChange } from './difference.ts';

export interface Change {
  /** Counts up for one customer; gaps are allowed. */
  readonly sequence: number;
  readonly customerId: string;
  readonly customerNumber: number;
  readonly dialect: string;
  readonly actor: string;
  readonly requestId: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  /** The vendor's name for what happened. */
  readonly event: string | null;
  /** Numbers of identity documents are masked, unless they were asked for. */
  readonly fields: readonly FieldChange[];
  /** The customer was erased: that something changed is still told, with `null` in the place of every value. */
  readonly erased: boolean;
}

/** What happened, in the row that an erasure adds; a dialect may have a name of its own for it. */
export const ERASED_EVENT = 'CUSTOMER__ERASED';

/** A change in the feed. */
export interface FedChange extends Change {
  /** Whoever begins here sees what comes after this change. */
  readonly cursor: string;
}

/** Where a cursor stands: the transaction and the sequence in it. */
const CURSOR = /^(\d{1,20})-(\d{1,19})$/;

/** What the database counts with: 64 bits for transactions, 63 for sequences. */
const TRANSACTION_MAXIMUM = 2n ** 64n - 1n;
const SEQUENCE_MAXIMUM = 2n ** 63n - 1n;

export interface Position {
  readonly transaction: bigint;
  readonly sequence: bigint;
}

/** `undefined` for a text that is no cursor. */
export function positionOf(cursor: string): Position | undefined {
  const [, first, second] = CURSOR.exec(cursor) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const [transaction, sequence] = [BigInt(first), BigInt(second)];
  const isOne = transaction <= TRANSACTION_MAXIMUM && sequence <= SEQUENCE_MAXIMUM;
  return isOne ? { transaction, sequence } : undefined;
}

/** Whether what has the first cursor comes after the place of the second. Both are cursors. */
export function isBehind(cursor: string, place: string): boolean {
  const [one, other] = [positionOf(cursor)!, positionOf(place)!];
  return one.transaction === other.transaction
    ? one.sequence > other.sequence
    : one.transaction > other.transaction;
}

export interface FeedPage {
  readonly changes: FedChange[];
  /** Behind all that were looked at. */
  readonly cursor: string;
  /** There may be more now: with a dialect also behind a page that is not full, because a page looks only so far. */
  readonly hasMore: boolean;
}

export interface HistoryOptions {
  /**
   * With the numbers of identity documents in clear, where they were kept: rows from before schema version 3 hold the
   * masked text alone.
   */
  readonly inFull?: boolean;
}

export interface Changes {
  /**
   * The changes behind the cursor, oldest first, and the cursor behind all that were looked at. A change becomes
   * visible once all that began before it have ended, so following the cursor never skips one. Without a cursor it
   * begins with the oldest change that is kept.
   *
   * @throws ConcordError `request-invalid` when the cursor is not one of these; `cursor-expired` when changes behind
   * it were archived, or when it comes from another database.
   */
  read(
    tenant: TenantId,
    page: {
      readonly after?: string;
      /** 1 to 1,000. */
      readonly limit: number;
      /** Only changes that came through this dialect. */
      readonly dialect?: string;
    },
  ): Promise<FeedPage>;

  /** The cursor at the present end of the feed: whoever begins here sees what becomes visible from now on. */
  latest(tenant: TenantId): Promise<string>;

  /** The time up to which changes of the tenant were archived, ISO 8601 UTC: history and feed have none of them. */
  archivedUntil(tenant: TenantId): Promise<string | null>;

  /** The changes of one customer before the sequence given, newest first. `limit` is 1 to 1,000. */
  history(
    tenant: TenantId,
    customerId: string,
    page: { readonly before?: number; readonly limit: number },
    options?: HistoryOptions,
  ): Promise<Change[]>;

  /** One change of one customer, also of one who was removed. @throws ConcordError `history-archived` */
  find(
    tenant: TenantId,
    customerId: string,
    sequence: number,
    options?: HistoryOptions,
  ): Promise<Change | undefined>;
}
