/** Branches and cost centres out of the store: whole lists, and the names that addresses are shown with. */
import type { Address } from '../../record/address.ts';
import { ConcordError } from '../../record/errors.ts';
import type { ObjectBody, ObjectPlace, StoredObject } from '../../record/objects.ts';
import type { Call } from '../contract.ts';
import { readNumber } from '../path.ts';
import { BRANCHES, type BranchNames, branchNamesOf, NO_BRANCHES } from './branch.ts';

/** What the port lists in one statement. */
const PAGE = 1_000;

/** Without paging; one answer of this many has some 1 MB. */
export const OBJECTS_MAXIMUM = 5_000;

/**
 * All objects of a place in ascending order of number. The vendor documents no paging, so the list is whole or refused
 * with `advice`.
 */
export async function listWhole(
  { caller, services }: Call,
  place: ObjectPlace,
  advice: string,
  match: ObjectBody = {},
): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for (;;) {
    const page = await services.objects.list(caller.tenant, place, {
      match,
      offset: found.length,
      limit: PAGE,
    });
    found.push(...page);
    if (found.length > OBJECTS_MAXIMUM) throw new ConcordError('request-invalid', { message: advice });
    if (page.length < PAGE) return found;
  }
}

/** The object that the path names. @throws ConcordError `customer-not-found`, for which the vendor has one answer. */
export async function findInPath(
  { request, caller, services }: Call,
  place: ObjectPlace,
): Promise<StoredObject> {
  const number = readNumber(request.params.internal_id);
  const found = number === undefined ? undefined : await services.objects.find(caller.tenant, place, number);
  if (!found) throw new ConcordError('customer-not-found');
  return found;
}

/** The names of the branches that serve these addresses: one look-up for a whole list, none where no address has one. */
export async function findBranchNames(call: Call, addresses: Iterable<Address>): Promise<BranchNames> {
  const wanted = new Set<number>();
  for (const { branch } of addresses) if (branch !== null) wanted.add(branch);
  const [first, ...others] = wanted;
  if (first === undefined) return NO_BRANCHES;
  if (others.length > 0) return branchNamesOf(await listBranches(call));
  const only = await call.services.objects.find(call.caller.tenant, BRANCHES, first);
  return branchNamesOf(only ? [only] : []);
}

export const listBranches = (call: Call): Promise<StoredObject[]> =>
  listWhole(call, BRANCHES, `More than ${OBJECTS_MAXIMUM} branches.`);
