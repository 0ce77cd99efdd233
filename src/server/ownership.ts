/** Whose path it is that no operation has: the dialect below whose name or prefix it is, the longest prefix first. */
import type { Dialect } from '../dialects/contract.ts';

export interface Owner {
  readonly dialect: Dialect;
  /** The prefix below which the dialect answers; empty at the root of the origin. */
  readonly mount: string;
}

/** `path` is without the query. Of two dialects with one prefix the first in the list has it. */
export function ownerOf(dialects: readonly Dialect[], path: string): Owner | undefined {
  const mounted = dialects.find(({ name }) => path.startsWith(`/${name}/`));
  if (mounted) return { dialect: mounted, mount: `/${mounted.name}` };
  const [longest] = dialects
    .flatMap(dialect => dialect.prefixes.map(prefix => ({ dialect, prefix })))
    .filter(({ prefix }) => path.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return longest && { dialect: longest.dialect, mount: '' };
}
