/** The changes that the page keeps: the newest on top, each once, and of each API only so many. */
import type { Schema } from '../../api/client.ts';

export type Change = Schema<'Change'>;

/** For each API, so that a busy one does not push out a quiet one. At some 2 KiB each it is 4 MB for six. */
export const KEPT_OF_DIALECT = 300;

/** Names a change: its sequence counts within its tenant. */
export const keyOf = ({ customerId, sequence }: Pick<Change, 'customerId' | 'sequence'>): string =>
  `${customerId}/${sequence}`;

/** `fresh` are in the order in which they came. What was there already stays where it is. */
export function withFresh(present: readonly Change[], fresh: readonly Change[]): readonly Change[] {
  const known = new Set(present.map(keyOf));
  const added: Change[] = [];
  for (const change of fresh) {
    const key = keyOf(change);
    if (known.has(key)) continue;
    known.add(key);
    added.push(change);
  }
  if (added.length === 0) return present;
  return bounded([...added.reverse(), ...present]);
}

function bounded(changes: readonly Change[]): readonly Change[] {
  const kept = new Map<string, number>();
  return changes.filter(({ dialect }) => {
    const count = (kept.get(dialect) ?? 0) + 1;
    kept.set(dialect, count);
    return count <= KEPT_OF_DIALECT;
  });
}
