/** How a credential stands: in force, about to end, or over. */

/** As much of a credential as decides it. */
export interface Standing {
  readonly id: string;
  readonly dialect: string;
  readonly kind: 'key' | 'password' | 'issuer';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly replacedBy: string | null;
}

export type State = 'active' | 'ending' | 'ended' | 'revoked';

/** Concord's own API, whose credentials are operators. */
export const OWN = 'concord';

/** @param now milliseconds since 1970 */
export function stateOf(
  { expiresAt, revokedAt }: Pick<Standing, 'expiresAt' | 'revokedAt'>,
  now: number,
): State {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'active';
  return Date.parse(expiresAt) > now ? 'ending' : 'ended';
}

export const isInForce = (state: State): boolean => state === 'active' || state === 'ending';

export type Sort = 'person' | 'program' | 'login' | 'key' | 'issuer' | 'store';

/** What kind of credential it is for a person who reads the list. */
export function sortOf({ dialect, kind, settings }: Pick<Standing, 'dialect' | 'kind' | 'settings'>): Sort {
  if (kind === 'issuer') return settings.store === true ? 'store' : 'issuer';
  if (dialect === OWN) return kind === 'password' ? 'person' : 'program';
  return kind === 'password' ? 'login' : 'key';
}

/** Without it nobody could make another administrator: the server refuses to end it. */
export function isLastAdmin(all: readonly Standing[], id: string, now: number): boolean {
  const admins = all.filter(
    each => each.dialect === OWN && each.settings.role === 'admin' && isInForce(stateOf(each, now)),
  );
  const ending = admins.filter(each => each.id === id || each.replacedBy === id);
  return ending.length > 0 && ending.length === admins.length;
}
