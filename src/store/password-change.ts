/** Another password for a login, which has two of them while one is being rotated. */
import type { Caller } from './credential-rows.ts';
import type { Lanes } from './customers.ts';
import { inTenant } from './in-tenant.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

interface PasswordRow {
  readonly id: string;
  readonly verifier: string | null;
}

/**
 * The newest of the login's credentials gets the password, and an older one that still goes on keeps its tokens and
 * loses its own: after a change, one password opens the login. False when `before` is none of them.
 */
export async function changePassword(
  lanes: Lanes,
  { tenant, credentialId }: Pick<Caller, 'tenant' | 'credentialId'>,
  before: string,
  after: string,
): Promise<boolean> {
  const rows = await inTenant(lanes, tenant, sql => {
    return sql<PasswordRow[]>`
      select id, verifier from concord.credential
      where tenant_id = ${tenant} and kind = 'password' and revoked_at is null
        and (expires_at is null or expires_at > now())
        and lookup = (
          select lookup from concord.credential
          where tenant_id = ${tenant} and id = ${credentialId} and revoked_at is null
        )
      order by replaced_by nulls first, created_at desc limit 2`;
  });
  const [newest] = rows;
  const known = await rowOf(rows, before);
  if (newest === undefined || known === undefined) return false;
  const next = await hashPassword(after);
  return inTenant(lanes, tenant, async sql => {
    // Somebody else may have changed it meanwhile: then the old password is no longer the one that was verified.
    const present = await sql`
      select id from concord.credential
      where tenant_id = ${tenant} and id in ${sql(rows.map(row => row.id))} and revoked_at is null
        and (id <> ${known.id} or verifier = ${known.verifier})
      order by id for update`;
    if (present.length < rows.length) return false;
    await sql`
      update concord.credential set verifier = case when id = ${newest.id} then ${next} end
      where tenant_id = ${tenant} and id in ${sql(rows.map(row => row.id))}`;
    return true;
  });
}

/** The first whose password it is; two verifications at most. */
async function rowOf(rows: readonly PasswordRow[], password: string): Promise<PasswordRow | undefined> {
  for (const row of rows) {
    if (row.verifier !== null && (await verifyPassword(password, row.verifier))) return row;
  }
  return undefined;
}
