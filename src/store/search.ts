/** The search box in PostgreSQL. */
import type { Customer, TenantId } from '../record/customer.ts';
import { isUuid } from '../record/identifier.ts';
import { matchesOf, type Search, type SearchHit, type SearchOptions } from '../record/search.ts';
import { opened, type Reading, readingsOf, type SearchToken } from '../record/search-query.ts';
import { mayBeMistyped, typosBetween, wordsOneTypoAway } from '../record/search-typos.ts';
import { BUSINESS, INACTIVE } from '../record/search-words.ts';
import type { Lanes } from './customers.ts';
import type { Vault } from './encryption.ts';
import { customerFromRow } from './rows.ts';

const LIMIT_MAXIMUM = 100;

/** Numbers and ids that a text may stand for: five dialects, with some to spare. */
const KEYS_MAXIMUM = 20;

/** Words that a mistyped word may stand for. */
const NEAR_MAXIMUM = 8;

/** With so many found, nobody has mistyped: beginnings and typos in every word take three times as long as all else. */
const FEW = 5;

/** A token as the schema's functions take it. */
type Asked = SearchToken & { readonly absent?: true };

interface RecordRow {
  readonly record: string;
}

export function openSearch({ reads }: Lanes, vault: Vault): Search {
  const fromRows = (tenant: TenantId, rows: readonly RecordRow[]): Customer[] =>
    rows.map(row => customerFromRow(row.record, tenant, vault));

  async function matching(tenant: TenantId, tokens: readonly Asked[], limit: number): Promise<Customer[]> {
    const asked = JSON.stringify(tokens);
    const rows = await reads(
      async sql =>
        await sql<RecordRow[]>`
          select record from concord.search_find(${tenant}, ${asked}::jsonb, ${limit}) as record`,
    );
    return fromRows(tenant, rows);
  }

  async function keyed(
    tenant: TenantId,
    numbers: readonly number[],
    ids: readonly string[],
  ): Promise<Customer[]> {
    if (numbers.length + ids.length === 0) return [];
    const [list, uuids] = [`{${numbers.join(',')}}`, `{${ids.join(',')}}`];
    const rows = await reads(
      async sql =>
        await sql<RecordRow[]>`
          select record from concord.customers_select(${tenant}, null, ${list}::bigint[], ${uuids}::uuid[]) as record`,
    );
    return fromRows(tenant, rows);
  }

  /** The reading with the words that may have been meant. */
  const corrected = (tenant: TenantId, reading: Reading): Promise<Reading> =>
    Promise.all(
      reading.map(async token => {
        const [word] = token.words;
        if (word === undefined || !mayBeMistyped(word)) return token;
        return { ...token, near: await similar(tenant, word, token.prefixes.length > 0) };
      }),
    );

  async function similar(tenant: TenantId, word: string, open: boolean): Promise<string[]> {
    // In order, because neighbours are on the same page of the index.
    const words = wordsOneTypoAway(word).sort();
    const rows = await reads(
      async sql =>
        await sql<{ word: string }[]>`
          select word from concord.search_known(${tenant}, ${textArray(words)}::text[],
            ${textArray(open ? words.filter(each => !word.startsWith(each)) : [])}::text[]) as word`,
    );
    const distance = (other: string) =>
      typosBetween(word, other, 2) + (other.startsWith(word.slice(0, 1)) ? 0 : 0.5);
    return [...new Set(rows.map(row => row.word))]
      .filter(each => each !== word)
      .sort((one, other) => distance(one) - distance(other) || (one < other ? -1 : 1))
      .slice(0, NEAR_MAXIMUM);
  }

  return {
    async find(tenant, text, options) {
      const limit = Math.min(Math.max(Math.trunc(options.limit), 1), LIMIT_MAXIMUM);
      const hits = new Map<string, SearchHit>();
      const { numbers, ids } = keysOf(text, options);
      for (const customer of await keyed(tenant, numbers, ids)) {
        if (!passes(customer, options)) continue;
        const value = String(ids.includes(customer.id) ? customer.id : customer.number);
        hits.set(customer.id, { customer, matches: [{ field: 'id', value, quality: 'exact' }] });
      }
      const filters = filtersOf(options);
      const add = async (reading: Reading) => {
        for (const customer of await matching(tenant, [...reading, ...filters], limit)) {
          if (!hits.has(customer.id))
            hits.set(customer.id, { customer, matches: matchesOf(customer, reading) });
        }
      };
      const readings = readingsOf(text);
      const [first] = readings;
      // Another reading of the text is for those whom the likeliest one does not find.
      for (const reading of readings) if (hits.size === 0 || reading === first) await add(reading);
      if (first && hits.size < Math.min(limit, FEW)) await add(await corrected(tenant, opened(first)));
      return [...hits.values()].slice(0, limit);
    },
  };
}

/** A number in the search box may be the customer's own. */
function keysOf(text: string, { numbers = [], ids = [] }: SearchOptions) {
  const number = /^\s*(\d{1,15})\s*$/.exec(text)?.[1];
  const all = [...(number === undefined ? [] : [Number(number)]), ...numbers];
  return {
    numbers: [...new Set(all)].filter(each => Number.isSafeInteger(each) && each > 0).slice(0, KEYS_MAXIMUM),
    ids: [...new Set(ids)].filter(isUuid).slice(0, KEYS_MAXIMUM),
  };
}

const passes = ({ kind, status }: Customer, { filter = {} }: SearchOptions): boolean =>
  (filter.kind === undefined || filter.kind === kind) &&
  (filter.status === undefined || filter.status === status);

const mark = (word: string, present: boolean): Asked => ({
  words: [word],
  prefixes: [],
  near: [],
  ...(present ? {} : { absent: true }),
});

const filtersOf = ({ filter: { kind, status } = {} }: SearchOptions): Asked[] => [
  ...(kind === undefined ? [] : [mark(BUSINESS, kind === 'business')]),
  ...(status === undefined ? [] : [mark(INACTIVE, status === 'inactive')]),
];

/** The driver knows the type of no array. Words are letters and digits, and quoted all the same. */
const textArray = (words: readonly string[]): string =>
  `{${words.map(word => `"${word.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;
