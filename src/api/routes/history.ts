/** History, provenance and reverting. */
import type { WireAnswer } from '../../dialects/contract.ts';
import { type TSchema, Type } from '../../dialects/schema.ts';
import { ConcordError } from '../../record/errors.ts';
import { isUuid } from '../../record/identifier.ts';
import { type Provenance, provenanceOf } from '../../record/provenance.ts';
import { changeResource, expectHistory, HISTORY_READ_MAXIMUM, historyPages } from '../history.ts';
import { cursorKey, cursorTo, limitOf, pageAnswer } from '../pagination.ts';
import { readBody, readQuery } from '../request.ts';
import { changeToRevert, previewRevert, revert } from '../revert.ts';
import { type ApiCall, type ApiRoute, ownRoute } from '../route.ts';
import { Customer } from '../schemas/customer.ts';
import { History, Provenance as ProvenanceSchema, RevertPreview, RevertRequest } from '../schemas/history.ts';
import { Choice, Cursor, Limit } from '../schemas/values.ts';

const GROUP = 'History';

const preview = Choice(['true', 'false']);
const page = { limit: Limit, cursor: Cursor } satisfies Record<string, TSchema>;

export const historyRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'GET',
    path: '/customers/:id/history',
    operation: 'List the history of a customer',
    group: GROUP,
    description:
      'Every change, newest first, also of a customer who was removed or erased: an erased one’s changes hold no values. Changes up to `archivedUntil` may be missing, because they were archived.',
    query: page,
    answers: { 200: History },
    handle: listHistory,
  }),
  ownRoute({
    method: 'GET',
    path: '/customers/:id/provenance',
    operation: 'Show the provenance of a customer',
    group: GROUP,
    description: `For each present value the change that set it: who, when and through which API. A value that none of the latest ${HISTORY_READ_MAXIMUM} changes set is left out: it was set before, or in a change that was archived.`,
    answers: { 200: ProvenanceSchema },
    handle: showProvenance,
  }),
  ownRoute({
    method: 'POST',
    path: '/customers/:id/revert',
    operation: 'Revert a change of a customer',
    group: GROUP,
    description:
      'Puts back what one change set, as a change of its own. Where later changes set the same fields it is refused with 409 and `conflicts`, unless it is forced. Needs `If-Match`. With `preview=true` it only shows what would happen.',
    query: { preview },
    role: 'editor',
    body: RevertRequest,
    about: 'customer',
    answers: { 200: Type.Union([Customer, RevertPreview]) },
    async handle(call) {
      const wanted = readBody(call.request, RevertRequest);
      const isPreview = readQuery(call.request, { preview }).preview === 'true';
      const change = await changeToRevert(call, wanted.sequence);
      return isPreview ? previewRevert(call, change, wanted) : revert(call, change, wanted);
    },
  }),
];

async function listHistory({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const { limit: wanted, cursor } = readQuery(request, page);
  const [limit, before] = [limitOf(wanted), sequenceOf(cursor)];
  const place = { tenant: caller.tenant, customerId: request.params.id! };
  const read = isUuid(place.customerId)
    ? await services.changes.history(place.tenant, place.customerId, {
        limit: limit + 1,
        ...(before !== undefined && { before }),
      })
    : [];
  if (read.length === 0) await expectHistory(services, place);
  const items = read.slice(0, limit);
  const next = read.length > limit ? cursorTo(String(items.at(-1)!.sequence)) : null;
  const answer = pageAnswer(request, items.map(changeResource), next);
  const archivedUntil = await services.changes.archivedUntil(caller.tenant);
  return { ...answer, body: { ...(answer.body as object), archivedUntil } };
}

/** The sequence of the last change of the page before. */
const sequenceOf = (cursor: string | undefined): number | undefined =>
  cursor === undefined ? undefined : Number(cursorKey(cursor, key => /^\d{1,15}$/.test(key)));

async function showProvenance({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const customerId = request.params.id!;
  const customer = await services.customers.find(caller.tenant, { id: customerId });
  if (!customer) throw new ConcordError('customer-not-found');
  let provenance: Provenance = provenanceOf(customer, []);
  let read = 0;
  for await (const changes of historyPages(services, { tenant: caller.tenant, customerId })) {
    provenance = provenanceOf(customer, changes, provenance);
    read += changes.length;
    if (provenance.open.size === 0 || read >= HISTORY_READ_MAXIMUM) break;
  }
  const archivedUntil = await services.changes.archivedUntil(caller.tenant);
  return { status: 200, body: { fields: Object.fromEntries(provenance.sources), archivedUntil } };
}
