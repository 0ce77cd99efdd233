/** What vendors keep beside their customers, in PostgreSQL. */
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { sameJson } from '../record/json.ts';
import type {
  ObjectBody,
  ObjectPlace,
  PlacedObject,
  StoredObject,
  VendorObjects,
} from '../record/objects.ts';
import type { Transaction } from './connection.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';

const LIST_MAXIMUM = 1_000;

interface PlacedRow extends ObjectRow {
  readonly dialect: string;
  readonly kind: string;
}

interface ObjectRow {
  readonly number: number;
  readonly body: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = 'number, body, created_at, updated_at';

/** Objects of the whole tenant have no owner. */
const ownerOf = ({ owner = '' }: ObjectPlace): string => owner;

const isNumber = (number: number): boolean => Number.isSafeInteger(number) && number > 0;

const fromRow = (row: ObjectRow): StoredObject => ({
  number: row.number,
  body: JSON.parse(row.body) as ObjectBody,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export const openObjects = (lanes: Lanes): VendorObjects => ({
  async find(tenant, place, number) {
    if (!isNumber(number)) return undefined;
    const [row] = await inTenant(lanes, tenant, sql => one(sql, tenant, place, number));
    return row && fromRow(row);
  },

  async list(tenant, place, { match = {}, descending = false, offset = 0, limit }) {
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<ObjectRow[]>`
        select ${sql.unsafe(COLUMNS)} from concord.vendor_object
        where tenant_id = ${tenant} and dialect = ${place.dialect} and kind = ${place.kind}
          and owner = ${ownerOf(place)} and body @> ${JSON.stringify(match)}::jsonb
        order by number ${sql.unsafe(descending ? 'desc' : 'asc')}
        limit ${Math.min(Math.max(Math.trunc(limit), 1), LIST_MAXIMUM)} offset ${Math.max(Math.trunc(offset), 0)}`;
    });
    return rows.map(fromRow);
  },

  async count(tenant, place, match = {}) {
    const [row] = await inTenant(lanes, tenant, sql => {
      return sql<{ count: number }[]>`
        select count(*) as count from concord.vendor_object
        where tenant_id = ${tenant} and dialect = ${place.dialect} and kind = ${place.kind}
          and owner = ${ownerOf(place)} and body @> ${JSON.stringify(match)}::jsonb`;
    });
    return row?.count ?? 0;
  },

  async naming(tenant, customerId, { after, limit }) {
    const { dialect = '', kind = '', number = 0 } = after ?? {};
    const rows = await inTenant(lanes, tenant, sql => {
      return sql<PlacedRow[]>`
        select dialect, kind, ${sql.unsafe(COLUMNS)} from concord.vendor_object
        where tenant_id = ${tenant} and body ->> 'customer' = ${customerId}
          and (dialect, kind, number) > (${dialect}, ${kind}, ${number})
        order by dialect, kind, number
        limit ${Math.min(Math.max(Math.trunc(limit), 1), LIST_MAXIMUM)}`;
    });
    return rows.map((row): PlacedObject => ({ dialect: row.dialect, kind: row.kind, ...fromRow(row) }));
  },

  async create(tenant, place, body) {
    return fromRow(await inTenant(lanes, tenant, sql => insert(sql, tenant, place, body)));
  },

  async change(tenant, place, number, change) {
    if (!isNumber(number)) return undefined;
    const row = await inTenant(lanes, tenant, async sql => {
      const [before] = await one(sql, tenant, place, number, 'for update');
      return before && update(sql, tenant, place, before, change(JSON.parse(before.body) as ObjectBody));
    });
    return row && fromRow(row);
  },

  async changeAll(tenant, place, change) {
    const rows = await inTenant(lanes, tenant, async sql => {
      const lock = ['concord.vendor_object', tenant, place.dialect, place.kind, ownerOf(place)].join(' ');
      await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
      const before = await sql<ObjectRow[]>`
        select ${sql.unsafe(COLUMNS)} from concord.vendor_object
        where tenant_id = ${tenant} and dialect = ${place.dialect} and kind = ${place.kind}
          and owner = ${ownerOf(place)}
        order by number limit ${LIST_MAXIMUM} for update`;
      const after = change(before.map(fromRow));
      if (after.length > LIST_MAXIMUM) throw new ConcordError('state-conflict');
      const kept = new Set(after.map(object => object.number));
      for (const row of before) {
        if (!kept.has(row.number)) await drop(sql, tenant, place, row.number);
      }
      const stored: ObjectRow[] = [];
      for (const { number, body } of after) {
        const old = before.find(row => row.number === number);
        stored.push(
          old ? await update(sql, tenant, place, old, body) : await insert(sql, tenant, place, body),
        );
      }
      return stored;
    });
    return rows.map(fromRow);
  },

  async remove(tenant, place, number) {
    if (!isNumber(number)) return false;
    return inTenant(lanes, tenant, async sql => (await drop(sql, tenant, place, number)) > 0);
  },
});

const one = (
  sql: Transaction,
  tenant: TenantId,
  place: ObjectPlace,
  number: number,
  lock: '' | 'for update' = '',
) =>
  sql<ObjectRow[]>`
    select ${sql.unsafe(COLUMNS)} from concord.vendor_object
    where tenant_id = ${tenant} and dialect = ${place.dialect} and kind = ${place.kind}
      and owner = ${ownerOf(place)} and number = ${number} ${sql.unsafe(lock)}`;

async function insert(
  sql: Transaction,
  tenant: TenantId,
  place: ObjectPlace,
  body: ObjectBody,
): Promise<ObjectRow> {
  const [row] = await sql<ObjectRow[]>`
    with counted as (
      insert into concord.vendor_object_counter as counter (tenant_id, dialect, kind, last)
      values (${tenant}, ${place.dialect}, ${place.kind}, 1)
      on conflict (tenant_id, dialect, kind) do update set last = counter.last + 1
      returning last
    )
    insert into concord.vendor_object (tenant_id, dialect, kind, owner, number, body)
    select ${tenant}, ${place.dialect}, ${place.kind}, ${ownerOf(place)}, last, ${JSON.stringify(body)}::jsonb
    from counted
    returning ${sql.unsafe(COLUMNS)}`;
  return row!;
}

async function update(
  sql: Transaction,
  tenant: TenantId,
  place: ObjectPlace,
  before: ObjectRow,
  body: ObjectBody,
): Promise<ObjectRow> {
  if (sameJson(JSON.parse(before.body), body)) return before;
  const [row] = await sql<ObjectRow[]>`
    update concord.vendor_object set body = ${JSON.stringify(body)}::jsonb, updated_at = now()
    where tenant_id = ${tenant} and dialect = ${place.dialect} and kind = ${place.kind} and number = ${before.number}
    returning ${sql.unsafe(COLUMNS)}`;
  return row!;
}

async function drop(sql: Transaction, tenant: TenantId, place: ObjectPlace, number: number): Promise<number> {
  const { count } = await sql`
    delete from concord.vendor_object
    where tenant_id = ${tenant} and dialect = ${place.dialect} and kind = ${place.kind}
      and owner = ${ownerOf(place)} and number = ${number}`;
  return count;
}
