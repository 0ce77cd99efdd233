/** The feed is in order of transaction ids, and a database that was restored from a dump begins to count anew. */
import type { Sql } from './connection.ts';
import { StartError } from './start-errors.ts';

/** A restore concerns all tenants alike, so the first that have changes tell. */
const TENANTS_LOOKED_AT = 20;

/**
 * Changes with ids that this database has not given yet are no part of any page, and new ones would come before them:
 * the feed would stand still, without a word.
 *
 * @throws StartError `feed-ahead`
 */
export async function verifyFeed(sql: Sql): Promise<void> {
  const isAhead = await sql.begin('read only', async transaction => {
    await transaction`select set_config('concord.directory', 'on', true)`;
    const tenants = await transaction<{ tenant_id: number }[]>`
      select tenant_id from concord.tenant order by tenant_id limit ${TENANTS_LOOKED_AT}`;
    for (const { tenant_id: tenant } of tenants) {
      await transaction`select set_config('concord.tenant', ${String(tenant)}, true)`;
      const [row] = await transaction<{ ahead: boolean }[]>`
        select transaction >= pg_snapshot_xmax(pg_current_snapshot()) as ahead from concord.change
        where tenant_id = ${tenant} order by transaction desc, sequence desc limit 1`;
      if (row) return row.ahead;
    }
    return false;
  });
  if (!isAhead) return;
  throw new StartError(
    'feed-ahead',
    'The database holds changes of transactions that it has not counted to yet: it was restored from a dump into a ' +
      'cluster that counts anew, and its feed of changes would stand still. docs/scaling.md, "Dump and restore", ' +
      'says how to go on.',
  );
}
