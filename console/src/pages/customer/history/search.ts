/** What the address of this page says beside its path. */

export interface HistorySearch {
  /** The sequence of the change to show. */
  readonly change?: number;
  /** Only changes that came through this API. */
  readonly dialect?: string;
  /** The record as it was then, ISO 8601. */
  readonly at?: string;
}

export function historySearch({ change, dialect, at }: Record<string, unknown>): HistorySearch {
  return {
    ...(Number.isSafeInteger(Number(change)) && change !== undefined && { change: Number(change) }),
    ...(typeof dialect === 'string' && dialect !== '' && { dialect }),
    ...(typeof at === 'string' && !Number.isNaN(Date.parse(at)) && { at }),
  };
}
