/** Rotation of every kind of credential, on the wire: both secrets are good during the overlap, and then the new one. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readyCredential, rotateCredential, storeCredential } from '../../src/api/credential.ts';
import type { DialectName } from '../../src/dialects/contract.ts';
import type { CredentialValues, Shown } from '../../src/dialects/credential-form.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type Concord, send, startConcord } from '../support/concord.ts';

type Headers = Record<string, string>;

/** Long enough for the requests in between on a busy machine, and short enough to wait for. */
const OVERLAP_SECONDS = 4;

const basic = (login: string, password: string | undefined) =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

interface Kind {
  readonly title: string;
  readonly dialect: DialectName;
  readonly options: CredentialValues;
  /** What a client sends who was shown this. */
  headers(concord: Concord, shown: Shown): Promise<Headers>;
  readonly path: string;
}

const KINDS: readonly Kind[] = [
  {
    title: 'FlexPortal: an API key',
    dialect: 'flexportal',
    options: { tier: 'growth' },
    headers: async (_, shown) => ({
      authorization: `Bearer ${shown['API key']}`,
      'tenant-id': shown['Tenant-ID']!,
    }),
    path: '/v1/customers',
  },
  {
    title: 'Lightening: a token',
    dialect: 'lightening',
    options: {},
    headers: async (_, shown) => ({ authorization: `Bearer ${shown.token}` }),
    path: '/branch',
  },
  {
    title: 'Lightening: a login',
    dialect: 'lightening',
    options: { login: 'freight' },
    headers: (concord, shown) =>
      logInAt(concord, '/login', { username: 'freight', password: shown.password }),
    path: '/branch',
  },
  {
    title: 'connectFi: a login',
    dialect: 'connectfi',
    options: { login: 'bank' },
    headers: (concord, shown) =>
      logInAt(concord, '/auth/get-token', { user: { login: 'bank', password: shown.password } }),
    path: '/customer/status/00000000-0000-4000-8000-000000000000',
  },
  {
    title: 'Billbee: an API key with a login',
    dialect: 'billbee',
    options: { login: 'shop@example.test' },
    headers: async (_, shown) => ({
      'x-billbee-api-key': shown['X-Billbee-Api-Key']!,
      authorization: basic('shop@example.test', shown.password),
    }),
    path: '/api/v1/customers',
  },
];

/** Headers that let nobody in, where the login is refused. */
async function logInAt({ origin }: Concord, path: string, body: unknown): Promise<Headers> {
  const { json } = await send(`${origin}${path}`, 'POST', {}, { body });
  const token: string = json?.token ?? json?.data?.token ?? 'refused';
  return { authorization: `Bearer ${token}`, 'x-connectfi-token': token };
}

describe('rotation on the wire', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const isLetIn = async (kind: Kind, headers: Headers): Promise<boolean> => {
    const { status } = await send(`${concord.origin}${kind.path}`, 'GET', headers, {});
    assert.ok(status < 500, `${kind.title}: ${status}`);
    return status !== 401 && status !== 403;
  };

  const create = async (kind: Kind) => {
    const { dialect, options } = kind;
    const wanted = { dialect, name: `rotated ${kind.title}`, options };
    const ready = readyCredential(DIALECTS, wanted, concord.harbor.name);
    return storeCredential(concord.store.credentials, concord.harbor.id, ready);
  };

  const rotate = (id: string, overlap: number) =>
    rotateCredential(concord.store.credentials, DIALECTS, concord.harbor, id, overlap);

  for (const kind of KINDS) {
    it(`${kind.title}: both, then the new one alone`, async () => {
      const old = await create(kind);
      const oldHeaders = await kind.headers(concord, old.shown);
      assert.ok(await isLetIn(kind, oldHeaders), 'before');
      const began = Date.now();
      const renewed = await rotate(old.id, OVERLAP_SECONDS);
      const headers = await kind.headers(concord, renewed.shown);
      assert.ok(await isLetIn(kind, headers), 'the new secret, during the overlap');
      assert.ok(await isLetIn(kind, oldHeaders), 'what was let in before, during the overlap');
      assert.ok(await isLetIn(kind, await kind.headers(concord, old.shown)), 'the old secret, too');
      await sleep(began + OVERLAP_SECONDS * 1_000 + 500 - Date.now());
      assert.equal(await isLetIn(kind, oldHeaders), false, 'what was let in before, after it');
      assert.equal(await isLetIn(kind, await kind.headers(concord, old.shown)), false, 'the old secret');
      assert.ok(await isLetIn(kind, headers), 'the new secret, after it');
      const last = await rotate(renewed.id, 0);
      assert.equal(await isLetIn(kind, headers), false, 'without an overlap it ends at once');
      assert.ok(await isLetIn(kind, await kind.headers(concord, last.shown)));
    });
  }

  it('Billbee: an API key goes with its own password and with no other', async () => {
    const kind = KINDS.at(-1)!;
    const made = await create({ ...kind, options: { login: 'pair@example.test' } });
    const { shown } = await rotate(made.id, 60);
    const headers = (key: Shown, password: Shown) => ({
      'x-billbee-api-key': key['X-Billbee-Api-Key']!,
      authorization: basic('pair@example.test', password.password),
    });
    assert.ok(await isLetIn(kind, headers(made.shown, made.shown)));
    assert.ok(await isLetIn(kind, headers(shown, shown)));
    assert.equal(await isLetIn(kind, headers(shown, made.shown)), false);
    assert.equal(await isLetIn(kind, headers(made.shown, shown)), false);
  });

  it('Flecto: an issuer has no secret to rotate', async () => {
    const issuers = (await concord.store.credentials.list(concord.harbor.id)).filter(
      each => each.kind === 'issuer',
    );
    assert.ok(issuers.length > 0);
    for (const { id } of issuers) await assert.rejects(rotate(id, 0), { code: 'state-conflict' });
  });

  it('operators: a key and a person, whose sessions end with the revocation', async () => {
    const { credentials } = concord.store;
    const { id: tenant } = concord.harbor;
    const operator = async (options: CredentialValues) => {
      const wanted = { dialect: 'concord', name: 'desk', options: { role: 'editor', ...options } };
      return storeCredential(credentials, tenant, readyCredential(DIALECTS, wanted, concord.harbor.name));
    };
    const program = await operator({ reveal: true });
    const key = await rotate(program.id, 60);
    for (const { shown } of [program, key]) {
      const caller = await credentials.byKey('concord', shown.key!);
      assert.deepEqual(caller?.settings, { role: 'editor', reveal: true });
    }
    const person = await operator({ login: 'desk' });
    const renewed = await rotate(person.id, 60);
    const sessions: string[] = [];
    for (const { shown } of [person, renewed]) {
      const caller = (await credentials.byPassword('concord', 'desk', shown.password!))!;
      const token = `session-${sessions.length}`;
      await credentials.issueToken('concord', caller, token, new Date(Date.now() + 60_000).toISOString());
      assert.ok(await credentials.byKey('concord', token));
      sessions.push(token);
    }
    assert.equal(
      (await credentials.list(tenant)).filter(each => each.name === 'desk').length,
      4,
      'no sessions',
    );
    await credentials.revoke(tenant, renewed.id);
    for (const token of sessions) assert.equal(await credentials.byKey('concord', token), undefined);
    for (const { shown } of [person, renewed])
      assert.equal(await credentials.byPassword('concord', 'desk', shown.password!), undefined);
  });
});
