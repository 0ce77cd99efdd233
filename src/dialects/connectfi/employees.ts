/** Employees of a business: individual customers with a position there (connectfi.md §4.4, §4.5). */
import type { Customer } from '../../record/customer.ts';
import { nameParts } from '../../record/names.ts';
import type { Employee } from '../../record/people.ts';
import { employeeExists, employeeNotFound, tooManyEmployees } from './errors.ts';
import { customerIdOf, employeeIdOf } from './identifiers.ts';
import type { WireEmployee } from './wire.ts';

/** The names of all of them are read for every answer about their business, in one statement. */
export const EMPLOYEES_MAXIMUM = 1_000;

/** The individuals behind employees, by the id of the record. */
export type People = ReadonlyMap<string, Customer>;

export const NOBODY: People = new Map();

/** An employee whose customer was removed is still listed, without names: the business has to be able to disable it. */
export function readEmployee(employee: Employee, people: People): WireEmployee {
  const person = people.get(employee.customerId);
  const { givenName, familyName } = person ? nameParts(person) : { givenName: '', familyName: '' };
  return {
    employeeId: employeeIdOf(employee),
    firstName: givenName,
    lastName: familyName,
    position: employee.position,
    status: employee.status,
    dtsCreatedAt: employee.createdAt,
  };
}

/**
 * The business with the employee. One who was disabled works there again, under the new position and since the first day.
 *
 * @throws ConcordError `state-conflict` for one who works there already, and for one too many.
 */
export function addEmployee(
  business: Customer,
  { id }: Pick<Customer, 'id'>,
  position: string,
  now: string,
): Customer {
  const { employees } = business;
  const present = employees.find(each => each.customerId === id);
  if (present?.status === 'active') throw employeeExists(customerIdOf(business), employeeIdOf(present));
  if (present) return withEmployee(business, { ...present, position, status: 'active' });
  if (employees.length >= EMPLOYEES_MAXIMUM) throw tooManyEmployees(EMPLOYEES_MAXIMUM);
  return {
    ...business,
    employees: [...employees, { customerId: id, position, status: 'active', createdAt: now }],
  };
}

/** The business without the employee at work; one who is disabled stays so. @throws ConcordError `state-conflict`. */
export function disableEmployee(business: Customer, employeeId: string): Customer {
  const present = business.employees.find(each => employeeIdOf(each) === employeeId);
  if (!present) throw employeeNotFound(customerIdOf(business), employeeId);
  return present.status === 'disabled'
    ? business
    : withEmployee(business, { ...present, status: 'disabled' });
}

const withEmployee = (business: Customer, employee: Employee): Customer => ({
  ...business,
  employees: business.employees.map(each => (each.customerId === employee.customerId ? employee : each)),
});
