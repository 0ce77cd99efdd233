/** The history of one customer, read in pages: as it is shown, and until a question is answered. */
import type { Static } from '../dialects/schema.ts';
import type { Change } from '../record/changes.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid } from '../record/identifier.ts';
import type { Change as ChangeSchema } from './schemas/history.ts';
import { PAGE_MAXIMUM } from './schemas/values.ts';
import type { ApiServices } from './services.ts';

/** Changes of one customer that are looked at for one answer; at 1 to 2 KiB each it is some 10 MiB, one page at a time. */
export const HISTORY_READ_MAXIMUM = 10_000;

export function changeResource({ fields, ...change }: Change): Static<typeof ChangeSchema> {
  const { sequence, dialect, actor, requestId, at, customerId, customerNumber, event, erased } = change;
  return {
    ...{ sequence, dialect, actor, requestId, at, customerId, customerNumber, event, erased },
    fields: fields.map(({ path, before, after }) => ({ path, before, after })),
  };
}

export interface HistoryPlace {
  readonly tenant: TenantId;
  readonly customerId: string;
}

/**
 * Pages of the history, newest first, until its end. Whoever has read enough stops.
 *
 * @param inFull with the numbers of identity documents.
 */
export async function* historyPages(
  { changes }: Pick<ApiServices, 'changes'>,
  { tenant, customerId }: HistoryPlace,
  inFull = false,
): AsyncGenerator<readonly Change[]> {
  let before: number | undefined;
  for (;;) {
    const page = { limit: PAGE_MAXIMUM, ...(before !== undefined && { before }) };
    const read = await changes.history(tenant, customerId, page, { inFull });
    if (read.length > 0) yield read;
    if (read.length < PAGE_MAXIMUM) return;
    before = read.at(-1)!.sequence;
  }
}

/**
 * History stays when its customer is removed or erased; a customer may stay whose history was archived.
 *
 * @throws ConcordError `customer-not-found`
 */
export async function expectHistory(
  { changes, customers }: Pick<ApiServices, 'changes' | 'customers'>,
  { tenant, customerId }: HistoryPlace,
): Promise<void> {
  if (isUuid(customerId)) {
    if ((await changes.history(tenant, customerId, { limit: 1 })).length > 0) return;
    if (await customers.find(tenant, { id: customerId })) return;
  }
  throw new ConcordError('customer-not-found');
}
