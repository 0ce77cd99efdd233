/** Billbee on the wire: customer, contact entry, address, and the envelope around them (billbee.md §2–4). */
import type { Json } from '../../record/json.ts';

export const DIALECT = 'billbee';

/** A contact entry: one e-mail, phone or fax (billbee.md §3.2 [seed]). */
export interface Meta {
  /** `null` only until the entry is stored. */
  readonly Id: number | null;
  readonly TypeId: TypeId;
  readonly TypeName: string;
  readonly SubType: string | null;
  readonly Value: string;
}

/** 1 is mail, 2 is phone; a fax is a phone with the SubType `fax` (billbee.md §3.2 [docs: php-sdk] [convention]). */
export type TypeId = 1 | 2;

/** The spelling of live answers (billbee.md §3.2 [docs: order-fixture]). */
export const TYPE_NAMES: Readonly<Record<TypeId, string>> = { 1: 'EMail', 2: 'Phone' };

/** What a client says of a contact entry; an Id of null or 0 counts as none. */
export interface MetaInput {
  readonly Id?: number;
  readonly TypeId?: number;
  readonly SubType?: string | null;
  readonly Value?: string;
}

export type SlotName =
  | 'DefaultMailAddress'
  | 'DefaultCommercialMailAddress'
  | 'DefaultStatusUpdatesMailAddress'
  | 'DefaultPhone1'
  | 'DefaultPhone2'
  | 'DefaultFax';

export type FlatName = 'Email' | 'Tel1' | 'Tel2';

/** A customer without its contacts, in the order of live answers (billbee.md §3.1). */
export interface CustomerHead {
  readonly Id: number;
  readonly Name: string | null;
  readonly Number: number | null;
  readonly PriceGroupId: number | null;
  readonly LanguageId: number | null;
  readonly VatId: string | null;
  readonly Type: number | null;
  readonly ArchivedAt: string | null;
  readonly RestoredAt: string | null;
}

/** The three views of the contact points (billbee.md §3.2). */
export type CustomerContacts = { readonly [Name in FlatName]: string | null } & {
  readonly [Name in SlotName]: Meta | null;
} & { readonly MetaData: readonly Meta[] };

export type CustomerWire = CustomerHead & CustomerContacts;

export type ContactsInput = { readonly [Name in FlatName]?: string | null } & {
  readonly [Name in SlotName]?: MetaInput | null;
} & { readonly MetaData?: readonly MetaInput[] | null };

export type CustomerInput = Partial<CustomerHead> & ContactsInput;

/** An address in the order of the specification (billbee.md §4). */
export interface AddressWire {
  readonly Id: number | null;
  readonly AddressType: number;
  readonly CustomerId: number;
  readonly Company: string | null;
  readonly FirstName: string | null;
  readonly LastName: string | null;
  readonly Name2: string | null;
  readonly Street: string | null;
  readonly Housenumber: string | null;
  readonly Zip: string | null;
  readonly City: string | null;
  readonly State: string | null;
  readonly CountryCode: string | null;
  readonly Email: string | null;
  readonly Tel1: string | null;
  readonly Tel2: string | null;
  readonly Fax: string | null;
  readonly AddressAddition: string | null;
  readonly ArchivedAt: string | null;
  readonly RestoredAt: string | null;
}

export type AddressInput = { readonly [Name in keyof AddressWire]?: AddressWire[Name] | null };

/** billbee.md §6. Names that are absent and `null` are alike. */
export interface SearchInput {
  readonly Type?: readonly string[] | null;
  readonly Term?: string | null;
  readonly SearchMode?: number | null;
}

/** A customer that a search found (billbee.md §6 [docs: swagger-2024]). */
export interface SearchRow {
  readonly Id: number;
  readonly Name: string | null;
  readonly Addresses: string;
  readonly Number: string | null;
}

export interface Envelope {
  /** `null` on success, never `""`: clients test for it (billbee.md §2.1 [docs: csharp-sdk]). */
  readonly ErrorMessage: string | null;
  readonly ErrorCode: number;
  /** The name of the code, not the number that the vendor's specification says (billbee.md §8.1). */
  readonly ErrorDescription: string;
  readonly Data: unknown;
}

export interface Paging {
  readonly Page: number;
  readonly TotalPages: number;
  readonly TotalRows: number;
  readonly PageSize: number;
}

/** .NET style: without zone, and with a fraction only when there is one (billbee.md §1.4 [docs: order-fixture]). */
export function netTime(instant: string | null): string | null {
  if (instant === null) return null;
  const [time = '', fraction = ''] = instant.replace('Z', '').split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? time : `${time}.${digits}`;
}

/** The record's JSON, for what only TypeScript tells apart. */
export const asJson = (wire: unknown): Json => wire as Json;
