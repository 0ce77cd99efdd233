/** Billbee's credentials: an API key together with a login and its password (billbee.md §1.2). */
import { createHash } from 'node:crypto';
import { type CredentialForm, newSecret, textOf } from '../credential-form.ts';
import { Type } from '../schema.ts';

/** Both are new at once: an old password goes with its old API key, and the new one with the new. */
function newPair() {
  const [apiKey, password] = [newSecret(), newSecret()];
  return {
    password,
    settings: { apiKeySha256: createHash('sha256').update(apiKey).digest('hex') },
    shown: { 'X-Billbee-Api-Key': apiKey },
  };
}

export const credential: CredentialForm = {
  options: {
    login: {
      description: 'the login, which is the user name of HTTP Basic',
      // HTTP Basic ends the login at the first colon (RFC 7617 §2).
      schema: Type.String({ pattern: '^[^:]{1,254}$', format: 'line' }),
      rule: 'must be an e-mail address or another text without a colon',
      needed: true,
    },
  },
  prepare(values) {
    const [{ password, settings, shown }, login] = [newPair(), textOf(values, 'login')!];
    return {
      identity: { kind: 'password', login, secret: password },
      settings,
      shown: { ...shown, username: login, password },
    };
  },
  renew() {
    const { password, settings, shown } = newPair();
    return { secret: password, settings, shown: { ...shown, password } };
  },
};
