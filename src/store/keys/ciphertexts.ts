/** The three kinds of ciphertext: how each is walked through, and how one takes the place of another. */
import type { TenantId } from '../../record/customer.ts';
import { changePlace } from '../change-rows.ts';
import type { Transaction } from '../connection.ts';
import { answerPlace } from '../idempotency.ts';
import type { Kind } from './uses.ts';

/** A text to be sealed again. */
export interface Stale {
  /** The row, as `replace` finds it. */
  readonly id: string;
  /** What the text is bound to. */
  readonly place: string;
  readonly was: string;
}

export interface Replacement {
  readonly id: string;
  readonly was: string;
  readonly now: string;
}

export interface Page {
  readonly stale: readonly Stale[];
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: string | undefined;
}

export interface Ciphertexts {
  readonly kind: Kind;
  /** `from` is the `next` of the page before, and `START` for the first one. */
  page(sql: Transaction, tenant: TenantId, from: string, first: string): Promise<Page>;
  /** Leaves alone what somebody else wrote meanwhile, and answers how many it replaced. */
  replace(sql: Transaction, tenant: TenantId, rows: readonly Replacement[]): Promise<number>;
}

/** Rows of one look; writers of the same customers wait for it as long as its change takes, some 20 ms. */
const ROWS_AT_ONCE = 500;

export const START = '';

interface WalkRow {
  readonly cursor: string;
  readonly id: string;
  readonly was: string | null;
}

/** The rows of one look, of which those that are sealed with another key have a text. */
function pageOf(rows: readonly WalkRow[], placeOf: (row: WalkRow) => string): Page {
  return {
    stale: rows.flatMap(row => (row.was === null ? [] : [{ id: row.id, place: placeOf(row), was: row.was }])),
    next: rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1)!.cursor,
  };
}

/** Version and time of change stay: nobody changed anything. */
const documents: Ciphertexts = {
  kind: 'documents',
  async page(sql, tenant, from, first) {
    const rows = await sql<WalkRow[]>`
      select number::text as cursor, id::text as id,
        case when split_part(sealed, '.', 2) <> ${first} then sealed end as was
      from concord.customer where tenant_id = ${tenant} and number > ${Number(from || 0)}
      order by number limit ${ROWS_AT_ONCE}`;
    return pageOf(rows, ({ id }) => id);
  },
  async replace(sql, tenant, rows) {
    // In the order in which every writer takes its locks.
    await sql`
      select 1 from concord.customer where tenant_id = ${tenant} and id in (
        select id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid)
      ) order by id for no key update`;
    const { count } = await sql`
      update concord.customer as customer set sealed = given.now
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, was text, now text)
      where customer.tenant_id = ${tenant} and customer.id = given.id and customer.sealed = given.was`;
    return count;
  },
};

/** The cursor is `transaction/sequence`, and the id is the same with the customer before it. */
const history: Ciphertexts = {
  kind: 'history',
  async page(sql, tenant, from, first) {
    const [transaction, sequence] = from === START ? ['0', '0'] : from.split('/');
    const rows = await sql<WalkRow[]>`
      select transaction::text || '/' || sequence as cursor,
        customer_id || '/' || transaction::text || '/' || sequence as id,
        case when split_part(sealed, '.', 2) <> ${first} then sealed end as was
      from concord.change
      where tenant_id = ${tenant} and (transaction, sequence) > (${transaction!}::text::xid8, ${Number(sequence)}::bigint)
      order by transaction, sequence limit ${ROWS_AT_ONCE}`;
    return pageOf(rows, ({ id }) => changePlace(id.split('/')[0]!));
  },
  async replace(sql, tenant, rows) {
    const given = rows.map(({ id, was, now }) => {
      const [, transaction, sequence] = id.split('/');
      return { transaction, sequence, was, now };
    });
    const [row] = await sql<{ count: number }[]>`
      select concord.history_reseal(${tenant}, ${JSON.stringify(given)}::jsonb) as count`;
    return row!.count;
  },
};

const answers: Ciphertexts = {
  kind: 'answers',
  async page(sql, tenant, from, first) {
    const rows = await sql<WalkRow[]>`
      select encode(key, 'hex') as cursor, encode(key, 'hex') as id,
        case when split_part(answer, '.', 2) <> ${first} then answer end as was
      from concord.idempotency where tenant_id = ${tenant} and key > decode(${from}, 'hex')
      order by key limit ${ROWS_AT_ONCE}`;
    return pageOf(rows, ({ id }) => answerPlace(id));
  },
  async replace(sql, tenant, rows) {
    const { count } = await sql`
      update concord.idempotency as kept set answer = given.now
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, was text, now text)
      where kept.tenant_id = ${tenant} and kept.key = decode(given.id, 'hex') and kept.answer = given.was`;
    return count;
  },
};

export const CIPHERTEXTS: readonly Ciphertexts[] = [documents, history, answers];
