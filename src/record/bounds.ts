/** How much one customer may hold: the record is read, compared and written whole, by each request that is about it. */
import type { Customer } from './customer.ts';
import { ConcordError } from './errors.ts';
import type { Json } from './json.ts';
import type { Person } from './people.ts';

/** Addresses of one customer: many times what firms have, and each is read and written with the customer. */
export const ADDRESSES_MAXIMUM = 1_000;

/**
 * Entries of all lists of one customer together, those of the representatives included: a thousand of everything that
 * firms have many of. So many are an answer of some 1 MB, and of 8 MB in the views of all dialects, which take a second.
 */
export const ENTRIES_MAXIMUM = 3_000;

/** Of all custom fields of a customer as JSON, in UTF-16 units. */
export const CUSTOM_FIELDS_MAXIMUM = 100_000;

/**
 * Of the whole record as JSON, in UTF-16 units, with all that vendors said: three times what is in ordinary entries, as
 * many as one may have. Requests are bounded each, but what they leave adds up.
 */
export const RECORD_MAXIMUM = 3_000_000;

interface Bound {
  readonly rule: 'too-many-addresses' | 'too-many-entries' | 'too-large';
  readonly maximum: number;
  readonly message: string;
  sizeOf(customer: Customer): number;
}

const BOUNDS: readonly Bound[] = [
  {
    rule: 'too-many-addresses',
    maximum: ADDRESSES_MAXIMUM,
    message: `A customer has at most ${ADDRESSES_MAXIMUM} addresses.`,
    sizeOf: customer => customer.addresses.length,
  },
  {
    rule: 'too-many-entries',
    maximum: ENTRIES_MAXIMUM,
    message: `A customer has at most ${ENTRIES_MAXIMUM} entries in all lists together.`,
    sizeOf: entriesOf,
  },
  {
    rule: 'too-large',
    maximum: CUSTOM_FIELDS_MAXIMUM,
    message: `The custom fields of a customer are at most ${CUSTOM_FIELDS_MAXIMUM} characters of JSON together.`,
    sizeOf: ({ customFields }) => lengthOf(customFields),
  },
  {
    rule: 'too-large',
    maximum: RECORD_MAXIMUM,
    message: `A customer is at most ${RECORD_MAXIMUM} characters of JSON.`,
    // Whoever is beyond it can be archived and restored all the same.
    sizeOf: customer => lengthOf({ ...customer, archivedAt: null, restoredAt: null }),
  },
];

/** @throws ConcordError `state-conflict` with context `{rule}` when the customer grew beyond a maximum. */
export function expectBounded(before: Customer | undefined, after: Customer): void {
  if (before === after) return;
  for (const { rule, maximum, message, sizeOf } of BOUNDS) {
    const size = sizeOf(after);
    if (size > maximum && (before === undefined || size > sizeOf(before))) {
      throw new ConcordError('state-conflict', { message, context: { rule } });
    }
  }
}

/** Orders and subscriptions are the operator's alone, and have a bound of their own where they are written. */
function entriesOf(customer: Customer): number {
  const { representatives, employees } = customer;
  return [customer, ...representatives].reduce(
    (count, party) => count + partyEntriesOf(party),
    representatives.length + employees.length,
  );
}

const partyEntriesOf = ({
  contactPoints,
  addresses,
  identityDocuments,
}: Pick<Customer, 'contactPoints' | 'addresses'> & Pick<Person, 'identityDocuments'>): number =>
  contactPoints.length + addresses.length + identityDocuments.length;

const lengthOf = (value: Customer | Json): number => JSON.stringify(value).length;
