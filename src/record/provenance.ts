/** Provenance: which change set each value that a customer has now. */
import type { Change } from './changes.ts';
import type { Customer } from './customer.ts';
import { difference } from './difference.ts';

/** The change without its fields. */
export type Source = Pick<Change, 'sequence' | 'dialect' | 'actor' | 'requestId' | 'at'>;

export interface Provenance {
  /** By path of `difference`; a path that is not here yet was set by an older change. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Paths of the present values that none of the changes explains so far. */
  readonly open: ReadonlySet<string>;
}

/** The paths of all values that the customer has. */
export const leavesOf = (customer: Customer): string[] =>
  difference(undefined, customer).map(({ path }) => path);

/**
 * The newest change that names the path is the one that set what stands there. `newestFirst` may be one page of the
 * history: pass what it answered with the next page, until `open` is empty. The customer must be the present one, and
 * the first page must begin with the newest change.
 */
export function provenanceOf(
  customer: Customer,
  newestFirst: readonly Change[],
  known: Provenance = { sources: new Map(), open: new Set(leavesOf(customer)) },
): Provenance {
  const sources = new Map(known.sources);
  const open = new Set(known.open);
  for (const change of newestFirst) {
    if (open.size === 0) break;
    for (const { path } of change.fields) {
      const leaf = leafAt(path, open);
      if (leaf === undefined) continue;
      open.delete(leaf);
      sources.set(leaf, sourceOf(change));
    }
  }
  return { sources, open };
}

/** The path itself, or above it: schema versions before 3 told the keys within a value one by one. */
function leafAt(path: string, open: ReadonlySet<string>): string | undefined {
  for (let leaf = path; leaf !== ''; leaf = leaf.slice(0, Math.max(leaf.lastIndexOf('/'), 0))) {
    if (open.has(leaf)) return leaf;
  }
  return undefined;
}

const sourceOf = ({ sequence, dialect, actor, requestId, at }: Change): Source => ({
  sequence,
  dialect,
  actor,
  requestId,
  at,
});
