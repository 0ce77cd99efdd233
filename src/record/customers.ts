/** The port through which customers are read and changed; the store implements it, dialects use it. */
import type { AddressLink } from './address.ts';
import type { Customer, CustomerKind, CustomerStatus, TenantId } from './customer.ts';

/** Who writes, and on whose behalf. Every change row carries it. */
export interface Origin {
  readonly tenant: TenantId;
  /** The dialect that the request came through, such as `flecto`. */
  readonly dialect: string;
  /** Who did it, in the tenant's own terms and without personal data: the name of a credential. */
  readonly actor: string;
  readonly requestId: string;
  /** The vendor's name for what happened, where there is one: `CUSTOMER_ADDRESS__UPDATED`. */
  readonly event?: string;
}

/** One customer, by any of the ids that dialects use. By address: the first of those who share it, by rank. */
export type CustomerKey =
  | { readonly id: string }
  | { readonly number: number }
  | { readonly addressNumber: number };

/** Several customers at once: everyone who shares an address, and those with the numbers or ids given. */
export interface CustomerSelection {
  readonly addressNumber?: number;
  readonly numbers?: readonly number[];
  readonly ids?: readonly string[];
}

/** Conditions that all hold; one that is absent holds for everybody. */
export interface CustomerFilter {
  readonly status?: CustomerStatus;
  readonly kind?: CustomerKind;
  /** The primary e-mail, or the first, without regard to case. */
  readonly email?: string;
  /** E.164; any of the customer's phones. */
  readonly phone?: string;
  /** Any of the customer's addresses is there. ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly archived?: boolean;
  /** The dialect of the customer's first change. */
  readonly createdThrough?: string;
  /** Whether there is an active subscription. */
  readonly subscribed?: boolean;
  /**
   * Texts that occur in names, company, e-mails, phones, tax ids, account number or reference, without regard to case:
   * every one of them, or with `anyWord` one of them. At most 20.
   */
  readonly words?: readonly string[];
  readonly anyWord?: boolean;
}

/**
 * Equal values are in the order of number, in the same direction. Texts compare by code point, without regard
 * to case; of names the first 300 characters count.
 */
export interface CustomerOrder {
  readonly by:
    | 'number'
    | 'createdAt'
    | 'name'
    | 'givenName'
    | 'familyName'
    | 'email'
    | 'activeSubscriptions'
    | 'monthlyRevenue';
  readonly descending?: boolean;
}

export interface CustomerQuery {
  readonly filter?: CustomerFilter;
  readonly order?: CustomerOrder;
  /** The id of the customer behind whom the page begins; it need not meet the filter. */
  readonly after?: string;
  /** Customers to pass over first. */
  readonly offset?: number;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** An address with one of the customers who have it: the first by rank. */
export interface OwnedAddress {
  readonly customer: Customer;
  readonly link: AddressLink;
}

/** A value that no two customers of a tenant may have at the same time. */
export interface Claim {
  /** What kind of value it is, such as `reference` or `ssn`. */
  readonly scope: string;
  readonly value: string;
  /** Left to whoever holds it already, and nothing tells so. */
  readonly yields?: boolean;
}

/** What vendors keep beside the customer and is about him or her. */
export interface ErasureOptions {
  readonly objects?: readonly { readonly dialect: string; readonly kind: string; readonly number: number }[];
  /** Also every object of the tenant whose body has the customer's id as its `customer`. */
  readonly objectsNaming?: boolean;
}

export interface Customers {
  find(tenant: TenantId, key: CustomerKey): Promise<Customer | undefined>;

  /** In ascending order of number; unknown ones are left out. */
  select(tenant: TenantId, selection: CustomerSelection): Promise<Customer[]>;

  /** In ascending order of number, from the first behind `after`; at most `limit`, which is 1 to 1,000. */
  list(tenant: TenantId, page: { readonly after?: number; readonly limit: number }): Promise<Customer[]>;

  /** @throws ConcordError `customer-not-found` when the tenant has no customer with the id `after`. */
  query(tenant: TenantId, query: CustomerQuery): Promise<Customer[]>;

  count(tenant: TenantId, filter?: CustomerFilter): Promise<number>;

  /** All addresses of the tenant, each once, in ascending order of number. `limit` is 1 to 1,000. */
  listAddresses(
    tenant: TenantId,
    page: { readonly offset?: number; readonly limit: number },
  ): Promise<OwnedAddress[]>;

  countAddresses(tenant: TenantId): Promise<number>;

  /**
   * Stores a new customer with all that it has. Its number, and those of its addresses and contact points,
   * are given by the store; an account number that was not given becomes the customer's number.
   *
   * @throws ConcordError `value-taken` with context `{scope, value, customerId}` when a claim is held already.
   */
  create(origin: Origin, customer: Customer, claims?: readonly Claim[]): Promise<Customer>;

  /**
   * The one way to change a customer: reads it, applies the pure function, writes only what differs together
   * with one row of history, and does it again when somebody else was faster. What the function throws comes
   * out, and nothing is written. The answer is the customer as stored, with new numbers. With `claimsOf`, what the
   * customer claims no more is given up, and what is new is claimed.
   *
   * @throws ConcordError `customer-not-found`, `customer-archived`, `too-busy`, `unavailable`; `value-taken` with context
   *   `{scope, customerId}` when a claim is held already.
   */
  swap(
    origin: Origin,
    key: CustomerKey,
    change: (customer: Customer) => Customer,
    claimsOf?: (customer: Customer) => readonly Claim[],
  ): Promise<Customer>;

  /**
   * The same for several customers in one step, all or none; for an address that several share. The function
   * gets them in ascending order of number and gives back as many, in the same order.
   */
  swapAll(
    origin: Origin,
    selection: CustomerSelection,
    change: (customers: readonly Customer[]) => readonly Customer[],
  ): Promise<Customer[]>;

  /**
   * Removes a customer with the addresses that nobody else has, and what it claimed; its history stays. `expect` may
   * refuse by throwing, on the customer as it is at the moment of the removal.
   *
   * @throws ConcordError `customer-not-found`, `customer-archived`, `too-busy`, `unavailable`.
   */
  remove(origin: Origin, key: CustomerKey, expect?: (customer: Customer) => void): Promise<void>;

  /**
   * The customer as it was at the time, an ISO 8601 text: after the last change that is not later. Numbers of identity
   * documents are in full, as far as history holds them. `undefined` before the creation, after the removal, and of one
   * who was erased. Version is the present one: only what history keeps goes back.
   *
   * @throws ConcordError `request-invalid` when the time is none; `state-conflict` with the rule `too-far-back` when
   *   more than 100,000 changes lie between then and now; `history-archived` when the changes of then were archived.
   */
  at(tenant: TenantId, id: string, time: string): Promise<Customer | undefined>;

  /**
   * Erases a customer, archived or not, or one who was removed before: all that remove takes away, the objects given,
   * and every value in his or her history, of which remains that, when, through which dialect and by whom something
   * changed. An address that somebody else has stays, and so do the histories of others. See docs/erasure.md.
   *
   * @throws ConcordError `customer-not-found` when nothing is known of the customer, not even history.
   */
  erase(origin: Origin, key: CustomerKey, options?: ErasureOptions): Promise<void>;
}
