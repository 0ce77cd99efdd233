/** The log of looks at identity documents' numbers, in PostgreSQL: rows are added, and none is ever removed. */
import { REASON_MAXIMUM, type Reveal, type Reveals } from '../record/access.ts';
import type { TenantId } from '../record/customer.ts';
import type { Origin } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid, newId } from '../record/identifier.ts';
import { faultOf } from '../record/text.ts';
import type { Transaction } from './connection.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';

const LIST_MAXIMUM = 1_000;

interface RevealRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly credential_id: string;
  readonly customer_id: string;
  readonly document_id: string | null;
  readonly request_id: string;
  readonly reason: string | null;
}

export const openReveals = (lanes: Lanes): Reveals => ({
  async record({ tenant, actor, credentialId, customerId, documentId, requestId, reason = null }) {
    if (reason !== null && faultOf(reason, REASON_MAXIMUM) !== undefined) {
      throw new ConcordError('value-invalid', {
        message: `A reason is one line of at most ${REASON_MAXIMUM} characters.`,
      });
    }
    await inTenant(lanes, tenant, async sql => {
      await sql`
        insert into concord.reveal
          (tenant_id, id, actor, credential_id, customer_id, document_id, request_id, reason)
        values (${tenant}, ${newId()}, ${actor}, ${credentialId}, ${customerId}, ${documentId}, ${requestId},
          ${reason})`;
    });
  },

  async list(tenant, { customerId, after, limit }) {
    // What is no id is nobody's, and behind nothing.
    if ([customerId, after].some(each => each !== undefined && !isUuid(each))) return [];
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<RevealRow[]>`
        select id, at, actor, credential_id, customer_id, document_id, request_id, reason from concord.reveal
        where tenant_id = ${tenant}
          ${customerId === undefined ? sql`` : sql`and customer_id = ${customerId}`}
          ${after === undefined ? sql`` : sql`and id < ${after}`}
        order by id desc limit ${Math.min(Math.max(Math.trunc(limit), 1), LIST_MAXIMUM)}`;
    });
    return rows.map(revealOf);
  },

  async forgetReasons(tenant, customerId) {
    if (!isUuid(customerId)) return;
    await inTenant(lanes, tenant, async sql => {
      await sql`
        update concord.reveal set reason = null
        where tenant_id = ${tenant} and customer_id = ${customerId} and reason is not null`;
    });
  },
});

/** Whoever has the database needs no credential. */
const NO_CREDENTIAL = '00000000-0000-0000-0000-000000000000';

/** Looks at all documents of each of these customers. */
export async function revealMany(
  sql: Transaction,
  tenant: TenantId,
  { actor, requestId }: Pick<Origin, 'actor' | 'requestId'>,
  customers: readonly string[],
): Promise<void> {
  const rows = customers.map(customer => ({ id: newId(), customer }));
  await sql`
    insert into concord.reveal (tenant_id, id, actor, credential_id, customer_id, request_id)
    select ${tenant}, id, ${actor}, ${NO_CREDENTIAL}, customer, ${requestId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, customer uuid)`;
}

const revealOf = (row: RevealRow): Reveal => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: row.actor,
  credentialId: row.credential_id,
  customerId: row.customer_id,
  documentId: row.document_id,
  requestId: row.request_id,
  reason: row.reason,
});
