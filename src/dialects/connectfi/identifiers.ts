/** connectFi's ids: a prefix for the kind and the UUID in base 62 (connectfi.md §3.1). */
import type { Customer, CustomerKind } from '../../record/customer.ts';
import { fromBase62, newId, toBase62 } from '../../record/identifier.ts';
import type { Employee, Representative } from '../../record/people.ts';
import { remember, remembered } from '../../record/phrasing.ts';
import { DIALECT } from './wire.ts';

/** Representatives have the prefix of businesses (§4.6 [seed]). */
const PREFIXES: Readonly<Record<CustomerKind, string>> = { individual: 'cstap_', business: 'cstab_' };

export const customerIdOf = (customer: Pick<Customer, 'id' | 'kind'>): string =>
  PREFIXES[customer.kind] + toBase62(customer.id);

/** The UUID in an id of this kind, or `undefined` when it is none. */
function uuidIn(kind: CustomerKind, id: string): string | undefined {
  const prefix = PREFIXES[kind];
  return id.startsWith(prefix) ? fromBase62(id.slice(prefix.length)) : undefined;
}

/** The UUID of the customer that the id may name; `customerIdOf` tells whether its kind is the right one. */
export const customerUuid = (id: string): string | undefined =>
  uuidIn('individual', id) ?? uuidIn('business', id);

/** An employee is an individual customer (§4.4 [docs]), and is named so after that customer was removed, too. */
export const employeeIdOf = ({ customerId }: Pick<Employee, 'customerId'>): string =>
  customerIdOf({ id: customerId, kind: 'individual' });

export const representativeIdOf = (representative: Representative): string => {
  const given = remembered(representative, DIALECT, 'id');
  return typeof given === 'string' ? given : PREFIXES.business + toBase62(representative.id);
};

/** The UUID for a new representative: the one in its id, if the client gave an id that has one. */
export const representativeUuid = (id: string | undefined): string =>
  (id === undefined ? undefined : uuidIn('business', id)) ?? newId();

/** §4.1 [docs]: an id may be given at registration. One that is not of our making is kept word for word. */
export const withRepresentativeId = (
  representative: Representative,
  id: string | undefined,
): Representative =>
  id === undefined || id === representativeIdOf(representative)
    ? representative
    : remember(representative, DIALECT, 'id', id);

/** The same as a key of the record. */
export function customerKey(text: string): { readonly id: string } | undefined {
  const id = customerUuid(text);
  return id === undefined ? undefined : { id };
}
