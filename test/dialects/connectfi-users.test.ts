/** The user who is logged in changes the own password; and the health check (connectfi.md §1.4, §1.5). */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';

const FIRST = 'First-password-1!';

describe('connectfi users', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const as = (token: string | undefined, path: string, body: unknown) =>
    concord.send(concord.harbor, 'connectfi', 'POST', path, {
      body,
      headers: { 'x-connectfi-token': token },
    });
  const logIn = (login: string, password: string) =>
    as(undefined, '/auth/get-token', { user: { login, password } });
  const change = (token: string | undefined, oldPassword: unknown, newPassword: unknown) =>
    as(token, '/user/change-password', { oldPassword, newPassword });

  async function aUser(): Promise<{ login: string; token: string }> {
    const login = `user_${randomBytes(6).toString('hex')}`;
    const credential = { dialect: 'connectfi', kind: 'password', name: login, login, secret: FIRST } as const;
    await concord.store.credentials.create({ tenant: concord.harbor.id, ...credential });
    return { login, token: (await logIn(login, FIRST)).json.data.token };
  }

  function expectError(answer: Answer, status: number, code: string, message?: string) {
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.json.code, code);
    if (message !== undefined) assert.equal(answer.json.message, message);
  }

  describe('Change User Password', () => {
    it('changes it: the new one lets in, the old one does not, and tokens stay', async () => {
      const { login, token } = await aUser();
      const answer = await change(token, FIRST, '123Newpw!');
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(Object.keys(answer.json), ['code', 'data', 'requestId']);
      assert.deepEqual([answer.json.code, answer.json.data], ['0', { status: true }]);
      assert.equal((await logIn(login, '123Newpw!')).status, 200);
      expectError(await logIn(login, FIRST), 401, 'unauthorized');
      assert.equal((await change(token, '123Newpw!', 'Again456#')).status, 200);
    });

    it('wrongOldPassword names the login, and changes nothing [docs]', async () => {
      const { login, token } = await aUser();
      const answer = await change(token, 'wrong', '123Newpw!');
      expectError(answer, 400, 'wrongOldPassword', `Wrong old password (login=${login})`);
      assert.deepEqual(Object.keys(answer.json), ['requestId', 'code', 'message']);
      assert.equal((await logIn(login, FIRST)).status, 200);
    });

    it('reports a new password that is too short as minLength alone [docs], and one against the rule as pattern', async () => {
      const { token } = await aUser();
      const short = await change(token, FIRST, '123');
      expectError(short, 400, 'requestValidateError');
      assert.deepEqual(short.json.context, [
        {
          instancePath: '/newPassword',
          schemaPath: '#/properties/newPassword/minLength',
          keyword: 'minLength',
          params: { limit: 8 },
          message: 'must NOT have fewer than 8 characters',
        },
      ]);
      assert.equal('message' in short.json, false);
      for (const weak of ['123newpw!', '123NEWPW!', 'abcNewpw!', '1234Newpw', '123 Ne w!', 'Ää1!Ää1!']) {
        const answer = await change(token, FIRST, weak);
        expectError(answer, 400, 'requestValidateError');
        assert.deepEqual(
          answer.json.context.map((each: { keyword: string }) => each.keyword),
          ['pattern'],
          weak,
        );
      }
    });

    it('oldPassword, newPassword: omitted, null, empty strings, lists and what is too long', async () => {
      const { token } = await aUser();
      const good = { oldPassword: FIRST, newPassword: '123Newpw!' };
      const long = `Aa1!${'a'.repeat(47)}`;
      for (const name of ['oldPassword', 'newPassword'] as const) {
        for (const [value, keyword] of [
          [null, 'type'],
          ['', 'minLength'],
          [['x'], 'type'],
          [long, 'maxLength'],
        ] as const) {
          const answer = await as(token, '/user/change-password', { ...good, [name]: value });
          expectError(answer, 400, 'requestValidateError');
          const [{ instancePath, keyword: found }] = answer.json.context;
          assert.deepEqual([instancePath, found], [`/${name}`, keyword]);
        }
        const { [name]: _omitted, ...without } = good;
        const answer = await as(token, '/user/change-password', without);
        assert.equal(answer.json.context[0].keyword, 'required');
      }
      const unknown = await as(token, '/user/change-password', { ...good, login: 'x' });
      assert.equal(unknown.json.context[0].keyword, 'additionalProperties');
      const control = await change(token, FIRST, '123Newpw!\u0007');
      assert.equal(control.json.context[0].keyword, 'format');
    });

    it('answers the token, then the body, then who is asking', async () => {
      expectError(await change('unknown', 1, 2), 401, 'unauthorized', 'Authentication error');
      const configured = concord.harbor.access.connectfi.headers['x-connectfi-token'];
      expectError(await change(configured, FIRST, '123'), 400, 'requestValidateError');
      const answer = await change(configured, FIRST, '123Newpw!');
      expectError(answer, 400, 'userNotFound', 'The token stands for no user.');
    });

    it('closes after ten wrong old passwords in a minute, as a login does, for the right one too', async () => {
      const { login, token } = await aUser();
      const other = await aUser();
      for (let at = 0; at < 10; at += 1) {
        expectError(await change(token, `wrong${at}`, '123Newpw!'), 400, 'wrongOldPassword');
      }
      const closed = await change(token, FIRST, '123Newpw!');
      expectError(closed, 429, 'tooManyRequests', 'Too many requests');
      assert.equal(closed.headers.get('retry-after'), '60');
      expectError(await logIn(login, FIRST), 429, 'tooManyRequests');
      assert.equal((await change(other.token, FIRST, '123Newpw!')).status, 200);
    });

    it('tells nothing beyond ten of guesses that are sent at once', async () => {
      const { token } = await aUser();
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, at) => change(token, `wrong${at}`, '123Newpw!')),
      );
      const told = answers.filter(answer => answer.json.code === 'wrongOldPassword');
      assert.equal(told.length, 10);
    });

    it('lets one of several changes at once through', async () => {
      const { login, token } = await aUser();
      const wanted = ['123Newpw!', '456Newpw!', '789Newpw!'];
      const answers = await Promise.all(wanted.map(each => change(token, FIRST, each)));
      const winners = wanted.filter((_, at) => answers[at]!.status === 200);
      assert.equal(winners.length, 1);
      assert.equal((await logIn(login, winners[0]!)).status, 200);
    });
  });

  describe('Health Check', () => {
    it('answers with and without a token, whatever it is', async () => {
      for (const path of ['/health', '/connectfi/health']) {
        for (const token of [
          undefined,
          'unknown',
          concord.harbor.access.connectfi.headers['x-connectfi-token'],
        ]) {
          const answer = await concord.send(concord.harbor, 'connectfi', 'GET', path, {
            headers: { 'x-connectfi-token': token },
          });
          assert.equal(answer.status, 200);
          assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
          assert.deepEqual(Object.keys(answer.json), ['code', 'data', 'requestId']);
          assert.deepEqual([answer.json.code, answer.json.data], ['0', { status: true }]);
        }
      }
    });
  });
});
