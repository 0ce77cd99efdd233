/**
 * The test double of row-level security's proof: statements and functions whose tenant conditions hold for every row, so that
 * nothing but the policies keeps tenants apart.
 */
import type { Sql } from '../../src/store/connection.ts';

/** A comparison of a tenant with whatever it should be: a parameter, a variable, another table's column. */
const CONDITION = /\b(?:\w+\.)?tenant_id\s*=\s*(?:\$\d+|\w+(?:\.\w+)?)(?:::\w+)?(?![\w.(])/g;

/** The condition stays, so that parameters keep their types; it holds always. */
export const unconditioned = (sql: string): string =>
  /\b(?:insert into|update|delete from|select|with|create|return)\b/i.test(sql)
    ? sql.replaceAll(CONDITION, condition => `(${condition} or true)`)
    : sql;

/** How many tenant conditions the statement has. */
export const conditionsIn = (sql: string): number => sql.match(CONDITION)?.length ?? 0;

export interface Rewritten {
  readonly functions: readonly string[];
  readonly views: readonly string[];
}

/** Puts the double in the place of every function and view of the schema. `sql` is the owner's. */
export async function uncondition(sql: Sql): Promise<Rewritten> {
  const functions = await sql<{ name: string; definition: string }[]>`
    select proname as name, pg_get_functiondef(oid) as definition from pg_proc
    where pronamespace = 'concord'::regnamespace and prokind = 'f'`;
  const views = await sql<{ name: string; definition: string }[]>`
    select relname as name, pg_get_viewdef(oid) as definition from pg_class
    where relnamespace = 'concord'::regnamespace and relkind = 'v'`;
  const changed = functions.filter(each => conditionsIn(each.definition) > 0);
  for (const { definition } of changed) await sql.unsafe(unconditioned(definition));
  const seen = views.filter(each => conditionsIn(each.definition) > 0);
  for (const { name, definition } of seen) {
    await sql.unsafe(
      `create or replace view concord.${name} with (security_invoker = true) as ${unconditioned(definition)}`,
    );
  }
  return { functions: changed.map(each => each.name), views: seen.map(each => each.name) };
}
