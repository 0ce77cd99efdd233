/** Lists of which connectFi sees only a part: a new part takes the places of the old one. */

/** `whole` with `after` where `before` was, in order; what is not in `before` stays where it is. */
export function inPlacesOf<Item>(
  whole: readonly Item[],
  before: readonly Item[],
  after: readonly Item[],
): Item[] {
  const queue = [...after];
  const placed = whole.flatMap(item => (before.includes(item) ? queue.splice(0, 1) : [item]));
  return [...placed, ...queue];
}
