/** Patterns of record paths, such as `employees/**`: `*` is one segment, `**` any tail. */

export function pathPattern(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map(segment => (segment === '**' ? '.+' : segment === '*' ? '[^/]+' : segment.replaceAll('.', '\\.')))
    .join('/');
  return new RegExp(`^${source}$`);
}
