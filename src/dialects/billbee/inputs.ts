/** Bound bodies as inputs of the lenses: what says nothing is left out (billbee.md §3.2, §5.2 (4)). */
import type { Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { isObject } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import type { Bound } from './bind.ts';
import { ADDRESS, CUSTOMER, NEW_CUSTOMER } from './model.ts';
import { readBody } from './request.ts';
import { faultsOf } from './values.ts';
import type { AddressInput, CustomerInput } from './wire.ts';

export interface Body<Input> {
  readonly input: Input;
  /** The rules that its values break; whether the record is there and may be changed comes first. */
  readonly faults: readonly Fault[];
}

export interface NewCustomerBody extends Body<CustomerInput> {
  readonly address: AddressInput | null;
}

export function readCustomerBody(request: WireRequest): Body<CustomerInput> {
  const bound = readBody(request, CUSTOMER);
  return { input: customerInput(bound), faults: faultsOf(CUSTOMER, bound) };
}

export function readNewCustomerBody(request: WireRequest): NewCustomerBody {
  const bound = readBody(request, NEW_CUSTOMER);
  const { Address, ...customer } = bound;
  return {
    input: customerInput(customer),
    faults: faultsOf(NEW_CUSTOMER, bound),
    address: isObject(Address) ? (Address as AddressInput) : null,
  };
}

export function readAddressBody(request: WireRequest): Body<AddressInput> {
  const bound = readBody(request, ADDRESS);
  return { input: bound as AddressInput, faults: faultsOf(ADDRESS, bound) };
}

/** In a contact entry null says nothing, but for a SubType; lists and objects of null leave what is there. */
function customerInput(bound: Bound): CustomerInput {
  const input: Record<string, Json> = {};
  for (const [name, value] of Object.entries(bound)) {
    if (Array.isArray(value)) input[name] = (value as readonly Json[]).map(withoutNulls);
    else input[name] = withoutNulls(value);
  }
  return input as CustomerInput;
}

const withoutNulls = (value: Json): Json =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([name, item]) => item !== null || name === 'SubType'))
    : value;
