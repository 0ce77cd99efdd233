/** The rows of the page: of a list that goes on while one scrolls, or of a search. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import {
  type CustomerFilter,
  type CustomerSummary,
  customerCountQuery,
  customerListQuery,
  customerSearchQuery,
  type SearchMatch,
} from '../../api/customers.ts';
import type { CustomersSearch } from './search.ts';

export interface Row {
  readonly customer: CustomerSummary;
  /** Of a search: how well it fits, and what it found beside what the row shows in any case. */
  readonly match?: SearchMatch['match'];
  readonly because?: string | undefined;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** How many there are in all; `undefined` while it is not known. */
  readonly total: number | undefined;
  /** Matches that the filters hide. */
  readonly hidden: number;
  /** Nothing to show yet. */
  readonly pending: boolean;
  /** What is shown belongs to what was asked before. */
  readonly stale: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  more(): void;
  retry(): void;
}

export const filterOf = (search: CustomersSearch): CustomerFilter => ({
  ...(search.kind && { kind: search.kind }),
  ...(search.status && { status: search.status }),
  ...(search.country && { country: search.country }),
  ...(search.through && { createdThrough: search.through }),
  archived: search.archived ? 'true' : 'false',
});

/** A search has no filters on the server, because it ranks few candidates: they are passed here. */
const passes = (customer: CustomerSummary, search: CustomersSearch): boolean =>
  (search.kind === undefined || customer.kind === search.kind) &&
  (search.status === undefined || customer.status === search.status) &&
  (search.country === undefined || customer.country === search.country) &&
  (search.through === undefined || customer.createdBy === search.through);

/** The value that was found, where the row does not show it: a second e-mail, the name of a person in a firm. */
function becauseOf({ customer, matches }: SearchMatch): string | undefined {
  const seen = [customer.name, customer.email, customer.city].join('\n').toLowerCase();
  return matches.find(({ value }) => !seen.includes(value.toLowerCase()))?.value;
}

/** What is shown while the answer to another question is on its way. */
type Shown = Pick<Rows, 'rows' | 'total' | 'hidden'>;

export function useRows(text: string, search: CustomersSearch): Rows {
  const searching = text !== '';
  const filter = filterOf(search);
  const list = useInfiniteQuery({
    ...customerListQuery(filter, search.sort ?? '-number'),
    enabled: !searching,
  });
  const count = useQuery({ ...customerCountQuery(filter), enabled: !searching });
  const found = useQuery({ ...customerSearchQuery(text), enabled: searching });
  const query = searching ? found : list;
  const listed = useMemo(
    () => list.data?.pages.flatMap(page => page.items.map((customer): Row => ({ customer }))),
    [list.data],
  );
  const answer = searching
    ? shownOf(found.data, search)
    : listed && { rows: listed, total: count.data, hidden: 0 };
  const before = useRef<Shown>(undefined);
  useEffect(() => {
    if (answer) before.current = answer;
  });
  // While rows are there, they are worth more than a complaint.
  const error = answer ? null : query.error;
  const shown = answer ?? before.current;
  return {
    ...(shown ?? NOTHING),
    pending: shown === undefined,
    stale: answer === undefined,
    error,
    hasMore: !searching && list.hasNextPage,
    more: () => {
      if (!list.isFetchingNextPage) void list.fetchNextPage();
    },
    retry: () => void query.refetch(),
  };
}

const NOTHING: Shown = { rows: [], total: undefined, hidden: 0 };

function shownOf(matches: readonly SearchMatch[] | undefined, search: CustomersSearch): Shown | undefined {
  if (!matches) return undefined;
  const rows = matches
    .filter(({ customer }) => passes(customer, search))
    .map((found): Row => ({ customer: found.customer, match: found.match, because: becauseOf(found) }));
  return { rows, total: rows.length, hidden: matches.length - rows.length };
}
