/** The answer of every operation on a customer: its record, with the people whom it names (connectfi.md §3.2). */
import type { Customer } from '../../record/customer.ts';
import type { Call, WireAnswer } from '../contract.ts';
import { success } from './answer.ts';
import { EMPLOYEES_MAXIMUM, NOBODY, type People } from './employees.ts';
import { readCustomer } from './lens.ts';

/** Employees stand there under their names as they are now. */
export async function customerRecord(call: Call, customer: Customer): Promise<WireAnswer> {
  return success(call.request, readCustomer(customer, await findPeople(call, customer)));
}

async function findPeople({ caller, services }: Call, { employees, kind }: Customer): Promise<People> {
  if (kind === 'individual' || employees.length === 0) return NOBODY;
  const ids = employees.slice(0, EMPLOYEES_MAXIMUM).map(each => each.customerId);
  const found = await services.customers.select(caller.tenant, { ids });
  return new Map(found.map(each => [each.id, each]));
}
