/** Examples of connectFi's login, change of password and health check (connectfi.md §1.3–§1.5). */
import type { Json } from '../../record/json.ts';
import type { Example, World } from '../conformance/examples.ts';
import { bodyFailures, invalid, refused, unknownToken } from './examples-failures.ts';

const password = 'Demo-password-1!';

const user = (change: { [name: string]: Json }) => ({ body: { user: change } });
const unauthorized = { status: 401, body: { code: 'unauthorized', message: 'Authentication error' } };

const getToken: Example = {
  request: ({ login, unique }) => user({ login, password, requestId: unique }),
  status: 200,
  body: () => ({ code: '0' }),
  reads: true,
  stranger: 'own',
  failures: [
    ...bodyFailures,
    { name: 'no user', request: () => ({ body: {} }), ...invalid('', 'required') },
    {
      name: 'a login of another shape',
      request: () => user({ login: 'a-b', password }),
      ...invalid('/user/login', 'pattern'),
    },
    {
      name: 'an unknown property',
      request: ({ login }) => user({ login, password, otp: '1' }),
      ...invalid('/user', 'additionalProperties'),
    },
    {
      name: 'a wrong password',
      request: ({ login }) => user({ login, password: 'wrong' }),
      ...unauthorized,
    },
    {
      name: 'an unknown login, like a wrong password',
      request: ({ unique }) => user({ login: `nobody_${unique}`, password }),
      ...unauthorized,
    },
  ],
};

/** Who is logged in is known by the token of the login. */
const asUser = ({ made }: World, body: Json) => ({
  body,
  headers: { 'x-connectfi-token': String(made.token) },
});

const change = (newPassword: Json) => (world: World) => asUser(world, { oldPassword: password, newPassword });

const changePassword: Example = {
  request: change('123Newpw!'),
  status: 200,
  body: () => ({ code: '0', data: { status: true } }),
  failures: [
    ...bodyFailures,
    {
      name: 'a new password that is too short, and that alone',
      request: change('123'),
      ...refused('requestValidateError', [
        {
          instancePath: '/newPassword',
          schemaPath: '#/properties/newPassword/minLength',
          keyword: 'minLength',
          params: { limit: 8 },
          message: 'must NOT have fewer than 8 characters',
        },
      ]),
    },
    {
      name: 'a new password without an upper-case letter',
      request: change('123newpw!'),
      ...invalid('/newPassword', 'pattern'),
    },
    {
      name: 'a new password that is too long',
      request: change(`Aa1!${'a'.repeat(47)}`),
      ...invalid('/newPassword', 'maxLength'),
    },
    {
      name: 'no old password',
      request: world => asUser(world, { newPassword: '123Newpw!' }),
      ...invalid('', 'required'),
    },
    {
      name: 'a wrong old password',
      request: world => asUser(world, { oldPassword: 'wrong', newPassword: '123Newpw!' }),
      ...refused('wrongOldPassword'),
    },
    {
      name: 'a configured token, which stands for no user',
      request: () => ({ body: { oldPassword: password, newPassword: '123Newpw!' } }),
      ...refused('userNotFound'),
    },
    unknownToken,
  ],
};

/** Whoever can ask is answered: there is nothing to get wrong, and a token is not looked at (§1.5 [convention]). */
const health: Example = {
  request: () => ({}),
  status: 200,
  body: () => ({ code: '0', data: { status: true } }),
  failures: [
    {
      name: 'an unknown token, which is no failure here',
      request: () => ({ headers: { 'x-connectfi-token': 'unknown' } }),
      status: 200,
      body: { code: '0', data: { status: true } },
    },
  ],
};

export const sessionOperations = {
  'Get Access Token': getToken,
  'Change User Password': changePassword,
  'Health Check': health,
};
