/** Ids of a customer as anybody may know them: the record's own, its number, or that of any dialect. */
import type { Dialect } from '../dialects/contract.ts';
import { readNumber } from '../dialects/path.ts';
import type { Customer } from '../record/customer.ts';
import type { CustomerKey } from '../record/customers.ts';
import { isUuid } from '../record/identifier.ts';

/** Which customers the text may name. */
export function keysIn(text: string, dialects: readonly Dialect[]): CustomerKey[] {
  const number = readNumber(text);
  const id = text.toLowerCase();
  return [
    ...(isUuid(id) ? [{ id }] : []),
    ...(number === undefined ? [] : [{ number }]),
    ...dialects.flatMap(dialect => dialect.customerKey(text) ?? []),
  ];
}

/** Whether the text is an id of this customer, spelled as somebody spells it: the right key may stand behind a wrong prefix. */
export const isIdOf = (customer: Customer, text: string, dialects: readonly Dialect[]): boolean =>
  text.toLowerCase() === customer.id ||
  readNumber(text) === customer.number ||
  dialects.some(dialect => dialect.customerId(customer) === text);
