/** Flecto's operations on inquiries, for those who answer them (flecto.md §4, SaaS - Inquiries and Inquiry Status). */
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { ObjectBody, StoredObject } from '../../record/objects.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { oneDocument, pagedDocument, wholeDocument } from './answers.ts';
import { answer, compose, offsetOf, paged, pageOf } from './document.ts';
import {
  bodyOf,
  CHANGES,
  findInquiry,
  INQUIRIES,
  type InquiryBody,
  inquiryResource,
  type StatusChange,
} from './inquiry.ts';
import { STATUSES } from './inquiry-wire.ts';
import { type Query, readQuery } from './query.ts';
import { parametersOf, type QueryShape } from './query-shape.ts';
import { expectNothing } from './request.ts';
import { CUSTOMER, INQUIRY, membersOf } from './resource-schemas.ts';
import { customerResource } from './resources.ts';
import { CUSTOMER_TYPE, INQUIRY_TYPE } from './wire.ts';

const COLLECTION = '/api/saas/me/inquiries';
const MEMBER = `${COLLECTION}/:inquiry_internal_id`;

const ONE: QueryShape = {
  fields: { [INQUIRY_TYPE]: membersOf(INQUIRY), [CUSTOMER_TYPE]: membersOf(CUSTOMER) },
  include: ['customer'],
};
/** Numbers are given in the order in which inquiries come, so both keys mean the same order. */
const LIST: QueryShape = {
  ...ONE,
  paged: true,
  sort: ['created_at', 'internal_id'],
  sortable: keys => new Set(keys.map(key => key.descending)).size <= 1,
  statuses: STATUSES,
};

const about = { group: 'SaaS - Inquiries', provenance: 'convention', section: 'flecto.md §4' } as const;

const statusRoute = (operation: string, verb: StatusChange): Route => ({
  ...about,
  group: 'SaaS - Inquiry Status',
  method: 'POST',
  path: `${MEMBER}/status/${verb}`,
  operation,
  answers: { 200: wholeDocument(INQUIRY) },
  handle: call => changeStatus(call, verb),
});

export const inquiryRoutes: readonly Route[] = [
  {
    ...about,
    method: 'GET',
    path: '/api/saas/inquiries/:id',
    operation: 'Show details of one inquiry',
    query: parametersOf(ONE),
    answers: { 200: oneDocument(INQUIRY, CUSTOMER) },
    handle: call => showInquiry(call, 'id'),
  },
  {
    ...about,
    method: 'GET',
    path: MEMBER,
    operation: 'Shows specific owner inquiry',
    query: parametersOf(ONE),
    answers: { 200: oneDocument(INQUIRY, CUSTOMER) },
    handle: call => showInquiry(call, 'inquiry_internal_id'),
  },
  {
    ...about,
    method: 'GET',
    path: COLLECTION,
    operation: 'Shows all the owner inquiries',
    query: parametersOf(LIST),
    answers: { 200: pagedDocument(INQUIRY, CUSTOMER) },
    handle: listInquiries,
  },
];

export const inquiryStatusRoutes: readonly Route[] = [
  statusRoute('Unreject inquiry', 'unreject'),
  statusRoute('Unapprove inquiry', 'unapprove'),
  statusRoute('Rejects inquiry', 'reject'),
  statusRoute('Approve inquiry', 'approve'),
];

async function showInquiry(call: Call, parameter: 'id' | 'inquiry_internal_id'): Promise<WireAnswer> {
  const query = readQuery(call.request, ONE);
  const inquiry = await findInquiry(call, parameter);
  const customers = await customersOf(call, [inquiry]);
  return answer(
    call,
    200,
    compose(query, inquiryResource(inquiry, customers), includedWith(query, customers)),
  );
}

/** The newest come first, as an inbox has them, unless another order is asked for [convention]. */
async function listInquiries(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, LIST);
  const page = pageOf(query);
  const { objects } = call.services;
  const { tenant } = call.caller;
  const match = query.status === undefined ? {} : { status: query.status };
  const [found, total] = await Promise.all([
    objects.list(tenant, INQUIRIES, {
      match,
      descending: query.sort[0]?.descending ?? true,
      offset: offsetOf(page),
      limit: page.size,
    }),
    objects.count(tenant, INQUIRIES, match),
  ]);
  const customers = await customersOf(call, found);
  const resources = found.map(inquiry => inquiryResource(inquiry, customers));
  const document = compose(query, resources, includedWith(query, customers));
  return answer(call, 200, paged(call.request, document, page, total));
}

async function changeStatus(call: Call, verb: StatusChange): Promise<WireAnswer> {
  expectNothing(call.request);
  const { number } = await findInquiry(call, 'inquiry_internal_id');
  const { from, to } = CHANGES[verb];
  const after = await call.services.objects.change(call.caller.tenant, INQUIRIES, number, body => {
    if ((body as InquiryBody).status !== from) {
      throw new ConcordError('state-conflict', { context: { rule: `not-${from}` } });
    }
    return { ...body, status: to } satisfies ObjectBody;
  });
  if (!after) throw new ConcordError('object-not-found');
  return answer(call, 200, { data: inquiryResource(after, await customersOf(call, [after])) });
}

/** The customers whom these inquiries are from, by id; those who were removed are left out. */
async function customersOf(
  call: Call,
  inquiries: readonly StoredObject[],
): Promise<ReadonlyMap<string, Customer>> {
  const ids = [...new Set(inquiries.flatMap(inquiry => bodyOf(inquiry).customer ?? []))];
  if (ids.length === 0) return new Map();
  const found = await call.services.customers.select(call.caller.tenant, { ids });
  return new Map(found.map(customer => [customer.id, customer]));
}

const includedWith = ({ include }: Query, customers: ReadonlyMap<string, Customer>) =>
  include.has('customer') ? [...customers.values()].map(customerResource) : [];
