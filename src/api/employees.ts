/** Employees are individual customers of the tenant, which only the tenant's customers can tell. */
import type { Customer } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import type { ApiCall } from './route.ts';
import type { EmployeeSent } from './sent.ts';

/** Those who are sent and are no individuals of the tenant. */
export async function strangersAmong(
  { services, caller }: ApiCall,
  sent: readonly EmployeeSent[] | null | undefined,
): Promise<ReadonlySet<string>> {
  const ids = new Set(sent?.map(employee => employee.customerId));
  if (ids.size === 0) return ids;
  const found = await services.customers.select(caller.tenant, { ids: [...ids] });
  const individuals = new Set(found.filter(({ kind }) => kind === 'individual').map(({ id }) => id));
  return new Set([...ids].filter(id => !individuals.has(id)));
}

/** One who is an employee already may be no more a customer. @throws ConcordError `value-invalid`. */
export function expectNoNewStrangers(
  before: Customer | undefined,
  after: Customer,
  strangers: ReadonlySet<string>,
): void {
  const faults = after.employees.flatMap(({ customerId }, at) =>
    !strangers.has(customerId) || before?.employees.some(each => each.customerId === customerId)
      ? []
      : [{ field: `employees/${at}/customerId`, message: 'must be the id of an individual customer' }],
  );
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
}
