/** Whose path it is that no operation has: the API below whose name or prefix it is, the longest prefix first. */
import type { Surface } from '../dialects/contract.ts';

export interface Owner {
  readonly surface: Surface<never>;
  /** The prefix below which it answers; empty at the root of the origin. */
  readonly mount: string;
}

/** `path` is without the query. Of two with one prefix the first in the list has it. */
export function ownerOf(surfaces: readonly Surface<never>[], path: string): Owner | undefined {
  // Concord's own paths begin with its name, and are whole paths nevertheless.
  const mounted = surfaces.find(
    ({ name, prefixes }) => path.startsWith(`/${name}/`) && !prefixes.includes(`/${name}/`),
  );
  if (mounted) return { surface: mounted, mount: `/${mounted.name}` };
  const [longest] = surfaces
    .flatMap(surface => surface.prefixes.map(prefix => ({ surface, prefix })))
    .filter(({ prefix }) => path.startsWith(prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return longest && { surface: longest.surface, mount: '' };
}
