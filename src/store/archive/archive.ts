/** Archiving: a partition of history that is wholly old is written to files, read back, and taken out of the database. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CHANGE_COLUMNS, type ChangeRow } from '../change-rows.ts';
import { connect, type Sql, type Target, type Transaction } from '../connection.ts';
import { tableOf } from '../partitions.ts';
import { StartError } from '../start-errors.ts';
import { type ArchivedTenant, type Manifest, manifestFor, writeArchive } from './format.ts';

/** Any constant number; it stands for "changes are being archived". */
const ARCHIVE_LOCK = 7_266_731;

/** Rows that are read at once; a change with everything in it may have a million characters. */
const PAGE = 500;

/** Everybody waits behind whoever waits for the whole table: not for long, and rather often. */
const LOCK_PATIENCE_MS = 300;
const LOCK_PAUSE_MS = 700;
const LOCK_ATTEMPTS_MAXIMUM = 120;

/** Erasures that come while a partition is written make it be written again. */
const WRITE_ATTEMPTS_MAXIMUM = 5;

export interface ArchiveOptions {
  /** Only partitions whose changes are all older. */
  readonly before: Date;
  readonly directory: string;
  /** After each partition. */
  readonly onArchived?: (manifest: Manifest) => void;
}

/**
 * Oldest first, until one is not old enough. It can be interrupted at any point and run again: a partition leaves the database
 * in one transaction, after its files are on the disk.
 *
 * @throws StartError `owner-needed`, `archive-busy`, `archive-broken`.
 */
export async function archiveChanges(target: Target, options: ArchiveOptions): Promise<Manifest[]> {
  const sql = connect(target, { connections: 3, application: 'concord archive', unlimited: true });
  try {
    await expectOwner(sql);
    return (await sql.begin(async transaction => {
      const [lock] = await transaction`select pg_try_advisory_xact_lock(${ARCHIVE_LOCK}::bigint) as taken`;
      if (!lock?.taken) {
        throw new StartError(
          'archive-busy',
          'Changes of this database are being archived already. Wait for that.',
        );
      }
      const archived: Manifest[] = [];
      for (;;) {
        const number = await oldestClosed(sql, options.before);
        const manifest = number === undefined ? undefined : await archivePartition(sql, number, options);
        if (!manifest) return archived;
        options.onArchived?.(manifest);
        archived.push(manifest);
      }
    })) as Manifest[];
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function expectOwner(sql: Sql): Promise<void> {
  const [row] = await sql`
    select pg_has_role(relowner, 'usage') as owns from pg_class where oid = 'concord.change'::regclass`;
  if (row?.owns) return;
  throw new StartError(
    'owner-needed',
    'Taking changes out of the database needs the login that owns its tables: the one that migrates it.',
  );
}

/** The oldest partition there is, when nobody can write into it any more and it was closed before the time. */
async function oldestClosed(sql: Sql, before: Date): Promise<number | undefined> {
  const [row] = await sql<{ number: number; isSettled: boolean }[]>`
    select number, coalesce(
      closed_at < ${before.toISOString()}::text::timestamptz
        and closed_transaction <= pg_snapshot_xmin(pg_current_snapshot()), false
    ) as "isSettled"
    from concord.change_partition where archived_at is null order by number limit 1`;
  return row?.isSettled ? row.number : undefined;
}

/** `undefined` when one of its changes is not old enough. */
async function archivePartition(
  sql: Sql,
  number: number,
  { before, directory }: ArchiveOptions,
): Promise<Manifest | undefined> {
  for (let attempt = 0; attempt < WRITE_ATTEMPTS_MAXIMUM; attempt += 1) {
    const begun = await beginning(sql);
    const found = await contentOf(sql, number, begun);
    const tenants = found.map(each => each.archived);
    if (tenants.some(({ lastAt }) => lastAt >= before.toISOString())) return undefined;
    await expectOurs(directory, number, tenants);
    const manifest = await writeArchive(
      directory,
      { partition: number },
      () => linesOf(sql, number, tenants),
      () => ({ ...spanOf(tenants), tenants }),
    );
    const erasures = new Map(found.map(each => [each.archived.tenant, each.erasures]));
    if (await takenOut(sql, manifest, { begun, erasures })) return manifest;
  }
  throw new StartError(
    'archive-busy',
    'Customers were erased again and again while their changes were being archived. Run it again.',
  );
}

/** Erasures that come while the partition is written: those of this transaction or a later one, but for so many. */
interface Erasures {
  readonly begun: string;
  readonly erasures: ReadonlyMap<number, number>;
}

/** Whoever erases from now on has this transaction or a later one. */
async function beginning(sql: Sql): Promise<string> {
  const [row] = await sql<{ xmin: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`;
  return row!.xmin;
}

/** Tenant by tenant, because row-level security holds for the owner as well. */
async function contentOf(
  sql: Sql,
  number: number,
  begun: string,
): Promise<{ archived: ArchivedTenant; erasures: number }[]> {
  const all = await tenantsOf(sql);
  const found: { archived: ArchivedTenant; erasures: number }[] = [];
  for (const { tenant_id: tenant, name } of all) {
    const row = await inTenant(sql, tenant, async transaction => {
      const [row] = await transaction<
        { rows: number; first: Date | null; last: Date | null; cursor: string | null }[]
      >`
        select count(*) as rows, min(at) as first, max(at) as last, (
          select each.transaction || '-' || each.sequence from ${transaction(`concord.${tableOf(number)}`)} as each
          where tenant_id = ${tenant} order by each.transaction desc, each.sequence desc limit 1
        ) as cursor
        from ${transaction(`concord.${tableOf(number)}`)} where tenant_id = ${tenant}`;
      return { ...row!, erasures: await erasuresSince(transaction, tenant, begun) };
    });
    if (row.rows === 0) continue;
    const [firstAt, lastAt] = [row.first!.toISOString(), row.last!.toISOString()];
    const archived = { tenant, name, rows: row.rows, firstAt, lastAt, lastCursor: row.cursor! };
    found.push({ archived, erasures: row.erasures });
  }
  return found;
}

/** Each leaves a row that tells of it. */
async function erasuresSince(sql: Transaction, tenant: number, begun: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from concord.change
    where tenant_id = ${tenant} and transaction >= ${begun}::text::xid8 and erased`;
  return row!.count;
}

const tenantsOf = (sql: Sql) =>
  sql.begin(async transaction => {
    await transaction`select set_config('concord.directory', 'on', true)`;
    return transaction<{ tenant_id: number; name: string }[]>`
      select tenant_id, name from concord.tenant order by tenant_id`;
  });

async function inTenant<T>(sql: Sql, tenant: number, work: (sql: Transaction) => Promise<T>): Promise<T> {
  const result = await sql.begin(async transaction => {
    await transaction`select set_config('concord.tenant', ${String(tenant)}, true)`;
    return { value: await work(transaction) };
  });
  return (result as { value: T }).value;
}

const spanOf = (tenants: readonly ArchivedTenant[]) => {
  const [firsts, lasts] = [tenants.map(each => each.firstAt).sort(), tenants.map(each => each.lastAt).sort()];
  return { firstAt: firsts[0] ?? null, lastAt: lasts.at(-1) ?? null };
};

/** A directory that holds the partition of this number of another database keeps it. */
async function expectOurs(
  directory: string,
  number: number,
  tenants: readonly ArchivedTenant[],
): Promise<void> {
  const present = await manifestFor(directory, number);
  if (!present || JSON.stringify(present.tenants) === JSON.stringify(tenants)) return;
  throw new StartError(
    'archive-broken',
    `${directory} holds archived changes of another database. Name a directory of its own.`,
  );
}

/** In the order of the feed, a page at a time. */
async function* linesOf(
  sql: Sql,
  number: number,
  tenants: readonly ArchivedTenant[],
): AsyncGenerator<string> {
  for (const { tenant } of tenants) {
    let after = { transaction: '0', sequence: 0 };
    for (;;) {
      const rows = await inTenant(sql, tenant, transaction => pageOf(transaction, number, tenant, after));
      for (const row of rows) yield lineOf(tenant, row);
      if (rows.length < PAGE) break;
      after = rows.at(-1)!;
    }
  }
}

const pageOf = (
  sql: Transaction,
  number: number,
  tenant: number,
  { transaction, sequence }: Pick<ChangeRow, 'transaction' | 'sequence'>,
) => sql<ChangeRow[]>`
  select ${sql.unsafe(CHANGE_COLUMNS)}
  from ${sql(`concord.${tableOf(number)}`)} as each
  where tenant_id = ${tenant}
    and (transaction, sequence) > (${transaction}::text::xid8, ${String(sequence)}::text::bigint)
  order by each.transaction, each.sequence
  limit ${PAGE}`;

/** The fields are JSON already. */
function lineOf(tenant: number, row: ChangeRow): string {
  const head = {
    tenant,
    transaction: row.transaction,
    sequence: row.sequence,
    customerId: row.customer_id,
    customerNumber: row.customer_number,
    dialect: row.dialect,
    actor: row.actor,
    requestId: row.request_id,
    at: row.at.toISOString(),
    event: row.event,
    erased: row.erased,
    sealed: row.sealed,
  };
  return `${JSON.stringify(head).slice(0, -1)},"fields":${row.fields}}`;
}

/** SQLSTATE of a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** False when somebody was erased since the beginning: then the files may hold what is gone. */
async function takenOut(sql: Sql, manifest: Manifest, known: Erasures): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await sql.begin(transaction => takeOut(transaction, manifest, known))) as boolean;
    } catch (error) {
      if (error === ERASED_MEANWHILE) return false;
      const isLocked = (error as { code?: string }).code === LOCK_NOT_AVAILABLE;
      if (!isLocked || attempt >= LOCK_ATTEMPTS_MAXIMUM) throw error;
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

const ERASED_MEANWHILE = new Error('a customer was erased meanwhile');

/** With the lock of `detach` nobody reads or changes history, so what is seen now is what there is. */
async function takeOut(
  sql: Transaction,
  manifest: Manifest,
  { begun, erasures }: Erasures,
): Promise<boolean> {
  const { partition, tenants } = manifest;
  const name = tableOf(partition);
  await sql`select set_config('lock_timeout', ${`${LOCK_PATIENCE_MS}ms`}, true)`;
  await sql.unsafe(`alter table concord.change detach partition concord.${name}`);
  await sql.unsafe(`alter table concord.${name} no force row level security`);
  const present = await sql.unsafe<{ tenant: number }[]>(`
    with recursive present (tenant) as (
      select min(tenant_id) from concord.${name}
      union all
      select (select min(tenant_id) from concord.${name} where tenant_id > present.tenant) from present
      where present.tenant is not null
    )
    select tenant from present where tenant is not null`);
  if (present.map(each => each.tenant).join() !== tenants.map(each => each.tenant).join()) {
    throw new StartError(
      'archive-broken',
      `The tenants of partition ${partition} are not those of its archive.`,
    );
  }
  for (const each of tenants) {
    await sql`select set_config('concord.tenant', ${String(each.tenant)}, true)`;
    const count = await erasuresSince(sql, each.tenant, begun);
    if (count !== erasures.get(each.tenant)) throw ERASED_MEANWHILE;
    const [transaction, sequence] = each.lastCursor.split('-') as [string, string];
    await sql`
      insert into concord.change_archive
        (tenant_id, partition, rows, first_at, last_at, last_transaction, last_sequence)
      values (
        ${each.tenant}, ${partition}, ${each.rows}, ${each.firstAt}::text::timestamptz,
        ${each.lastAt}::text::timestamptz, ${transaction}::text::xid8, ${sequence}::text::bigint
      )`;
  }
  await sql`
    update concord.change_partition
    set archived_at = clock_timestamp(), archived_rows = ${manifest.rows},
      first_at = ${manifest.firstAt}::text::timestamptz, last_at = ${manifest.lastAt}::text::timestamptz
    where number = ${partition}`;
  await sql.unsafe(`drop table concord.${name}`);
  return true;
}
