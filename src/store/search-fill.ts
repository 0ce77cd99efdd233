/** Makes the words of customers who were there before the search box, or before its present rules. */
import type { Customer, TenantId } from '../record/customer.ts';
import { ownWords, placeWords, SEARCH_RULES } from '../record/search-words.ts';
import { type ConnectionOptions, connect, type Sql, type Target, type Transaction } from './connection.ts';
import type { Vault } from './encryption.ts';
import type { Log } from './log.ts';
import { customerFromRow } from './rows.ts';
import { written } from './search-words.ts';

/** Customers of one transaction: their writers wait for it, some 0.2 s. */
const BATCH = 500;

/** How often the log tells how far it is. */
const PROGRESS_EVERY_CUSTOMERS = 50_000;

/** Any constant number; it stands for "the words of the search are being made". */
const FILL_LOCK = 7_266_725;

/** Of servers that start at once the first does the work and the others wait. Answers how many customers it read. */
export async function fillSearch(
  target: Target,
  options: Pick<ConnectionOptions, 'role' | 'pooler'>,
  vault: Vault,
  log: Log,
): Promise<number> {
  const sql = connect(target, { ...options, connections: 2, application: 'concord search', unlimited: true });
  try {
    if ((await staleTenants(sql)).length === 0) return 0;
    return await sql.begin(async transaction => {
      // Behind a pooler the login has limits, and this transaction waits for others and then for its own work.
      await transaction`
        select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
          set_config('idle_in_transaction_session_timeout', '0', true)`;
      await transaction`select pg_advisory_xact_lock(${FILL_LOCK}::bigint)`;
      let count = 0;
      for (const tenant of await staleTenants(sql)) count += await fillTenant(sql, tenant, vault, log);
      return count;
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function staleTenants(sql: Sql): Promise<TenantId[]> {
  const rows = await sql.begin(async transaction => {
    await transaction`select set_config('concord.directory', 'on', true)`;
    return transaction<{ tenant_id: number }[]>`
      select tenant_id from concord.tenant where search_rules < ${SEARCH_RULES} order by tenant_id`;
  });
  return rows.map(row => row.tenant_id);
}

async function fillTenant(sql: Sql, tenant: TenantId, vault: Vault, log: Log): Promise<number> {
  let count = 0;
  let after = 0;
  for (;;) {
    const numbers = await inTenant(sql, tenant, transaction => fillBatch(transaction, tenant, after, vault));
    const last = numbers.at(-1);
    if (last === undefined) break;
    after = last;
    count += numbers.length;
    if (count % PROGRESS_EVERY_CUSTOMERS < numbers.length)
      log('info', 'search.filling', { tenant, customers: count });
  }
  await inTenant(sql, tenant, async transaction => {
    await transaction`update concord.tenant set search_rules = ${SEARCH_RULES} where tenant_id = ${tenant}`;
  });
  log('info', 'search.filled', { tenant, customers: count, rules: SEARCH_RULES });
  return count;
}

async function inTenant<T>(sql: Sql, tenant: TenantId, work: (sql: Transaction) => Promise<T>): Promise<T> {
  const result = await sql.begin(async transaction => {
    await transaction`select set_config('concord.tenant', ${String(tenant)}, true)`;
    return { value: await work(transaction) };
  });
  return (result as { value: T }).value;
}

/** Locks what the words are of in the order of customer_write, so that nobody changes it meanwhile. */
async function fillBatch(sql: Transaction, tenant: TenantId, after: number, vault: Vault): Promise<number[]> {
  const page = await sql<{ number: number }[]>`
    select number from concord.customer where tenant_id = ${tenant} and number > ${after} order by number limit ${BATCH}`;
  if (page.length === 0) return [];
  const list = `{${page.map(row => row.number).join(',')}}`;
  await sql`
    select 1 from concord.customer where tenant_id = ${tenant} and number = any (${list}::bigint[])
    order by id for no key update`;
  await sql`
    select 1 from concord.address where tenant_id = ${tenant} and id in (
      select link.address_id from concord.customer_address as link
      join concord.customer as customer on customer.tenant_id = ${tenant} and customer.id = link.customer_id
      where link.tenant_id = ${tenant} and customer.number = any (${list}::bigint[])
    ) order by id for no key update`;
  const rows = await sql<{ record: string }[]>`
    select record from concord.customer_record
    where tenant_id = ${tenant} and number = any (${list}::bigint[]) order by number`;
  await sql`delete from concord.search_word where tenant_id = ${tenant} and customer_number = any (${list}::bigint[])`;
  await insertWords(
    sql,
    tenant,
    rows.map(row => customerFromRow(row.record, tenant, vault)),
  );
  return page.map(row => row.number);
}

/** For customers who have no words yet. */
export async function insertWords(
  sql: Sql | Transaction,
  tenant: TenantId,
  customers: readonly Customer[],
): Promise<void> {
  const rows = customers.flatMap(customer => [
    { customer: customer.number, source: 0, words: written(ownWords(customer)) },
    ...customer.addresses.map(({ address }) => ({
      customer: customer.number,
      source: address.number,
      words: written(placeWords(address)),
    })),
  ]);
  await sql`
    insert into concord.search_word (tenant_id, word, rank, customer_number, source)
    select ${tenant}::integer, substr(each, 2), left(each, 1)::smallint, customer, source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (customer bigint, source bigint, words jsonb)
    cross join lateral jsonb_array_elements_text(words) as each
    on conflict do nothing`;
}
