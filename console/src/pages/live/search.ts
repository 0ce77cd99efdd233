/** What the address of the live page says: which API is looked at. */

export interface LiveSearch {
  /** Only changes that came through this API; all of them without it. */
  readonly dialect?: string;
}

/** What is not understood is passed over: an old link still opens. */
export function liveSearch(search: Record<string, unknown>): LiveSearch {
  const { dialect } = search;
  return typeof dialect === 'string' && /^[a-z]{1,30}$/.test(dialect) ? { dialect } : {};
}
