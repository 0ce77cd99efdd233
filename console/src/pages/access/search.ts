/** What the address of the access page says: which part of it is shown, and of what. */

export const PARTS = ['credentials', 'looks', 'tenants'] as const;
export type Part = (typeof PARTS)[number];

export interface AccessSearch {
  /** The credentials without it. */
  readonly part?: Exclude<Part, 'credentials'>;
  /** Also credentials that have ended. */
  readonly ended?: true;
}

/** What is not understood is passed over: an old link still opens. */
export function accessSearch({ part, ended }: Record<string, unknown>): AccessSearch {
  return {
    ...((part === 'looks' || part === 'tenants') && { part }),
    ...(ended === true && { ended }),
  };
}
