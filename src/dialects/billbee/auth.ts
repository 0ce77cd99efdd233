/** Billbee's two credentials, both on every request: an API key and HTTP Basic (billbee.md §1.2 [docs: swagger-2024]). */
import { hash, timingSafeEqual } from 'node:crypto';
import { ConcordError } from '../../record/errors.ts';
import { faultOf } from '../../record/text.ts';
import type { Caller, Dialect, Services, WireRequest } from '../contract.ts';
import { DIALECT } from './wire.ts';

const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i;
const SHA256 = /^[0-9a-f]{64}$/i;

/** Characters. A login is an e-mail address and passwords are short; more is an attempt to make the server work. */
const HEADER_MAXIMUM = 2_048;

interface Login {
  readonly name: string;
  readonly password: string;
}

/** Both together let a caller in (billbee.md §1.2 [docs: swagger-2024]). */
export const security: NonNullable<Dialect['security']> = {
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Billbee-Api-Key',
    description: 'Identifies the application.',
  },
  basic: {
    type: 'http',
    scheme: 'basic',
    description: 'Login and API password of the account.',
  },
};

/**
 * @throws ConcordError `unauthenticated`, whichever of the two is missing or wrong; `forbidden` where the API is not
 * activated for the account, which is for nobody else to know.
 */
export async function authenticate(request: WireRequest, services: Services): Promise<Caller> {
  const key = request.headers['x-billbee-api-key'] ?? '';
  const login = readLogin(request.headers.authorization ?? '');
  if (!login || key === '' || key.length > HEADER_MAXIMUM) throw new ConcordError('unauthenticated');
  const caller = await services.credentials.byPassword(DIALECT, login.name, login.password);
  if (!caller || !isKeyOf(caller, key)) throw new ConcordError('unauthenticated');
  if (caller.settings.apiActivated === false) {
    throw new ConcordError('forbidden', { message: 'The API is not activated for the account.' });
  }
  return caller;
}

function readLogin(header: string): Login | undefined {
  const encoded = header.length <= HEADER_MAXIMUM ? BASIC.exec(header)?.[1] : undefined;
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const name = text.slice(0, colon);
  // Control characters are no part of credentials (RFC 7617 §2).
  if (colon < 1 || faultOf(text) !== undefined) return undefined;
  return { name, password: text.slice(colon + 1) };
}

/** The API key that belongs to the login, known by its digest alone. */
function isKeyOf(caller: Caller, key: string): boolean {
  const expected = caller.settings.apiKeySha256;
  if (typeof expected !== 'string' || !SHA256.test(expected)) return false;
  return timingSafeEqual(hash('sha256', key, 'buffer'), Buffer.from(expected, 'hex'));
}
