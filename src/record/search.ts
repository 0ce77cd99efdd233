/** The port of the search box: customers by whatever somebody remembers of them, the best first, and why. */
import type { Customer, CustomerKind, CustomerStatus, TenantId } from './customer.ts';
import type { Reading, SearchToken } from './search-query.ts';
import { ownValues, placeValues, type SearchField, type SearchValue } from './search-words.ts';

export type { SearchField } from './search-words.ts';

export interface SearchOptions {
  /** 1 to 100. */
  readonly limit: number;
  readonly filter?: { readonly kind?: CustomerKind; readonly status?: CustomerStatus };
  /** Numbers and ids that the text may stand for in somebody's encoding; these customers come first. */
  readonly numbers?: readonly number[];
  readonly ids?: readonly string[];
}

/** `exact`: a whole word; `prefix`: it begins so; `similar`: it is one or two typos away. */
export type MatchQuality = 'exact' | 'prefix' | 'similar';

/** A value of the customer that the text matched, as it is written in the record. */
export interface SearchMatch {
  readonly field: SearchField;
  readonly value: string;
  readonly quality: MatchQuality;
}

export interface SearchHit {
  readonly customer: Customer;
  /** Each value once, in the order of what was typed. */
  readonly matches: readonly SearchMatch[];
}

export interface Search {
  /**
   * The customers that match all words of the text, the last of which may be incomplete. Whole words come before
   * beginnings, and these before typos; names before places; then by number. A text that says nothing finds nobody.
   * Beginnings of the words before the last, and typos, are looked for where fewer than five are found without.
   * Searches read a bounded number of candidates: of thousands who match a short text equally well, some are not ranked.
   */
  find(tenant: TenantId, text: string, options: SearchOptions): Promise<SearchHit[]>;
}

const QUALITIES: readonly MatchQuality[] = ['exact', 'prefix', 'similar'];

function qualityOf(words: readonly string[], token: SearchToken): number {
  if (words.some(word => token.words.includes(word))) return 0;
  if (words.some(word => token.prefixes.some(prefix => word.startsWith(prefix)))) return 1;
  if (words.some(word => token.near.includes(word))) return 2;
  return QUALITIES.length;
}

/** Why the customer is found by this reading: for each token the best value. */
export function matchesOf(customer: Customer, reading: Reading): SearchMatch[] {
  const values: SearchValue[] = [
    ...ownValues(customer),
    ...customer.addresses.flatMap(({ address }) => placeValues(address)),
  ];
  const worded = values.map(value => ({ value, words: value.words() }));
  const matches = reading.flatMap(token => {
    const [best] = worded
      .map(({ value, words }) => ({ value, quality: qualityOf(words, token) }))
      .sort((one, other) => one.quality - other.quality || one.value.rank - other.value.rank);
    const quality = QUALITIES[best?.quality ?? QUALITIES.length];
    return best && quality ? [{ field: best.value.field, value: best.value.value, quality }] : [];
  });
  return matches.filter(
    (match, at) => matches.findIndex(each => each.field === match.field && each.value === match.value) === at,
  );
}
