/** What a visitor of the online store can do: ask for a rental, without credentials (flecto.md §1, §4). */
import { ConcordError } from '../../record/errors.ts';
import type { ObjectBody } from '../../record/objects.ts';
import type { Call, Caller, Route, WireAnswer } from '../contract.ts';
import { wholeDocument } from './answers.ts';
import { created } from './document.ts';
import { INQUIRIES, inquiryFaults, newInquiry, returningCustomer, visitorsResource } from './inquiry.ts';
import { NewInquiryAttributes } from './inquiry-wire.ts';
import { storeLookup } from './public-store.ts';
import { expectValid, readAttributes } from './request.ts';
import { VISITORS_INQUIRY } from './resource-schemas.ts';
import { DIALECT, INQUIRY_TYPE, requestBody } from './wire.ts';

export const storeRoutes: readonly Route[] = [
  {
    group: 'Store - Inquiries',
    provenance: 'convention',
    section: 'flecto.md §4',
    method: 'POST',
    path: '/api/store/:store_id/inquiries',
    operation: 'Creates an inquiry',
    open: true,
    body: requestBody(INQUIRY_TYPE, NewInquiryAttributes),
    answers: { 201: wholeDocument(VISITORS_INQUIRY) },
    handle: createInquiry,
  },
];

/** Anybody may ask, and each inquiry is kept: ten a second are more than any store gets, and less than a flood. */
const INQUIRIES_MAXIMUM = 600;
const INQUIRIES_SECONDS = 60;

/** @throws ConcordError `too-many-requests`. */
async function expectWithinLimit({ services }: Call, store: Caller): Promise<void> {
  const key = `flecto store ${store.credentialId}`;
  const limit = { key, maximum: INQUIRIES_MAXIMUM, seconds: INQUIRIES_SECONDS };
  const wait = await services.rateLimits.take(store, [limit]);
  if (wait !== undefined) {
    throw new ConcordError('too-many-requests', { retryAfterSeconds: Math.max(1, Math.ceil(wait)) });
  }
}

/** The store is looked for after the shape and before the values (flecto.md §5); what it answers tells nothing of a match. */
async function createInquiry(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, INQUIRY_TYPE);
  const { credentials, customers, objects } = call.services;
  const store = await credentials.byLookup(DIALECT, storeLookup(call.request.params.store_id ?? ''));
  if (!store) throw new ConcordError('object-not-found');
  expectValid(inquiryFaults(attributes));
  await expectWithinLimit(call, store);
  const wanted = attributes as unknown as NewInquiryAttributes;
  const customer = await returningCustomer(customers, store.tenant, wanted);
  const body = newInquiry(wanted, customer) as unknown as ObjectBody;
  const inquiry = await objects.create(store.tenant, INQUIRIES, body);
  return created(call, visitorsResource(inquiry), `/api/saas/inquiries/${inquiry.number}`);
}
