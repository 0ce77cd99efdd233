/** Examples of connectFi's operations on employees (connectfi.md §4.4, §4.5). */
import type { Json } from '../../record/json.ts';
import type { Example, ExampleFailure, World } from '../conformance/examples.ts';
import {
  archivedId,
  bodyFailures,
  businessId,
  individualId,
  invalid,
  refused,
  UNKNOWN,
  UNKNOWN_BUSINESS,
  unknownToken,
} from './examples-failures.ts';
import { representativeIdOf } from './identifiers.ts';

const staffedId = ({ made }: World): string => String(made.staffed);
const closedId = ({ made }: World): string => String(made.closed);
const otherId = ({ made }: World): string => String(made.other);

type Wish = (world: World) => { readonly [name: string]: Json };

const employment: Wish = world => ({
  companyId: businessId(world),
  employeeId: individualId(world),
  position: 'Engineer 1',
});

const failure = (
  name: string,
  base: Wish,
  change: Wish,
  outcome: Pick<ExampleFailure, 'status' | 'body'>,
): ExampleFailure => ({
  name,
  request: world => ({ body: { ...base(world), ...change(world) } }),
  ...outcome,
});

/** What both operations say of the company. */
const companyFailures = (base: Wish): readonly ExampleFailure[] => [
  ...bodyFailures,
  failure(
    'a companyId of another shape',
    base,
    () => ({ companyId: 'a-b' }),
    invalid('/companyId', 'pattern'),
  ),
  failure('an unknown property', base, () => ({ salary: 1 }), invalid('', 'additionalProperties')),
  failure(
    'an unknown company',
    base,
    () => ({ companyId: UNKNOWN_BUSINESS }),
    refused('customerNotFound', { customerId: UNKNOWN_BUSINESS }),
  ),
  failure(
    'an individual as the company',
    base,
    world => ({ companyId: individualId(world) }),
    refused('wrongCustomerType', { customerType: 'individual' }),
  ),
];

const add: Example = {
  request: world => ({ body: employment(world) }),
  status: 200,
  body: world => ({
    code: '0',
    data: {
      customerId: businessId(world),
      employees: [{ employeeId: individualId(world), position: 'Engineer 1', status: 'active' }],
    },
  }),
  failures: [
    ...companyFailures(employment),
    failure(
      'an archived company',
      employment,
      world => ({ companyId: closedId(world), employeeId: otherId(world) }),
      refused('customerArchived'),
    ),
    {
      name: 'no position',
      request: world => ({ body: { companyId: businessId(world), employeeId: individualId(world) } }),
      ...invalid('', 'required'),
    },
    failure(
      'a position of blanks',
      employment,
      () => ({ position: ' ' }),
      invalid('/position', 'isNotOnlyWhitespace'),
    ),
    failure(
      'an unknown employee',
      employment,
      () => ({ employeeId: UNKNOWN }),
      refused('customerNotFound', { customerId: UNKNOWN }),
    ),
    failure(
      'a business as the employee',
      employment,
      world => ({ employeeId: businessId(world) }),
      refused('wrongCustomerType', { customerType: 'business' }),
    ),
    failure(
      'an archived employee',
      employment,
      world => ({ employeeId: archivedId(world) }),
      refused('customerArchived'),
    ),
    failure(
      'one who works there already',
      employment,
      world => ({ companyId: staffedId(world) }),
      refused('employeeExists'),
    ),
    unknownToken,
  ],
};

const dismissal: Wish = world => ({ companyId: staffedId(world), employeeId: individualId(world) });

const disable: Example = {
  request: world => ({ body: dismissal(world) }),
  status: 200,
  body: world => ({
    code: '0',
    data: { employees: [{ employeeId: individualId(world), status: 'disabled' }] },
  }),
  failures: [
    ...companyFailures(dismissal),
    failure(
      'an archived company',
      dismissal,
      world => ({ companyId: closedId(world) }),
      refused('customerArchived'),
    ),
    failure(
      'one who does not work there',
      dismissal,
      world => ({ companyId: businessId(world) }),
      refused('employeeNotFound'),
    ),
    failure(
      'a representative',
      dismissal,
      ({ business }) => ({ employeeId: representativeIdOf(business.representatives[0]!) }),
      refused('employeeNotFound'),
    ),
    unknownToken,
  ],
};

export const employeeOperations = { 'Add Employee': add, 'Disable Employee': disable };
