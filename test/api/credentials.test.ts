/** Credentials of every dialect, made, rotated and revoked through the API; and who may give which right. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import { newId } from '../../src/record/identifier.ts';
import { call, type Operator, operator } from '../support/api.ts';
import { type Answer, type Concord, send, startConcord, type TestTenant } from '../support/concord.ts';
import { type StateReader, stateReader } from '../support/state.ts';

/** What each dialect asks for, a request, and what its client makes of what it is told. */
const CLIENTS: Readonly<
  Record<
    string,
    {
      readonly options: Record<string, string | boolean>;
      readonly path: string;
      headers(secrets: Record<string, string>): Record<string, string>;
    }
  >
> = {
  flexportal: {
    options: {},
    path: '/v1/customers?limit=1',
    headers: secrets => ({
      Authorization: `Bearer ${secrets['API key']}`,
      'Tenant-ID': secrets['Tenant-ID']!,
    }),
  },
  lightening: {
    options: {},
    path: '/customer',
    headers: ({ token }) => ({ Authorization: `Bearer ${token}` }),
  },
  billbee: {
    options: { login: 'shop@credentials.example' },
    path: '/api/v1/customers?page=1',
    headers: ({ username, password, 'X-Billbee-Api-Key': apiKey }) => ({
      'X-Billbee-Api-Key': apiKey!,
      Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    }),
  },
};

const dialectOf = ({ dialect }: { readonly dialect: string }): string => dialect;

describe('credentials', () => {
  let concord: Concord;
  let state: StateReader;
  before(async () => {
    concord = await startConcord();
    state = stateReader(concord);
  });
  after(async () => {
    await state.close();
    await concord.stop();
  });

  let tenants = 0;
  async function tenantWithAdmin(rights = {}): Promise<{ tenant: TestTenant; admin: Operator }> {
    tenants += 1;
    const tenant = await concord.tenant(`keys-${tenants}-of`);
    return { tenant, admin: await operator(concord, tenant, { role: 'admin', ...rights }) };
  }

  const create = (admin: Operator, body: object): Promise<Answer> =>
    call(admin, 'POST', '/credentials', { body });

  it('have a form for operators and for each dialect, which says what it takes', async () => {
    const { admin } = await tenantWithAdmin();
    const { json } = await call(admin, 'GET', '/credential-forms');
    assert.deepEqual(
      json.items.map((form: { dialect: string }) => form.dialect),
      ['concord', ...DIALECTS.map(({ name }) => name)],
    );
    for (const { options } of json.items) assert.equal(options.type, 'object');
    const billbee = json.items.find((form: { dialect: string }) => form.dialect === 'billbee');
    assert.deepEqual(billbee.options.required, ['login']);
    assert.deepEqual(
      json.items.filter((form: { needsReveal: boolean }) => form.needsReveal).map(dialectOf),
      DIALECTS.filter(({ showsDocumentNumbers }) => showsDocumentNumbers).map(({ name }) => name),
    );
  });

  it('of clients that read numbers of documents are made and rotated by those who may reveal only', async () => {
    const { tenant, admin } = await tenantWithAdmin();
    const revealing = await operator(concord, tenant, { role: 'admin', reveal: true });
    const wanted = {
      connectfi: { login: 'branch_of_credentials' },
      flecto: { issuer: 'https://id.example/', audience: 'documents', jwksUrl: 'https://id.example/jwks' },
    };
    const before = await state.of(tenant.id);
    for (const [dialect, options] of Object.entries(wanted)) {
      const answer = await create(admin, { dialect, name: 'x', options });
      assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden'], dialect);
      assert.match(answer.json.detail, /right to reveal/);
    }
    assert.equal(await state.of(tenant.id), before);
    const made = await create(revealing, { dialect: 'connectfi', name: 'x', options: wanted.connectfi });
    assert.equal(made.status, 201, made.text);
    const path = `/credentials/${made.json.credential.id}`;
    const rotation = { body: { overlapSeconds: 0 } };
    assert.equal((await call(admin, 'POST', `${path}/rotate`, rotation)).status, 403);
    const rotated = await call(revealing, 'POST', `${path}/rotate`, rotation);
    assert.equal(rotated.status, 200, rotated.text);
    // One that has leaked can be ended by every administrator.
    assert.equal((await call(admin, 'DELETE', `/credentials/${rotated.json.credential.id}`)).status, 204);
  });

  it('make the server ask nothing of its own network, unless they are made by who runs the installation', async () => {
    const { tenant, admin } = await tenantWithAdmin({ reveal: true });
    const root = await operator(concord, tenant, { role: 'admin', reveal: true, installation: true });
    let audiences = 0;
    const trusting = (who: Operator, jwksUrl: string) => {
      audiences += 1;
      const options = { issuer: 'https://id.example/', audience: `asked-${audiences}`, jwksUrl };
      return create(who, { dialect: 'flecto', name: 'issuer', options });
    };
    const before = await state.of(tenant.id);
    const port = new URL(concord.origin).port;
    for (const host of [
      ...['127.0.0.1', '2130706433', '10.0.0.1', '169.254.169.254', '100.64.0.1'],
      ...['[::1]', '[::ffff:127.0.0.1]', '[fd00::1]', 'localhost'],
    ]) {
      const answer = await trusting(admin, `https://${host}:${port}/ready`);
      assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden'], host);
    }
    for (const who of [admin, root]) {
      for (const address of [concord.origin, 'http://id.example/jwks', 'https://id.example:99999/']) {
        const { status, json } = await trusting(who, address);
        assert.deepEqual([status, json.errors?.[0]?.field], [422, 'options/jwksUrl'], address);
      }
    }
    assert.equal(await state.of(tenant.id), before);
    const outside = await trusting(admin, 'https://id.example/jwks');
    assert.deepEqual([outside.status, outside.json.credential.settings.inHouse], [201, undefined]);
    const inside = await trusting(root, `https://127.0.0.1:${port}/jwks`);
    assert.deepEqual([inside.status, inside.json.credential.settings.inHouse], [201, true]);
    // Nobody says it: it follows from who asks.
    const options = { issuer: 'https://id.example/', audience: 'said', jwksUrl: 'https://id.example/jwks' };
    const said = await create(admin, {
      dialect: 'flecto',
      name: 'x',
      options: { ...options, inHouse: true },
    });
    assert.equal(said.status, 422);
  });

  it('let a client in, once made, with secrets that are shown once', async () => {
    const { admin } = await tenantWithAdmin({ reveal: true });
    for (const { name: dialect } of DIALECTS) {
      const options =
        dialect === 'flecto'
          ? { issuer: 'https://id.example/', audience: 'a', jwksUrl: 'https://id.example/jwks' }
          : (CLIENTS[dialect]?.options ?? { login: 'credentials_client' });
      const answer = await create(admin, { dialect, name: `${dialect} client`, options });
      assert.equal(answer.status, 201, answer.text);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const { credential, secrets } = answer.json;
      assert.deepEqual([credential.dialect, credential.name], [dialect, `${dialect} client`]);
      assert.equal(answer.headers.get('location'), `/concord/v1/credentials/${credential.id}`);
      const client = CLIENTS[dialect];
      if (client) {
        const { status, text } = await send(
          `${concord.origin}${client.path}`,
          'GET',
          client.headers(secrets),
          {},
        );
        assert.equal(status, 200, `${dialect} ${text}`);
      }
      const list = await call(admin, 'GET', '/credentials');
      const listed = list.json.items.find((each: { id: string }) => each.id === credential.id);
      assert.deepEqual({ ...listed, lastUsedAt: null }, { ...credential, lastUsedAt: null });
      for (const secret of Object.values(secrets as Record<string, string>).filter(
        each => each.length > 20,
      )) {
        assert.ok(!list.text.includes(secret), `${dialect} shows a secret again`);
      }
    }
  });

  it('of operators, people and programs, have the role that was asked for', async () => {
    const { admin } = await tenantWithAdmin({ reveal: true });
    const program = await create(admin, { dialect: 'concord', name: 'robot', options: { role: 'viewer' } });
    const key = { origin: concord.origin, key: program.json.secrets.key };
    assert.equal((await call(key, 'GET', '/session')).json.role, 'viewer');
    const person = await create(admin, {
      dialect: 'concord',
      name: 'front desk',
      options: { role: 'editor', reveal: true, login: 'desk@keys.example' },
    });
    const { login, password } = person.json.secrets;
    const session = await send(
      `${concord.origin}/concord/v1/session`,
      'POST',
      {},
      { body: { login, password } },
    );
    assert.deepEqual(
      [session.json.role, session.json.reveal, session.json.name],
      ['editor', true, 'front desk'],
    );
  });

  it('give nobody a right that its maker does not have', async () => {
    const { tenant, admin } = await tenantWithAdmin();
    const mighty = await operator(concord, tenant, { role: 'admin', reveal: true, installation: true });
    const before = await state.of(tenant.id);
    for (const right of ['reveal', 'installation']) {
      const options = { role: 'admin', [right]: true };
      const answer = await create(admin, { dialect: 'concord', name: 'more', options });
      assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden']);
    }
    // Whoever rotates sees the secret.
    const rotated = await call(admin, 'POST', `/credentials/${mighty.credentialId}/rotate`, {
      body: { overlapSeconds: 60 },
    });
    assert.equal(rotated.status, 403);
    assert.equal(await state.of(tenant.id), before);
    const options = { role: 'admin', reveal: true, installation: true };
    assert.equal((await create(mighty, { dialect: 'concord', name: 'same', options })).status, 201);
  });

  it('of an operator with more rights are not ended by who could not give them again', async () => {
    const { tenant, admin } = await tenantWithAdmin();
    for (const right of ['reveal', 'installation']) {
      const mighty = await operator(concord, tenant, { role: 'admin', [right]: true });
      const path = `/credentials/${mighty.credentialId}`;
      const refused = await call(admin, 'DELETE', path);
      assert.deepEqual([refused.status, refused.json.code], [403, 'forbidden'], right);
      assert.equal((await call(mighty, 'GET', '/session')).status, 200);
      // One's own, always.
      assert.equal((await call(mighty, 'DELETE', path)).status, 204);
    }
    const equal = await operator(concord, tenant, { role: 'admin' });
    assert.equal((await call(admin, 'DELETE', `/credentials/${equal.credentialId}`)).status, 204);
  });

  it('name what is wrong with what was asked for', async () => {
    const { tenant, admin } = await tenantWithAdmin({ reveal: true });
    const before = await state.of(tenant.id);
    const wrong: readonly (readonly [object, number, string])[] = [
      [{ dialect: 'nobody', name: 'x' }, 422, 'dialect'],
      [{ dialect: 'billbee', name: 'x' }, 422, 'options/login'],
      [{ dialect: 'billbee', name: 'x', options: { login: 'a:b' } }, 422, 'options/login'],
      [{ dialect: 'billbee', name: 'x', options: { login: 'a', colour: 'red' } }, 422, 'options/colour'],
      [{ dialect: 'concord', name: 'x', options: { role: 'owner' } }, 422, 'options/role'],
      [{ dialect: 'concord', name: 'x' }, 422, 'options/role'],
      [
        { dialect: 'concord', name: 'x', options: { role: 'viewer', installation: true } },
        422,
        'options/installation',
      ],
      [
        { dialect: 'flecto', name: 'x', options: { store: true, issuer: 'https://a.example' } },
        422,
        'options/store',
      ],
      [{ dialect: 'flexportal', name: ' ' }, 422, 'name'],
      [{ dialect: 'flexportal', name: '' }, 400, 'name'],
      [{ dialect: 'flexportal' }, 400, 'name'],
      [{ dialect: 'flexportal', name: 'x', options: { a: 1 } }, 400, 'options/a'],
    ];
    for (const [body, status, field] of wrong) {
      const answer = await create(admin, body);
      assert.equal(answer.status, status, `${JSON.stringify(body)} ${answer.text}`);
      assert.ok(
        answer.json.errors.some((each: { field: string }) => each.field === field),
        `${JSON.stringify(body)} ${answer.text}`,
      );
    }
    const login = 'taken@keys.example';
    assert.equal((await create(admin, { dialect: 'billbee', name: 'x', options: { login } })).status, 201);
    const taken = await create(admin, { dialect: 'billbee', name: 'y', options: { login } });
    assert.deepEqual([taken.status, taken.json.code], [409, 'value-taken']);
    assert.notEqual(await state.of(tenant.id), before);
  });

  it('are rotated: the old secret goes on for the overlap, the new one is shown once', async () => {
    const { admin } = await tenantWithAdmin();
    const made = await create(admin, { dialect: 'concord', name: 'robot', options: { role: 'viewer' } });
    const old = { origin: concord.origin, key: made.json.secrets.key };
    const path = `/credentials/${made.json.credential.id}/rotate`;
    const rotated = await call(admin, 'POST', path, { body: { overlapSeconds: 3600 } });
    assert.equal(rotated.status, 200, rotated.text);
    assert.equal(rotated.headers.get('cache-control'), 'no-store');
    const fresh = { origin: concord.origin, key: rotated.json.secrets.key };
    for (const each of [old, fresh]) assert.equal((await call(each, 'GET', '/session')).status, 200);
    const listed = (await call(admin, 'GET', '/credentials')).json.items.find(
      (each: { id: string }) => each.id === made.json.credential.id,
    );
    assert.equal(listed.replacedBy, rotated.json.credential.id);
    const again = await call(admin, 'POST', `/credentials/${rotated.json.credential.id}/rotate`, {
      body: { overlapSeconds: 0 },
    });
    assert.equal(again.status, 200, again.text);
    for (const each of [old, fresh]) assert.equal((await call(each, 'GET', '/session')).status, 401);
  });

  it('are not rotated where there is nothing to rotate', async () => {
    const { admin } = await tenantWithAdmin({ reveal: true });
    const options = { issuer: 'https://id.example/', audience: 'fixed', jwksUrl: 'https://id.example/jwks' };
    const issuer = await create(admin, { dialect: 'flecto', name: 'issuer', options });
    assert.equal(issuer.status, 201, issuer.text);
    const refused = await call(admin, 'POST', `/credentials/${issuer.json.credential.id}/rotate`, {
      body: { overlapSeconds: 0 },
    });
    assert.deepEqual([refused.status, refused.json.code], [409, 'state-conflict']);
    for (const id of [newId(), 'x']) {
      const answer = await call(admin, 'POST', `/credentials/${id}/rotate`, { body: { overlapSeconds: 0 } });
      assert.deepEqual([answer.status, answer.json.code], [404, 'object-not-found']);
    }
    for (const overlapSeconds of [-1, 2_592_001, 1.5, '0']) {
      const answer = await call(admin, 'POST', `/credentials/${newId()}/rotate`, {
        body: { overlapSeconds },
      });
      assert.equal(answer.status, 400, String(overlapSeconds));
    }
  });

  it('end at once when they are revoked, once', async () => {
    const { admin } = await tenantWithAdmin();
    const made = await create(admin, { dialect: 'concord', name: 'robot', options: { role: 'viewer' } });
    const path = `/credentials/${made.json.credential.id}`;
    assert.equal((await call(admin, 'DELETE', path)).status, 204);
    const key = { origin: concord.origin, key: made.json.secrets.key };
    assert.equal((await call(key, 'GET', '/session')).status, 401);
    for (const each of [path, `/credentials/${newId()}`, '/credentials/x']) {
      assert.equal((await call(admin, 'DELETE', each)).status, 404, each);
    }
  });

  it('of another tenant are nobody’s to see, rotate or revoke', async () => {
    const { tenant, admin } = await tenantWithAdmin();
    const stranger = await tenantWithAdmin();
    const before = await state.of(tenant.id);
    const path = `/credentials/${admin.credentialId}`;
    assert.equal((await call(stranger.admin, 'DELETE', path)).status, 404);
    const rotation = { body: { overlapSeconds: 0 } };
    assert.equal((await call(stranger.admin, 'POST', `${path}/rotate`, rotation)).status, 404);
    assert.ok(!(await call(stranger.admin, 'GET', '/credentials')).text.includes(admin.credentialId));
    assert.equal(await state.of(tenant.id), before);
  });

  it('of the last administrator stay, whoever asks and however many at once', async () => {
    const { tenant, admin } = await tenantWithAdmin({ reveal: true });
    const all = (await call(admin, 'GET', '/credentials')).json.items;
    for (const { id, dialect, settings } of all) {
      const isAdmin = dialect === 'concord' && settings.role === 'admin';
      if (!isAdmin || id === admin.credentialId) continue;
      assert.equal((await call(admin, 'DELETE', `/credentials/${id}`)).status, 204);
    }
    const own = `/credentials/${admin.credentialId}`;
    const refused = await call(admin, 'DELETE', own);
    assert.deepEqual([refused.status, refused.json.code], [409, 'state-conflict']);

    const second = await operator(concord, tenant, { role: 'admin', reveal: true });
    const answers = await Promise.all([
      call(admin, 'DELETE', `/credentials/${second.credentialId}`),
      call(second, 'DELETE', own),
    ]);
    assert.ok(
      answers.some(({ status }) => status === 409 || status === 401),
      'both are gone',
    );
    const left = [admin, second].map(each => call(each, 'GET', '/credentials'));
    assert.deepEqual((await Promise.all(left)).map(({ status }) => status).sort(), [200, 401]);
  });
});
