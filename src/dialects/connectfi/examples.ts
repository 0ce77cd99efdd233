/** Examples of connectFi's operations, and how it refuses (connectfi.md §1, §2, §4). */
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import type { Origin } from '../../record/customers.ts';
import type { Employee } from '../../record/people.ts';
import type { Examples } from '../conformance/examples.ts';
import { logIn } from '../login.ts';
import { customerOperations } from './examples-customer.ts';
import { employeeOperations } from './examples-employee.ts';
import { sessionOperations } from './examples-session.ts';
import { customerIdOf } from './identifiers.ts';
import { newToken } from './session.ts';
import { DIALECT } from './wire.ts';

/** A number that no registration of the examples has. */
const ssnOf = (unique: string): string =>
  String((Number.parseInt(unique.replaceAll(/[^0-9a-f]/g, ''), 16) + 1) % 1_000_000_000).padStart(9, '0');

export const examples: Examples = {
  dialect: DIALECT,
  /** Two businesses where the individual works, one of them archived, and a customer with a reference and an SSN. */
  async prepare(services, tenant, { individual, login, unique }) {
    const origin: Origin = { tenant, dialect: DIALECT, actor: 'examples', requestId: 'examples' };
    const now = services.now();
    const employee: Employee = {
      customerId: individual.id,
      position: 'Engineer 1',
      status: 'active',
      createdAt: now,
    };
    const business = (change: Partial<Customer>): Customer => ({
      ...emptyCustomer('business'),
      company: `Meadow Tools ${unique}`,
      ...change,
    });
    const employees = [employee];
    const staffed = await services.customers.create(origin, business({ employees }));
    const closed = await services.customers.create(origin, business({ employees, archivedAt: now }));
    const [reference, ssn] = [`T${unique}`, ssnOf(unique)];
    const taken = { ...emptyCustomer('individual'), familyName: `Taken ${unique}`, reference };
    const other = await services.customers.create(origin, taken, [
      { scope: 'reference', value: reference },
      { scope: 'ssn', value: ssn },
    ]);
    const { token } = await logIn(services, DIALECT, login, 'Demo-password-1!', newToken);
    return {
      staffed: customerIdOf(staffed),
      closed: customerIdOf(closed),
      other: customerIdOf(other),
      reference,
      ssn,
      token,
    };
  },
  operations: { ...customerOperations, ...employeeOperations, ...sessionOperations },
};
