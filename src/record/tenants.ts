/** The port to tenants: made and listed by administration, chosen in a request by nothing but its credentials. */
import type { TenantId } from './customer.ts';

export interface Tenant {
  readonly id: TenantId;
  /** Public and unique, such as `harbor`: 1 to 63 lower-case letters, digits and inner hyphens. */
  readonly name: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly createdAt: string;
}

export interface Tenants {
  /** @throws ConcordError `value-invalid`, `value-taken`. */
  create(name: string): Promise<Tenant>;
  find(name: string): Promise<Tenant | undefined>;
  list(): Promise<Tenant[]>;
}
