/** connectFi's operations on the employees of a business (connectfi.md §4.4, §4.5 [docs]). */
import { type Customer, isArchived } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { Type } from '../schema.ts';
import { BusinessRecord } from './answers.ts';
import { customerRecord } from './customer-record.ts';
import { addEmployee, disableEmployee } from './employees.ts';
import { wrongCustomerType } from './errors.ts';
import { findTwoCustomers, swapCustomer } from './find.ts';
import { customerIdOf } from './identifiers.ts';
import { MEDIA_TYPES, readBody } from './request.ts';
import { CLOSED, commonId, commonStr50Req, compile } from './schemas.ts';

const parties = { companyId: commonId, employeeId: commonId };

const AddEmployee = Type.Object({ ...parties, position: commonStr50Req }, CLOSED);
const checkAddEmployee = compile(AddEmployee);

const DisableEmployee = Type.Object(parties, CLOSED);
const checkDisableEmployee = compile(DisableEmployee);

const group = 'Customer';

export const employeeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/customer/add-employee',
    operation: 'Add Employee',
    group,
    provenance: 'docs',
    section: 'connectfi.md §4.4',
    body: { mediaTypes: MEDIA_TYPES, schema: AddEmployee },
    answers: { 200: BusinessRecord },
    handle: add,
  },
  {
    method: 'POST',
    path: '/customer/disable-employee',
    operation: 'Disable Employee',
    group,
    provenance: 'docs',
    section: 'connectfi.md §4.5',
    body: { mediaTypes: MEDIA_TYPES, schema: DisableEmployee },
    answers: { 200: BusinessRecord },
    handle: disable,
  },
];

/** The order of checks is ours: the body, both customers, both kinds, then what the business has. */
async function add(call: Call): Promise<WireAnswer> {
  const { companyId, employeeId, position } = readBody(call.request, checkAddEmployee);
  const [company, employee] = await findTwoCustomers(call, companyId, employeeId);
  expectKind(company, 'business');
  expectKind(employee, 'individual');
  // Nothing of the individual changes, but an archived one takes up nothing new.
  if (isArchived(employee)) throw new ConcordError('customer-archived');
  const now = call.services.now();
  const stored = await swapCustomer(call, companyId, business => {
    expectKind(business, 'business');
    return addEmployee(business, employee, position, now);
  });
  return customerRecord(call, stored);
}

/** The individual is not looked up, so that one who was removed can be disabled. */
async function disable(call: Call): Promise<WireAnswer> {
  const { companyId, employeeId } = readBody(call.request, checkDisableEmployee);
  const stored = await swapCustomer(call, companyId, business => {
    expectKind(business, 'business');
    return disableEmployee(business, employeeId);
  });
  return customerRecord(call, stored);
}

function expectKind(customer: Customer, kind: Customer['kind']): void {
  if (customer.kind !== kind) throw wrongCustomerType(customerIdOf(customer), customer.kind);
}
