/** Taking back one change of a customer: what it would do, and doing it. */
import type { WireAnswer } from '../dialects/contract.ts';
import type { Static } from '../dialects/schema.ts';
import type { Change } from '../record/changes.ts';
import type { Customer } from '../record/customer.ts';
import { difference } from '../record/difference.ts';
import { ConcordError } from '../record/errors.ts';
import { lostAddresses, type RevertOptions, revertChange } from '../record/revert.ts';
import { claimsOf, explainClaim } from './claims.ts';
import { expectOpen } from './customer-writes.ts';
import { etagOf, preconditionOf } from './etag.ts';
import { HISTORY_READ_MAXIMUM, historyPages } from './history.ts';
import { customerResource } from './resource.ts';
import type { ApiCall } from './route.ts';
import type { RevertConflict, RevertRequest } from './schemas/history.ts';
import { sharedAddresses } from './shared-addresses.ts';

type Wanted = Static<typeof RevertRequest>;

/** With the numbers of documents, which would come back. @throws ConcordError `customer-not-found`, `object-not-found` */
export async function changeToRevert(call: ApiCall, sequence: number): Promise<Change> {
  const { request, caller, services } = call;
  const change = await services.changes.find(caller.tenant, request.params.id!, sequence, { inFull: true });
  if (change) return change;
  await presentCustomer(call);
  throw new ConcordError('object-not-found', { message: 'The customer has no change with this sequence.' });
}

/** An ordinary change, whose name says nothing that its fields do not: it has no event of its own. */
export async function revert(call: ApiCall, change: Change, wanted: Wanted): Promise<WireAnswer> {
  const { request, services } = call;
  const precondition = preconditionOf(request);
  const options = await optionsOf(call, change, wanted);
  const back = (customer: Customer): Customer => {
    precondition(customer);
    expectOpen(customer);
    return revertChange(customer, change, options).customer;
  };
  const reverted = await services.customers
    .swap(call.origin(), { id: change.customerId }, back, claimsOf)
    .catch(explainClaim);
  return {
    status: 200,
    headers: { etag: etagOf(reverted) },
    body: customerResource(reverted, services.dialects),
  };
}

export async function previewRevert(call: ApiCall, change: Change, wanted: Wanted): Promise<WireAnswer> {
  const customer = await presentCustomer(call);
  const options = await optionsOf(call, change, wanted);
  const conflicts = conflictsOf(() => revertChange(customer, change, { ...options, force: false }));
  const reverted = forced(customer, change, options, conflicts.length > 0);
  return {
    status: 200,
    body: {
      fields: difference(customer, reverted ?? customer).map(({ path, before, after }) => ({
        path,
        before,
        after,
      })),
      conflicts,
      customer: reverted ? customerResource(reverted, call.services.dialects) : null,
    },
  };
}

async function presentCustomer({ request, caller, services }: ApiCall): Promise<Customer> {
  const customer = await services.customers.find(caller.tenant, { id: request.params.id! });
  if (!customer) throw new ConcordError('customer-not-found');
  return customer;
}

async function optionsOf(call: ApiCall, change: Change, { paths, force }: Wanted): Promise<RevertOptions> {
  const { caller, services } = call;
  return {
    later: await laterThan(call, change),
    shared: await sharedAddresses(services.customers, caller.tenant, lostAddresses(change)),
    ...(paths && { paths }),
    ...(force !== undefined && { force }),
  };
}

/** What came afterwards, as far back as one answer may look. */
async function laterThan({ caller, services }: ApiCall, { customerId, sequence }: Change): Promise<Change[]> {
  const later: Change[] = [];
  for await (const page of historyPages(services, { tenant: caller.tenant, customerId })) {
    const ofPage = page.filter(each => each.sequence > sequence);
    later.push(...ofPage);
    if (ofPage.length < page.length || later.length >= HISTORY_READ_MAXIMUM) break;
  }
  return later;
}

function conflictsOf(attempt: () => unknown): Static<typeof RevertConflict>[] {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!isConflict(error, 'later-changes')) throw error;
    return error.context.fields as Static<typeof RevertConflict>[];
  }
}

/** As it would be; `undefined` when something that even force does not bring back is gone. */
function forced(
  customer: Customer,
  change: Change,
  options: RevertOptions,
  isContested: boolean,
): Customer | undefined {
  try {
    return revertChange(customer, change, { ...options, force: isContested }).customer;
  } catch (error) {
    if (isConflict(error, 'gone')) return undefined;
    throw error;
  }
}

const isConflict = (error: unknown, rule: string): error is ConcordError =>
  error instanceof ConcordError && error.code === 'state-conflict' && error.context.rule === rule;
