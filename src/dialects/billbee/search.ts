/** Billbee's search, which finds customers; there are no orders and no products to find (billbee.md §6). */
import type { Customer } from '../../record/customer.ts';
import type { CustomerQuery } from '../../record/customers.ts';
import type { Call, WireAnswer, WireRequest } from '../contract.ts';
import { NUMBER_MAXIMUM } from '../path.ts';
import { bare } from './answer.ts';
import { SEARCH_ROWS_MAXIMUM } from './answers.ts';
import { SEARCH } from './model.ts';
import { readBody } from './request.ts';
import { conditionOf, matches } from './search-match.ts';
import { indexed, readRow } from './search-row.ts';
import { parseTerm, type Query } from './search-term.ts';
import { wordsOf } from './search-words.ts';
import { expectNoFaults, faultsOf, invalid } from './values.ts';
import type { SearchInput } from './wire.ts';

/** What the record looks for at once, and far more than anybody types. */
const WORDS_MAXIMUM = 20;

/** Customers looked through for one search by each of two ways: one page of the record, which takes about 80 ms. */
const CANDIDATES_MAXIMUM = 1_000;

export async function search(call: Call): Promise<WireAnswer> {
  const { types, query } = readSearch(call.request);
  const found = query && types.includes('customer') ? await findCustomers(call, query) : [];
  return bare(call.request, { Products: [], Orders: [], Customers: found.map(readRow) });
}

/** @throws ConcordError `value-invalid`, and whatever an unreadable body throws. */
function readSearch(request: WireRequest): { types: readonly string[]; query: Query | undefined } {
  const bound = readBody(request, SEARCH);
  expectNoFaults(faultsOf(SEARCH, bound));
  const { Type: types, Term: term, SearchMode: mode } = bound as SearchInput;
  const words = wordsOf(term ?? '');
  if (words.length > WORDS_MAXIMUM) throw invalid('Term', `must have at most ${WORDS_MAXIMUM} words.`);
  return {
    // Whoever names no type has ruled none out [convention].
    types: types && types.length > 0 ? types.map(type => type.toLowerCase()) : ['customer'],
    query: queryOf(mode ?? SEARCH_MODES.expert, term ?? '', words),
  };
}

/** billbee.md §6 [docs: php-sdk]. */
const SEARCH_MODES = { and: 0, or: 1, expert: 2, phrasePrefix: 3, suggest: 4 } as const;

function queryOf(mode: number, term: string, words: readonly string[]): Query | undefined {
  if (mode < SEARCH_MODES.phrasePrefix) return parseTerm(term, mode === SEARCH_MODES.or ? 'OR' : 'AND');
  if (words.length === 0) return undefined;
  if (mode === SEARCH_MODES.phrasePrefix) return { words, prefix: true, field: null };
  const last = words.length - 1;
  return { all: words.map((word, index) => ({ words: [word], prefix: index === last, field: null })) };
}

/** In ascending order of Id. Whoever is there for the asking comes before those who must be looked through. */
async function findCustomers(call: Call, query: Query): Promise<readonly Customer[]> {
  const found = new Map<number, Customer>();
  for await (const candidates of candidatesOf(call, query)) {
    for (const customer of candidates) {
      if (matches(query, indexed(customer))) found.set(customer.number, customer);
    }
    if (found.size >= SEARCH_ROWS_MAXIMUM) break;
  }
  return [...found.values()].sort((one, other) => one.number - other.number).slice(0, SEARCH_ROWS_MAXIMUM);
}

/** By Id, then by what the record looks through for all customers, then the newest, for their addresses. */
async function* candidatesOf({ services, caller }: Call, query: Query): AsyncGenerator<readonly Customer[]> {
  const { customers } = services;
  const ask = (wish: Omit<CustomerQuery, 'limit'>) =>
    customers.query(caller.tenant, { ...wish, limit: CANDIDATES_MAXIMUM });
  const numbers = numbersIn(query);
  if (numbers.length > 0) yield customers.select(caller.tenant, { numbers });
  const filter = conditionOf(query);
  if (filter) yield ask({ filter });
  yield ask({ order: { by: 'number', descending: true } });
}

/** Words that may be the Id of a customer. */
function numbersIn(query: Query): readonly number[] {
  if ('not' in query) return [];
  if ('all' in query) return query.all.flatMap(numbersIn);
  if ('any' in query) return query.any.flatMap(numbersIn);
  return query.words
    .filter(word => /^[1-9][0-9]{0,9}$/.test(word))
    .map(Number)
    .filter(number => number <= NUMBER_MAXIMUM);
}
