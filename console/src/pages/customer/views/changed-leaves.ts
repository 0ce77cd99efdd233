/** Which values of the bodies are other than when the page was last up to date. */
import { useEffect, useState } from 'react';
import { leavesOf } from './json-lines.ts';
import type { View } from './queries.ts';

/** How long a change stays marked. */
const MARKED_MILLISECONDS = 12_000;

/** Values that are new with every answer, whatever the customer does. */
const FLEETING = /\/(requestId)$/;

const NOTHING: ReadonlySet<string> = new Set();

/** By path of the request: the pointers of values that changed. */
export type ChangedLeaves = ReadonlyMap<string, ReadonlySet<string>>;

export const changedIn = (changed: ChangedLeaves, path: string): ReadonlySet<string> =>
  changed.get(path) ?? NOTHING;

export function useChangedLeaves(views: readonly View[] | undefined): ChangedLeaves {
  const [seen, setSeen] = useState(views);
  const [changed, setChanged] = useState<ChangedLeaves>(new Map());
  if (views !== seen) {
    setSeen(views);
    if (views && seen) setChanged(difference(seen, views));
  }
  useEffect(() => {
    if (changed.size === 0) return;
    const timer = setTimeout(() => setChanged(new Map()), MARKED_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [changed]);
  return changed;
}

export function difference(before: readonly View[], after: readonly View[]): ChangedLeaves {
  const known = new Map(
    before.flatMap(view => view.requests.map(({ path, body }) => [view.dialect + path, leavesOf(body)])),
  );
  const changed = new Map<string, ReadonlySet<string>>();
  for (const { dialect, requests } of after) {
    for (const { path, body } of requests) {
      const was = known.get(dialect + path);
      const pointers = [...leavesOf(body)]
        .filter(([pointer, text]) => was?.get(pointer) !== text && !FLEETING.test(pointer))
        .map(([pointer]) => pointer);
      if (was && pointers.length > 0) changed.set(dialect + path, new Set(pointers));
    }
  }
  return changed;
}
