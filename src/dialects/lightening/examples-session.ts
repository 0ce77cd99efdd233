/** Examples of Lightening's login and logout (lightening.md §6.1). */
import type { Example } from '../conformance/examples.ts';
import { bodyFailures, errors, REQUIRED, unknownToken } from './examples-failures.ts';

const password = 'Demo-password-1!';

const login: Example = {
  request: world => ({ body: { username: world.login, password } }),
  status: 200,
  body: () => ({ result: true }),
  reads: true,
  stranger: 'own',
  failures: [
    ...bodyFailures(() => ({})),
    {
      name: 'no password',
      request: world => ({ body: { username: world.login } }),
      ...errors({ password: REQUIRED }),
    },
    { name: 'no username', request: () => ({ body: { password } }), ...errors({ username: REQUIRED }) },
    {
      name: 'values that are no texts',
      request: () => ({ body: { username: ['x'], password: {} } }),
      ...errors({ username: 'Must be a string.', password: 'Must be a string.' }),
    },
    {
      name: 'an e-mail that is no text',
      request: () => ({ body: { email: true, password } }),
      ...errors({ email: 'Must be a string.' }),
    },
    {
      name: 'a wrong password',
      request: world => ({ body: { username: world.login, password: 'wrong' } }),
      status: 401,
      body: { error: 'The login or the password is wrong.', result: false },
    },
    {
      name: 'an unknown user, like a wrong password',
      request: ({ unique }) => ({ body: { email: `nobody_${unique}`, password } }),
      status: 401,
      body: { error: 'The login or the password is wrong.', result: false },
    },
  ],
};

const logout: Example = {
  request: ({ made }) => ({ headers: { Authorization: `Bearer ${made.token}` } }),
  status: 200,
  body: () => ({ msg: 'Successfully logged out.', result: true }),
  reads: true,
  failures: [
    {
      name: 'a configured token, which stays',
      request: () => ({}),
      status: 200,
      body: { error: 'Only a token from a login can be logged out.', result: false },
    },
    unknownToken,
  ],
};

export const sessionOperations = { Login: login, Logout: logout };
