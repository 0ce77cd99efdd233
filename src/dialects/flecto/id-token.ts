/** `Auth0-IdToken`: what the provider says of the person behind the bearer token (flecto.md §1). */
import { isEmail } from '../../record/email.ts';
import { faultOf } from '../../record/text.ts';
import type { Caller, Services, WireRequest } from '../contract.ts';
import { anchorOf, verifyToken } from './trust-anchor.ts';
import { TEXT_MAXIMUM } from './wire.ts';

/** With a picture's address and what a tenant adds, ID tokens have 1–3 KiB. */
const TOKEN_MAXIMUM = 8_192;

export interface Profile {
  readonly name?: string;
  readonly email?: string;
}

/** An absent or unusable ID token is not an error [convention]: it is `undefined`, and access works without it [seed]. */
export async function readIdToken(
  request: WireRequest,
  services: Services,
  caller: Caller,
): Promise<Profile | undefined> {
  const token = request.headers['auth0-idtoken'];
  const anchor = anchorOf(caller);
  if (!token || token.length > TOKEN_MAXIMUM || !anchor || caller.subject === undefined) return undefined;
  try {
    const { payload } = await verifyToken(token, anchor, {
      // Somebody else's name must not stand under this account.
      subject: caller.subject,
      // The audience is the id of the client, of which the credential knows nothing (OpenID Connect Core §2).
      requiredClaims: ['aud', 'exp'],
      currentDate: new Date(services.now()),
    });
    const { name, email } = payload;
    return { ...(isLine(name) && { name }), ...(isLine(email) && isEmail(email) && { email }) };
  } catch {
    return undefined;
  }
}

/** What the profile could hold if its owner wrote it there. */
const isLine = (claim: unknown): claim is string =>
  typeof claim === 'string' && claim.trim() !== '' && faultOf(claim, TEXT_MAXIMUM) === undefined;
