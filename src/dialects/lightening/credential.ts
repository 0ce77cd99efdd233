/** Lightening's credentials: a login with its password, or a token that stands for itself (lightening.md §1, §6.1). */
import { type CredentialForm, newSecret, textOf } from '../credential-form.ts';
import { Type } from '../schema.ts';

export const credential: CredentialForm = {
  options: {
    login: {
      description: 'the login; without one, a token is made that needs none',
      schema: Type.String({ pattern: '^\\S(.{0,252}\\S)?$', format: 'line' }),
      rule: 'must be 1 to 254 characters',
    },
  },
  prepare(values) {
    const [secret, login] = [newSecret(), textOf(values, 'login')];
    return login === undefined
      ? { identity: { kind: 'key', secret }, settings: {}, shown: { token: secret } }
      : {
          identity: { kind: 'password', login, secret },
          settings: {},
          shown: { username: login, password: secret },
        };
  },
  renew({ kind }) {
    const secret = newSecret();
    return { secret, shown: kind === 'password' ? { password: secret } : { token: secret } };
  },
};
