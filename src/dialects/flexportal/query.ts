/** FlexPortal's query parameters of a list: filters, order and cursor (flexportal.md §3.1, §4.1). */
import type { CustomerFilter, CustomerOrder, CustomerQuery } from '../../record/customers.ts';
import { EMAIL_MAXIMUM } from '../../record/email.ts';
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { WireRequest } from '../contract.ts';
import { compile, Line, type Static, Type } from '../schema.ts';
import { customerUuid } from './identifiers.ts';
import { faultOf } from './request.ts';
import { choice } from './wire.ts';

/** §4.1 [docs: overview]. */
const LIMIT_DEFAULT = 50;
export const LIMIT_MAXIMUM = 100;

/** What lists can be ordered by, and how the record calls it (§3.1 [docs: customers/list (p)]). */
const ORDERS = {
  createdAt: 'createdAt',
  firstName: 'givenName',
  lastName: 'familyName',
  email: 'email',
  totalMonthlyRevenue: 'monthlyRevenue',
  totalDevicesRented: 'activeSubscriptions',
} as const satisfies Record<string, CustomerOrder['by']>;

type OrderName = keyof typeof ORDERS;

/** Every parameter is a text (§3.1); a limit above the maximum is clamped, not refused (§4.1 [convention]). */
export const ListParameters = Type.Partial(
  Type.Object({
    limit: Type.String({ pattern: '^0*[1-9][0-9]*$' }),
    // Opaque to clients; `customerUuid` says whether it is one of ours.
    startAfter: Type.String(),
    status: choice('active', 'inactive'),
    customerType: choice('individual', 'business'),
    email: Line(EMAIL_MAXIMUM, { minLength: 1 }),
    hasActiveRentals: choice('true', 'false'),
    sortBy: choice(...(Object.keys(ORDERS) as OrderName[])),
    sortDir: choice('asc', 'desc'),
  }),
);
type ListParameters = Static<typeof ListParameters>;

const checkList = compile(ListParameters);

/** @throws ConcordError `request-invalid` with one fault a parameter. Unknown parameters are ignored (§3.3 quirk 6). */
export function readListQuery(request: WireRequest): CustomerQuery {
  const { parameters, faults } = readParameters(request.query);
  faults.push(...checkList(parameters).map(faultOf));
  const after = parameters.startAfter === undefined ? undefined : customerUuid(parameters.startAfter);
  if (parameters.startAfter !== undefined && after === undefined) faults.push(CURSOR_FAULT);
  if (faults.length > 0) throw invalidParameters(faults);
  return {
    filter: filterOf(parameters),
    order: { by: ORDERS[parameters.sortBy ?? 'createdAt'], descending: parameters.sortDir !== 'asc' },
    limit: Math.min(Number(parameters.limit ?? LIMIT_DEFAULT), LIMIT_MAXIMUM),
    ...(after !== undefined && { after }),
  };
}

/** The known parameters, of which each is given once; blanks around an e-mail say nothing (§2.4 [convention]). */
function readParameters(query: string): { parameters: ListParameters; faults: Fault[] } {
  const given = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  const parameters: Record<string, string> = {};
  const faults: Fault[] = [];
  for (const name of Object.keys(ListParameters.properties)) {
    const [first, ...others] = given.get(name) ?? [];
    if (others.length > 0) faults.push({ field: name, message: 'Must be given once', code: 'custom' });
    else if (first) parameters[name] = name === 'email' ? first[1].trim() : first[1];
  }
  return { parameters: parameters as ListParameters, faults };
}

/** Inactive customers are deleted ones, and left out unless they are asked for (§3.1 [docs: customers/delete (p)]). */
function filterOf({ status, customerType, email, hasActiveRentals }: ListParameters): CustomerFilter {
  return {
    status: status ?? 'active',
    ...(customerType !== undefined && { kind: customerType }),
    ...(email !== undefined && { email }),
    ...(hasActiveRentals !== undefined && { subscribed: hasActiveRentals === 'true' }),
  };
}

const CURSOR_FAULT: Fault = {
  field: 'startAfter',
  message: 'Must be the nextCursor of a page before',
  code: 'custom',
};

/** §4.1 [convention]: an unknown or foreign cursor. */
export const cursorUnknown = (): ConcordError => invalidParameters([CURSOR_FAULT]);

const invalidParameters = (faults: readonly Fault[]): ConcordError =>
  new ConcordError('request-invalid', { message: 'The query parameters are not valid.', faults });
