/** What one dialect tells of a customer, all of its resources together, and what it cannot tell. */
import type { Customer } from '../record/customer.ts';
import { difference } from '../record/difference.ts';
import type { Json } from '../record/json.ts';
import type { Dialect } from './contract.ts';
import type { Omission } from './lens.ts';
import { pathPattern } from './path-pattern.ts';

export interface ResourceView {
  /** The vendor's name for the resource, and the part of the customer that it is of. */
  readonly resource: string;
  readonly key: string;
  readonly wire: Json;
}

export interface View {
  readonly resources: readonly ResourceView[];
  readonly omitted: readonly Omission[];
}

export function viewOf(dialect: Dialect, customer: Customer): View {
  const readings = dialect.resources.flatMap(resource =>
    resource.keys(customer).map(key => ({ resource: resource.name, key, ...resource.read(customer, key) })),
  );
  return {
    resources: readings.map(({ resource, key, wire }) => ({ resource, key, wire })),
    omitted: uniqueByPath([...readings.flatMap(reading => reading.omitted), ...untold(dialect, customer)]),
  };
}

/** Values of the record for which the vendor's API has no field at all. */
function untold({ untold: reasons }: Dialect, customer: Customer): Omission[] {
  const patterns = Object.entries(reasons).map(([pattern, reason]) => ({
    pattern: pathPattern(pattern),
    reason,
  }));
  return difference(undefined, customer).flatMap(({ path }) => {
    const found = patterns.find(({ pattern }) => pattern.test(path));
    return found ? [{ path, reason: found.reason }] : [];
  });
}

function uniqueByPath(omissions: readonly Omission[]): Omission[] {
  const byPath = new Map(omissions.map(omission => [omission.path, omission]));
  return [...byPath.values()];
}
