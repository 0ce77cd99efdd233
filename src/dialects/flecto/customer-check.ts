/** What customers and contacts must be: each attribute by its schema, and a phone that can be one (flecto.md §3.2). */
import type { ErrorObject } from 'ajv';
import type { Fault } from '../../record/errors.ts';
import { parsePhone } from '../../record/phone.ts';
import { compile } from '../schema.ts';
import { type Attributes, fault, faultsOf } from './request.ts';
import { CustomerAttributes, NewCustomerAttributes } from './wire.ts';

const checkNew = compile(NewCustomerAttributes);
const checkChange = compile(CustomerAttributes);

export const newCustomerFaults = (attributes: Attributes): Fault[] => contactFaults(checkNew, attributes);

export const customerFaults = (attributes: Attributes, shown: Attributes): Fault[] =>
  contactFaults(checkChange, attributes, shown);

/** The faults of anything that has a `phone_number`. */
export function contactFaults(
  check: (value: unknown) => readonly ErrorObject[],
  attributes: Attributes,
  shown: Attributes = {},
): Fault[] {
  const faults = faultsOf(check(attributes), attributes, shown);
  const impossible = phoneFault(attributes, shown);
  return impossible && !faults.some(each => each.field === impossible.field)
    ? [...faults, impossible]
    : faults;
}

/** The gate is *possible*, not *valid*: metadata ages, and a strict check refuses real numbers. */
function phoneFault({ phone_number: phone }: Attributes, shown: Attributes): Fault | undefined {
  if (typeof phone !== 'string' || phone === shown.phone_number || parsePhone(phone)) return undefined;
  return fault('phone_number', 'not-a-phone-number');
}
