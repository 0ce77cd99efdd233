/** The canonical customer: one aggregate, the union of what five vendors know. */
import type { AddressLink } from './address.ts';
import type { ContactPoint } from './contact-points.ts';
import { ConcordError } from './errors.ts';
import { newId } from './identifier.ts';
import { type Json, sameJson } from './json.ts';
import type { Employee, Person, Representative } from './people.ts';
import type { Phrased } from './phrasing.ts';
import type { Trade } from './trade.ts';

export type CustomerKind = 'individual' | 'business';
export type CustomerStatus = 'active' | 'inactive';

/** The tenant's row number. Nothing but a credential chooses it, and it is never shown. */
export type TenantId = number;

export interface TaxId {
  readonly kind: 'vat' | 'ein';
  /** As written. */
  readonly value: string;
}

export interface Customer extends Person, Phrased, Trade {
  /** UUID. FlexPortal and connectFi show it in base 62 behind a prefix. */
  readonly id: string;
  /** Counts from 1 within the tenant; 0 until stored. The customer's id in Flecto, Lightening and Billbee. */
  readonly number: number;
  /** Counts the changes; the store compares and swaps on it. 0 until stored. */
  readonly version: number;
  readonly kind: CustomerKind;
  /** `inactive` is FlexPortal's soft delete and Lightening's `is_active: "0"`. */
  readonly status: CustomerStatus;
  /** ISO 8601 UTC with milliseconds. While it stands without a later `restoredAt`, nothing but that may change. */
  readonly archivedAt: string | null;
  readonly restoredAt: string | null;
  /** The client's own id for the customer, unique in the tenant. connectFi `reference`. */
  readonly reference: string | null;
  /** The number by which the business knows the customer. Billbee `Number`, Lightening `account`. */
  readonly accountNumber: string | null;
  /** The whole name of an individual when it came in one piece. Billbee, Flecto and Lightening `name`. */
  readonly displayName: string | null;
  /** Legal name of a business; of an individual, the company that he or she named. */
  readonly company: string | null;
  readonly contactPoints: readonly ContactPoint[];
  readonly addresses: readonly AddressLink[];
  readonly representatives: readonly Representative[];
  readonly employees: readonly Employee[];
  readonly taxIds: readonly TaxId[];
  /** ISO 639-1, such as `pt`. Flecto `locale`. */
  readonly language: string | null;
  /** Billbee's id of the price group, a decimal integer. */
  readonly priceGroup: string | null;
  /** Any keys and values. FlexPortal `customFields`. */
  readonly customFields: { readonly [name: string]: Json };
  /** ISO 8601 UTC with milliseconds. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The actor who made the record, such as `billbee:warehouse`. */
  readonly createdBy: string;
}

const NEVER = '1970-01-01T00:00:00.000Z';

/** A new customer who has nothing yet. The store gives number, version, times and author. */
export const emptyCustomer = (kind: CustomerKind, id: string = newId()): Customer => ({
  id,
  number: 0,
  version: 0,
  kind,
  status: 'active',
  archivedAt: null,
  restoredAt: null,
  reference: null,
  accountNumber: null,
  givenName: null,
  familyName: null,
  displayName: null,
  company: null,
  gender: null,
  birthDate: null,
  citizenship: null,
  identityDocuments: [],
  contactPoints: [],
  addresses: [],
  representatives: [],
  employees: [],
  orders: [],
  subscriptions: [],
  taxIds: [],
  language: null,
  priceGroup: null,
  customFields: {},
  createdAt: NEVER,
  updatedAt: NEVER,
  createdBy: '',
  phrasings: {},
});

/** Archived, and not brought back since (billbee.md §3.5). */
export const isArchived = (item: Pick<Customer, 'archivedAt' | 'restoredAt'>): boolean =>
  item.archivedAt !== null && (item.restoredAt === null || item.restoredAt < item.archivedAt);

/** @throws ConcordError `state-conflict` for one who is archived already. `now` is ISO 8601. */
export function archived(customer: Customer, now: string): Customer {
  if (isArchived(customer)) {
    throw new ConcordError('state-conflict', { message: 'The customer is archived already.' });
  }
  // Not before the last restoration, whatever a clock says: the customer would not be archived.
  return { ...customer, archivedAt: justAfter(customer.restoredAt, now) };
}

/** @throws ConcordError `state-conflict` for one who is not archived. `now` is ISO 8601. */
export function restored(customer: Customer, now: string): Customer {
  if (!isArchived(customer)) {
    throw new ConcordError('state-conflict', { message: 'The customer is not archived.' });
  }
  return { ...customer, restoredAt: justAfter(customer.archivedAt, now) };
}

const justAfter = (before: string | null, now: string): string =>
  before === null || now > before ? now : new Date(Date.parse(before) + 1).toISOString();

/** The one change that an archived customer takes: back among the others, and nothing else. */
export const isRestoration = (before: Customer, after: Customer): boolean =>
  isArchived(before) && !isArchived(after) && sameJson({ ...after, restoredAt: before.restoredAt }, before);

export const taxId = (customer: Customer, kind: TaxId['kind']): string | null =>
  customer.taxIds.find(tax => tax.kind === kind)?.value ?? null;

/** The customer with this tax id; `null` removes it. */
export function withTaxId(customer: Customer, kind: TaxId['kind'], value: string | null): Customer {
  if (taxId(customer, kind) === value) return customer;
  const others = customer.taxIds.filter(tax => tax.kind !== kind);
  return { ...customer, taxIds: value === null ? others : [...others, { kind, value }] };
}
