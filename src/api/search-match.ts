/** Why a search found a customer. */
import type { SearchHit } from '../record/search.ts';

const WORST_FIRST = ['similar', 'prefix'] as const;

/** A match is as good as its worst word. */
export function matchOf({ matches }: SearchHit, byId: boolean) {
  const worst = WORST_FIRST.find(quality => matches.some(each => each.quality === quality)) ?? 'exact';
  return { match: byId ? ('id' as const) : worst, matches };
}
