/** Everything under the first key, in small batches, while servers read and write. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from '../../record/customer.ts';
import type { Sql } from '../connection.ts';
import type { Vault } from '../encryption.ts';
import { inTenant, tenantsOf } from '../tenant-walk.ts';
import { CIPHERTEXTS, type Ciphertexts, type Replacement, START, type Stale } from './ciphertexts.ts';
import { FIRST_CUSTOMER, moveClaims } from './claims.ts';
import { forgetKeys } from './known-keys.ts';
import { type KeyUse, type Kind, keyUses, leftOf } from './uses.ts';

export interface RotationOptions {
  /** Rows in a second at most. */
  readonly rate?: number;
  /** Told after every batch. */
  progress?(progress: RotationProgress): void;
}

export interface RotationProgress {
  readonly kind: Kind;
  /** Of all kinds together, in this run. */
  readonly done: number;
  readonly total: number;
}

export interface RotationReport {
  /** Rows that this run put under the first key. */
  readonly resealed: number;
  /** Claims that were given up: their values are in no record and no history any more. */
  readonly released: number;
  /** What could not be opened: its key is another one, or it was changed in the database. */
  readonly unreadable: number;
  /** What is not under the first key: without it, every other key can be removed. */
  readonly left: number;
  readonly uses: readonly KeyUse[];
}

/** A tenth of what one processor seals, so that servers beside it notice little. */
export const RATE_DEFAULT = 2_000;

/** A server that seals with another key puts something behind the walk; more walks would only follow it. */
const WALKS_MAXIMUM = 3;

interface Tally {
  resealed: number;
  released: number;
  unreadable: number;
}

export async function rotate(sql: Sql, vault: Vault, options: RotationOptions): Promise<RotationReport> {
  const [first] = vault.keyIds;
  const tally: Tally = { resealed: 0, released: 0, unreadable: 0 };
  let uses = await keyUses(sql, first);
  const total = leftOf(uses);
  const pace = pacer(options.rate ?? RATE_DEFAULT);
  const told = async (kind: Kind, count: number) => {
    options.progress?.({ kind, done: tally.resealed + tally.released, total });
    await pace(count);
  };
  for (let walk = 0; walk < WALKS_MAXIMUM; walk++) {
    tally.unreadable = 0;
    for (const tenant of await tenantsOf(sql)) {
      for (const each of CIPHERTEXTS) await resealAll(sql, vault, tenant, each, tally, told);
      await moveAllClaims(sql, vault, tenant, tally, told);
    }
    uses = await keyUses(sql, first);
    if (leftOf(uses) === 0 || tally.unreadable > 0) break;
  }
  const needed = new Set(uses.filter(({ left }) => left > 0).map(({ keyId }) => keyId));
  if (!needed.has(null)) await forgetKeys(sql, [first, ...(needed as Set<string>)]);
  return { ...tally, left: leftOf(uses), uses };
}

type Told = (kind: Kind, count: number) => Promise<void>;

async function resealAll(
  sql: Sql,
  vault: Vault,
  tenant: TenantId,
  ciphertexts: Ciphertexts,
  tally: Tally,
  told: Told,
): Promise<void> {
  const { kind } = ciphertexts;
  let from: string | undefined = START;
  while (from !== undefined) {
    const start: string = from;
    const page = await inTenant(sql, tenant, each => ciphertexts.page(each, tenant, start, vault.keyIds[0]));
    const rows = page.stale.flatMap(stale => resealed(vault, tenant, stale, tally));
    if (rows.length > 0)
      tally.resealed += await inTenant(sql, tenant, each => ciphertexts.replace(each, tenant, rows));
    if (page.stale.length > 0) await told(kind, page.stale.length);
    from = page.next;
  }
}

/** Sealed again, or counted when it does not open. */
function resealed(vault: Vault, tenant: TenantId, { id, place, was }: Stale, tally: Tally): Replacement[] {
  try {
    return [{ id, was, now: vault.seal(tenant, place, vault.open(tenant, place, was)) }];
  } catch {
    tally.unreadable += 1;
    return [];
  }
}

async function moveAllClaims(
  sql: Sql,
  vault: Vault,
  tenant: TenantId,
  tally: Tally,
  told: Told,
): Promise<void> {
  let after: string | undefined = FIRST_CUSTOMER;
  while (after !== undefined) {
    const { moved, released, unreadable, next } = await moveClaims(sql, vault, tenant, after);
    tally.resealed += moved;
    tally.released += released;
    tally.unreadable += unreadable;
    if (moved + released > 0) await told('claims', moved + released);
    after = next;
  }
}

/** Waits after each batch until its rows are no more than the rate allows. */
function pacer(rate: number): (count: number) => Promise<void> {
  let free = performance.now();
  return async count => {
    free = Math.max(free, performance.now() - 1_000) + (count / rate) * 1_000;
    await sleep(Math.max(0, free - performance.now()));
  };
}
