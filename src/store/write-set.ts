/** What a write must put down: the rows that differ between the customers before and after. Pure. */
import { type AddressLink, linkTo } from '../record/address.ts';
import type { Customer } from '../record/customer.ts';
import type { Origin } from '../record/customers.ts';
import { difference, type FieldChange } from '../record/difference.ts';
import { sameJson } from '../record/json.ts';
import { type ChangeContent, contentOf } from './change-rows.ts';
import type { ClaimRow } from './claim-rows.ts';
import type { DocumentValues } from './encryption.ts';
import { type Body, CUSTOMER_FIELDS, NEVER, rowFromAddress, rowFromCustomer } from './rows.ts';
import { type SettledAddress, settleAddresses } from './settled-addresses.ts';

/** The argument of `concord.customer_write`; a part that is absent has nothing to do. */
export interface Written {
  readonly dialect: string;
  readonly actor: string;
  readonly requestId: string;
  readonly at: string;
  readonly event: string | null;
  readonly changes: readonly ({ customer: string; number: number } & ChangeContent)[];
  customers?: WrittenCustomer[];
  newCustomers?: object[];
  addresses?: WrittenAddress[];
  newAddresses?: object[];
  links?: object[];
  unlinked?: { customer: string; address: string }[];
  shared?: { address: string; fields: readonly FieldChange[] }[];
  claims?: ClaimRow[];
}

/** Without a body it is only locked, because a link to it comes or goes. */
interface WrittenAddress {
  readonly id: string;
  /** As it was read, where it was: history tells what comes or goes with the link. */
  readonly version?: number;
  readonly updatedAt?: string;
  readonly body?: Body;
  /** None of the customers had it before. */
  readonly linked?: true;
}

interface WrittenCustomer {
  readonly id: string;
  /** As it was read. */
  readonly version: number;
  /** Absent when the row is compared and locked only. */
  updatedAt?: string;
  body?: Body;
  sealed?: string | null;
}

export interface WriteSet {
  /** `undefined` when there is nothing to write, not even history. */
  readonly written: Written | undefined;
  /** The customers as they will be stored, in the order given. */
  readonly stored: Customer[];
}

/** The place is the id of a customer, for his or her own row. */
export type Seal = (place: string, values: DocumentValues) => string;

/** `before` holds `undefined` where the customer is new. All new entities have their numbers already. */
export function writeSet(
  origin: Origin,
  before: readonly (Customer | undefined)[],
  after: readonly Customer[],
  now: string,
  seal: Seal,
): WriteSet {
  const addresses = settleAddresses(before, after, now);
  const lists = { customers: [] as WrittenCustomer[], newCustomers: [] as object[], links: [] as object[] };
  const unlinked: { customer: string; address: string; version: number }[] = [];
  const stored = after.map((wanted, index) => {
    const old = before[index];
    const links = linkRows(old, wanted);
    const gone = (old?.addresses ?? [])
      .filter(link => !wanted.addresses.some(other => other.address.id === link.address.id))
      .map(({ address }) => ({ customer: wanted.id, address: address.id, version: address.version }));
    lists.links.push(...links);
    unlinked.push(...gone);
    const settled = withAddresses(wanted, addresses);
    if (old === undefined) {
      const fresh = freshCustomer(settled, origin, now);
      lists.newCustomers.push(newRow(fresh, seal));
      return fresh;
    }
    const touched = links.length > 0 || gone.length > 0 || changedOwnAddress(old, wanted, addresses);
    const row = customerRow(old, wanted, touched, now, seal);
    lists.customers.push(row);
    if (row.updatedAt !== undefined)
      return { ...settled, ...identity(old), version: old.version + 1, updatedAt: now };
    return sameAddresses(old, settled) ? old : { ...old, addresses: settled.addresses };
  });
  const changes = stored
    .map((customer, index) => ({
      customer: customer.id,
      number: customer.number,
      content:
        customer === before[index] ? { fields: [] } : contentOf(customer.id, before[index], customer, seal),
      differs: customer !== before[index],
    }))
    .filter(change => change.differs || origin.event !== undefined)
    .map(({ customer, number, content }) => ({ customer, number, ...content }));
  if (changes.length === 0) return { written: undefined, stored };
  const written: Written = {
    dialect: origin.dialect,
    actor: origin.actor,
    requestId: origin.requestId,
    at: now,
    event: origin.event ?? null,
    changes,
  };
  const moved = lists.newCustomers.length > 0 || lists.customers.some(row => row.updatedAt !== undefined);
  if (!moved) return { written, stored };
  if (lists.customers.length > 0) written.customers = lists.customers.sort(byId);
  if (lists.newCustomers.length > 0) written.newCustomers = lists.newCustomers;
  if (lists.links.length > 0) written.links = lists.links;
  if (unlinked.length > 0) written.unlinked = unlinked;
  addAddresses(written, addresses, unlinked, newlyLinked(before, after));
  return { written, stored };
}

/** What a change can never touch: the store alone gives these. */
const identity = ({ id, number, createdAt, createdBy }: Customer) => ({ id, number, createdAt, createdBy });

function withAddresses(customer: Customer, settled: ReadonlyMap<string, SettledAddress>): Customer {
  const addresses = customer.addresses.map(link => ({
    ...link,
    address: settled.get(link.address.id)?.after ?? link.address,
  }));
  return { ...customer, addresses };
}

const sameAddresses = (one: Customer, other: Customer): boolean =>
  one.addresses.every((link, index) => link.address === other.addresses[index]?.address);

/** The customer's own function changed the address, and not somebody else's in the same write. */
const changedOwnAddress = (
  old: Customer,
  wanted: Customer,
  settled: ReadonlyMap<string, SettledAddress>,
): boolean =>
  wanted.addresses.some(
    ({ address }) =>
      settled.get(address.id)?.fate === 'changed' && !old.addresses.some(link => link.address === address),
  );

function customerRow(
  old: Customer,
  wanted: Customer,
  touched: boolean,
  now: string,
  seal: Seal,
): WrittenCustomer {
  const row: WrittenCustomer = { id: old.id, version: old.version };
  if (CUSTOMER_FIELDS.some(field => old[field] !== wanted[field] && !sameJson(old[field], wanted[field]))) {
    const own = rowFromCustomer(wanted);
    row.updatedAt = now;
    row.body = own.body;
    // The same values keep their ciphertext: a new one would tell that somebody wrote, and cost a rewrite.
    if (!sameJson(own.documents, rowFromCustomer(old).documents))
      row.sealed = sealed(old.id, own.documents, seal);
  } else if (touched) {
    row.updatedAt = now;
  }
  return row;
}

const sealed = (id: string, documents: DocumentValues, seal: Seal): string | null =>
  Object.keys(documents).length === 0 ? null : seal(id, documents);

/** Imports keep the date that they bring. */
const freshCustomer = (customer: Customer, origin: Origin, now: string): Customer => ({
  ...customer,
  version: 1,
  createdAt: customer.createdAt === NEVER ? now : customer.createdAt,
  updatedAt: now,
  createdBy: customer.createdBy || origin.actor,
});

function newRow(customer: Customer, seal: Seal): object {
  const { body, documents } = rowFromCustomer(customer);
  const { id, number, createdAt, updatedAt, createdBy } = customer;
  return { id, number, createdAt, updatedAt, createdBy, body, sealed: sealed(id, documents, seal) };
}

function linkRows(old: Customer | undefined, wanted: Customer): object[] {
  const before = new Map(old?.addresses.map((link, position) => [link.address.id, { link, position }]));
  return wanted.addresses.flatMap((link, position) => {
    const was = before.get(link.address.id);
    return was?.position === position && sameLink(was.link, link) ? [] : [linkRow(wanted.id, link, position)];
  });
}

const sameLink = (one: AddressLink, other: AddressLink): boolean =>
  one.label === other.label &&
  one.main === other.main &&
  one.rank === other.rank &&
  sameJson(one.roles, other.roles);

const linkRow = (customer: string, link: AddressLink, position: number): object => ({
  customer,
  address: link.address.id,
  position,
  rank: link.rank,
  main: link.main,
  roles: link.roles,
  label: link.label,
});

/** The addresses, of any of these customers, that another one of them gets. */
const newlyLinked = (
  before: readonly (Customer | undefined)[],
  after: readonly Customer[],
): ReadonlySet<string> =>
  new Set(
    after.flatMap((customer, index) => {
      const had = new Set(before[index]?.addresses.map(link => link.address.id));
      return customer.addresses.map(link => link.address.id).filter(id => !had.has(id));
    }),
  );

/** Changed ones with the version that they must still have; others that gain or lose a link to be locked. */
function addAddresses(
  written: Written,
  settled: ReadonlyMap<string, SettledAddress>,
  unlinked: readonly { address: string; version: number }[],
  linked: ReadonlySet<string>,
): void {
  const existing = new Map<string, WrittenAddress>();
  for (const { address, version } of unlinked) existing.set(address, { id: address, version });
  const fresh: object[] = [];
  const shared: { address: string; fields: readonly FieldChange[] }[] = [];
  for (const { before, after, fate } of settled.values()) {
    const { id, number, createdAt, updatedAt } = after;
    if (fate === 'kept' && linked.has(id)) existing.set(id, { id, version: after.version });
    if (fate === 'new') fresh.push({ id, number, createdAt, updatedAt, body: rowFromAddress(after) });
    if (fate === 'linked') existing.set(id, { id, linked: true });
    if (fate === 'changed' && before) {
      existing.set(id, { id, version: before.version, updatedAt, body: rowFromAddress(after) });
      shared.push({ address: id, fields: addressDifference(linkTo(before), linkTo(after)) });
    }
  }
  if (existing.size > 0) written.addresses = [...existing.values()].sort(byId);
  if (fresh.length > 0) written.newAddresses = fresh;
  if (shared.length > 0) written.shared = shared;
}

/** The order in which the database takes its locks. */
const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : 1;

/** As the history of a customer tells it who has the address and did nothing. */
const addressDifference = (before: AddressLink, after: AddressLink): FieldChange[] =>
  difference({ addresses: [before] } as unknown as Customer, { addresses: [after] } as unknown as Customer);
