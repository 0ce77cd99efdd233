/** Customers as they were: the present record, and the changes since then taken back. */
import type { Customer, TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { asOf, rewind } from '../record/history.ts';
import { isUuid } from '../record/identifier.ts';
import { archivedOf, historyArchived } from './archived.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFromRow } from './change-rows.ts';
import type { Lanes } from './customers.ts';
import type { Vault } from './encryption.ts';
import { customerFromRow } from './rows.ts';

const PAGE = 1_000;
/** Far beyond what a person changes in a lifetime; 100,000 of a program's take some five seconds. */
const CHANGES_MAXIMUM = 100_000;

/**
 * From the present and not from the creation on: a time that is asked for is more often near than far, and what the
 * present says needs no history. Both are read in one snapshot, so that no change falls between them.
 */
export async function customerAt(
  { scan }: Lanes,
  vault: Vault,
  tenant: TenantId,
  id: string,
  time: string,
): Promise<Customer | undefined> {
  const instant = instantOf(time);
  if (!isUuid(id)) return undefined;
  const found = await scan.gate(() =>
    scan.sql.begin('isolation level repeatable read read only', async sql => {
      // Before the snapshot, so that no partition of it goes away (archived.ts).
      await sql`lock table only concord.change in access share mode`;
      const [present] = await sql<{ record: string | null }[]>`
        select concord.customer_by_id(${tenant}, ${id}) as record`;
      const record = present?.record;
      const archived = await archivedOf(sql, tenant);
      let customer = typeof record === 'string' ? customerFromRow(record, tenant, vault) : undefined;
      let before = Number.MAX_SAFE_INTEGER;
      for (let read = 0; read < CHANGES_MAXIMUM; read += PAGE) {
        const rows = await sql<ChangeRow[]>`
          select ${sql.unsafe(CHANGE_COLUMNS)} from concord.change
          where tenant_id = ${tenant} and customer_id = ${id} and sequence < ${before}
          order by sequence desc
          limit ${PAGE}`;
        const changes = rows.map(row => changeFromRow(row, tenant, vault, { inFull: true }));
        const rewound = rewind(customer, changes, instant);
        if (rewound.reached) return { customer: rewound.customer };
        customer = rewound.customer;
        if (rows.length < PAGE) {
          if (!customer || !archived || customer.createdAt > instant) return { customer: undefined };
          if (instant < archived.until) throw historyArchived(archived.until);
          // What is left is as the last archived change made it, and that one is no later than this.
          return { customer: asOf(customer, archived.until) };
        }
        before = rows.at(-1)!.sequence;
      }
      throw new ConcordError('state-conflict', {
        message: `More than ${CHANGES_MAXIMUM} changes lie between then and now.`,
        context: { rule: 'too-far-back' },
      });
    }),
  );
  return (found as { customer: Customer | undefined }).customer;
}

function instantOf(time: string): string {
  const instant = new Date(time);
  if (Number.isNaN(instant.getTime())) {
    throw new ConcordError('request-invalid', { message: 'The time is not one of ISO 8601.' });
  }
  return instant.toISOString();
}
