/** The port to what a vendor keeps beside its customers: an inquiry, a branch, a cost centre, a user's own profile. */
import type { TenantId } from './customer.ts';
import type { Json } from './json.ts';

/** Which objects: of one dialect and kind, and, where they belong to somebody, of one owner. */
export interface ObjectPlace {
  readonly dialect: string;
  /** The vendor's name for them, such as `inquiry`. */
  readonly kind: string;
  /** Whose they are, such as the subject of a token; absent for objects of the whole tenant. */
  readonly owner?: string;
}

export type ObjectBody = { readonly [field: string]: Json };

export interface StoredObject {
  /** Counts from 1 within tenant, dialect and kind, whoever the owner is. */
  readonly number: number;
  readonly body: ObjectBody;
  /** ISO 8601 UTC with milliseconds. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ObjectQuery {
  /** Only objects whose body has these fields with these values. */
  readonly match?: ObjectBody;
  /** By number; ascending otherwise. */
  readonly descending?: boolean;
  readonly offset?: number;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** An object with where it is. */
export interface PlacedObject extends StoredObject {
  readonly dialect: string;
  readonly kind: string;
}

/** Places are tenant-scoped: no look-up is without one. */
export interface VendorObjects {
  find(tenant: TenantId, place: ObjectPlace, number: number): Promise<StoredObject | undefined>;
  list(tenant: TenantId, place: ObjectPlace, query: ObjectQuery): Promise<StoredObject[]>;
  count(tenant: TenantId, place: ObjectPlace, match?: ObjectBody): Promise<number>;
  /**
   * The objects of all dialects whose body has the customer's id as its `customer`, by dialect, kind and number, from
   * behind the one given. `limit` is 1 to 1,000.
   */
  naming(
    tenant: TenantId,
    customerId: string,
    page: { readonly after?: PlacedObject; readonly limit: number },
  ): Promise<PlacedObject[]>;
  create(tenant: TenantId, place: ObjectPlace, body: ObjectBody): Promise<StoredObject>;
  /**
   * Applies the pure function to what is there, under a lock, and stores the result; the same body writes nothing.
   * What ConcordError the function throws comes out, and nothing is written. `undefined` when there is no such object.
   */
  change(
    tenant: TenantId,
    place: ObjectPlace,
    number: number,
    change: (body: ObjectBody) => ObjectBody,
  ): Promise<StoredObject | undefined>;
  /**
   * Applies the pure function to all objects of the place at once, under a lock that other callers of this operation
   * wait for. An item without a number is new; one that is left out is removed. For small sets that hold together,
   * such as addresses of which exactly one is the main one. At most 1,000.
   */
  changeAll(
    tenant: TenantId,
    place: ObjectPlace,
    change: (
      objects: readonly StoredObject[],
    ) => readonly { readonly number?: number; readonly body: ObjectBody }[],
  ): Promise<StoredObject[]>;
  /** False when there was none. */
  remove(tenant: TenantId, place: ObjectPlace, number: number): Promise<boolean>;
}
