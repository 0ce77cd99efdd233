/** Customers by this vendor's ids: found, or changed. */
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call } from '../contract.ts';
import { customerNotFound } from './errors.ts';
import { customerIdOf, customerUuid } from './identifiers.ts';

/** @throws ConcordError `customer-not-found`. */
export async function findCustomer({ caller, services }: Call, customerId: string): Promise<Customer> {
  const id = customerUuid(customerId);
  const customer = id === undefined ? undefined : await services.customers.find(caller.tenant, { id });
  return expectId(customer, customerId);
}

/** Both, or the error for the first that is not there. @throws ConcordError `customer-not-found`. */
export async function findTwoCustomers(
  { caller, services }: Call,
  firstId: string,
  secondId: string,
): Promise<[Customer, Customer]> {
  const ids = [firstId, secondId].flatMap(each => customerUuid(each) ?? []);
  const found = await services.customers.select(caller.tenant, { ids });
  const named = (customerId: string): Customer =>
    expectId(
      found.find(each => customerIdOf(each) === customerId),
      customerId,
    );
  return [named(firstId), named(secondId)];
}

/** The customer after the change, which may refuse by throwing. @throws ConcordError `customer-not-found`. */
export async function swapCustomer(
  call: Call,
  customerId: string,
  change: (customer: Customer) => Customer,
): Promise<Customer> {
  const id = customerUuid(customerId);
  if (id === undefined) throw customerNotFound(customerId);
  try {
    return await call.services.customers.swap(call.origin(), { id }, customer =>
      change(expectId(customer, customerId)),
    );
  } catch (error) {
    const unknown = error instanceof ConcordError && error.code === 'customer-not-found';
    throw unknown ? customerNotFound(customerId) : error;
  }
}

/** The prefix of an id is a part of it: the right UUID behind the wrong one names nobody. */
function expectId(customer: Customer | undefined, customerId: string): Customer {
  if (!customer || customerIdOf(customer) !== customerId) throw customerNotFound(customerId);
  return customer;
}
