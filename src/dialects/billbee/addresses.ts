/** Billbee's operations on customer addresses, in both families of paths (billbee.md §5.2: 6–14). */
import { addressById, addressByNumber } from '../../record/address.ts';
import type { Customer } from '../../record/customer.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Call, WireAnswer } from '../contract.ts';
import { addNewAddress, EMPTIED, newAddress, readAddress, writeAddress } from './address-lens.ts';
import { expectJsonAccepted, page, single } from './answer.ts';
import { expectNotArchived, findCustomer, pathId, swapCustomer } from './ids.ts';
import { type Body, readAddressBody } from './inputs.ts';
import { offsetOf, pagingOf, readPaging } from './paging.ts';
import { hasId } from './request.ts';
import { expectNoFaults, invalid } from './values.ts';
import type { AddressInput } from './wire.ts';

export async function listAllAddresses({ request, caller, services }: Call): Promise<WireAnswer> {
  expectJsonAccepted(request);
  const wanted = readPaging(request.query);
  const [total, owned] = await Promise.all([
    services.customers.countAddresses(caller.tenant),
    services.customers.listAddresses(caller.tenant, { offset: offsetOf(wanted), limit: wanted.size }),
  ]);
  const rows = owned.map(({ customer, link }) => readAddress(customer, link.address.id));
  return page(request, pagingOf(wanted, total), rows);
}

export async function listAddresses(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  expectJsonAccepted(call.request);
  const customer = await findCustomer(call, { number });
  const wanted = readPaging(call.request.query);
  const links = customer.addresses.toSorted((a, b) => (a.address.number ?? 0) - (b.address.number ?? 0));
  const rows = links.slice(offsetOf(wanted), offsetOf(wanted) + wanted.size);
  return page(
    call.request,
    pagingOf(wanted, links.length),
    rows.map(link => readAddress(customer, link.address.id)),
  );
}

/** The customer is the one in the path, whatever CustomerId says (billbee.md §5.2 (7) [docs: swagger-2024]). */
export async function addToCustomer(call: Call): Promise<WireAnswer> {
  const number = pathId(call);
  return add(call, number, readAddressBody(call.request), new ConcordError('customer-not-found'));
}

/** The customer is named by the body; none and an unknown one are a broken rule (§5.2 (12) [convention]). */
export async function createAddress(call: Call): Promise<WireAnswer> {
  const body = readAddressBody(call.request);
  const { CustomerId: number } = body.input;
  const absent = invalid('CustomerId', 'is not the Id of a customer.');
  if (!hasId(number)) throw absent;
  return add(call, number, body, absent);
}

async function add(
  call: Call,
  number: number,
  { input, faults }: Body<AddressInput>,
  absent: ConcordError,
): Promise<WireAnswer> {
  const address = newAddress();
  const stored = await swapCustomer(
    call,
    { number },
    customer => {
      if (hasId(input.Id)) throw invalid('Id', 'must be null for a new address.');
      expectNoFaults(faults);
      return addNewAddress(customer, input, address);
    },
    absent,
  );
  return single(call.request, readAddress(stored, address.id));
}

export async function getAddress(call: Call): Promise<WireAnswer> {
  const addressNumber = pathId(call);
  expectJsonAccepted(call.request);
  const customer = await findCustomer(call, { addressNumber });
  return single(call.request, readAddress(customer, idOf(customer, addressNumber)));
}

export function replaceAddress(call: Call): Promise<WireAnswer> {
  return change(call, input => ({ ...EMPTIED, ...input }));
}

export function patchAddress(call: Call): Promise<WireAnswer> {
  return change(call, input => input);
}

/** Id and CustomerId of the body are ignored (billbee.md §5.2 (9), (10)). */
async function change(call: Call, complete: (input: AddressInput) => AddressInput): Promise<WireAnswer> {
  const addressNumber = pathId(call);
  const { input, faults } = readAddressBody(call.request);
  const stored = await swapCustomer(call, { addressNumber }, customer => {
    const id = idOf(customer, addressNumber);
    expectNotArchived('address', addressById(customer, id)!.address);
    expectNoFaults(faults);
    return writeAddress(customer, id, complete(input));
  });
  return single(call.request, readAddress(stored, idOf(stored, addressNumber)));
}

/** @throws ConcordError `address-not-found`, where the address went while it was asked for. */
function idOf(customer: Customer, addressNumber: number): string {
  const link = addressByNumber(customer, addressNumber);
  if (!link) throw new ConcordError('address-not-found');
  return link.address.id;
}
