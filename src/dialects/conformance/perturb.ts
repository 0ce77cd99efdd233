/** Changes of single values of a record, each to another one that a vendor could have written. */
import fc from 'fast-check';
import type { Customer } from '../../record/customer.ts';
import { difference } from '../../record/difference.ts';
import { US_STATES } from '../../record/region.ts';

/** What is given, derived, or bookkeeping, and what only has a meaning together with other links. */
const FIXED =
  /(^|\/)(id|number|version|kind|createdAt|updatedAt|createdBy|archivedAt|restoredAt|e164|houseNumber|main|roles|rank|purposes|order|role|issuingRegion|customerId)$|phrasings/;

/** The paths of all values of the customer that may be another one. */
export const leavesOf = (customer: Customer): string[] =>
  difference(undefined, customer)
    .map(change => change.path)
    .filter(path => !FIXED.test(path));

/** The customer with another value at the path. */
export const perturbed = (customer: Customer, path: string): Customer =>
  setAt(customer, path.split('/'), path) as Customer;

/** The customer with some of its values changed: what somebody sees who edits what is there. */
export const edited = (customer: Customer): fc.Arbitrary<Customer> => {
  const leaves = leavesOf(customer);
  return fc
    .subarray(leaves, { maxLength: Math.min(4, leaves.length) })
    .map(paths => paths.reduce((current, path) => perturbed(current, path), customer));
};

function setAt(value: unknown, segments: readonly string[], path: string): unknown {
  const [segment, ...rest] = segments;
  if (segment === undefined) return another(value, path);
  if (Array.isArray(value)) {
    return value.map(item => (idOf(item) === segment ? setAt(item, rest, path) : item));
  }
  const object = value as Record<string, unknown>;
  const after = { ...object, [segment]: setAt(object[segment], rest, path) };
  // A phone and its E.164 are one thing in two forms.
  return segment === 'value' && 'e164' in object ? { ...after, e164: e164Of(after.value as string) } : after;
}

/** As `difference` names the items of a list. */
function idOf(item: unknown): string | undefined {
  const { id, customerId, address } = item as { id?: string; customerId?: string; address?: { id: string } };
  return id ?? address?.id ?? customerId;
}

const e164Of = (value: string): string | null => (/^\+\d{8,15}$/.test(value) ? value : null);

const SWAPS: Readonly<Record<string, readonly [string, string]>> = {
  gender: ['female', 'male'],
  citizenship: ['US', 'PT'],
  issuingCountry: ['US', 'PT'],
  country: ['US', 'PT'],
  language: ['en', 'pt'],
  status: ['active', 'inactive'],
  birthDate: ['1990-01-02', '1991-03-04'],
  expiryDate: ['2030-01-02', '2031-03-04'],
  latitude: ['12.5', '-7.25'],
  longitude: ['12.5', '-7.25'],
  monthlyAmount: ['10.00', '20.50'],
};

function another(value: unknown, path: string): unknown {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const swap = path.startsWith('orders/') || path.startsWith('subscriptions/') ? undefined : SWAPS[name];
  if (name === 'status' && path.startsWith('orders/')) return value === 'pending' ? 'fulfilled' : 'pending';
  if (name === 'status' && path.startsWith('subscriptions/')) return value === 'active' ? 'ended' : 'active';
  if (name === 'status' && path.startsWith('employees/')) return value === 'active' ? 'disabled' : 'active';
  if (name === 'monthlyAmount') return value === '10.00' ? '20.50' : '10.00';
  if (swap) return value === swap[0] ? swap[1] : swap[0];
  if (name === 'taxIds') return [{ kind: 'vat', value: 'PT999999990' }];
  if (name === 'region' && US_STATES.includes(value as string)) return value === 'NJ' ? 'PA' : 'NJ';
  if (name === 'postalCode') return value === '54321' ? '12345' : '54321';
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return value;
  if (/^\+?\d[\d ]*$/.test(value))
    return value.endsWith('7') ? `${value.slice(0, -1)}8` : `${value.slice(0, -1)}7`;
  return value.startsWith('x') ? `y${value.slice(1)}` : `x${value}`;
}
