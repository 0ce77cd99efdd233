/** Inquiries: what a visitor asked for, how it stands, and which customer it is from (flecto.md §3.3, §4). */
import type { Customer, TenantId } from '../../record/customer.ts';
import type { Customers } from '../../record/customers.ts';
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { ObjectPlace, StoredObject } from '../../record/objects.ts';
import { toE164 } from '../../record/phone.ts';
import type { Call } from '../contract.ts';
import { readNumber } from '../path.ts';
import { compile } from '../schema.ts';
import { contactFaults } from './customer-check.ts';
import { identifier, type ResourceObject } from './document.ts';
import { type InquiryAttributes, type InquiryStatus, NewInquiryAttributes } from './inquiry-wire.ts';
import { type Attributes, fault } from './request.ts';
import { customerIdentifier } from './resources.ts';
import { DIALECT, INQUIRY_TYPE } from './wire.ts';

/** They belong to the whole tenant: everybody in the shop sees them. */
export const INQUIRIES: ObjectPlace = { dialect: DIALECT, kind: INQUIRY_TYPE };

/** As it is stored: the attributes, and the id of the customer that it is from. */
export type InquiryBody = InquiryAttributes & { readonly customer: string | null };

export const bodyOf = ({ body }: StoredObject): InquiryBody => body as unknown as InquiryBody;

const check = compile(NewInquiryAttributes);

/** All faults at once: of each attribute, of the contact as a whole, and of the period. */
export function inquiryFaults(attributes: Attributes): Fault[] {
  const faults = contactFaults(check, attributes);
  const { email = null, phone_number = null } = attributes;
  if (email === null && phone_number === null) faults.push(fault('email', 'contact-required'));
  return [
    ...faults,
    ...periodFaults(attributes).filter(each => !faults.some(same => same.field === each.field)),
  ];
}

/** A period has a beginning and an end behind it. */
function periodFaults({ start_at = null, end_at = null }: Attributes): Fault[] {
  if (start_at === null && end_at === null) return [];
  if (start_at === null || end_at === null) {
    return [fault(start_at === null ? 'start_at' : 'end_at', 'period-is-a-pair')];
  }
  const [start, end] = [Date.parse(String(start_at)), Date.parse(String(end_at))];
  if (!isShowable(start)) return [fault('start_at', 'not-a-time')];
  if (!isShowable(end)) return [fault('end_at', 'not-a-time')];
  return end <= start ? [fault('end_at', 'ends-before-it-starts')] : [];
}

const EARLIEST = Date.parse('0000-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** The format lets pass a leap second, which nobody can count with, and years that have no four digits in UTC. */
const isShowable = (time: number): boolean => time >= EARLIEST && time <= LATEST;

/** A new inquiry as it is stored. */
export function newInquiry(attributes: NewInquiryAttributes, customer: Customer | undefined): InquiryBody {
  const { name, email = null, phone_number = null, message = null, items = [] } = attributes;
  return {
    status: 'open',
    ...{ name, email, phone_number, message },
    start_at: utc(attributes.start_at),
    end_at: utc(attributes.end_at),
    items: items.map(({ item_id, quantity = 1 }) => ({ item_id: String(item_id), quantity })),
    customer: customer?.id ?? null,
  };
}

const utc = (time: string | null = null): string | null =>
  time === null ? null : new Date(time).toISOString();

/**
 * The returning customer whom the contact details name: by e-mail without regard to case, then by phone (flecto.md §3.3
 * [docs: D3] [convention]). Of several, the one known for longest.
 */
export async function returningCustomer(
  customers: Customers,
  tenant: TenantId,
  { email = null, phone_number = null }: NewInquiryAttributes,
): Promise<Customer | undefined> {
  const phone = phone_number === null ? null : toE164(phone_number);
  const filters = [...(email === null ? [] : [{ email }]), ...(phone === null ? [] : [{ phone }])];
  for (const filter of filters) {
    const [found] = await customers.query(tenant, { filter, limit: 1 });
    if (found) return found;
  }
  return undefined;
}

/** The inquiry that the path names. @throws ConcordError `object-not-found`. */
export async function findInquiry(
  call: Call,
  parameter: 'inquiry_internal_id' | 'id',
): Promise<StoredObject> {
  const number = readNumber(call.request.params[parameter]);
  const found =
    number === undefined
      ? undefined
      : await call.services.objects.find(call.caller.tenant, INQUIRIES, number);
  if (!found) throw new ConcordError('object-not-found');
  return found;
}

/** The attributes alone, which is what a visitor is told. */
export function visitorsResource(inquiry: StoredObject): ResourceObject {
  const { status, name, email, phone_number, message, start_at, end_at, items } = bodyOf(inquiry);
  return {
    ...identifier(INQUIRY_TYPE, inquiry.number),
    attributes: {
      internal_id: inquiry.number,
      ...{ status, name, email, phone_number, message, start_at, end_at, items },
      created_at: inquiry.createdAt,
      updated_at: inquiry.updatedAt,
    },
  };
}

/** With its customer, who may have been removed meanwhile. */
export function inquiryResource(
  inquiry: StoredObject,
  customers: ReadonlyMap<string, Customer>,
): ResourceObject {
  const customer = customers.get(bodyOf(inquiry).customer ?? '');
  return {
    ...visitorsResource(inquiry),
    relationships: { customer: { data: customer ? customerIdentifier(customer) : null } },
  };
}

/** From which state each change leads, and where to; from any other it is a 409 (flecto.md §4). */
export const CHANGES = {
  approve: { from: 'open', to: 'approved' },
  unapprove: { from: 'approved', to: 'open' },
  reject: { from: 'open', to: 'rejected' },
  unreject: { from: 'rejected', to: 'open' },
} as const satisfies Record<string, { from: InquiryStatus; to: InquiryStatus }>;

export type StatusChange = keyof typeof CHANGES;
