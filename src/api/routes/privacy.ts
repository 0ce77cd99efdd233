/** Reveals of identity documents, export and erasure. */
import type { WireAnswer } from '../../dialects/contract.ts';
import type { TSchema } from '../../dialects/schema.ts';
import { ConcordError } from '../../record/errors.ts';
import { isUuid } from '../../record/identifier.ts';
import { expectReveal } from '../auth.ts';
import { exportOf } from '../export.ts';
import { expectHistory } from '../history.ts';
import { cursorKey, cursorTo, limitOf, pageAnswer } from '../pagination.ts';
import { readOptionalBody, readQuery } from '../request.ts';
import { documentsOf, recordReveal, revealResource } from '../reveal.ts';
import { type ApiCall, type ApiRoute, JSON_TYPE, ownRoute } from '../route.ts';
import { Revealed, RevealRequest, Reveals } from '../schemas/access.ts';
import { CustomerExport } from '../schemas/export.ts';
import { Cursor, Limit, Uuid } from '../schemas/values.ts';

const GROUP = 'Privacy';

const revealsQuery = { customerId: Uuid, limit: Limit, cursor: Cursor } satisfies Record<string, TSchema>;

export const privacyRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'POST',
    path: '/customers/:id/documents/:documentId/reveal',
    operation: 'Reveal an identity document',
    group: GROUP,
    description:
      'The number in full, of a document of the customer or of a representative. Needs the right to reveal; each look is recorded.',
    body: RevealRequest,
    answers: { 200: Revealed },
    repeatable: true,
    handle: reveal,
  }),
  ownRoute({
    method: 'GET',
    path: '/reveals',
    operation: 'List reveals',
    group: GROUP,
    description: 'Who looked at which identity document, newest first. It says which, never what.',
    role: 'admin',
    query: revealsQuery,
    answers: { 200: Reveals },
    handle: listReveals,
  }),
  ownRoute({
    method: 'POST',
    path: '/customers/:id/export',
    operation: 'Export a customer',
    group: GROUP,
    description:
      'All that is known of a person as one JSON document: the record, its history, what each API is told, what vendors keep beside it, and who looked at documents. Needs the right to reveal; it is recorded as a look at all documents.',
    role: 'admin',
    body: RevealRequest,
    answers: { 200: CustomerExport },
    repeatable: true,
    handle: exportCustomer,
  }),
  ownRoute({
    method: 'POST',
    path: '/customers/:id/erase',
    operation: 'Erase a customer',
    group: GROUP,
    description:
      'Removes the customer and every value from the history. That changes happened stays, and who made them. Also of a customer who was removed before.',
    role: 'admin',
    answers: { 204: null },
    handle: erase,
  }),
];

async function reveal(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  expectReveal(caller);
  const { reason } = readOptionalBody(request, RevealRequest);
  const customer = await services.customers.find(caller.tenant, { id: request.params.id! });
  if (!customer) throw new ConcordError('customer-not-found');
  const document = documentsOf(customer).find(({ id }) => id === request.params.documentId);
  if (!document) {
    throw new ConcordError('object-not-found', { message: 'The customer has no such document.' });
  }
  await recordReveal(call, document.id, reason);
  return { status: 200, body: { value: document.value } };
}

async function listReveals({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  const { customerId, limit: wanted, cursor } = readQuery(request, revealsQuery);
  const limit = limitOf(wanted);
  const read = await services.reveals.list(caller.tenant, {
    limit: limit + 1,
    ...(customerId !== undefined && { customerId }),
    ...(cursor !== undefined && { after: cursorKey(cursor, isUuid) }),
  });
  const items = read.slice(0, limit);
  const next = read.length > limit ? cursorTo(items.at(-1)!.id) : null;
  return pageAnswer(request, items.map(revealResource), next);
}

async function exportCustomer(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  expectReveal(caller);
  const { reason } = readOptionalBody(request, RevealRequest);
  const place = { tenant: caller.tenant, customerId: request.params.id! };
  await expectHistory(services, place);
  await recordReveal(call, null, reason);
  return {
    status: 200,
    headers: {
      'content-type': `${JSON_TYPE}; charset=utf-8`,
      'content-disposition': `attachment; filename="customer-${place.customerId}.json"`,
    },
    stream: exportOf(services, place),
  };
}

async function erase(call: ApiCall): Promise<WireAnswer> {
  const { request, caller, services } = call;
  const id = request.params.id!;
  await services.customers.erase(call.origin(), { id }, { objectsNaming: true });
  await services.idempotency.forget(caller.tenant, id);
  await services.reveals.forgetReasons(caller.tenant, id);
  return { status: 204 };
}
