/**
 * Examples: for every operation of a dialect, a request that succeeds and those that the vendor documents as failures.
 *
 * They drive the tests that every route owes (test/routes.test.ts): success and failures by the schemas, another
 * tenant's ids, missing credentials; and the fuzzer mutates them. A route without an example fails the build.
 */
import type { Customer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import type { DialectName, Services } from '../contract.ts';

/** What the examples of one run may name. All of it belongs to one tenant and is new for every example. */
export interface World {
  /** Two addresses, Harrisburg (main, billing) and Lisbon (shipping), an e-mail, a phone. Every dialect can tell the first. */
  readonly individual: Customer;
  /** With an EIN and one representative, who has an address, a phone and an e-mail; one address, one phone. */
  readonly business: Customer;
  /** Like the individual, archived in the year 2026. */
  readonly archived: Customer;
  /** What `prepare` of the dialect's examples made, by name: numbers of vendor objects and whatever else its requests need. */
  readonly made: Readonly<Record<string, string | number>>;
  /** A login with a password in the dialect, where it has them; the password is `Demo-password-1!`. */
  readonly login: string;
  /** Different for every world: for values that must be unique, such as a reference. Letters and digits. */
  readonly unique: string;
}

export interface ExampleRequest {
  /** Path parameters by name. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Without `?`. */
  readonly query?: string;
  /** Sent as JSON; a string goes as it is, with the content type in `headers`. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ExampleFailure {
  /** The case, such as `unknown customer`. */
  readonly name: string;
  readonly request: (world: World) => ExampleRequest;
  readonly status: number;
  /** Members that the body has, compared at every level; lists item by item. */
  readonly body?: Json;
  /** Headers that the answer has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Example {
  readonly request: (world: World) => ExampleRequest;
  readonly status: number;
  /** Members that the body has. */
  readonly body?: (world: World) => Json;
  /** Operations that are sent first, in this order, each by its own example. */
  readonly after?: readonly string[];
  /** The route changes nothing whatever the method says: a login, a search by POST. */
  readonly reads?: true;
  /** At least one: how the vendor refuses. */
  readonly failures: readonly ExampleFailure[];
  /**
   * What another tenant gets for the same request with its own credentials: `refused` (a failure of the vendor's
   * kind, by default), `empty` (a success that tells nothing of the first tenant), or `own` (it names nothing of
   * the first tenant, so it succeeds on the other's own).
   */
  readonly stranger?: 'refused' | 'empty' | 'own';
}

export interface Examples {
  readonly dialect: DialectName;
  /** Makes what the requests need beside the customers, through the ports. */
  prepare?(services: Services, tenant: number, world: Omit<World, 'made'>): Promise<World['made']>;
  /** By the operation's name. */
  readonly operations: Readonly<Record<string, Example>>;
}
