/** A customer from an inquiry: made once, however often and by how many at once it is asked for (flecto.md §3.3). */
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { StoredObject } from '../../record/objects.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { wholeDocument } from './answers.ts';
import { writeCustomer } from './customer-lens.ts';
import { answer, created } from './document.ts';
import { bodyOf, findInquiry, INQUIRIES } from './inquiry.ts';
import { expectNothing } from './request.ts';
import { CUSTOMER } from './resource-schemas.ts';
import { customerResource } from './resources.ts';

/** The inquiry's number is claimed by the customer who comes from it. */
const CLAIM_SCOPE = 'flecto inquiry';

/** Seconds until a customer who is being made or removed by another request is settled. */
const RETRY_AFTER_SECONDS = 1;

export const inquiryCustomerRoutes: readonly Route[] = [
  {
    group: 'SaaS - Inquiry Customers',
    provenance: 'convention',
    section: 'flecto.md §3.1',
    method: 'POST',
    path: '/api/saas/me/inquiries/:inquiry_internal_id/customer',
    operation: 'Create customer from inquiry',
    answers: { 200: wholeDocument(CUSTOMER), 201: wholeDocument(CUSTOMER) },
    handle: createFromInquiry,
  },
];

async function createFromInquiry(call: Call): Promise<WireAnswer> {
  expectNothing(call.request);
  const inquiry = await findInquiry(call, 'inquiry_internal_id');
  const linked = await findById(call, bodyOf(inquiry).customer);
  if (linked) return answer(call, 200, { data: customerResource(linked) });
  const { customer, isNew } = await createOnce(call, inquiry);
  await call.services.objects.change(call.caller.tenant, INQUIRIES, inquiry.number, body => ({
    ...body,
    customer: customer.id,
  }));
  const resource = customerResource(customer);
  return isNew
    ? created(call, resource, `/api/saas/me/customers/${customer.number}`)
    : answer(call, 200, { data: resource });
}

async function createOnce(
  call: Call,
  inquiry: StoredObject,
): Promise<{ readonly customer: Customer; readonly isNew: boolean }> {
  const { name, email, phone_number } = bodyOf(inquiry);
  try {
    const customer = await call.services.customers.create(
      call.origin('CUSTOMER__CREATED'),
      writeCustomer(emptyCustomer('individual'), { name, email, phone_number }),
      [{ scope: CLAIM_SCOPE, value: String(inquiry.number) }],
    );
    return { customer, isNew: true };
  } catch (error) {
    if (!(error instanceof ConcordError) || error.code !== 'value-taken') throw error;
    const customer = await findById(call, String(error.context.customerId));
    if (!customer) throw new ConcordError('too-busy', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    return { customer, isNew: false };
  }
}

const findById = async (call: Call, id: string | null): Promise<Customer | undefined> =>
  id === null ? undefined : call.services.customers.find(call.caller.tenant, { id });
