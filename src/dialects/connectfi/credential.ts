/** connectFi's credentials: a login with its password, which get a token (connectfi.md §1.2, §1.3). */
import { type CredentialForm, newSecret, textOf } from '../credential-form.ts';
import { Type } from '../schema.ts';

export const credential: CredentialForm = {
  options: {
    login: {
      description: 'the login',
      schema: Type.String({ pattern: '^[0-9a-zA-Z_]{1,36}$' }),
      rule: 'must be 1 to 36 letters, digits and underscores',
      needed: true,
    },
  },
  prepare(values) {
    const [password, login] = [newSecret(), textOf(values, 'login')!];
    return {
      identity: { kind: 'password', login, secret: password },
      settings: {},
      shown: { login, password },
    };
  },
  renew({ kind }) {
    const secret = newSecret();
    // A token that was configured has no login.
    return { secret, shown: kind === 'password' ? { password: secret } : { token: secret } };
  },
};
