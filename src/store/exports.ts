/** All customers of a tenant as they are at one moment, page by page. */
import type { Customer, TenantId } from '../record/customer.ts';
import type { Origin } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import type { Exports } from '../record/imports.ts';
import { connect, type Sql, type Target } from './connection.ts';
import { toConcordError } from './database-errors.ts';
import type { Vault } from './encryption.ts';
import type { ImportConnection } from './imports.ts';
import { inTenantOn } from './in-tenant.ts';
import { revealMany } from './reveals.ts';
import { customerFromRow } from './rows.ts';

/** Customers of one statement: some 5 MB of text. */
const PAGE = 500;

type Looker = Pick<Origin, 'actor' | 'requestId'>;

export function openExports(target: Target, connection: ImportConnection, vault: Vault): Exports {
  const open = (purpose: string): Sql =>
    connect(target, { ...connection, connections: 1, application: `concord ${purpose}`, unlimited: true });

  return {
    async read(tenant, { revealed }) {
      // One snapshot for all pages. It writes nothing, so looks are recorded beside it.
      const sql = open('export');
      const reveals = revealed && open('reveal');
      const end = async () => {
        await Promise.all([sql.end({ timeout: 1 }), reveals?.end({ timeout: 1 })]);
      };
      try {
        // The driver (3.4) never gives out a connection that it has to open for it, unless it asks for types first.
        await sql`select 1`;
        const reader = await sql.reserve();
        await reader`begin isolation level repeatable read read only`;
        await reader`select set_config('concord.tenant', ${String(tenant)}, true)`;
        const [head] = await reader<
          { customers: number; customer: number; address: number; point: number }[]
        >`
          select (select count(*) from concord.customer where tenant_id = ${tenant}) as customers,
            customers as customer, addresses as address, contact_points as point
          from concord.counter where tenant_id = ${tenant}`;
        if (!head) throw new ConcordError('internal', { detail: 'there is no such tenant' });

        const page = async (after: number): Promise<Customer[]> => {
          const rows = await reader<{ record: string }[]>`
            select record from concord.customers_list(${tenant}, ${after}, ${PAGE}) as record`;
          return rows.map(({ record }) => customerFromRow(record, tenant, vault));
        };
        const pages = async function* (): AsyncGenerator<readonly Customer[]> {
          try {
            let next = page(0);
            for (;;) {
              const customers = await next;
              if (customers.length === 0) break;
              // The next one is read while this one is written.
              next = page(customers.at(-1)!.number);
              next.catch(() => {});
              if (reveals && revealed) await recordLooks(reveals, tenant, revealed, customers);
              yield customers;
            }
            await reader`commit`;
          } catch (error) {
            throw toConcordError(error);
          } finally {
            reader.release();
            await end();
          }
        };
        const { customers, customer, address, point } = head;
        return {
          head: { customers, numbers: { customers: customer, addresses: address, contactPoints: point } },
          pages: pages(),
        };
      } catch (error) {
        await end();
        throw toConcordError(error);
      }
    },
  };
}

async function recordLooks(
  sql: Sql,
  tenant: TenantId,
  looker: Looker,
  customers: readonly Customer[],
): Promise<void> {
  const seen = customers.filter(({ identityDocuments, representatives }) =>
    [{ identityDocuments }, ...representatives].some(one =>
      one.identityDocuments.some(({ value }) => value !== null),
    ),
  );
  if (seen.length === 0) return;
  await inTenantOn(sql, tenant, transaction =>
    revealMany(
      transaction,
      tenant,
      looker,
      seen.map(({ id }) => id),
    ),
  );
}
