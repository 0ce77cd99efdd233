/**
 * Matching: when a dialect replaces a whole list, which of its items are the ones we have?
 *
 * Identity, labels, roles and other dialects' fields hang on the answer, so likeness decides first and
 * position only among what is left.
 */

export interface Match<Existing, Incoming> {
  readonly incoming: Incoming;
  /** What the item was before, or `undefined` when it is new. */
  readonly existing: Existing | undefined;
}

/**
 * Pairs each incoming item with at most one existing one, and each existing one with at most one incoming.
 * `likeness` runs from 0 (nothing in common) upwards. The most alike pair is settled first; ties go to the
 * pair nearest in position. Items with nothing in common are paired in order, because a list of one item
 * that replaces a list of one item is that item changed.
 */
export function match<Existing, Incoming>(
  existing: readonly Existing[],
  incoming: readonly Incoming[],
  likeness: (existing: Existing, incoming: Incoming) => number,
): Match<Existing, Incoming>[] {
  const pairs = incoming
    .flatMap((item, at) =>
      existing.map((before, from) => ({
        at,
        from,
        likeness: likeness(before, item),
        distance: Math.abs(at - from),
      })),
    )
    .sort((a, b) => b.likeness - a.likeness || a.distance - b.distance || a.at - b.at || a.from - b.from);
  const chosen = new Map<number, number>();
  const used = new Set<number>();
  for (const pair of pairs) {
    if (chosen.has(pair.at) || used.has(pair.from)) continue;
    chosen.set(pair.at, pair.from);
    used.add(pair.from);
  }
  return incoming.map((item, at) => {
    const from = chosen.get(at);
    return { incoming: item, existing: from === undefined ? undefined : existing[from] };
  });
}
