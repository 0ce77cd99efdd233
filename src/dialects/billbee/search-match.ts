/** Whether a customer meets a query, and what the record can be asked first (billbee.md §6). */
import type { CustomerFilter } from '../../record/customers.ts';
import { FIELDS, type Words } from './search-lexemes.ts';
import type { Indexed } from './search-row.ts';
import type { Query } from './search-term.ts';

export function matches(query: Query, customer: Indexed): boolean {
  if ('all' in query) return query.all.every(each => matches(each, customer));
  if ('any' in query) return query.any.some(each => matches(each, customer));
  if ('not' in query) return !matches(query.not, customer);
  const { field } = query;
  const values = field ? customer[field] : [...FIELDS, 'others' as const].flatMap(name => customer[name]);
  return values.some(value => contains(value, query));
}

/** Whether the words stand next to each other in the value. */
function contains(value: readonly string[], { words, prefix }: Words): boolean {
  const last = words.length - 1;
  if (last < 0) return value.length > 0;
  return value.some((_, start) =>
    words.every((word, index) => {
      const there = value[start + index];
      return there === word || (prefix && index === last && there?.startsWith(word));
    }),
  );
}

type Condition = Required<Pick<CustomerFilter, 'words' | 'anyWord'>>;

/**
 * A condition that everybody meets who meets the query by names, numbers and contacts, so that the record finds them
 * among all customers; `undefined` where there is none. It knows nothing of addresses.
 */
export function conditionOf(query: Query): Condition | undefined {
  if ('not' in query) return undefined;
  if ('all' in query) {
    const conditions = query.all.map(conditionOf).filter(each => each !== undefined);
    const words = conditions.filter(each => !each.anyWord).flatMap(each => each.words);
    return words.length > 0 ? { words, anyWord: false } : conditions[0];
  }
  if ('any' in query) {
    const conditions = query.any.map(conditionOf);
    if (conditions.some(each => each === undefined)) return undefined;
    const words = conditions.flatMap(each => (each!.anyWord ? each!.words : [longest(each!.words)]));
    return { words, anyWord: true };
  }
  const { words, field } = query;
  return words.length === 0 || field === 'Id' || field === 'Addresses'
    ? undefined
    : { words, anyWord: false };
}

const longest = (words: readonly string[]): string =>
  words.reduce((before, word) => (word.length > before.length ? word : before));
