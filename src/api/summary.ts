/** A customer as one row of a list. */
import { mainAddress } from '../record/address.ts';
import { primaryContactPoint } from '../record/contact-points.ts';
import { type Customer, isArchived } from '../record/customer.ts';
import { wholeName } from '../record/names.ts';
import type { CustomerSummary } from './schemas/customer.ts';

export function customerSummary(customer: Customer): CustomerSummary {
  const address = mainAddress(customer)?.address;
  return {
    id: customer.id,
    number: customer.number,
    name: wholeName(customer),
    kind: customer.kind,
    status: customer.status,
    archived: isArchived(customer),
    email: primaryContactPoint(customer, 'email')?.value ?? null,
    phone: primaryContactPoint(customer, 'phone')?.value ?? null,
    city: address?.city ?? null,
    country: address?.country ?? null,
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    createdBy: customer.createdBy,
  };
}
