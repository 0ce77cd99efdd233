/** Claims are hashes, and nobody can hash again what a hash hides: the values come from the record, or from its history. */
import type { Change } from '../../record/changes.ts';
import { claimsOf } from '../../record/claims.ts';
import type { Customer, TenantId } from '../../record/customer.ts';
import type { Claim } from '../../record/customers.ts';
import { unapply } from '../../record/history.ts';
import { CHANGE_COLUMNS, type ChangeRow, changeFromRow } from '../change-rows.ts';
import type { Sql, Transaction } from '../connection.ts';
import type { Vault } from '../encryption.ts';
import { customerFromRow } from '../rows.ts';
import { inTenant } from '../tenant-walk.ts';
import { type ClaimPlan, type HeldClaim, planClaims } from './claim-plan.ts';

/** Customers of one look. Their writers wait while hashes are put down, not while records are read. */
const CUSTOMERS_AT_ONCE = 200;

/** Changes of one customer that are searched for a value; 10,000 take half a second. */
const CHANGES_MAXIMUM = 10_000;
const CHANGES_AT_ONCE = 1_000;

export const FIRST_CUSTOMER = '00000000-0000-0000-0000-000000000000';

export interface ClaimsMoved {
  /** Old claims that are under the first key now. */
  readonly moved: number;
  /** Old claims on values that are in no record and no history any more, which are given up. */
  readonly released: number;
  /** Customers who could not be read. */
  readonly unreadable: number;
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: string | undefined;
}

interface HeldRow {
  readonly customer: string;
  readonly scope: string;
  readonly hash: string;
  readonly key_id: string | null;
  readonly beside: string | null;
}

/** Moves the claims of the next customers after `after`, in order of id. */
export async function moveClaims(
  sql: Sql,
  vault: Vault,
  tenant: TenantId,
  after: string,
): Promise<ClaimsMoved> {
  const { held, records } = await inTenant(sql, tenant, each => look(each, tenant, after, vault.keyIds[0]));
  const plans = new Map<string, ClaimPlan>();
  let [moved, released, unreadable] = [0, 0, 0];
  for (const [id, claims] of held) {
    const record = records.get(id);
    // Removed or erased between the two: the claims went with the customer.
    if (record === undefined) continue;
    try {
      const plan = await planOf(sql, vault, tenant, customerFromRow(record, tenant, vault), claims);
      moved += plan.moved;
      released += plan.unknown.length;
      plans.set(id, plan);
    } catch {
      unreadable += 1;
    }
  }
  await inTenant(sql, tenant, each => make(each, tenant, plans, vault.keyIds[0]));
  // In a transaction of its own: whoever registers the same value holds one hash while waiting for the other.
  await inTenant(sql, tenant, each => drop(each, tenant, plans));
  return {
    moved,
    released,
    unreadable,
    next: held.size < CUSTOMERS_AT_ONCE ? undefined : [...held.keys()].at(-1),
  };
}

async function look(sql: Transaction, tenant: TenantId, after: string, first: string) {
  const rows = await sql<HeldRow[]>`
    select claim.customer_id::text as customer, scope, encode(hash, 'hex') as hash, key_id, beside
    from (
      select distinct customer_id from concord.claim
      where tenant_id = ${tenant} and key_id is distinct from ${first} and customer_id > ${after}
      order by customer_id limit ${CUSTOMERS_AT_ONCE}
    ) as page
    join concord.claim as claim on claim.tenant_id = ${tenant} and claim.customer_id = page.customer_id
    order by claim.customer_id`;
  const held = new Map<string, HeldClaim[]>();
  for (const { customer, scope, hash, key_id: keyId, beside } of rows) {
    held.set(customer, [...(held.get(customer) ?? []), { scope, hash, keyId, beside }]);
  }
  const found = await sql<{ id: string; record: string }[]>`
    select id::text as id, record from concord.customer_record
    where tenant_id = ${tenant} and id = any (${`{${[...held.keys()].join(',')}}`}::uuid[])`;
  return { held, records: new Map(found.map(({ id, record }) => [id, record])) };
}

async function planOf(
  sql: Sql,
  vault: Vault,
  tenant: TenantId,
  customer: Customer,
  held: readonly HeldClaim[],
): Promise<ClaimPlan> {
  const [first] = vault.keyIds;
  const hashes = ({ scope, value }: Claim) => vault.hashes(tenant, scope, value);
  const present = claimsOf(customer);
  const plan = planClaims(held, present, hashes, first);
  if (plan.unknown.length === 0) return plan;
  const former = await formerClaims(sql, vault, tenant, customer);
  const told = planClaims(held, [...present, ...former], hashes, first);
  // What cannot be told may be of a key that nobody has any more: its scope goes on to guard what the record says.
  const rescued = told.unknown.flatMap(({ scope, hash: instead }) =>
    present
      .filter(claim => claim.scope === scope)
      .map(claim => ({ scope, hash: hashes(claim)[0]!.hash, instead })),
  );
  return {
    ...told,
    made: [...told.made, ...rescued],
    dropped: [...told.dropped, ...told.unknown.map(({ scope, hash }) => ({ scope, hash }))],
  };
}

/** What the customer would have claimed after each change of its history. */
async function formerClaims(
  sql: Sql,
  vault: Vault,
  tenant: TenantId,
  present: Customer,
): Promise<readonly Claim[]> {
  const former: Claim[] = [];
  let customer: Customer | undefined = present;
  let before = Number.MAX_SAFE_INTEGER;
  for (let read = 0; read < CHANGES_MAXIMUM; read += CHANGES_AT_ONCE) {
    const page = before;
    const rows: readonly ChangeRow[] = await inTenant(
      sql,
      tenant,
      each => each<ChangeRow[]>`
        select ${each.unsafe(CHANGE_COLUMNS)} from concord.change
        where tenant_id = ${tenant} and customer_id = ${present.id} and sequence < ${page}
        order by sequence desc limit ${CHANGES_AT_ONCE}`,
    );
    for (const row of rows) {
      const change: Change = changeFromRow(row, tenant, vault, { inFull: true });
      if (change.erased || customer === undefined) return former;
      customer = unapply(customer, change.fields);
      if (customer) former.push(...claimsOf(customer));
    }
    if (rows.length < CHANGES_AT_ONCE) break;
    before = rows.at(-1)!.sequence;
  }
  return former;
}

/** Customers first, in order of id, and then hashes in their order: as writers do, so that nobody waits in a circle. */
async function lock(
  sql: Transaction,
  tenant: TenantId,
  plans: ReadonlyMap<string, ClaimPlan>,
): Promise<void> {
  await sql`
    select 1 from concord.customer where tenant_id = ${tenant} and id = any (${`{${[...plans.keys()].join(',')}}`}::uuid[])
    order by id for no key update`;
}

/** Rows of all plans, each with its customer. */
const rowsOf = (plans: ReadonlyMap<string, ClaimPlan>, part: 'named' | 'made' | 'dropped'): string =>
  JSON.stringify([...plans].flatMap(([customer, plan]) => plan[part].map(row => ({ customer, ...row }))));

async function make(
  sql: Transaction,
  tenant: TenantId,
  plans: ReadonlyMap<string, ClaimPlan>,
  first: string,
): Promise<void> {
  await lock(sql, tenant, plans);
  await sql`
    update concord.claim as claim set key_id = ${first}, beside = null
    from jsonb_to_recordset(${rowsOf(plans, 'named')}::jsonb) as given (customer uuid, scope text, hash text)
    where claim.tenant_id = ${tenant} and claim.scope = given.scope and claim.hash = decode(given.hash, 'hex')
      and claim.customer_id = given.customer`;
  // Where another customer has the hash, who took the value while this one's was under the old key alone, it is guarded.
  await sql`
    insert into concord.claim (tenant_id, scope, hash, customer_id, key_id)
    select ${tenant}::integer, given.scope, decode(given.hash, 'hex'), given.customer, ${first}
    from jsonb_to_recordset(${rowsOf(plans, 'made')}::jsonb)
      as given (customer uuid, scope text, hash text, instead text)
    join concord.claim as old on old.tenant_id = ${tenant} and old.scope = given.scope
      and old.hash = decode(given.instead, 'hex') and old.customer_id = given.customer
    order by given.scope, given.hash
    on conflict do nothing`;
}

async function drop(
  sql: Transaction,
  tenant: TenantId,
  plans: ReadonlyMap<string, ClaimPlan>,
): Promise<void> {
  await lock(sql, tenant, plans);
  await sql`
    delete from concord.claim as claim
    using jsonb_to_recordset(${rowsOf(plans, 'dropped')}::jsonb) as given (customer uuid, scope text, hash text)
    where claim.tenant_id = ${tenant} and claim.scope = given.scope and claim.hash = decode(given.hash, 'hex')
      and claim.customer_id = given.customer`;
}
