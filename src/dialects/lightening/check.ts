/** Lightening's check of a request to write an address: all fields at once, one sentence each (lightening.md §4.6). */
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import type { WireRequest } from '../contract.ts';
import { type TSchema, Type } from '../schema.ts';
import { pairsOf, readPairs, type Sent } from './form.ts';
import { branch, type Checked, degrees, idList, ids, line, mailbox, type Rule } from './values.ts';
import { type AddressContent, LENGTHS, MESSAGES } from './wire.ts';

const RULES: { readonly [Name in keyof AddressContent]: Rule<AddressContent[Name]> } = {
  company: line(LENGTHS.company),
  street1: line(LENGTHS.street1),
  street2: line(LENGTHS.street2),
  postal_code: line(LENGTHS.postal_code),
  city: line(LENGTHS.city),
  state: line(LENGTHS.state),
  country: line(LENGTHS.country),
  branch_id: branch,
  latitude: degrees('latitude', 90),
  longitude: degrees('longitude', 180),
  ksmsid: line(LENGTHS.ksmsid),
  authorized_email: mailbox(LENGTHS.authorized_email),
};

const NAMES = Object.keys(RULES) as (keyof AddressContent)[];

/** The names that a request can say something with. */
export const REQUEST_NAMES: readonly string[] = ['customer_ids', ...NAMES];

/** §3.2 [seed]: two are required; unknown names say nothing, so they are no fault [convention]. */
export const AddressBody = Type.Object(
  {
    customer_ids: ids.schema,
    ...optional(RULES),
    company: Type.Unsafe({ ...RULES.company.schema, type: ['string', 'number'], minLength: 1 }),
  },
  {
    additionalProperties: true,
    description:
      'In forms, customer_ids is customer_ids[] repeated, customer_ids[0] and so on, customer_ids repeated, or with commas.',
  },
);

function optional(rules: Readonly<Record<string, Rule<Json>>>): Record<string, TSchema> {
  return Object.fromEntries(Object.entries(rules).map(([name, { schema }]) => [name, Type.Optional(schema)]));
}

export interface AddressRequest {
  /** The numbers of the customers, each once, in the order given. */
  readonly numbers: readonly number[];
  readonly content: Partial<AddressContent>;
}

/**
 * `shown` is what the address reads like now. A field that is sent exactly as it reads passes, however long:
 * another API may have stored more than this vendor's limits, and what was fetched can be posted back.
 *
 * @throws ConcordError `value-invalid` with one fault a field.
 */
export function checkAddress(sent: Sent, shown?: AddressContent): AddressRequest {
  const faults: Fault[] = [];
  const content: Record<string, Json> = {};
  const take = <T>(field: string, checked: Checked<T>): T | undefined => {
    if ('value' in checked) return checked.value;
    faults.push({ field, message: checked.fault });
    return undefined;
  };
  const numbers = take('customer_ids', ids.check(sent.get('customer_ids') ?? null)) ?? [];
  for (const name of NAMES) {
    const value = sent.get(name);
    if (name === 'company' && isNothing(value)) take(name, { fault: MESSAGES.required });
    else if (value !== undefined && value !== shown?.[name]) {
      const taken = take<Json>(name, RULES[name].check(value));
      if (taken !== undefined) content[name] = taken;
    }
  }
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
  return { numbers, content };
}

/** The customers that the request names, as far as they can be read; `checkAddress` says what is wrong with the rest. */
export function readableIds(sent: Sent): readonly number[] {
  const checked = ids.check(sent.get('customer_ids') ?? null);
  return 'value' in checked ? checked.value : [];
}

/** §3.2 [convention]: a required text that is empty after trimming counts as missing. */
export const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** The query of a list that is asked for by customer, in the form that clients send (§5.1 [convention]). */
export const CUSTOMER_QUERY = {
  'customer_id[]': Type.Unsafe({
    ...idList,
    description:
      'Ids of customers. Also taken: customer_id[0] and so on, customer_id repeated, with commas, as JSON text, or alone.',
  }),
};
export const CUSTOMER_QUERY_REQUIRED = ['customer_id[]'];

/** The customers that a list is asked for, in the order of the query. @throws ConcordError `value-invalid`. */
export function readCustomerQuery({ query }: WireRequest): readonly number[] {
  const field = 'customer_id';
  const checked = ids.check(readPairs(pairsOf(query), field).get(field) ?? null);
  if ('value' in checked) return checked.value;
  throw new ConcordError('value-invalid', { faults: [{ field, message: checked.fault }] });
}
