/** What of an import's batch is there already, and which of its customers can be taken in beside it. */
import type { Address, AddressLink } from '../record/address.ts';
import type { Customer, TenantId } from '../record/customer.ts';
import {
  type Existing,
  type ImportEntry,
  type Refusal,
  type RefusalCode,
  refusal,
} from '../record/imports.ts';
import { sameJson } from '../record/json.ts';
import type { Transaction } from './connection.ts';
import type { Vault } from './encryption.ts';
import { ADDRESS_FIELDS, addressFromRow, type Body } from './rows.ts';

/** A claim with the hashes that stand for it, one for each key. */
export interface HashedClaim {
  readonly scope: string;
  readonly hashes: readonly string[];
  readonly yields: boolean;
}

export interface Candidate extends ImportEntry {
  readonly hashed: readonly HashedClaim[];
}

export const candidateOf = (entry: ImportEntry, tenant: TenantId, vault: Vault): Candidate => ({
  ...entry,
  hashed: entry.claims.map(({ scope, value, yields = false }) => ({
    scope,
    hashes: vault.hashes(tenant, scope, value),
    yields,
  })),
});

/** What is taken: by the database, and by the lines before in the same batch. */
export interface Taken {
  readonly ids: Set<string>;
  readonly numbers: Set<number>;
  readonly claims: Set<string>;
  readonly addressNumbers: Set<number>;
  readonly addresses: Map<string, Address>;
}

/**
 * With `lock`, addresses that customers of the batch are to have as well are locked: nobody changes or removes them
 * before the links are there.
 */
export async function readTaken(
  sql: Transaction,
  tenant: TenantId,
  candidates: readonly Candidate[],
  lock: boolean,
): Promise<Taken> {
  const customers = candidates.map(({ customer }) => customer);
  const addresses = customers.flatMap(customer => customer.addresses.map(link => link.address));
  const claims = candidates.flatMap(({ hashed }) =>
    hashed.flatMap(({ scope, hashes }) => hashes.map(hash => ({ scope, hash }))),
  );
  const numbers = listOf(customers.map(({ number }) => number));
  const addressIds = listOf([...new Set(addresses.map(({ id }) => id))]);
  const addressNumbers = listOf(addresses.map(({ number }) => number));
  const [owners, numbered, places, placed, held] = await Promise.all([
    sql<{ id: string }[]>`
      select id from concord.customer
      where tenant_id = ${tenant} and id = any (${listOf(customers.map(({ id }) => id))}::uuid[])`,
    sql<{ number: number }[]>`
      select number from concord.customer where tenant_id = ${tenant} and number = any (${numbers}::bigint[])`,
    sql<{ id: string; number: number; version: number; created: Date; updated: Date; body: string }[]>`
      select id, number, version, created_at as created, updated_at as updated, body from concord.address
      where tenant_id = ${tenant} and id = any (${addressIds}::uuid[])
      order by id ${lock ? sql`for update` : sql``}`,
    sql<{ number: number }[]>`
      select number from concord.address where tenant_id = ${tenant} and number = any (${addressNumbers}::bigint[])`,
    claims.length === 0
      ? []
      : sql<{ claim: string }[]>`
          select claim.scope || ' ' || encode(claim.hash, 'hex') as claim
          from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as given (scope text, hash text)
          join concord.claim as claim on claim.tenant_id = ${tenant} and claim.scope = given.scope
            and claim.hash = decode(given.hash, 'hex')`,
  ]);
  return {
    ids: new Set(owners.map(row => row.id)),
    numbers: new Set(numbered.map(row => row.number)),
    claims: new Set(held.map(row => row.claim)),
    addressNumbers: new Set(placed.map(row => row.number)),
    addresses: new Map(
      places.map(({ id, number, version, created, updated, body }) => [
        id,
        addressFromRow(id, number, version, created, updated, JSON.parse(body) as Body),
      ]),
    ),
  };
}

/** What is to be given by the store is nobody's. */
const listOf = (values: readonly (string | number | null)[]): string =>
  `{${values.filter(value => value !== null && value !== 0).join(',')}}`;

export interface Accepted {
  readonly customer: Customer;
  readonly claims: { readonly scope: string; readonly hash: string; readonly customer: string }[];
}

export interface Verdict {
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refusal[];
  readonly skipped: number;
}

/** Goes through the batch in the order of its lines; the first who wants a value has it. */
export function examine(candidates: readonly Candidate[], taken: Taken, existing: Existing): Verdict {
  const accepted: Accepted[] = [];
  const refused: Refusal[] = [];
  let skipped = 0;
  for (const candidate of candidates) {
    const fault = faultOf(candidate, taken);
    if (fault === undefined) accepted.push(take(candidate, taken));
    else if (fault.code === 'already-there' && existing === 'skip') skipped += 1;
    else refused.push(refusal(candidate.line, fault.code, [{ field: fault.field, message: 'is taken' }]));
  }
  return { accepted, refused, skipped };
}

interface Clash {
  readonly code: RefusalCode;
  readonly field: string;
}

/** The scope that says that it is the same customer; any other says that two customers claim one thing. */
const SAME_CUSTOMER = 'reference';

function faultOf({ customer, hashed }: Candidate, taken: Taken): Clash | undefined {
  if (taken.ids.has(customer.id)) return { code: 'already-there', field: 'id' };
  if (taken.numbers.has(customer.number)) return { code: 'already-there', field: 'number' };
  const held = hashed.find(claim => !claim.yields && isHeld(claim, taken));
  if (held)
    return { code: held.scope === SAME_CUSTOMER ? 'already-there' : 'value-taken', field: held.scope };
  for (const [at, { address }] of customer.addresses.entries()) {
    const there = taken.addresses.get(address.id);
    if (there === undefined && address.number !== null && taken.addressNumbers.has(address.number)) {
      return { code: 'address-differs', field: `addresses/${at}/number` };
    }
    if (there !== undefined && !saysTheSame(there, address)) {
      return { code: 'address-differs', field: `addresses/${at}/id` };
    }
  }
  return undefined;
}

const claimKey = (scope: string, hash: string): string => `${scope} ${hash}`;

const isHeld = ({ scope, hashes }: HashedClaim, { claims }: Taken): boolean =>
  hashes.some(hash => claims.has(claimKey(scope, hash)));

/** A line that gives no number means whatever number the address has. */
const saysTheSame = (there: Address, said: Address): boolean =>
  (said.number === null || said.number === there.number) &&
  ADDRESS_FIELDS.every(field => sameJson(there[field], said[field]));

/** The customer with the addresses that are there already in the place of those that the line tells again. */
function take({ customer, hashed }: Candidate, taken: Taken): Accepted {
  taken.ids.add(customer.id);
  if (customer.number !== 0) taken.numbers.add(customer.number);
  const claims = hashed
    .filter(claim => !isHeld(claim, taken))
    .flatMap(({ scope, hashes }) => hashes.map(hash => ({ scope, hash, customer: customer.id })));
  for (const { scope, hash } of claims) taken.claims.add(claimKey(scope, hash));
  const addresses = customer.addresses.map((link): AddressLink => {
    const there = taken.addresses.get(link.address.id);
    if (there) return { ...link, address: there };
    taken.addresses.set(link.address.id, link.address);
    if (link.address.number !== null) taken.addressNumbers.add(link.address.number);
    return link;
  });
  return { customer: { ...customer, addresses }, claims };
}
