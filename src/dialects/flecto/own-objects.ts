/** What a user keeps of his or her own: a profile and a tax profile, one each, and addresses (flecto.md §4, Me). */
import type { ObjectBody, ObjectPlace, StoredObject } from '../../record/objects.ts';
import type { Call } from '../contract.ts';
import type { ResourceObject } from './document.ts';
import { DIALECT } from './wire.ts';

/**
 * The user's own objects of this kind; `me` is whoever the token names. A subject is unique within its issuer alone (OpenID
 * Connect Core §2), and a tenant may have several.
 */
export const own = ({ caller }: Call, kind: string): ObjectPlace => ({
  dialect: DIALECT,
  kind,
  owner: [caller.settings.issuer, caller.subject].filter(part => typeof part === 'string').join(' '),
});

/** The one that there is, or `undefined` while it was never written. */
export async function findSingle(call: Call, kind: string): Promise<StoredObject | undefined> {
  const [found] = await call.services.objects.list(call.caller.tenant, own(call, kind), { limit: 1 });
  return found;
}

/** Writes the one that there is, or makes it. Two first writes at once make one. */
export async function changeSingle(
  call: Call,
  kind: string,
  change: (before: ObjectBody | undefined) => ObjectBody,
): Promise<void> {
  await call.services.objects.changeAll(call.caller.tenant, own(call, kind), ([before, ...others]) => [
    { ...(before && { number: before.number }), body: change(before?.body) },
    ...others,
  ]);
}

/** Named after the user, because a user has one of it; times are `null` while it was never written. */
export const singleResource = (
  call: Call,
  type: string,
  attributes: object,
  stored: StoredObject | undefined,
): ResourceObject => ({
  // The contract knows callers without a subject; a token always names one.
  id: call.caller.subject ?? 'me',
  type,
  attributes: {
    ...attributes,
    created_at: stored?.createdAt ?? null,
    updated_at: stored?.updatedAt ?? null,
  },
});
