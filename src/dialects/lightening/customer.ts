/** Lightening's customer object, which can only be read (lightening.md §6.2 [docs: customer]). */
import { type Address, addressWithRole, mainAddress } from '../../record/address.ts';
import type { ContactKind } from '../../record/contact-points.ts';
import { type Customer, isArchived, taxId } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { wholeName } from '../../record/names.ts';
import type { Resource } from '../lens.ts';
import { type BranchNames, branchName, NO_BRANCHES } from './branch.ts';
import { readContent } from './lens.ts';
import { CONTACT_POINTS_MAXIMUM, customerOmissions, inOrder } from './untold.ts';
import { flag } from './wire.ts';

/** `2026-01-31 09:00:00`, in UTC. */
const timestamp = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

function numbered(customer: Customer, kind: ContactKind, name: string): Record<string, string> {
  const points = inOrder(customer, kind);
  const places = Array.from({ length: CONTACT_POINTS_MAXIMUM }, (_, place) => place);
  return Object.fromEntries(places.map(place => [`${name}${place + 1}`, points[place]?.value ?? '']));
}

function place(prefix: 'physical' | 'mailing', address: Address | undefined): Record<string, string> {
  const shown = address && readContent(address);
  return {
    [`${prefix}_street1`]: shown?.street1 ?? '',
    [`${prefix}_street2`]: shown?.street2 ?? '',
    [`${prefix}_city`]: shown?.city ?? '',
    [`${prefix}_code`]: shown?.postal_code ?? '',
    [`${prefix}_state`]: shown?.state ?? '',
    [`${prefix}_country`]: shown?.country ?? '',
  };
}

/**
 * All keys in the published order; what the record does not know has the vendor's default. `branches` has the names
 * that whoever asks has read.
 */
export function readCustomer(
  customer: Customer,
  branches: BranchNames = NO_BRANCHES,
): Record<string, string | null> {
  const main = mainAddress(customer)?.address;
  return {
    account: customer.accountNumber ?? '',
    name: wholeName(customer),
    is_active: flag(customer.status === 'active' && !isArchived(customer)),
    ...place('physical', main),
    ...place('mailing', addressWithRole(customer, 'billing')?.address),
    ...numbered(customer, 'phone', 'tel'),
    ...numbered(customer, 'email', 'email'),
    // The branch that serves the main address: the record knows branches of addresses alone.
    branch_id: String(main?.branch ?? 0),
    import_number: '',
    export_number: '',
    vat_number: taxId(customer, 'vat') ?? '',
    eori: '',
    customer_group_1_id: '0',
    customer_group_2_id: '0',
    customer_invoice_group_id: '0',
    salesforce_id: '',
    power_of_attorney: '0',
    fish_wildlife: '0',
    bond: '0',
    consent_to_scan: '0',
    sales_rep_id: '0',
    ksmsid: '',
    communication_digest: '0',
    communication_milestone: '0',
    user_created_id: '0',
    broker_name: '',
    broker_street1: '',
    broker_street2: '',
    broker_code: '',
    broker_city: '',
    broker_country: '',
    broker_tel1: '',
    broker_tel2: '',
    broker_fax: '',
    commodity: '',
    is_active_note: '',
    create_method: '',
    reference_required: '0',
    show_customer_notes: '0',
    currency: '',
    pp_id: '',
    id: String(customer.number),
    created_at: timestamp(customer.createdAt),
    updated_at: timestamp(customer.updatedAt),
    broker_state: '',
    locale: customer.language ?? '',
    invoice_by_cost_center: '0',
    auto_consolidate_invoice: '0',
    finance_query_email: '',
    is_intercompany: '0',
    financial_comments: '',
    invoice_auto_creation: '0',
    auto_invoice_to_contact: '0',
    auto_invoice_to_default: '0',
    invoice_target_email: '',
    is_person: flag(customer.kind === 'individual'),
    branch_name: branchName(branches, main?.branch ?? null),
    customer_group_1_name: null,
    customer_group_2_name: null,
    customer_invoice_group_name: null,
    sales_rep_name: null,
  };
}

/** No operation writes it, so what was read says nothing when it comes back. */
export const customer: Resource = {
  name: 'customer',
  keys: () => [''],
  read: record => ({ wire: readCustomer(record), omitted: customerOmissions(record) }),
  write: record => record,
  echo: (): Json => ({}),
  touches: [],
};
