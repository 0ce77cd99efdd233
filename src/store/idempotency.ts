/** Requests that may be sent again, in PostgreSQL: one row a key, with its answer sealed. */
import { createHash } from 'node:crypto';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import {
  type AnswerAbout,
  type Beginning,
  IDEMPOTENCY_KEY_MAXIMUM,
  type Idempotency,
  type KeptAnswer,
} from '../record/idempotency.ts';
import { isUuid, newId } from '../record/identifier.ts';
import type { Lanes } from './customers.ts';
import type { Vault } from './encryption.ts';
import { inTenant } from './in-tenant.ts';

/** Long enough for a client that comes back the next morning. */
const KEPT_SECONDS = 86_400;
/** No statement takes longer than ten seconds, and no operation has more than two or three of them. */
const PATIENCE_SECONDS = 30;
/** Expired ones that are removed whenever one begins: more than come, so that they never pile up. */
const EXPIRED_REMOVED_AT_ONCE = 20;
/** The largest answer of a maker is a customer, some 500 KB with all that one may have. */
const ANSWER_MAXIMUM_BYTES = 1_048_576;
/** A SHA-512 in hexadecimal. */
const HASH_MAXIMUM = 128;

/** What `concord.idempotency_begin` gives. */
type BeginRow =
  | { readonly state: 'new'; readonly id: string; readonly attempt: number }
  | { readonly state: 'done'; readonly answer: string }
  | { readonly state: 'running'; readonly wait: number }
  | { readonly state: 'different' };

export function openIdempotency(lanes: Lanes, vault: Vault): Idempotency {
  return {
    async begin(tenant, key, requestHash, about) {
      expectKey(key);
      if (requestHash === '' || requestHash.length > HASH_MAXIMUM) {
        throw new ConcordError('internal', { detail: 'the digest of a request has 1 to 128 characters' });
      }
      const fresh = newId();
      const { sql, gate } = lanes.write;
      const [row] = await gate(
        async () =>
          await sql<{ begun: string }[]>`
            select concord.idempotency_begin(${tenant}, decode(${digestOf(key)}, 'hex'), ${requestHash}, ${fresh},
              ${KEPT_SECONDS} * interval '1 second', ${PATIENCE_SECONDS} * interval '1 second',
              ${EXPIRED_REMOVED_AT_ONCE}, ${customerOf(about, fresh)}) as begun`,
      );
      return beginningOf(vault, tenant, key, JSON.parse(row!.begun) as BeginRow);
    },

    async finish({ tenant, key, number }, answer) {
      const text = JSON.stringify(answer);
      if (Buffer.byteLength(text) > ANSWER_MAXIMUM_BYTES) return;
      const sealed = vault.seal(tenant, answerPlace(digestOf(key)), { answer: text });
      await inTenant(lanes, tenant, async sql => {
        await sql`
          update concord.idempotency set answer = ${sealed}
          where tenant_id = ${tenant} and key = decode(${digestOf(key)}, 'hex') and attempt = ${number}
            and answer is null`;
      });
    },

    async abandon({ tenant, key, number }) {
      await inTenant(lanes, tenant, async sql => {
        await sql`
          delete from concord.idempotency
          where tenant_id = ${tenant} and key = decode(${digestOf(key)}, 'hex') and attempt = ${number}
            and answer is null`;
      });
    },

    async forget(tenant, customerId) {
      await inTenant(lanes, tenant, async sql => {
        await sql`delete from concord.idempotency where tenant_id = ${tenant} and customer_id = ${customerId}`;
      });
    },
  };
}

function expectKey(key: string): void {
  if (key !== '' && key.length <= IDEMPOTENCY_KEY_MAXIMUM) return;
  throw new ConcordError('value-invalid', {
    message: `An idempotency key has 1 to ${IDEMPOTENCY_KEY_MAXIMUM} characters.`,
  });
}

/** What is no id names nobody. */
function customerOf(about: AnswerAbout | undefined, fresh: string): string | null {
  if (about === 'new customer') return fresh;
  return about && isUuid(about.customerId) ? about.customerId : null;
}

function beginningOf(vault: Vault, tenant: TenantId, key: string, row: BeginRow): Beginning {
  switch (row.state) {
    case 'new':
      return { state: 'new', attempt: { tenant, key, id: row.id, number: row.attempt } };
    case 'done': {
      const { answer } = vault.open(tenant, answerPlace(digestOf(key)), row.answer);
      return { state: 'done', answer: JSON.parse(answer!) as KeptAnswer };
    }
    case 'running':
      return { state: 'running', retryAfterSeconds: row.wait };
    case 'different':
      return { state: 'different' };
  }
}

/** The key itself is the client's, who may have put anything into it. */
const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Binds a sealed answer to the digest of its key. Ids of customers have no such form, so neither passes for the other. */
export const answerPlace = (digest: string): string => `idempotency ${digest}`;
