/** The keys that the database needs. A server without one of them, or with another one of its name, does not start. */
import type { TenantId } from '../../record/customer.ts';
import type { Sql } from '../connection.ts';
import type { Vault } from '../encryption.ts';
import { StartError } from '../start-errors.ts';
import { inTenant, tenantsOf } from '../tenant-walk.ts';

interface KnownKey {
  readonly id: string;
  readonly proof: string | null;
}

/**
 * One statement at every start but the first with a key. Writes down the key that seals before anything is sealed with it.
 *
 * @throws StartError `encryption-key-missing`, `encryption-key-wrong`.
 */
export async function expectKeys(sql: Sql, vault: Vault): Promise<void> {
  const [first] = vault.keyIds;
  let known = await knownKeys(sql);
  // The missing ones before anything is written: a server with a wrong setting leaves no trace.
  expectConfigured(known, vault);
  if (!known.some(({ id }) => id === first)) {
    await sql`insert into concord.encryption_key (id, proof) values (${first}, ${vault.prove(first)}) on conflict do nothing`;
    known = await knownKeys(sql);
    expectConfigured(known, vault);
  }
  for (const { id, proof } of known) {
    if (proof === null) await proveFromData(sql, vault, id);
    else if (!vault.proves(proof)) throw wrong(id);
  }
}

/** Those that nothing is left of; whoever seals with one of them again writes it down again. */
export async function forgetKeys(sql: Sql, needed: readonly string[]): Promise<void> {
  await sql`delete from concord.encryption_key where id <> all (${`{${needed.join(',')}}`}::text[])`;
}

const knownKeys = (sql: Sql): Promise<readonly KnownKey[]> =>
  sql<KnownKey[]>`select id, proof from concord.encryption_key order by id`;

function expectConfigured(known: readonly KnownKey[], vault: Vault): void {
  const missing = known.map(({ id }) => id).filter(id => !vault.keyIds.includes(id));
  if (missing.length === 0) return;
  const [names, verb] =
    missing.length === 1 ? [`key ${missing[0]}`, 'is'] : [`keys ${missing.join(', ')}`, 'are'];
  throw new StartError(
    'encryption-key-missing',
    `The database needs the encryption ${names}, which ${verb} not configured. Put ${missing.length === 1 ? 'it' : 'them'} ` +
      'behind the first key of CONCORD_ENCRYPTION_KEYS; a key can be left out when "concord key rotate" says so. ' +
      'A key that Concord made by itself is named "own" and is in encryption.key in the data directory.',
  );
}

/** From before there were proofs: what the key sealed then has to open, and from now on there is a proof. */
async function proveFromData(sql: Sql, vault: Vault, id: string): Promise<void> {
  for (const tenant of await tenantsOf(sql)) {
    const [row] = await sampleOf(sql, tenant, id);
    if (!row) continue;
    try {
      vault.open(tenant, row.id, row.sealed);
    } catch {
      throw wrong(id);
    }
    break;
  }
  await sql`update concord.encryption_key set proof = ${vault.prove(id)} where id = ${id} and proof is null`;
}

const sampleOf = (sql: Sql, tenant: TenantId, id: string) =>
  inTenant(
    sql,
    tenant,
    each => each<{ id: string; sealed: string }[]>`
      select id::text as id, sealed from concord.customer
      where tenant_id = ${tenant} and split_part(sealed, '.', 2) = ${id} limit 1`,
  );

const wrong = (id: string): StartError =>
  new StartError(
    'encryption-key-wrong',
    `The encryption key ${id} is another one than the one that the database was written with. Give the key its old ` +
      'value back; a new key takes a new id, in front of the old ones.',
  );
